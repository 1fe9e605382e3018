#include "text/letter_html.h"
#include "text/staff_letters.h"

#include <gmock/gmock.h>

#include "common/strings.h"

using namespace hoering;
using namespace hoering::text;
using testing::HasSubstr;
using testing::Not;

namespace {

struct StaffLetters : testing::Test {
    Catalogue catalogue;
    Words da{catalogue, "da"}, en{catalogue, "en"};
    House house{"Ishøj Kommune",        "#004d99",     "https://hoering.ishoj.dk", "hoering.ishoj.dk",
                "Politisk Sekretariat", "43 57 70 00", "sekretariat@ishoj.dk"};
    User karen{1, "karen@ishoj.dk", "Karen Kontor", Role::secretariat, "da", false};
    Consultation about;
    Party party;
    Instant when = toInstant(atTime(parseIsoDate("2023-10-12").value(), std::chrono::hours{14}));

    StaffLetters() {
        about.id = 5;
        about.text.title = "Ændret organisering";
        about.text.deadline = Deadline{parseIsoDate("2023-10-30").value(), {}, false};
        party.name = "Bestyrelsen i Ungdomsskolen";
        party.contacts = {{9, 7, "Ole Hansen", "ole@ungdomsskolen.dk"}};
    }
    StaffFacts facts() const { return {house, karen}; }
    std::vector<Letter> all(const Words& words) const {
        return {staffAnswersLetter(words, facts(),
                                   {{about, {{party.name, ResponseKind::remarks, 1, false, false, when}}}}, false),
                staffAnswersLetter(words, facts(),
                                   {{about, {{party.name, ResponseKind::noRemarks, 2, true, false, when}}}}, true),
                staffAnswersLetter(words, facts(),
                                   {{about, {{party.name, ResponseKind::remarks, 1, false, true, when}}}}, false),
                staffMailingLetter(words, facts(), about, {"cancel", when, when, 6, 3, 1, 1, 1, 0}),
                staffNotReachedLetter(words, facts(), about, party),
                staffDeadlineLetter(words, facts(), about, {{"A", "B"}, {"C"}, {"D"}, 1}),
                staffExtensionLetter(words, facts(), about, party),
                staffReleaseLetter(words, facts(), about)};
    }
};

TEST_F(StaffLetters, AreWholeInBothLanguagesAndHoldNoPersonalLink) {
    for (const Words* words : {&da, &en})
        for (const auto& letter : all(*words)) {
            EXPECT_EQ(letter.language, words->language());
            EXPECT_EQ(letter.toMail, "karen@ishoj.dk");
            EXPECT_EQ(letter.replyMail, "sekretariat@ishoj.dk");
            EXPECT_FALSE(letter.subject.empty());
            EXPECT_THAT(letter.text, HasSubstr("Karen Kontor"));
            EXPECT_THAT(letter.text, HasSubstr("https://hoering.ishoj.dk/kontor/hoeringer/5"));
            EXPECT_THAT(text::letterHtml(letter), HasSubstr("href=\"https://hoering.ishoj.dk/kontor/hoeringer/5"));
            EXPECT_THAT(letter.text, HasSubstr("/kontor/mig"));
            for (const auto& part : {letter.subject, letter.text, text::letterHtml(letter)}) {
                EXPECT_THAT(part, Not(HasSubstr(std::string(linkMark))));
                EXPECT_TRUE(holesIn(part).empty()) << part;
            }
        }
}

TEST_F(StaffLetters, TreatNamesFromOutsideAsText) {
    about.text.title = "Titel\r\nBcc: a@b.dk {{link}}";
    party.name = "<b>Råd</b> {{link}}\nEt andet";
    for (const auto& letter : all(da)) {
        EXPECT_EQ(letter.subject.find_first_of("\r\n"), std::string::npos);
        EXPECT_THAT(letter.text, Not(HasSubstr(std::string(linkMark))));
        EXPECT_THAT(text::letterHtml(letter), Not(HasSubstr(std::string(linkMark))));
        EXPECT_THAT(text::letterHtml(letter), Not(HasSubstr("<b>")));
    }
}

TEST_F(StaffLetters, TellNewAnswersAndWithdrawnOnesApart) {
    const AnswerNews fresh{"Rådet", ResponseKind::remarks, 1, false, false, when},
        gone{"LokalMED", ResponseKind::remarks, 1, false, true, when};
    const auto subject = [&](const std::vector<ConsultationAnswers>& news, bool daily = false) {
        return staffAnswersLetter(da, facts(), news, daily).subject;
    };
    EXPECT_EQ(subject({{about, {gone}}}), "LokalMED har trukket sit svar tilbage: Ændret organisering");
    EXPECT_EQ(subject({{about, {gone, gone}}}), "2 svar er trukket tilbage: Ændret organisering");
    EXPECT_EQ(subject({{about, {gone}}, {about, {gone}}}), "2 svar er trukket tilbage i flere høringer");
    EXPECT_EQ(subject({{about, {fresh, gone}}}), "1 nyt svar: Ændret organisering");
    EXPECT_EQ(subject({{about, {gone}}}, true), "1 svar er trukket tilbage: Ændret organisering");
    const auto letter = staffAnswersLetter(da, facts(), {{about, {fresh, gone}}}, false);
    EXPECT_THAT(letter.text, HasSubstr("1 nyt svar:\n- Rådet: bemærkninger, 12. oktober 2023"));
    EXPECT_THAT(letter.text, HasSubstr("1 svar er trukket tilbage af parten:\n- LokalMED, 12. oktober 2023"));
}

TEST_F(StaffLetters, CutALongListAndSaySo) {
    DeadlineNews news;
    for (int i = 0; i < 120; ++i) news.missing.push_back("Part " + std::to_string(i));
    const auto letter = staffDeadlineLetter(da, facts(), about, news);
    EXPECT_THAT(letter.text, HasSubstr("120 høringsparter har ikke svaret:"));
    EXPECT_THAT(letter.text, HasSubstr("- Part 49"));
    EXPECT_THAT(letter.text, Not(HasSubstr("- Part 50")));
    EXPECT_THAT(letter.text, HasSubstr("- og 70 flere"));
}

} // namespace

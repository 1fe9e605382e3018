// The office's own words: fields, the standard they start from, and what of a letter they never reach.
#include "text/letter_html.h"
#include "text/wording.h"

#include <gmock/gmock.h>

#include "common/strings.h"
#include "text/sample_letters.h"

using namespace hoering;
using namespace hoering::text;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

struct OwnWords : ::testing::Test {
    OwnWords() {
        house = {"Ishøj Kommune",        "#004d99",     "https://hoering.ishoj.dk", "hoering.ishoj.dk",
                 "Politisk Sekretariat", "43 57 70 00", "sekretariat@ishoj.dk"};
        consultation.id = 5;
        consultation.text.title = "Ændret organisering";
        consultation.text.journalNumber = "18/5090";
        consultation.text.officerName = "Anne Jensen";
        consultation.text.deadline = Deadline{parseIsoDate("2023-10-30").value(), std::nullopt, false};
        party.name = "LokalMED";
        party.contacts = {{9, 7, "Ole Hansen", "ole@lokalmed.dk"}};
    }
    Letter written(const Words& words, LetterKind kind) const {
        const Contact& contact = party.contacts[0];
        return sampleLetter(words, {house, consultation, party, contact}, kind, now).value();
    }
    void reword(LetterKind kind, std::string language, std::string subject, std::string body) {
        consultation.wordings = {{kind, std::move(language), std::move(subject), std::move(body), {}}};
    }
    Catalogue catalogue;
    Words da{catalogue, "da"}, en{catalogue, "en"};
    House house;
    Consultation consultation;
    Party party;
    Now now = nowFrom(toInstant(atTime(parseIsoDate("2023-10-27").value(), std::chrono::hours{9})));
};

std::vector<std::string> paragraphsOf(const std::string& text) {
    std::vector<std::string> list;
    std::string paragraph;
    for (const auto line : split(text, '\n'))
        if (line.empty()) {
            if (!paragraph.empty()) list.push_back(paragraph);
            paragraph.clear();
        } else {
            paragraph.append(paragraph.empty() ? "" : " ").append(line);
        }
    std::sort(list.begin(), list.end());
    return list;
}

TEST_F(OwnWords, TheStandardTypedAgainSaysWhatTheLetterSaysByItself) {
    for (const auto* words : {&da, &en})
        for (const auto kind : wordedKinds()) {
            consultation.wordings.clear();
            const auto before = written(*words, kind);
            EXPECT_EQ(before.kind, kind);
            const auto standard = standardWording(*words, kind);
            EXPECT_THAT(unknownFields(standard.subject + standard.body, kind, words->language()), IsEmpty());
            EXPECT_THAT(standard.subject, HasSubstr("{"));
            reword(kind, std::string(words->language()), standard.subject, standard.body);
            const auto after = written(*words, kind);
            EXPECT_EQ(after.subject, before.subject);
            // Own words stand together; apart from the order not a sentence differs.
            EXPECT_EQ(paragraphsOf(after.text), paragraphsOf(before.text)) << kindName(kind);
        }
}

/// A kind of letter to parties that has words of its own must be among those the office can change.
TEST_F(OwnWords, EveryLetterToAPartyCanBeReworded) {
    for (int i = 0; i <= static_cast<int>(LetterKind::extensionRefused); ++i) {
        const auto kind = static_cast<LetterKind>(i);
        if (!da.has("letter." + std::string(kindName(kind)) + ".subject")) continue;
        EXPECT_TRUE(mayBeReworded(kind)) << kindName(kind);
        EXPECT_TRUE(sampleLetter(da, {house, consultation, party, party.contacts[0]}, kind, now)) << kindName(kind);
        for (const auto& field : wordingFields(kind, "da"))
            EXPECT_TRUE(da.has("field." + std::string(field.hole))) << field.hole;
    }
}

TEST_F(OwnWords, AreFilledForEachRecipientAndNeverLookedIntoAgain) {
    party.name = "Rådet {frist}";
    reword(LetterKind::invitation, "da", "{kort_titel}: svar inden {kort_frist}",
           "Kære {kontakt}\n\nVi beder {part} svare inden {frist}.\nSag {journalnummer}, {sagsbehandler}, {kommune}.");
    const auto letter = written(da, LetterKind::invitation);
    EXPECT_EQ(letter.subject, "Ændret organisering: svar inden 30.10.2023 kl. 23.59");
    EXPECT_THAT(letter.text, HasSubstr("Kære Ole Hansen\n\nVi beder Rådet {frist} svare inden mandag den 30. oktober"));
    EXPECT_THAT(letter.text, HasSubstr("\nSag 18/5090, Anne Jensen, Ishøj Kommune.\n"));
    EXPECT_THAT(text::letterHtml(letter), HasSubstr("Kære Ole Hansen"));
    EXPECT_THAT(letter.text, Not(HasSubstr("I er høringspart")));
    // The other language, the other kinds keep theirs.
    EXPECT_THAT(written(en, LetterKind::invitation).text, HasSubstr("You are a consulted party"));
    EXPECT_THAT(written(da, LetterKind::informed).text, HasSubstr("I orienteres om sagen"));
}

TEST_F(OwnWords, NeverReachTheFactsTheLinkWhomToAskAndWhoSends) {
    for (const auto kind : wordedKinds()) {
        consultation.wordings.clear();
        const bool hasLink = written(da, kind).text.find(linkMark) != std::string::npos;
        reword(kind, "da", "Emne", "Kort. {{link}} <b>fed</b>");
        const auto letter = written(da, kind);
        for (const char* part : {"Til LokalMED\nAtt.: Ole Hansen", "Sag: Ændret organisering", "Journalnummer: 18/5090",
                                 "Svarfrist: mandag den 30. oktober 2023 kl. 23.59", "så kontakt Politisk Sekretariat",
                                 "Sendt af Ishøj Kommune fra https://hoering.ishoj.dk", "Kort. (link) <b>fed</b>"})
            EXPECT_THAT(letter.text, HasSubstr(part)) << kindName(kind);
        EXPECT_THAT(text::letterHtml(letter), HasSubstr("&lt;b&gt;fed"));
        EXPECT_EQ(letter.text.find(linkMark) != std::string::npos, hasLink) << kindName(kind);
        EXPECT_EQ(letter.text.find(linkMark), letter.text.rfind(linkMark));
    }
    reword(LetterKind::invitation, "da", "Emne", "Kort.");
    EXPECT_THAT(written(da, LetterKind::invitation).text, HasSubstr("Skriv ikke CPR-numre"));
}

TEST_F(OwnWords, DoNotThankForAnAnswerThatWasDeclined) {
    reword(LetterKind::receipt, "da", "Tak for svaret", "Tak for jeres grundige svar.");
    Response response;
    response.kind = ResponseKind::declined;
    response.checksum = std::string(64, 'a');
    response.receivedAt = now.instant;
    const auto letter = receiptLetter(da, {house, consultation, party, party.contacts[0]}, response);
    EXPECT_THAT(letter.text, Not(HasSubstr("grundige")));
    EXPECT_THAT(letter.subject, Not(HasSubstr("Tak for svaret")));
}

TEST(WordingFields, AreKnownByTheirLanguageAndKind) {
    EXPECT_THAT(unknownFields("{part} {frist}", LetterKind::invitation, "da"), IsEmpty());
    EXPECT_THAT(unknownFields("{part}", LetterKind::invitation, "en"), ElementsAre("{part}"));
    EXPECT_THAT(unknownFields("{party} {case_officer}", LetterKind::invitation, "en"), IsEmpty());
    EXPECT_THAT(unknownFields("{dage_tilbage}", LetterKind::invitation, "da"), ElementsAre("{dage_tilbage}"));
    EXPECT_THAT(unknownFields("{dage_tilbage}", LetterKind::reminder, "da"), IsEmpty());
    EXPECT_THAT(unknownFields("{Part} {part } {x}{x} a } b { {part\n}", LetterKind::invitation, "da"),
                ElementsAre("{Part}", "{part }", "{x}", "}", "{"));
    EXPECT_THAT(unknownFields("{{link}}", LetterKind::invitation, "da"), ElementsAre("{", "{link}", "}"));
}

TEST_F(OwnWords, ATestGoesToItsReaderWithoutTheLinkAndWithoutAParty) {
    const auto test = testLetter(da, written(da, LetterKind::invitation), "Karen\nKontor", "karen@ishoj.dk");
    EXPECT_EQ(test.kind, LetterKind::test);
    EXPECT_EQ(test.toName, "Karen Kontor");
    EXPECT_EQ(test.toMail, "karen@ishoj.dk");
    EXPECT_FALSE(test.party || test.contact || test.link || test.mailing);
    EXPECT_THAT(test.subject, ::testing::StartsWith("[Prøve] Høring: "));
    for (const auto& body : {test.text, text::letterHtml(test)}) {
        EXPECT_THAT(body, Not(HasSubstr(std::string(linkMark))));
        EXPECT_THAT(body, HasSubstr("Dette er en prøve"));
        EXPECT_EQ(body.find("Dette er en prøve"), body.rfind("Dette er en prøve"));
    }
    EXPECT_THAT(text::letterHtml(test), Not(HasSubstr("href")));
    EXPECT_THAT(test.text, HasSubstr("(her står partens personlige link)"));
}

} // namespace

#include "text/letter_html.h"
#include "text/letters.h"

#include <gmock/gmock.h>

#include "common/strings.h"
#include "text/letter_builder.h"

using namespace hoering;
using namespace hoering::text;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

namespace {

class Letters : public testing::Test {
  protected:
    Letters() {
        house = {"Ish\u00f8j Kommune",   "#004d99",     "https://hoering.ishoj.dk", "hoering.ishoj.dk",
                 "Politisk Sekretariat", "43 57 70 00", "sekretariat@ishoj.dk"};
        auto& about = consultation.text;
        consultation.id = 5;
        about.title = "\u00c6ndret organisering";
        about.summary = "Forslaget samler indsatsen.\n\nSe bilagene.";
        about.journalNumber = "18/5090";
        about.unit = "Center for B\u00f8rn";
        about.committee = "\u00d8konomi- og Planudvalget";
        about.decisionDate = parseIsoDate("2023-09-25");
        about.officerName = "Anne Jensen";
        about.officerPhone = "43 57 75 75";
        about.officerMail = "anne@ishoj.dk";
        about.afterwards = "Udvalget behandler sagen i december.";
        about.deadline = Deadline{parseIsoDate("2023-10-30").value(), std::nullopt, false};
        party.id = 7;
        party.name = "Bestyrelsen i Ungdomsskolen";
        contact = {9, 7, "Ole Hansen", "ole@ungdomsskolen.dk"};
        response.receipt = "K7QM-3XRT-9F2A";
        response.version = 2;
        response.receivedAt = toInstant(atTime(parseIsoDate("2023-10-28").value(), 14h + 5min) + 9s);
        response.checksum = std::string(64, 'a');
        response.submittedBy = "Ole Hansen";
        response.files = {{1, "", "svar.pdf", "application/pdf", 1258291, 2}};
    }
    LetterFacts facts() const { return {house, consultation, party, contact}; }
    Now days(int before) const {
        return nowFrom(toInstant(atTime(addDays(consultation.text.deadline->date, -before), 9h)));
    }
    std::vector<Letter> all(const Words& words) const {
        const Deadline before{parseIsoDate("2023-10-23").value(), std::nullopt, false};
        const DeadlineMove move{before, "Bilaget manglede", false, false}, answered{before, "Bilaget", true, true};
        ExtensionRequest request;
        request.wanted = Deadline{parseIsoDate("2023-11-06").value(), std::nullopt, false};
        request.reason = "Vi m\u00f8des sent";
        request.askedBy = contact.name;
        return {invitationLetter(words, facts()),
                reminderLetter(words, facts(), days(3), false),
                reminderLetter(words, facts(), days(0), true),
                receiptLetter(words, facts(), response),
                linkAgainLetter(words, facts()),
                deadlineChangedLetter(words, facts(), move),
                deadlineChangedLetter(words, facts(), answered),
                ownDeadlineLetter(words, facts(), move),
                extensionGrantedLetter(words, facts(), move, request.wanted),
                extensionRefusedLetter(words, facts(), request.wanted, "Udvalget m\u00f8des den 3.", false),
                extensionAskedLetter(words, facts(), request, true)};
    }
    Catalogue catalogue;
    Words da{catalogue, "da"}, en{catalogue, "en"};
    House house;
    Consultation consultation;
    Party party;
    Contact contact;
    Response response;
};

/// The words of the HTML part, without tags, spaces as in the text part.
std::string wordsOf(const std::string& html) {
    std::string words;
    bool inTag = false;
    const auto hidden = html.find("<div style=\"display:none"); // only an inbox shows it
    for (char c : html.substr(html.find("</div>", hidden))) {
        if (c == '<') inTag = true;
        if (!inTag) words += c;
        if (c == '>') inTag = false;
    }
    for (const auto& [from, to] : std::initializer_list<std::pair<const char*, const char*>>{
             {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
        words = replaceAll(std::move(words), from, to);
    return words;
}

std::string squeezed(std::string_view text) {
    std::string out;
    for (char c : text)
        if (c != ' ' && c != '\n') out += c;
    return out;
}

TEST_F(Letters, SayWhatHappensAfterwardsOnceInTheConsultationsOwnWordsWhereItHasSome) {
    const std::string own = consultation.text.afterwards;
    for (const auto* words : {&da, &en}) {
        const std::string standard[] = {(*words)("letter.afterwards"), (*words)("letter.afterwards_closed")};
        int saying = 0;
        for (const auto& letter : all(*words)) {
            const auto text = replaceAll(letter.text, "\n", " ");
            for (const auto& sentence : standard) EXPECT_THAT(text, Not(HasSubstr(sentence))) << letter.subject;
            EXPECT_EQ(text.find(own), text.rfind(own)) << letter.subject;
            saying += text.find(own) != std::string::npos;
        }
        EXPECT_GE(saying, 6);
    }
    EXPECT_THAT(replaceAll(closedLetter(da, facts(), "Alle har svaret").text, "\n", " "), HasSubstr(own));
}

TEST_F(Letters, SpeakOfTheDeadlineAsComingOnlyWhileItIs) {
    consultation.text.afterwards.clear();
    const std::string coming[] = {"Efter fristen samler vi", "After the deadline we gather"};
    const std::string now[] = {"Vi samler nu høringssvarene", "We now gather the responses"};
    const Words* both[] = {&da, &en};
    for (int i = 0; i < 2; ++i) {
        const auto text = [](const Letter& letter) { return replaceAll(letter.text, "\n", " "); };
        EXPECT_THAT(text(linkAgainLetter(*both[i], facts())), HasSubstr(coming[i]));
        const auto closed = text(closedLetter(*both[i], facts(), "Alle har svaret"));
        EXPECT_THAT(closed, HasSubstr(now[i])) << "it tells that the consultation has closed";
        EXPECT_THAT(closed, Not(HasSubstr(coming[i])));
    }
    consultation.state = ConsultationState::closed;
    consultation.closedAt = days(3).instant; // before its deadline
    EXPECT_THAT(linkAgainLetter(da, facts()).text, HasSubstr("Vi samler nu")) << "so do the letters that come later";
}

TEST_F(Letters, SayTheSameInTextAndHtml) {
    for (const auto* words : {&da, &en})
        for (const auto& letter : all(*words)) {
            const auto text = replaceAll(letter.text, ":\n{{link}}", ""); // the button's label stays
            EXPECT_EQ(squeezed(text), squeezed(wordsOf(text::letterHtml(letter)))) << letter.subject;
        }
}

TEST_F(Letters, HaveEverythingEveryLetterMustHave) {
    for (const auto& letter : all(da)) {
        EXPECT_EQ(letter.toName, "Ole Hansen");
        EXPECT_EQ(letter.toMail, "ole@ungdomsskolen.dk");
        EXPECT_EQ(letter.replyName, "Anne Jensen");
        EXPECT_EQ(letter.replyMail, "anne@ishoj.dk");
        EXPECT_EQ(letter.party, 7);
        EXPECT_EQ(letter.contact, 9);
        EXPECT_EQ(letter.consultation, 5);
        EXPECT_EQ(letter.language, "da");
        EXPECT_THAT(letter.subject, HasSubstr("\u00c6ndret organisering"));
        for (const char* part : {"Ish\u00f8j Kommune", "Til Bestyrelsen i Ungdomsskolen\nAtt.: Ole Hansen",
                                 "Sag: \u00c6ndret organisering", "Journalnummer: 18/5090",
                                 "Svarfrist: mandag den 30. oktober 2023 kl. 23.59",
                                 "\u00d8konomi- og Planudvalget, besluttet mandag den 25. september",
                                 "Anne Jensen, 43 57 75 75, anne@ishoj.dk", "Udvalget behandler sagen i december.",
                                 "Center for B\u00f8rn"})
            EXPECT_THAT(letter.text, HasSubstr(part)) << letter.subject;
        EXPECT_THAT(squeezed(letter.text), HasSubstr(squeezed("Linket er personligt for Bestyrelsen i Ungdomsskolen")));
        EXPECT_THAT(squeezed(letter.text), HasSubstr(squeezed("I skal ikke oprette en bruger")));
        EXPECT_THAT(letter.text, HasSubstr(":\n{{link}}\n"));
        EXPECT_THAT(text::letterHtml(letter), HasSubstr("<a href=\"{{link}}\""));
        EXPECT_THAT(text::letterHtml(letter), HasSubstr("#004d99"));
        EXPECT_THAT(text::letterHtml(letter), HasSubstr("<html lang=\"da\">"));
        EXPECT_THAT(text::letterHtml(letter), HasSubstr("max-width:640px"));
        EXPECT_THAT(letter.text + letter.subject, Not(testing::ContainsRegex("\\{[a-z_]+\\}[^}]")));
        for (auto line : split(letter.text, '\n')) EXPECT_LE(countCodePoints(line), 78u) << line;
    }
    for (const auto& letter : all(en)) {
        EXPECT_EQ(letter.language, "en");
        EXPECT_THAT(letter.text, HasSubstr("Deadline for responses: Monday 30 October 2023 at 23:59"));
        EXPECT_THAT(text::letterHtml(letter), HasSubstr("<html lang=\"en\">"));
    }
}

TEST_F(Letters, AskTheConsultedAndTellTheInformed) {
    const auto consulted = invitationLetter(da, facts());
    EXPECT_EQ(consulted.kind, LetterKind::invitation);
    EXPECT_EQ(consulted.subject, "H\u00f8ring: \u00c6ndret organisering \u2013 svar senest 30.10.2023 kl. 23.59");
    EXPECT_THAT(squeezed(consulted.text),
                HasSubstr(squeezed("bedes svare senest mandag den 30. oktober 2023 kl. 23.59")));
    EXPECT_THAT(consulted.text, HasSubstr("Se bilagene."));
    EXPECT_THAT(squeezed(consulted.text), HasSubstr(squeezed("v\u00e6lg \u00bbIngen bem\u00e6rkninger\u00ab")));
    party.role = PartyRole::informed;
    const auto informed = invitationLetter(da, facts());
    EXPECT_EQ(informed.kind, LetterKind::informed);
    EXPECT_THAT(squeezed(informed.text),
                HasSubstr(squeezed("I orienteres om sagen og er velkomne til at sende bem\u00e6rkninger")));
    EXPECT_THAT(informed.text, Not(HasSubstr("bedes")));
}

TEST_F(Letters, SayWhatTheCommitteesDateIs) {
    const auto line = [](const Letter& letter) { return replaceAll(letter.text, "\n", " "); };
    EXPECT_THAT(line(invitationLetter(da, facts())),
                HasSubstr("\u00d8konomi- og Planudvalget, besluttet mandag den 25. september 2023"));
    EXPECT_THAT(line(invitationLetter(en, facts())), HasSubstr("\u00d8konomi- og Planudvalget, decided on "));
}

TEST_F(Letters, CountTheDaysInAReminder) {
    const auto three = reminderLetter(da, facts(), days(3), false);
    EXPECT_EQ(three.kind, LetterKind::reminder);
    EXPECT_EQ(three.subject, "P\u00e5mindelse: \u00c6ndret organisering \u2013 3 dage tilbage");
    EXPECT_THAT(three.text, Not(HasSubstr("kladde")));
    const auto last = reminderLetter(da, facts(), days(0), true);
    EXPECT_THAT(last.subject, testing::EndsWith("i dag er sidste dag"));
    EXPECT_THAT(last.text, HasSubstr("I har en kladde, som ikke er sendt"));
    EXPECT_THAT(last.text, HasSubstr("Forts\u00e6t med kladden:\n{{link}}"));
}

TEST_F(Letters, UseThePartysOwnDeadline) {
    party.ownDeadline = Deadline{parseIsoDate("2023-11-06").value(), 12h, false};
    for (const auto& letter : all(da)) {
        EXPECT_THAT(letter.text, HasSubstr("Svarfrist: mandag den 6. november 2023 kl. 12.00"));
        EXPECT_THAT(letter.text, Not(HasSubstr("30. oktober")));
    }
    EXPECT_THAT(reminderLetter(da, facts(), days(0), false).subject, HasSubstr("7 dage tilbage"));
}

TEST_F(Letters, AcknowledgeWhatWasReceived) {
    const auto receipt = receiptLetter(da, facts(), response);
    EXPECT_EQ(receipt.kind, LetterKind::receipt);
    EXPECT_EQ(receipt.subject, "Kvittering for h\u00f8ringssvar: \u00c6ndret organisering");
    for (const char* part :
         {"Kvitteringsnummer: K7QM-3XRT-9F2A", "Modtaget: 28. oktober 2023 kl. 14.05.09", "Version: 2",
          "Sendt af: Ole Hansen", "svar.pdf (1,2 MB)", "Tak. Vi har modtaget h\u00f8ringssvaret"})
        EXPECT_THAT(receipt.text, HasSubstr(part));
    EXPECT_THAT(receipt.text, HasSubstr(response.checksum));
    EXPECT_THAT(squeezed(receipt.text), HasSubstr(squeezed("kan rettes indtil fristen")));
    EXPECT_THAT(receipt.text, Not(HasSubstr("efter fristen,")));
}

TEST_F(Letters, SayWhenAResponseCameLate) {
    response.late = true;
    response.receivedAt = consultation.text.deadline->endsAt();
    const auto receipt = receiptLetter(da, facts(), response);
    EXPECT_THAT(squeezed(receipt.text), HasSubstr(squeezed("m\u00e6rket \u00bbmodtaget efter fristen\u00ab")));
    EXPECT_THAT(squeezed(receipt.text), Not(HasSubstr(squeezed("kan rettes"))));
    EXPECT_THAT(receipt.text, HasSubstr("Modtaget: 31. oktober 2023 kl. 0.00.00"));
}

TEST_F(Letters, HaveAnotherReceiptForNoRemarksAndForDeclining) {
    response.files.clear();
    response.kind = ResponseKind::noRemarks;
    const auto none = receiptLetter(da, facts(), response);
    EXPECT_EQ(none.kind, LetterKind::noRemarksReceipt);
    EXPECT_THAT(none.subject, HasSubstr("ingen bem\u00e6rkninger"));
    EXPECT_THAT(squeezed(none.text),
                HasSubstr(squeezed("Vi har noteret, at Bestyrelsen i Ungdomsskolen ingen bem\u00e6rkninger har")));
    EXPECT_THAT(none.text, Not(HasSubstr("Filer:")));
    response.kind = ResponseKind::declined;
    const auto declined = receiptLetter(da, facts(), response);
    EXPECT_EQ(declined.kind, LetterKind::receipt);
    EXPECT_THAT(squeezed(declined.text),
                HasSubstr(squeezed("sagen ikke er noget, Bestyrelsen i Ungdomsskolen skal svare p\u00e5")));
}

TEST_F(Letters, LeaveOutWhatIsNotThere) {
    consultation.text = {};
    consultation.text.title = "Sag";
    consultation.text.deadline = Deadline{parseIsoDate("2023-10-30").value(), std::nullopt, false};
    contact.name.clear();
    for (const auto& letter : all(da)) {
        EXPECT_EQ(letter.toName, party.name);
        EXPECT_EQ(letter.replyMail, "sekretariat@ishoj.dk");
        EXPECT_EQ(letter.replyName, "Politisk Sekretariat");
        EXPECT_THAT(letter.text, HasSubstr("kontakt Politisk Sekretariat, 43 57 70 00,\nsekretariat@ishoj.dk"));
        for (const char* gone : {"Udvalg:", "Journalnummer:", "Att.:", ", ,", "\n\n\n", "  "})
            EXPECT_THAT(letter.text, Not(HasSubstr(gone))) << gone;
    }
}

TEST_F(Letters, EscapeWhateverComesFromOutside) {
    const std::string evil = "<script>alert('1')</script> \"&\r\nBcc: a@b.dk {{link}} {municipality}";
    consultation.text.title = consultation.text.summary = consultation.text.afterwards = evil;
    consultation.text.committee = consultation.text.unit = consultation.text.journalNumber = evil;
    consultation.text.officerName = consultation.text.officerPhone = evil;
    party.name = contact.name = house.municipality = evil;
    house.colour = "red\" onclick=\"x";
    response.submittedBy = response.files[0].name = evil;
    for (const auto& letter : all(da)) {
        EXPECT_THAT(text::letterHtml(letter), Not(HasSubstr("<script")));
        EXPECT_THAT(text::letterHtml(letter), Not(HasSubstr("\" onclick=\"")));
        EXPECT_THAT(text::letterHtml(letter), HasSubstr("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &quot;&amp;"));
        for (const auto& line : {letter.subject, letter.toName, letter.replyName})
            EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos);
        EXPECT_THAT(letter.text, Not(HasSubstr("\r")));
        // Only the button's own mark becomes a link.
        const auto marks = [](const std::string& text) {
            return split(replaceAll(text, "{{link}}", "\x01"), '\x01').size() - 1;
        };
        EXPECT_EQ(marks(letter.text), 1u);
        EXPECT_EQ(marks(text::letterHtml(letter)), 1u);
        EXPECT_EQ(marks(letter.subject), 0u);
    }
}

TEST_F(Letters, ShortenALongTitleOnlyInTheSubject) {
    consultation.text.title.clear();
    for (int i = 0; i < 300; ++i) consultation.text.title += "\u00e6";
    const auto letter = invitationLetter(da, facts());
    EXPECT_LT(countCodePoints(letter.subject), 200u);
    EXPECT_TRUE(isUtf8(letter.subject));
    EXPECT_THAT(letter.subject, HasSubstr("\u00e6\u2026"));
    EXPECT_THAT(letter.text, HasSubstr(consultation.text.title));
}

TEST_F(Letters, NeverNameAnotherParty) {
    // Other parties are not among the facts; another contact of the same party is not named either.
    party.contacts = {contact, {10, 7, "Bente S\u00f8rensen", "bente@ungdomsskolen.dk"}};
    for (const auto& letter : all(da)) {
        EXPECT_THAT(letter.text + text::letterHtml(letter) + letter.subject, Not(HasSubstr("Bente")));
        EXPECT_THAT(letter.text + text::letterHtml(letter) + letter.subject, Not(HasSubstr("bente@")));
    }
}

TEST_F(Letters, LookLikeAMailInEveryReader) {
    for (const auto& letter : all(da)) {
        EXPECT_THAT(text::letterHtml(letter), HasSubstr("<meta name=\"color-scheme\" content=\"light dark\">"));
        EXPECT_THAT(text::letterHtml(letter), HasSubstr("prefers-color-scheme:dark"));
        EXPECT_THAT(text::letterHtml(letter), HasSubstr("mso-padding-alt")); // Outlook: the button's whole face
        for (const char* outside : {"<img", "<link", "<script", "url(", "@import", "src="})
            EXPECT_THAT(text::letterHtml(letter), Not(HasSubstr(outside)));
        // Nothing is loaded and nothing leads anywhere but the button.
        EXPECT_EQ(text::letterHtml(letter).find("href="), text::letterHtml(letter).rfind("href="));
        for (std::size_t at = 0; (at = text::letterHtml(letter).find("<table", at)) != std::string::npos; ++at) {
            const auto tag = text::letterHtml(letter).substr(at, text::letterHtml(letter).find('>', at) - at);
            EXPECT_TRUE(tag.find("role=\"presentation\"") != std::string::npos ||
                        tag.find("class=\"facts\"") != std::string::npos)
                << tag;
        }
        const auto preheader = text::letterHtml(letter).find("mso-hide:all\">");
        ASSERT_NE(preheader, std::string::npos);
        EXPECT_NE(text::letterHtml(letter)[preheader + 14], '<') << "an inbox shows nothing after the subject";
    }
    EXPECT_THAT(letterHtml(invitationLetter(da, facts())),
                HasSubstr("mso-hide:all\">Ish\u00f8j Kommune har sendt en sag i h\u00f8ring. I er h\u00f8ringspart"));
}

TEST_F(Letters, AreKeptAsTheirWordsOfWhichTheSameHtmlIsDrawnAgain) {
    for (const auto& letter : all(da)) {
        Letter kept = letter;
        kept.parts = stored(partsOf(letter));
        EXPECT_EQ(kept.parts, letter.parts);
        EXPECT_EQ(letterHtml(kept), letterHtml(letter));
        EXPECT_LT(3 * letter.parts.size(), letterHtml(letter).size()) << letter.subject;
        EXPECT_EQ(letter.parts.find("<"), std::string::npos) << "words, and no look: " << letter.parts;
    }
}

TEST_F(Letters, WithoutPartsAreTextAlone) { EXPECT_EQ(letterHtml(Letter{}), ""); }

TEST_F(Letters, WhosePartsAreDamagedSayWhichOne) {
    Letter letter = invitationLetter(da, facts());
    letter.id = 17;
    for (const auto* damaged : {"{", "[]", R"({"colour":"#fff","preheader":"","parts":[["huh","x"]]})",
                                R"({"colour":"#fff","preheader":"","parts":[["facts","x"]]})"}) {
        letter.parts = damaged;
        try {
            letterHtml(letter);
            ADD_FAILURE() << damaged;
        } catch (const std::runtime_error& trouble) {
            EXPECT_THAT(trouble.what(), HasSubstr("letter 17"));
        }
    }
}

TEST_F(Letters, HaveTheJournalNumberInTheSubjectWhereItIsWanted) {
    for (const auto& letter : all(da)) EXPECT_THAT(letter.subject, Not(HasSubstr("18/5090")));
    house.journalNumberInSubject = true;
    for (const auto& letter : all(da)) EXPECT_THAT(letter.subject, testing::StartsWith("[18/5090] "));
    consultation.text.journalNumber = " \r\n";
    for (const auto& letter : all(da)) EXPECT_THAT(letter.subject, Not(HasSubstr("[")));
}

TEST(WrapText, BreaksAtSpacesAndKeepsLongWordsWhole) {
    EXPECT_EQ(wrapText("en to tre fire", 6), "en to\ntre\nfire");
    EXPECT_EQ(wrapText("en\n\nto", 6), "en\n\nto");
    EXPECT_EQ(wrapText("https://hoering.ishoj.dk/x y", 6), "https://hoering.ishoj.dk/x\ny");
    EXPECT_EQ(wrapText("\u00e6\u00f8\u00e5 \u00e6\u00f8", 6), "\u00e6\u00f8\u00e5 \u00e6\u00f8");
    EXPECT_EQ(wrapText(""), "");
}

} // namespace

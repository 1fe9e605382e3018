#include "domain/consultation.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "domain/party.h"

using namespace hoering;
using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

namespace {

TEST(Placeholders, OfTheWorkedExampleAreFound) {
    // The letter's head and foot, as its text comes out of the Word file: blank lines between.
    const char* letter = "Sagsbehandler:\n\n(x)\n\nTelefon: x\n\nE-mail: x@ishoj.dk\n\nJournalnummer:\n\nx\n\n"
                         "Den 27. september 2023\n\nHøringssvar skal sendes til XX senest den 30. oktober 2023.";
    EXPECT_THAT(placeholdersIn(letter), ElementsAre("(x)", "Telefon: x", "x@ishoj.dk", "Journalnummer: x", "XX"));
}

TEST(Placeholders, AreFoundInTheFormsPeopleUse) {
    const std::pair<const char*, const char*> all[] = {
        {"Kontakt (X).", "(X)"},
        {"Skriv til xx@kommune.dk.", "xx@kommune.dk"},
        {"<xx@kommune.dk>", "xx@kommune.dk"},
        {"E-mail: x", "E-mail: x"},
        {"Tlf.: X", "Tlf.: X"},
        {"Journalnummer:x\r", "Journalnummer:x"},
        {"Journalnummer:\r\n\r\nx\r\n", "Journalnummer: x"},
        {"**XX** kommune", "XX"},
        {"xxxx", "xxxx"},
        {"TODO: tal med borgmesteren", "TODO"},
        {"Sag nr. ____", "____"},
        {"Mødet holdes [dato].", "[dato]"},
        {"Skriv til [indsæt navn her]", "[indsæt navn her]"},
        {"[XX] kroner", "[XX]"},
    };
    for (const auto& [text, mark] : all) EXPECT_THAT(placeholdersIn(text), Contains(mark)) << text;
}

TEST(Placeholders, AreNotSeenInOrdinaryWords) {
    for (const char* text : {"Xbox og PlayStation i klubben",
                             "maxx",
                             "model x-y",
                             "Alex og Max",
                             "felix@ishoj.dk",
                             "max@ishoj.dk",
                             "Felix.Maxx@ishoj.dk",
                             "x-aksen viser år",
                             "f(x) = 2",
                             "2 x 45 minutter",
                             "Exxon",
                             "Valg: x eller y",
                             "[indsatsen](https://ishoj.dk/indsats)",
                             "[navn på bilaget](https://ishoj.dk)",
                             "[datoer for møder]",
                             "Afsnit\n\n___\n\nNyt afsnit",
                             "Punkter:\n\nx-aksen og y-aksen",
                             "todos los santos",
                             "",
                             "Model:\n\nText"})
        EXPECT_THAT(placeholdersIn(text), IsEmpty()) << text;
}

TEST(Placeholders, AreFoundOnceAndInVeryLongLines) {
    EXPECT_THAT(placeholdersIn("XX og XX\nXX"), ElementsAre("XX"));
    for (std::size_t before : {1990u, 1998u, 1999u, 2000u, 2050u, 2099u, 2100u, 5000u}) {
        const std::string filler(before, 'a');
        EXPECT_THAT(placeholdersIn(filler + " XX " + filler), ElementsAre("XX")) << before;
        EXPECT_THAT(placeholdersIn(std::string(before / 4, 'a') + " " + filler + "maxx " + filler), IsEmpty())
            << before;
    }
    std::string words; // every place a cut may fall
    while (words.size() < 300'000) words += "maxx Telefon: xy ";
    EXPECT_THAT(placeholdersIn(words), IsEmpty());
    EXPECT_THAT(placeholdersIn(std::string(200'000, 'x')), testing::SizeIs(testing::Le(1u))); // and does not crash
}

TEST(Weekdays, ThatContradictTheirDateAreFound) {
    // Ærø, 2018: it was a Thursday.
    EXPECT_THAT(wrongWeekdaysIn("Frist onsdag den 25. januar 2018."), ElementsAre("onsdag den 25. januar 2018"));
    EXPECT_THAT(wrongWeekdaysIn("Mandag d. 31. oktober 2023 og mandag 31.10.2023"),
                ElementsAre("Mandag d. 31. oktober 2023", "mandag 31.10.2023"));
    EXPECT_THAT(wrongWeekdaysIn("s\u00f8ndag, den 30. oktober 2023"), ElementsAre("s\u00f8ndag, den 30. oktober 2023"));
}

TEST(Weekdays, ThatAreRightOrHaveNoDateAreNot) {
    for (const char* text : {"mandag den 30. oktober 2023", "torsdag den 25. januar 2018", "mandag den 30. oktober",
                             "hver mandag", "mandag den 31. juni 2023", "l\u00f8rdag 28-10-2023"})
        EXPECT_THAT(wrongWeekdaysIn(text), IsEmpty()) << text;
}

class Readiness : public testing::Test {
  protected:
    Readiness() {
        consultation.text.title = "\u00c6ndret organisering";
        consultation.text.summary = "Forslaget samler indsatsen.";
        consultation.text.body = "# Baggrund";
        consultation.text.journalNumber = "18/5090";
        consultation.text.committee = "\u00d8konomi- og Planudvalget";
        consultation.text.officerName = "Anne Jensen";
        consultation.text.officerMail = "felix@ishoj.dk";
        consultation.text.deadline = Deadline{parseIsoDate("2023-10-30").value(), std::nullopt, false};
        Party party;
        party.name = "Bestyrelsen i Ungdomsskolen";
        party.contacts = {{1, 1, "Ole Hansen", "max@ungdomsskolen.dk"}};
        parties = {party};
        enclosures = {{1, "Arbejdsgruppens notat", {}}};
        enclosures[0].file.search.reading = Reading::whole;
    }
    std::vector<Finding> findings() const {
        const Now now = nowFrom(toInstant(atTime(parseIsoDate("2023-09-27").value(), 12h)));
        return readiness(consultation, parties, enclosures, reminders, now, {});
    }
    std::vector<std::string> keys() const {
        std::vector<std::string> all;
        for (const auto& finding : findings()) all.push_back(finding.key);
        return all;
    }
    Consultation consultation;
    std::vector<Party> parties;
    std::vector<Enclosure> enclosures;
    ReminderPlan reminders{{*reminderStepFrom("3 workdays 09:00")}, {}};
};

TEST_F(Readiness, HasNothingToSayWhenAllIsThere) { EXPECT_THAT(keys(), IsEmpty()); }

TEST_F(Readiness, StopsAtPlaceholdersWhereverTheyStand) {
    consultation.text.officerPhone = "x";
    consultation.text.officerMail = "x@ishoj.dk";
    consultation.text.body = "Svar sendes til XX.";
    parties[0].contacts[0].mail = "x@ishoj.dk";
    parties[0].contacts[0].name = "(x)";
    parties[0].name = "LokalMED i XX";
    enclosures[0].title = "Bilag (x)";
    consultation.text.shortPeriodReason = "Udvalget m\u00f8des XX.";
    reminders.rules.lateAnswers = "Send svaret til x@ishoj.dk";
    const auto found = findings();
    ASSERT_EQ(found.size(), 9u);
    std::vector<std::string> fields;
    for (const auto& finding : found) {
        EXPECT_TRUE(finding.stops);
        EXPECT_THAT(finding.key, testing::EndsWith("placeholder"));
        fields.push_back(finding.field);
    }
    EXPECT_THAT(fields, testing::UnorderedElementsAre("officer_phone", "officer_mail", "body", "parties", "parties",
                                                      "parties", "enclosures", "short_period_reason", "late_answers"));
}

TEST_F(Readiness, PutsWhatStopsFirst) {
    consultation.text = {};
    parties.clear();
    enclosures.clear();
    const auto found = findings();
    EXPECT_TRUE(anyStops(found));
    EXPECT_TRUE(std::is_partitioned(found.begin(), found.end(), [](const auto& finding) { return finding.stops; }));
    for (const char* key : {"finding.summary.missing", "finding.officer.missing", "finding.officer_mail.missing",
                            "finding.deadline.missing", "finding.parties.missing", "finding.enclosures.missing"})
        EXPECT_THAT(keys(), Contains(key));
}

TEST_F(Readiness, AsksAboutPartiesThatLookWrong) {
    parties[0].name = "LokalMED i Center for B\u00f8rn og Forebyggelse og Ish\u00f8j Ungdom";
    parties.push_back(parties[0]);
    parties[1].contacts.clear();
    EXPECT_THAT(keys(), ElementsAre("finding.party.no_contact", "finding.party.maybe_two", "finding.party.twice",
                                    "finding.party.maybe_two"));
    parties.resize(1);
    parties[0] = Party{};
    parties[0].name = "Vestegnens Politi";
    parties[0].role = PartyRole::informed;
    parties[0].contacts = {{1, 1, "", "a@politi.dk"}, {2, 1, "", "A@politi.dk"}};
    EXPECT_THAT(keys(), ElementsAre("finding.mail.twice", "finding.parties.only_informed"));
}

TEST_F(Readiness, SeesAWeekdayThatIsWrongButDoesNotStop) {
    consultation.text.body = "Frist onsdag den 25. januar 2018";
    EXPECT_THAT(keys(), ElementsAre("finding.weekday"));
    EXPECT_FALSE(anyStops(findings()));
}

TEST(ConsultationState, IsStoredByName) {
    for (auto state : {ConsultationState::draft, ConsultationState::open, ConsultationState::closed,
                       ConsultationState::concluded, ConsultationState::cancelled})
        EXPECT_EQ(stateFrom(stateName(state)), state);
}

} // namespace

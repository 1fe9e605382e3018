// The deadline as a calendar sees it: read back by a reader of its own (ics_reader.h).
#include "text/calendar_entry.h"

#include <gmock/gmock.h>

#include "text/ics_reader.h"

using namespace hoering;
using namespace hoering::text;
using namespace hoering::testing;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

struct CalendarEntries : ::testing::Test {
    CalendarEntries() {
        house = {"Ishøj Kommune",        "#004d99",     "https://hoering.ishoj.dk", "hoering.ishoj.dk",
                 "Politisk Sekretariat", "43 57 70 00", "sekretariat@ishoj.dk"};
        consultation.id = 5;
        consultation.slug = "aendret-organisering";
        consultation.state = ConsultationState::open;
        consultation.text.title = "Ændret organisering, tryghed; og \"mere\" \\ til";
        consultation.text.journalNumber = "18/5090";
        consultation.text.officerName = "Anne Jensen";
        consultation.text.officerMail = "anne@ishoj.dk";
        due("2023-10-30");
        party.id = 7;
        party.name = "Bestyrelsen i Ungdomsskolen";
        party.contacts = {{9, 7, "Ole Hansen", "ole@ungdomsskolen.dk"}};
    }
    void due(const char* date, std::optional<std::chrono::minutes> time = {}, bool second = false) {
        consultation.text.deadline = Deadline{parseIsoDate(date).value(), time, second};
    }
    std::string bytes(CalendarNews news = CalendarNews::asItStands) const {
        return stamped(partyCalendar(da, house, consultation, party, news), stamp);
    }
    IcsComponent event(const std::string& text) const {
        const auto calendar = readIcs(text);
        EXPECT_EQ(calendar.parts.size(), 1u);
        EXPECT_EQ(calendar.parts.at(0).name, "VEVENT");
        return calendar.parts.at(0);
    }
    std::string endOf() const { return icsUtc(event(bytes()).one("DTEND").value); }

    Catalogue catalogue;
    Words da{catalogue, "da"}, en{catalogue, "en"};
    House house;
    Consultation consultation;
    Party party;
    Instant stamp = fromMillis(1695808800123); // 2023-09-27T10:00:00.123Z
};

TEST_F(CalendarEntries, SayWhatACalendarNeeds) {
    const auto calendar = readIcs(bytes());
    EXPECT_EQ(calendar.one("VERSION").value, "2.0");
    EXPECT_EQ(calendar.one("METHOD").value, "PUBLISH");
    EXPECT_FALSE(calendar.one("PRODID").value.empty());
    const auto entry = event(bytes());
    EXPECT_EQ(entry.one("UID").value, "hoering-5-7@hoering.ishoj.dk");
    EXPECT_EQ(icsUtc(entry.one("DTSTAMP").value), "2023-09-27 10:00:00");
    EXPECT_EQ(entry.one("SEQUENCE").value, "0");
    EXPECT_EQ(entry.one("STATUS").value, "CONFIRMED");
    EXPECT_EQ(entry.one("ORGANIZER").value, "mailto:anne@ishoj.dk");
    EXPECT_EQ(entry.one("ORGANIZER").parameters.at("CN"), "Ishøj Kommune");
    EXPECT_EQ(icsText(entry.one("SUMMARY").value), "Høringsfrist: Ændret organisering, tryghed; og \"mere\" \\ til");
    EXPECT_EQ(entry.one("URL").value, "https://hoering.ishoj.dk/hoering/aendret-organisering");
    const auto description = icsText(entry.one("DESCRIPTION").value);
    for (const char* part :
         {"Svarfrist: mandag den 30. oktober 2023 kl. 23.59\n", "Part: Bestyrelsen i Ungdomsskolen\n",
          "Journalnummer: 18/5090\n", "Anne Jensen, anne@ishoj.dk"})
        EXPECT_THAT(description, HasSubstr(part));
    ASSERT_EQ(entry.parts.size(), 1u);
    EXPECT_EQ(entry.parts[0].name, "VALARM");
    EXPECT_EQ(entry.parts[0].one("ACTION").value, "DISPLAY");
    EXPECT_EQ(entry.parts[0].one("TRIGGER").value, "-P1D");
    EXPECT_EQ(entry.parts[0].one("TRIGGER").parameters.at("RELATED"), "END");
    EXPECT_FALSE(entry.has("ATTENDEE")); // RFC 5546 3.2.1: none in a published entry
}

TEST_F(CalendarEntries, KeepTheirNameAndCountWhatChanged) {
    consultation.sequence = 2;
    party.sequence = 3;
    EXPECT_EQ(event(bytes()).one("SEQUENCE").value, "5");
    const auto changed = event(bytes(CalendarNews::changed));
    EXPECT_EQ(changed.one("SEQUENCE").value, "6");
    EXPECT_EQ(changed.one("UID").value, event(bytes()).one("UID").value);
    EXPECT_EQ(changed.one("STATUS").value, "CONFIRMED");
}

TEST_F(CalendarEntries, TakeTheDeadlineAwayAgain) {
    const auto calendar = readIcs(bytes(CalendarNews::withdrawn));
    EXPECT_EQ(calendar.one("METHOD").value, "CANCEL");
    const auto& entry = calendar.parts.at(0);
    EXPECT_EQ(entry.one("STATUS").value, "CANCELLED");
    EXPECT_EQ(entry.one("SEQUENCE").value, "1");
    EXPECT_EQ(entry.one("UID").value, "hoering-5-7@hoering.ishoj.dk");
    EXPECT_TRUE(entry.parts.empty()); // RFC 5546 3.2.5: no alarm
    EXPECT_EQ(calendarType(bytes(CalendarNews::withdrawn)), "text/calendar; charset=utf-8; method=CANCEL");
    EXPECT_EQ(calendarType(bytes()), "text/calendar; charset=utf-8; method=PUBLISH");
    consultation.state = ConsultationState::cancelled; // as a download, the act long done
    consultation.sequence = 1;
    EXPECT_EQ(readIcs(bytes()).one("METHOD").value, "CANCEL");
    EXPECT_EQ(event(bytes()).one("SEQUENCE").value, "1");
}

TEST_F(CalendarEntries, EndAtTheDeadlineInSummerAndWinter) {
    EXPECT_EQ(endOf(), "2023-10-30 22:59:00"); // clocks went back the day before
    due("2023-10-28");
    EXPECT_EQ(endOf(), "2023-10-28 21:59:00");
    due("2023-10-29"); // the long day
    EXPECT_EQ(endOf(), "2023-10-29 22:59:00");
    due("2024-03-31"); // the short day
    EXPECT_EQ(endOf(), "2024-03-31 21:59:00");
    due("2023-10-29", 2h + 30min); // exists twice
    EXPECT_EQ(endOf(), "2023-10-29 00:30:00");
    due("2023-10-29", 2h + 30min, true);
    EXPECT_EQ(endOf(), "2023-10-29 01:30:00");
    due("2024-06-28", 12h);
    EXPECT_EQ(endOf(), "2024-06-28 10:00:00");
    EXPECT_EQ(icsUtc(event(bytes()).one("DTSTART").value), "2024-06-28 09:30:00");
    due("2023-12-01");
    EXPECT_EQ(icsUtc(event(bytes()).one("DTSTART").value), "2023-12-01 22:30:00");
    party.ownDeadline = Deadline{parseIsoDate("2023-12-08").value(), 12h, false};
    EXPECT_EQ(endOf(), "2023-12-08 11:00:00");
    EXPECT_THAT(icsText(event(bytes()).one("DESCRIPTION").value), HasSubstr("fredag den 8. december 2023 kl. 12.00"));
}

TEST_F(CalendarEntries, HoldNoLinkAndNobodysAddress) {
    const std::string all = replaceAll(bytes(), "\r\n ", "");
    EXPECT_THAT(all, Not(HasSubstr("/svar/")));
    EXPECT_THAT(all, Not(HasSubstr("{{link}}")));
    EXPECT_THAT(all, Not(HasSubstr("Ole")));
    EXPECT_THAT(all, Not(HasSubstr("ungdomsskolen.dk")));
    const std::string open = replaceAll(stamped(publicCalendar(da, house, consultation), stamp), "\r\n ", "");
    EXPECT_THAT(open, Not(HasSubstr("Ungdomsskolen")));
    EXPECT_EQ(event(stamped(publicCalendar(da, house, consultation), stamp)).one("UID").value,
              "hoering-5@hoering.ishoj.dk");
    consultation.text.isPublic = false;
    EXPECT_FALSE(event(bytes()).has("URL"));
}

TEST_F(CalendarEntries, SurviveWhateverComesFromOutside) {
    std::string longest;
    for (int i = 0; i < 200; ++i) longest += "æøå🏫";
    for (const std::string& evil :
         {std::string("x\r\nATTENDEE:mailto:a@b.dk\r\nDTSTAMP:-\r\n"), std::string("\"; CN=x:mailto:y\", \\n"),
          std::string("\t\x01\x7f tab"), longest, std::string(500, 'a'), std::string("{{link}} {title} {{stamp}}")}) {
        consultation.text.title = party.name = house.municipality = consultation.text.journalNumber = evil;
        consultation.text.officerName = consultation.text.officerPhone = evil;
        consultation.text.officerMail = "a@b.dk\r\nX:y";
        for (const auto* words : {&da, &en})
            for (const auto& text :
                 {partyCalendar(*words, house, consultation, party), publicCalendar(*words, house, consultation)}) {
                const auto entry = event(stamped(text, stamp));
                icsText(entry.one("SUMMARY").value);
                icsText(entry.one("DESCRIPTION").value);
                EXPECT_FALSE(entry.has("ATTENDEE"));
                EXPECT_EQ(icsUtc(entry.one("DTSTAMP").value), "2023-09-27 10:00:00");
                EXPECT_EQ(entry.one("ORGANIZER").value, "mailto:sekretariat@ishoj.dk");
                EXPECT_EQ(entry.properties.size(), 11u);
            }
    }
}

TEST_F(CalendarEntries, GoWithTheLettersThatTellOfADeadline) {
    const Contact& contact = party.contacts[0];
    const LetterFacts facts{house, consultation, party, contact};
    EXPECT_EQ(readIcs(stamped(invitationLetter(da, facts).calendar, stamp)).one("METHOD").value, "PUBLISH");
    EXPECT_EQ(readIcs(stamped(cancelledLetter(da, facts, "").calendar, stamp)).one("METHOD").value, "CANCEL");
    EXPECT_EQ(readIcs(stamped(closedLetter(da, facts, "").calendar, stamp)).one("METHOD").value, "CANCEL");
    EXPECT_THAT(invitationLetter(da, facts).text, HasSubstr("Fristen er vedhæftet"));
    EXPECT_EQ(reminderLetter(da, facts, nowFrom(stamp), false).calendar, "");
    party.role = PartyRole::informed;
    EXPECT_EQ(invitationLetter(en, facts).calendar.substr(0, 15), "BEGIN:VCALENDAR");
}

} // namespace

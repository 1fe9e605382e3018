#include "text/words.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <span>

#include <nlohmann/json.hpp>

#include "common/embedded.h"
#include "common/strings.h"
#include "domain/letter.h"
#include "domain/party.h"
#include "domain/response.h"
#include "domain/user.h"

namespace hoering {
std::span<const EmbeddedFile> textFiles();
}

using namespace hoering;
using namespace hoering::text;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

LocalDate on(const char* iso) { return parseIsoDate(iso).value(); }

class InWords : public testing::Test {
  protected:
    Catalogue catalogue;
    Words da{catalogue, "da"}, en{catalogue, "en"};
};

TEST_F(InWords, AnythingButEnglishIsDanish) {
    EXPECT_EQ(en.language(), "en");
    for (const char* language : {"da", "", "sv", "EN", "en-GB"}) {
        EXPECT_EQ(Words(catalogue, language).language(), "da") << language;
        EXPECT_EQ(Words(catalogue, language)("month.5"), "maj") << language;
    }
}

TEST_F(InWords, AnUnknownKeyIsNamed) {
    EXPECT_FALSE(da.has("no.such.key"));
    EXPECT_TRUE(da.has("month.1"));
    try {
        da("no.such.key");
        FAIL();
    } catch (const std::logic_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("no.such.key"));
    }
    EXPECT_THROW(da.count("no.such", 2), std::logic_error);
}

TEST(Fill, PutsValuesInHolesAndNeverLooksIntoThem) {
    EXPECT_EQ(fill("{a} og {b} og {a}", {{"a", "{b}"}, {"b", "2"}}), "{b} og 2 og {b}");
    EXPECT_EQ(fill("{unknown} {a}", {{"a", "1"}}), "{unknown} 1");
    EXPECT_EQ(fill("{ {} {A} {a", {{"a", "1"}, {"", "2"}}), "{ {} {A} {a");
    EXPECT_EQ(fill("{{a}}", {{"a", "1"}}), "{1}");
    EXPECT_EQ(fill("", {{"a", "1"}}), "");
    EXPECT_THAT(holesIn("{a} {not a hole} {} {b_c}"), ElementsAre("a", "b_c"));
}

TEST_F(InWords, OneIsNotMany) {
    EXPECT_EQ(da.count("count.days", 1), "1 dag");
    EXPECT_EQ(da.count("count.days", 0), "0 dage");
    EXPECT_EQ(da.count("count.days", 1234), "1.234 dage");
    EXPECT_EQ(en.count("count.days", 1), "1 day");
    EXPECT_EQ(en.count("count.days", 1234), "1,234 days");
}

TEST_F(InWords, DaysLeft) {
    EXPECT_EQ(da.daysLeft(12), "12 dage tilbage");
    EXPECT_EQ(da.daysLeft(1), "1 dag tilbage");
    EXPECT_EQ(da.daysLeft(0), "i dag er sidste dag");
    EXPECT_EQ(da.daysLeft(-1), "fristen er passeret");
    EXPECT_EQ(en.daysLeft(1), "1 day left");
}

TEST_F(InWords, DatesAreDanish) {
    EXPECT_EQ(da.date(on("2023-10-30")), "30. oktober 2023");
    EXPECT_EQ(da.date(on("2023-05-01")), "1. maj 2023");
    EXPECT_EQ(da.weekdayDate(on("2023-10-30")), "mandag den 30. oktober 2023");
    EXPECT_EQ(da.weekdayDate(on("2023-10-29")), "s\u00f8ndag den 29. oktober 2023");
    EXPECT_EQ(en.date(on("2023-10-30")), "30 October 2023");
    EXPECT_EQ(en.weekdayDate(on("2023-10-30")), "Monday 30 October 2023");
    EXPECT_EQ(da.timeOfDay(9h), "kl. 9.00");
    EXPECT_EQ(en.timeOfDay(9h + 5min), "9:05");
}

TEST_F(InWords, MomentsAreInDanishTime) {
    const auto instant = toInstant(atTime(on("2023-10-30"), 14h + 5min) + 9s) + 999ms;
    EXPECT_EQ(da.moment(instant), "30. oktober 2023 kl. 14.05");
    EXPECT_EQ(da.momentExact(instant), "30. oktober 2023 kl. 14.05.09");
    EXPECT_EQ(en.momentExact(instant), "30 October 2023 at 14:05:09");
    EXPECT_EQ(da.momentShort(instant), "30.10.2023 kl. 14.05");
    EXPECT_EQ(en.momentShort(instant), "30/10/2023 at 14:05");
    EXPECT_EQ(da.moment(toInstant(atTime(on("2023-07-01"), 0min))), "1. juli 2023 kl. 0.00");
}

TEST_F(InWords, MomentsOfTheDoubledHourSayWhich) {
    const Resolved half = resolve(atTime(on("2023-10-29"), 2h + 30min));
    EXPECT_EQ(da.moment(half.first), "29. oktober 2023 kl. 2.30 (sommertid)");
    EXPECT_EQ(da.moment(half.first + 29min + 59s + 999ms), "29. oktober 2023 kl. 2.59 (sommertid)");
    EXPECT_EQ(da.moment(half.second + 1ms), "29. oktober 2023 kl. 2.30 (vintertid)");
    EXPECT_EQ(da.moment(half.second + 30min), "29. oktober 2023 kl. 3.00");
    EXPECT_EQ(da.moment(half.first - 31min), "29. oktober 2023 kl. 1.59");
}

TEST_F(InWords, DeadlinesAlwaysHaveATime) {
    const Deadline day{on("2023-10-30"), std::nullopt, false}, noon{on("2023-10-30"), 12h, false};
    EXPECT_EQ(da.deadline(day), "mandag den 30. oktober 2023 kl. 23.59");
    EXPECT_EQ(da.deadline(noon), "mandag den 30. oktober 2023 kl. 12.00");
    EXPECT_EQ(en.deadline(day), "Monday 30 October 2023 at 23:59");
    EXPECT_EQ(da.deadlineShort(day), "30.10.2023 kl. 23.59");
    EXPECT_EQ(da.deadlineShort({on("2023-05-01"), 9h, false}), "1.5.2023 kl. 9.00");
    Deadline twice{on("2023-10-29"), 2h + 30min, false};
    EXPECT_EQ(da.deadline(twice), "s\u00f8ndag den 29. oktober 2023 kl. 2.30 (sommertid)");
    twice.secondOfTwo = true;
    EXPECT_EQ(da.deadline(twice), "s\u00f8ndag den 29. oktober 2023 kl. 2.30 (vintertid)");
    EXPECT_EQ(en.deadline(twice), "Sunday 29 October 2023 at 2:30 (winter time)");
}

TEST_F(InWords, NumbersAndSizes) {
    const std::pair<long long, const char*> numbers[] = {
        {0, "0"}, {999, "999"}, {1000, "1.000"}, {1234567, "1.234.567"}, {-999, "-999"}, {-1000, "-1.000"}};
    for (const auto& [n, written] : numbers) EXPECT_EQ(da.number(n), written);
    EXPECT_EQ(da.number(std::numeric_limits<long long>::min()), "-9.223.372.036.854.775.808");
    EXPECT_EQ(en.number(1234567), "1,234,567");
    EXPECT_EQ(da.decimal(1234.5, 1), "1.234,5");
    EXPECT_EQ(en.decimal(1234.5, 1), "1,234.5");
    EXPECT_EQ(da.decimal(-0.04, 1), "0,0");
    EXPECT_EQ(da.decimal(-12.5, 1), "-12,5");
    EXPECT_EQ(da.decimal(999999.96, 1), "1.000.000,0");
    EXPECT_EQ(da.decimal(12, 0), "12");
    constexpr std::uint64_t mega = 1024 * 1024;
    const std::pair<std::uint64_t, const char*> sizes[] = {{0, "0 byte"},
                                                           {1023, "1.023 byte"},
                                                           {1024, "1 kB"},
                                                           {1536, "1,5 kB"},
                                                           {mega - 1, "1 MB"},
                                                           {mega, "1 MB"},
                                                           {mega * 12 / 10, "1,2 MB"},
                                                           {25 * mega, "25 MB"},
                                                           {10'440'000, "10 MB"},
                                                           {5 * 1024 * mega, "5 GB"},
                                                           {2048 * 1024 * mega, "2.048 GB"}};
    for (const auto& [bytes, written] : sizes) EXPECT_EQ(da.size(bytes), written);
    EXPECT_EQ(en.size(1536), "1.5 kB");
    EXPECT_EQ(en.size(1), "1 byte");
}

TEST_F(InWords, SentencesTurnDatesAndVocabularyIntoWords) {
    EXPECT_EQ(da.sentence("error.deadline.not_later", {{"deadline", "deadline.2023-10-29T02:30 2"}}),
              "Den nye frist skal være senere end den nuværende, søndag den 29. oktober 2023 kl. 2.30 (vintertid)");
    EXPECT_THAT(da.sentence("error.deadline.not_later", {{"deadline", "deadline.i morgen"}}),
                testing::HasSubstr("deadline.i morgen"));
    EXPECT_EQ(da.sentence("finding.deadline.holiday", {{"holiday", "holiday.maundy_thursday"}, {"next", "2024-04-02"}}),
              "Svarfristen falder p\u00e5 sk\u00e6rtorsdag. N\u00e6ste hverdag er tirsdag den 2. april 2024. Datoen "
              "bliver st\u00e5ende, medmindre du \u00e6ndrer den");
    // What people typed stays as typed, though it looks like a key.
    for (const char* typed : {"error.form", "holiday.nothing", "holiday.", "2024-02-30", "{mail}"})
        EXPECT_THAT(da.sentence("finding.party.twice", {{"party", typed}}), testing::StartsWith(typed));
}

TEST(Catalogues, HaveTheSameKeysAndHolesSortedOnceEach) {
    std::map<std::string_view, std::map<std::string, std::vector<std::string>>> holes;
    ASSERT_EQ(textFiles().size(), 2u);
    for (const auto& file : textFiles()) {
        std::vector<std::string> keys;
        for (auto line : split(file.bytes, '\n')) {
            line = trim(line);
            if (line.size() < 2 || line[0] != '"') continue;
            keys.emplace_back(line.substr(1, line.find('"', 1) - 1));
        }
        EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end())) << file.path;
        EXPECT_EQ(std::adjacent_find(keys.begin(), keys.end()), keys.end()) << file.path << " has a key twice";
        const auto json = nlohmann::json::parse(file.bytes);
        for (const auto& [key, value] : json.items()) {
            const auto text = value.get<std::string>();
            EXPECT_FALSE(trim(text).empty()) << file.path << " " << key;
            EXPECT_EQ(trim(text).size(), text.size()) << file.path << " " << key << " has spaces at its ends";
            EXPECT_EQ(cleanText(text), text) << file.path << " " << key;
            auto found = holesIn(text);
            EXPECT_EQ(static_cast<std::size_t>(std::count(text.begin(), text.end(), '{')), found.size())
                << file.path << " " << key << " has a brace that is no hole";
            std::sort(found.begin(), found.end());
            found.erase(std::unique(found.begin(), found.end()), found.end());
            holes[file.path][key] = found;
        }
        EXPECT_EQ(keys.size(), holes[file.path].size()) << file.path << ": one key a line";
    }
    EXPECT_EQ(holes["da.json"], holes["en.json"]);
}

TEST(Catalogues, KeepToTheGlossary) {
    const Catalogue catalogue;
    for (const auto& [key, text] : catalogue.of("da")) {
        EXPECT_THAT(text, testing::Not(testing::ContainsRegex("(^|[^t])[Rr]ykker")))
            << key; // it is a påmindelse; "trykker" is none
        EXPECT_THAT(text, testing::Not(HasSubstr("h\u00f8ringsvar"))) << key;
        EXPECT_THAT(text, testing::Not(HasSubstr("H\u00f8ringsvar"))) << key;
    }
    for (const auto& [key, text] : catalogue.of("en")) {
        if (text.find("hearing of a party") != std::string::npos) continue; // partshøring, another thing
        EXPECT_THAT(text, testing::Not(testing::ContainsRegex("[Hh]earing"))) << key;
    }
}

TEST_F(InWords, EveryKeyTheDomainNamesHasAText) {
    std::vector<std::string> keys;
    const auto add = [&](const char* room, std::string_view name) { keys.push_back(room + std::string(name)); };
    for (int i = 1; i <= static_cast<int>(Holiday::newYearsEve); ++i) add("", holidayKey(static_cast<Holiday>(i)));
    for (auto state : {ConsultationState::draft, ConsultationState::open, ConsultationState::closed,
                       ConsultationState::concluded, ConsultationState::cancelled})
        add("state.", stateName(state));
    for (auto role : {PartyRole::consulted, PartyRole::informed}) add("party_role.", roleName(role));
    for (int i = 0; i <= static_cast<int>(PartyStatus::noAnswer); ++i)
        add("party_status.", statusName(static_cast<PartyStatus>(i)));
    for (auto kind : {ResponseKind::remarks, ResponseKind::noRemarks, ResponseKind::declined})
        add("response_kind.", kindName(kind));
    for (auto channel : {Channel::online, Channel::mail, Channel::letter, Channel::meeting, Channel::phone})
        add("channel.", channelName(channel));
    for (auto role : {Role::reader, Role::secretariat, Role::administrator}) add("role.", roleName(role));
    for (int i = 0; i <= static_cast<int>(LetterState::cancelled); ++i)
        add("letter_state.", stateName(static_cast<LetterState>(i)));
    for (int i = 0; i <= static_cast<int>(LetterKind::linkAgain); ++i)
        add("letter_kind.", kindName(static_cast<LetterKind>(i)));
    for (const auto& key : keys) EXPECT_TRUE(da.has(key)) << key;
}

TEST_F(InWords, EveryFindingIsAWholeSentence) {
    Consultation empty, wrong;
    wrong.text.title = "XX";
    wrong.text.body = "onsdag den 25. januar 2018, 010190-1234";
    wrong.text.decisionDate = on("2030-01-01");
    Party two;
    two.name = "LokalMED i A og B";
    two.role = PartyRole::informed;
    Party unfilled;
    unfilled.name = "LokalMED i XX";
    unfilled.role = PartyRole::informed;
    Enclosure xx{1, "XX", {}, {}};
    xx.file.name = "010190-1234.pdf";
    std::vector<Enclosure> files{xx};
    for (const auto reading : {Reading::partly, Reading::nothing})
        for (const int page : {0, 3}) {
            files.push_back({1, "Notat", {}, {}});
            files.back().file.name = "notat.pdf";
            files.back().file.search = {
                reading, {{FileHit::Kind::cpr, "010190-xxxx", page}, {FileHit::Kind::placeholder, "(x)", page}}};
        }
    files.push_back(files.back());
    files.back().file.search.hits.assign(hitsPerFile, {FileHit::Kind::cpr, "010190-xxxx", 1});
    Party same = two;
    same.contacts = {{1, 1, "", "a@b.dk"}, {2, 1, "", "a@b.dk"}};
    const Now now = nowFrom(toInstant(atTime(on("2023-09-27"), 12h)));
    std::vector<Finding> all = readiness(empty, {}, {}, {}, now, {});
    for (const char* day : {"2023-09-26", "2023-10-01", "2023-10-08", "2023-12-26", "2033-10-30"}) {
        wrong.text.deadline = Deadline{on(day), std::nullopt, false};
        for (const char* reason : {"", "Hastesag"}) {
            wrong.text.shortPeriodReason = reason;
            const auto found = readiness(wrong, {two, same, unfilled}, files, {}, now, {});
            all.insert(all.end(), found.begin(), found.end());
        }
    }
    const Deadline july{on("2024-07-31"), std::nullopt, false};
    const auto summer = doubtsAbout(july, nowFrom(toInstant(atTime(on("2024-07-01"), 12h))), {}, true);
    all.insert(all.end(), summer.begin(), summer.end());
    const auto moved = doubtsAboutMove(july, nowFrom(toInstant(atTime(on("2024-07-31"), 12h))));
    all.insert(all.end(), moved.begin(), moved.end());
    std::set<std::string> keys;
    for (const auto& finding : all) {
        keys.insert(finding.key);
        for (const auto* words : {&da, &en})
            EXPECT_THAT(words->sentence(finding.key, finding.args),
                        testing::Not(testing::ContainsRegex("[{}]|holiday\\.")))
                << finding.key;
    }
    // All there are: a finding text that no rule gives would be a word nobody reads. Those of an answer are the page's,
    // those of an act its plan's, those of a gate the recipients',
    // those of a reminder its move's.
    for (const auto& [key, text] : catalogue.of("da"))
        EXPECT_TRUE(!startsWith(key, "finding.") || startsWith(key, "finding.answer.") ||
                    startsWith(key, "finding.act.") || startsWith(key, "finding.gate.") ||
                    startsWith(key, "finding.reminder.") || keys.contains(key))
            << key;
}

} // namespace

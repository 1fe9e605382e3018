#include "domain/notice.h"

#include <gtest/gtest.h>

using namespace hoering;
using namespace std::chrono_literals;

namespace {

Instant at(const char* iso, std::chrono::minutes time) { return toInstant(atTime(parseIsoDate(iso).value(), time)); }

std::string told(LetterKind kind, Notify notify, Instant when) {
    const auto due = tellAt(kind, notify, when);
    return due ? isoLocal(toLocal(*due)).substr(0, 16) : "never";
}

TEST(Notices, OfAnswersFollowTheWish) {
    const auto when = at("2026-11-04", 10h);
    EXPECT_EQ(told(LetterKind::staffAnswer, Notify::atOnce, when), "2026-11-04T10:00");
    EXPECT_EQ(told(LetterKind::staffAnswer, Notify::daily, when), "2026-11-05T07:30");
    EXPECT_EQ(told(LetterKind::staffAnswer, Notify::never, when), "never");
}

TEST(Notices, ComeInTheMorningOfTheNextWorkingDay) {
    const auto daily = [](Instant when) { return told(LetterKind::staffAnswer, Notify::daily, when); };
    EXPECT_EQ(daily(at("2026-11-05", 7h)), "2026-11-05T07:30");
    EXPECT_EQ(daily(at("2026-11-05", 7h + 30min)), "2026-11-05T07:30");
    EXPECT_EQ(daily(at("2026-11-05", 7h + 30min) + 1ms), "2026-11-06T07:30");
    EXPECT_EQ(daily(at("2026-11-06", 9h)), "2026-11-09T07:30"); // Friday: Monday
    EXPECT_EQ(daily(at("2027-03-24", 9h)), "2027-03-30T07:30"); // over Easter, and over the change of the clock
    EXPECT_EQ(daily(at("2023-05-04", 9h)), "2023-05-08T07:30"); // store bededag was a holiday
    EXPECT_EQ(daily(at("2024-04-25", 9h)), "2024-04-26T07:30"); // and is none any more
    EXPECT_EQ(daily(at("2026-12-23", 9h)), "2026-12-28T07:30"); // Christmas
    EXPECT_EQ(isoUtc(*tellAt(LetterKind::staffAnswer, Notify::daily, at("2026-10-23", 9h))),
              "2026-10-26T06:30:00.000Z"); // winter time has begun on Sunday
}

TEST(Notices, OfWhatHasEndedComeAtOnceUnlessNever) {
    const auto when = at("2026-11-07", 3h); // a Saturday night
    for (const auto kind : {LetterKind::staffMailing, LetterKind::staffDeadline}) {
        EXPECT_EQ(told(kind, Notify::atOnce, when), "2026-11-07T03:00");
        EXPECT_EQ(told(kind, Notify::daily, when), "2026-11-07T03:00");
        EXPECT_EQ(told(kind, Notify::never, when), "never");
    }
}

TEST(Notices, OfWhatSomebodyMustActOnAlwaysComeAtOnce) {
    const auto when = at("2026-11-07", 3h);
    for (const auto kind : {LetterKind::staffRelease, LetterKind::staffNotReached, LetterKind::staffExtension})
        for (const auto notify : {Notify::atOnce, Notify::daily, Notify::never})
            EXPECT_EQ(told(kind, notify, when), "2026-11-07T03:00");
}

} // namespace

#include "jobs/mail_traffic.h"

#include <gmock/gmock.h>

namespace hoering {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Turn = MailTraffic::Turn;
constexpr int perSession = MailTraffic::perSession;

const Instant start = fromMillis(1'800'000'000'000);

/// A letter that is claimed and has its turn.
MailTraffic::Ticket speaking(MailTraffic& traffic, const std::string& domain, Instant now) {
    auto ticket = traffic.begin(domain, now);
    EXPECT_EQ(traffic.turn(ticket), Turn::now);
    return ticket;
}

TEST(MailTraffic, SomeLettersAreReadyForEachSessionAndWaitForTheirTurn) {
    MailTraffic traffic({2, 0, 0});
    const auto first = speaking(traffic, "a.example", start);
    speaking(traffic, "b.example", start);
    auto third = traffic.begin("c.example", start), last = traffic.begin("d.example", start);
    for (int i = 4; i < 2 * perSession; ++i) {
        EXPECT_TRUE(traffic.look(start).open);
        last = traffic.begin(std::to_string(i) + ".example", start);
    }
    EXPECT_FALSE(traffic.look(start).open); // two speak, the others are ready
    EXPECT_EQ(traffic.turn(third), Turn::wait);
    traffic.end(first, false, start);
    EXPECT_TRUE(traffic.look(start).open);
    EXPECT_EQ(traffic.turn(third), Turn::now);
    EXPECT_EQ(traffic.turn(last), Turn::wait);
    traffic.takeBack(last); // holds nothing of which it had nothing
    EXPECT_EQ(traffic.turn(last = traffic.begin("d.example", start)), Turn::wait);
    traffic.end(third, false, start);
    EXPECT_EQ(traffic.turn(last), Turn::now);
}

TEST(MailTraffic, OneDomainHoldsHalfOfTheSessionsAndAllButOneWhenNobodyElseWaits) {
    MailTraffic traffic({8, 0, 0});
    std::vector<MailTraffic::Ticket> tickets;
    for (int i = 0; i < 4; ++i) tickets.push_back(speaking(traffic, "slow.example", start));
    for (int i = 4; i < 8 * perSession / 2; ++i) {
        EXPECT_THAT(traffic.look(start).crowded, IsEmpty());
        EXPECT_EQ(traffic.turn(tickets.emplace_back(traffic.begin("slow.example", start))), Turn::wait);
    }
    EXPECT_THAT(traffic.look(start).crowded, ElementsAre("slow.example"));
    for (int i = 0; i < 7 * perSession - 8 * perSession / 2; ++i) {
        EXPECT_THAT(traffic.look(start).closed, IsEmpty());
        auto& alone = tickets.emplace_back(traffic.begin("slow.example", start, true));
        EXPECT_EQ(traffic.turn(alone), i < 3 ? Turn::now : Turn::wait); // seven of eight
    }
    EXPECT_THAT(traffic.look(start).closed, ElementsAre("slow.example"));
    const auto other = speaking(traffic, "other.example", start); // the eighth is there for another domain
    auto another = traffic.begin("another.example", start);
    EXPECT_EQ(traffic.turn(another), Turn::wait);
    while (traffic.look(start).open) traffic.begin("third.example", start);
    traffic.end(other, false, start);
    EXPECT_TRUE(traffic.look(start).open);
    EXPECT_EQ(traffic.turn(tickets.back()), Turn::wait); // still not for the slow one
    EXPECT_EQ(traffic.turn(another), Turn::now);
    traffic.end(tickets.front(), false, start);
    EXPECT_EQ(traffic.turn(tickets.back()), Turn::now);
    EXPECT_THAT(traffic.look(start).closed, IsEmpty());
}

TEST(MailTraffic, OneSessionAloneServesEveryDomain) {
    MailTraffic traffic({1, 0, 0});
    const auto ticket = speaking(traffic, "a.example", start);
    for (int i = 1; i < perSession / 2; ++i) traffic.begin("a.example", start);
    EXPECT_THAT(traffic.look(start).closed, ElementsAre("a.example")); // the others that are ready are for others
    auto next = traffic.begin("b.example", start);
    EXPECT_EQ(traffic.turn(next), Turn::wait);
    traffic.end(ticket, false, start);
    EXPECT_EQ(traffic.turn(next), Turn::now);
    EXPECT_TRUE(traffic.look(start).open);
}

TEST(MailTraffic, KeepsToTheRateInAnyMinute) {
    MailTraffic traffic({4, 3, 0});
    for (int i = 0; i < 3; ++i) traffic.end(traffic.begin("a.example", start + i * 10s), false, start + i * 10s);
    EXPECT_FALSE(traffic.look(start + 59s).open);
    EXPECT_EQ(traffic.opensAt(start + 59s), start + 60s);
    EXPECT_TRUE(traffic.look(start + 60s).open); // the first is a minute ago
    traffic.begin("a.example", start + 60s);
    EXPECT_FALSE(traffic.look(start + 69s).open);
    EXPECT_TRUE(traffic.look(start + 70s).open);
}

TEST(MailTraffic, ADomainOverItsRateWaitsAloneAndIsForgottenAfterwards) {
    MailTraffic traffic({4, 0, 2});
    for (int i = 0; i < 2; ++i) traffic.end(traffic.begin("a.example", start), false, start);
    EXPECT_TRUE(traffic.look(start + 1s).open);
    EXPECT_THAT(traffic.look(start + 1s).closed, ElementsAre("a.example"));
    EXPECT_EQ(traffic.opensAt(start + 1s), start + 60s);
    EXPECT_THAT(traffic.look(start + 60s).closed, IsEmpty());
    EXPECT_EQ(traffic.opensAt(start + 60s), std::nullopt);
}

TEST(MailTraffic, WhenTheServerIsAwayOneLetterTriesAtGrowingIntervals) {
    MailTraffic traffic({4, 0, 0});
    traffic.end(speaking(traffic, "a.example", start), true, start);
    EXPECT_TRUE(traffic.away());
    Instant now = start;
    for (const auto wait : {15s, 30s, 60s, 120s, 240s, 300s, 300s}) {
        EXPECT_EQ(traffic.opensAt(now), now + wait);
        EXPECT_FALSE(traffic.look(now + wait - 1ms).open);
        now += wait;
        ASSERT_TRUE(traffic.look(now).open);
        const auto probe = speaking(traffic, "a.example", now);
        EXPECT_TRUE(probe.probe);
        EXPECT_FALSE(traffic.look(now).open); // one is enough
        traffic.end(probe, true, now);
    }
    now += 5min;
    traffic.end(traffic.begin("b.example", now), false, now);
    EXPECT_FALSE(traffic.away());
    EXPECT_TRUE(traffic.look(now).open);
    EXPECT_EQ(traffic.opensAt(now), std::nullopt);
}

TEST(MailTraffic, AnOutageFoundByAllSessionsAtOnceCountsOnce) {
    MailTraffic traffic({4, 0, 0});
    std::vector<MailTraffic::Ticket> tickets;
    for (const char* domain : {"a.example", "b.example", "c.example", "d.example"})
        tickets.push_back(speaking(traffic, domain, start));
    auto ready = traffic.begin("e.example", start);
    for (const auto& ticket : tickets) {
        traffic.end(ticket, true, start);
        EXPECT_NE(traffic.turn(ready), Turn::now); // nobody goes on to the next letter
    }
    EXPECT_TRUE(traffic.away());
    EXPECT_EQ(traffic.turn(ready), Turn::no); // nor does one that was claimed before
    traffic.takeBack(ready);
    EXPECT_EQ(traffic.opensAt(start), start + 15s);
    const auto probe = speaking(traffic, "a.example", start + 15s);
    traffic.end(probe, false, start + 15s);
    for (int i = 0; i < 4; ++i) {
        EXPECT_TRUE(traffic.look(start + 15s).open); // all sessions at once
        speaking(traffic, "x" + std::to_string(i) + ".example", start + 15s);
    }
    auto fifth = traffic.begin("x5.example", start + 15s);
    EXPECT_EQ(traffic.turn(fifth), Turn::wait);
}

TEST(MailTraffic, AServerThatTakesFewerSessionsGetsFewerAndIsNotAway) {
    MailTraffic traffic({4, 0, 0});
    const auto one = speaking(traffic, "a.example", start), two = speaking(traffic, "b.example", start),
               three = speaking(traffic, "c.example", start);
    auto next = traffic.begin("d.example", start);
    traffic.end(three, true, start); // 421 too many connections, while two speak
    EXPECT_FALSE(traffic.away());
    EXPECT_EQ(traffic.turn(next), Turn::wait);
    traffic.end(one, false, start + 1s);
    EXPECT_EQ(traffic.turn(next), Turn::now);
    auto last = traffic.begin("a.example", start + 1s);
    traffic.look(start + 59s);
    EXPECT_EQ(traffic.turn(last), Turn::wait);
    traffic.look(start + 60s);
    EXPECT_EQ(traffic.turn(last), Turn::now); // one more is tried
    traffic.end(two, false, start + 61s);
    traffic.end(next, false, start + 61s);
    traffic.end(last, false, start + 61s);
}

TEST(MailTraffic, AClockSetBackLocksNothing) {
    MailTraffic traffic({4, 1, 1});
    traffic.end(traffic.begin("a.example", start), true, start);
    EXPECT_FALSE(traffic.look(start).open);
    EXPECT_TRUE(traffic.look(start - 1h).open);
    EXPECT_THAT(traffic.look(start - 1h).closed, IsEmpty());
}

TEST(MailTraffic, WhatWasNotBegunAfterAllHoldsNothing) {
    MailTraffic traffic({1, 0, 0});
    traffic.end(traffic.begin("a.example", start), true, start);
    traffic.takeBack(traffic.begin("a.example", start + 15s));
    EXPECT_TRUE(traffic.look(start + 15s).open); // the probe is still to be made
    traffic.end(speaking(traffic, "a.example", start + 15s), false, start + 15s);
    EXPECT_FALSE(traffic.away());
}

} // namespace
} // namespace hoering

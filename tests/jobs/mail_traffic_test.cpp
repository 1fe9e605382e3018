#include "jobs/mail_traffic.h"

#include <gmock/gmock.h>

namespace hoering {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Instant start = fromMillis(1'800'000'000'000);

TEST(MailTraffic, OneDomainHoldsAllSessionsButOneAndHalfWhenAnotherWaits) {
    MailTraffic traffic({8, 0, 0});
    std::vector<MailTraffic::Ticket> tickets;
    const auto more = [&] { tickets.push_back(traffic.begin("slow.example", start)); };
    for (int i = 0; i < 3; ++i) more();
    EXPECT_THAT(traffic.look(start).crowded, IsEmpty());
    more();
    EXPECT_THAT(traffic.look(start).crowded, ElementsAre("slow.example"));
    for (int i = 0; i < 3; ++i) more();
    EXPECT_THAT(traffic.look(start).closed, ElementsAre("slow.example")); // seven of eight
    EXPECT_TRUE(traffic.look(start).open);
    traffic.begin("other.example", start);
    EXPECT_FALSE(traffic.look(start).open);
    traffic.end(tickets.back(), false, start);
    EXPECT_TRUE(traffic.look(start).open);
    EXPECT_THAT(traffic.look(start).closed, IsEmpty());
    EXPECT_EQ(traffic.underWay(), 7);
}

TEST(MailTraffic, OneSessionAloneServesEveryDomain) {
    MailTraffic traffic({1, 0, 0});
    const auto ticket = traffic.begin("a.example", start);
    EXPECT_FALSE(traffic.look(start).open);
    traffic.end(ticket, false, start);
    EXPECT_TRUE(traffic.look(start).open);
    EXPECT_THAT(traffic.look(start).closed, IsEmpty());
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
    traffic.end(traffic.begin("a.example", start), true, start);
    EXPECT_TRUE(traffic.away());
    Instant now = start;
    for (const auto wait : {15s, 30s, 60s, 120s, 240s, 300s, 300s}) {
        EXPECT_EQ(traffic.opensAt(now), now + wait);
        EXPECT_FALSE(traffic.look(now + wait - 1ms).open);
        now += wait;
        ASSERT_TRUE(traffic.look(now).open);
        const auto probe = traffic.begin("a.example", now);
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
        tickets.push_back(traffic.begin(domain, start));
    for (const auto& ticket : tickets) {
        traffic.end(ticket, true, start);
        EXPECT_FALSE(traffic.look(start).open); // nobody goes on to the next letter
    }
    EXPECT_TRUE(traffic.away());
    EXPECT_EQ(traffic.opensAt(start), start + 15s);
    const auto probe = traffic.begin("a.example", start + 15s);
    traffic.end(probe, false, start + 15s);
    for (int i = 0; i < 4; ++i) {
        EXPECT_TRUE(traffic.look(start + 15s).open); // all sessions at once
        traffic.begin("x" + std::to_string(i) + ".example", start + 15s);
    }
    EXPECT_FALSE(traffic.look(start + 15s).open);
}

TEST(MailTraffic, AServerThatTakesFewerSessionsGetsFewerAndIsNotAway) {
    MailTraffic traffic({4, 0, 0});
    const auto one = traffic.begin("a.example", start), two = traffic.begin("b.example", start),
               three = traffic.begin("c.example", start);
    traffic.end(three, true, start); // 421 too many connections, while two speak
    EXPECT_FALSE(traffic.away());
    EXPECT_FALSE(traffic.look(start).open);
    traffic.end(one, false, start + 1s);
    EXPECT_TRUE(traffic.look(start + 1s).open);
    const auto four = traffic.begin("a.example", start + 1s);
    EXPECT_FALSE(traffic.look(start + 59s).open);
    EXPECT_TRUE(traffic.look(start + 60s).open); // one more is tried
    traffic.end(two, false, start + 61s);
    traffic.end(four, false, start + 61s);
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
    EXPECT_EQ(traffic.underWay(), 0);
}

} // namespace
} // namespace hoering

// What DNS says of mail domains, asked of a name server that is part of the test.
#include "dns/mail_domains.h"

#include <gmock/gmock.h>

#include "dns/name_server.h"

namespace hoering::dns {
namespace {

using ::testing::Each;
using ::testing::Pair;

struct MailDomains : ::testing::Test {
    hoering::testing::NameServer server;
    DnsSettings settings{server.address(), std::chrono::milliseconds{5000}, 1, std::chrono::milliseconds{20'000}, 32};
    DomainAnswer ask(const std::string& domain) { return lookUpDomains({domain}, settings).at(domain); }
};

TEST_F(MailDomains, AnExchangerOrAnAddressTakesMail) {
    EXPECT_EQ(ask("mx.example"), DomainAnswer::accepts);
    EXPECT_EQ(ask("address.example"), DomainAnswer::accepts);
    EXPECT_EQ(ask("six.example"), DomainAnswer::accepts);
    EXPECT_EQ(ask("mx.xn--rdhus-mra.example"), DomainAnswer::accepts);
}

TEST_F(MailDomains, WhatIsNotThereOrSaysSoTakesNone) {
    EXPECT_EQ(ask("gone.example"), DomainAnswer::doesNotExist);
    EXPECT_EQ(ask("nothing.example"), DomainAnswer::doesNotExist);
    EXPECT_EQ(ask("null.example"), DomainAnswer::nullMx);
}

TEST_F(MailDomains, ExchangersWithoutAnAddressTakeNone) {
    EXPECT_EQ(ask("lost.example"), DomainAnswer::lostExchangers);
    EXPECT_EQ(server.questions(), 1 + 1 + 2); // MX, A of one that is gone, A and AAAA of one that has neither
    EXPECT_EQ(ask("half.example"), DomainAnswer::accepts); // one is enough
    EXPECT_EQ(ask("vague.example"), DomainAnswer::unknown);
}

TEST_F(MailDomains, AnAnswerThatWasCutOffIsAskedForOverTcp) {
    EXPECT_EQ(ask("cut.example"), DomainAnswer::accepts);
    // And its exchanger's address; once more where c-ares sees first that this server closes its TCP connections.
    EXPECT_THAT(server.questions(), ::testing::AnyOf(2 + 1, 2 + 2));
    EXPECT_EQ(ask("cutoff.example"), DomainAnswer::unknown);
}

TEST_F(MailDomains, WhoeverCannotTellIsNotBelieved) {
    EXPECT_EQ(ask("ill.example"), DomainAnswer::unknown);
    EXPECT_EQ(ask("no.example"), DomainAnswer::unknown);
    settings.timeout = std::chrono::milliseconds{250};
    EXPECT_EQ(ask("silent.example"), DomainAnswer::unknown);
    EXPECT_EQ(ask("garbage.example"), DomainAnswer::unknown);
    settings.server = "no address";
    EXPECT_EQ(ask("mx.example"), DomainAnswer::unknown);
}

TEST_F(MailDomains, ASilentServerIsWaitedForOnlyAsLongAsAllowed) {
    settings.whole = std::chrono::milliseconds{300}; // long before each question's own 5 s, one after another
    settings.atOnce = 1;
    const auto answers = lookUpDomains({"silent.a.example", "silent.b.example", "silent.c.example"}, settings);
    EXPECT_EQ(answers.size(), 3u);
    EXPECT_THAT(answers, Each(Pair(::testing::_, DomainAnswer::unknown)));
    EXPECT_EQ(server.questions(), 1);
}

TEST_F(MailDomains, AsksAboutManyAtOnce) {
    std::set<std::string> domains;
    for (int n = 0; n < 500; ++n)
        for (const char* kind : {"mx", "gone", "null", "address", "lost"})
            domains.insert(std::string(kind) + ".d" + std::to_string(n) + ".example");
    const auto answers = lookUpDomains(domains, settings);
    ASSERT_EQ(answers.size(), 2500u);
    for (const auto& [domain, answer] : answers) {
        const auto kind = domain.substr(0, domain.find('.'));
        EXPECT_EQ(answer, kind == "gone"   ? DomainAnswer::doesNotExist
                          : kind == "null" ? DomainAnswer::nullMx
                          : kind == "lost" ? DomainAnswer::lostExchangers
                                           : DomainAnswer::accepts)
            << domain;
    }
}

TEST_F(MailDomains, NothingAskedIsNothingAnswered) {
    EXPECT_TRUE(lookUpDomains({}, settings).empty());
    EXPECT_EQ(server.questions(), 0);
}

} // namespace
} // namespace hoering::dns

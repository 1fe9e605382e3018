#include "common/mail_address.h"

#include <gtest/gtest.h>

namespace hoering {
namespace {

TEST(MailAddress, TakesWhatArrivesAndNothingElse) {
    for (const char* good : {"a@b.dk", "first.last+tag@sub.domain.example.dk", "o'neil_x=y@xn--srensen-90a.dk",
                             "x@1.example", "A-B@C-D.DK"})
        EXPECT_TRUE(isMailAddress(good)) << good;
    for (const char* bad : {"",           "@",
                            "a@",         "@b.dk",
                            "a@b",        "a@b@c.dk",
                            "a b@c.dk",   "a@b .dk",
                            "<a@b.dk>",   "a@b.dk>",
                            "\"a\"@b.dk", "a,b@c.dk",
                            "a;b@c.dk",   ".a@b.dk",
                            "a.@b.dk",    "a..b@c.dk",
                            "a@.b.dk",    "a@b.dk.",
                            "a@b..dk",    "a@-b.dk",
                            "a@b-.dk",    "a@[127.0.0.1]",
                            "a@b_c.dk",   "æ@b.dk",
                            "a@ø.dk",     "a@b.dk\r\nRCPT TO:<x@y.dk>",
                            "a@b.dk\n",   "a\t@b.dk",
                            "a@b.dk ",    " a@b.dk",
                            "a\\@b.dk",   "a(c)@b.dk",
                            "a:b@c.dk",   "a\x7f@b.dk"})
        EXPECT_FALSE(isMailAddress(bad)) << bad;
    EXPECT_FALSE(isMailAddress(std::string_view("a\0@b.dk", 7)));
    const std::string local(64, 'l'), d63(63, 'd');
    const auto longest = local + "@" + d63 + "." + d63 + "." + std::string(58, 'd') + ".dk";
    EXPECT_EQ(longest.size(), 254u);
    EXPECT_TRUE(isMailAddress(longest));
    EXPECT_FALSE(isMailAddress(longest + "k"));
    EXPECT_FALSE(isMailAddress("l" + local + "@b.dk"));
    EXPECT_FALSE(isMailAddress("a@" + d63 + "d.dk"));
}

TEST(MailAddress, ADomainIsWhatStandsAfterTheAt) {
    EXPECT_EQ(mailDomain("a.b@Example.DK"), "example.dk");
    EXPECT_EQ(mailDomain("no address"), "");
}

} // namespace
} // namespace hoering

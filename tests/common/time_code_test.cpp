#include "common/time_code.h"

#include <gmock/gmock.h>

using namespace hoering;

namespace {

Instant second(long long n) { return Instant{std::chrono::seconds{n}}; }

TEST(TimeCode, IsThatOfRfc6238) {
    // Appendix B, SHA-1; the last six of its eight digits, as 10^6 divides 10^8.
    const std::string secret = "12345678901234567890";
    const std::pair<long long, const char*> table[] = {{59, "287082"},         {1111111109, "081804"},
                                                       {1111111111, "050471"}, {1234567890, "005924"},
                                                       {2000000000, "279037"}, {20000000000, "353130"}};
    for (const auto& [at, code] : table) EXPECT_EQ(timeCode(secret, timeStepAt(second(at))), code) << at;
}

TEST(TimeCode, StepsAreThirtySecondsFrom1970) {
    EXPECT_EQ(timeStepAt(second(0)), 0);
    EXPECT_EQ(timeStepAt(second(29)), 0);
    EXPECT_EQ(timeStepAt(second(30)), 1);
    EXPECT_EQ(timeStepAt(second(30) - std::chrono::milliseconds{1}), 0);
}

TEST(Base32, IsThatOfRfc4648) {
    EXPECT_EQ(base32(""), "");
    EXPECT_EQ(base32("f"), "MY======");
    EXPECT_EQ(base32("fooba"), "MZXW6YTB");
    EXPECT_EQ(base32("foobar"), "MZXW6YTBOI======");
    EXPECT_EQ(base32("12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

} // namespace

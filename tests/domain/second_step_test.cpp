#include "domain/second_step.h"

#include <gmock/gmock.h>

#include <set>

#include "common/time_code.h"
#include "domain/keys.h"

using namespace hoering;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

namespace {

const std::string secret = "12345678901234567890";
const Instant now{std::chrono::seconds{1234567890}};
const std::int64_t here = timeStepAt(now);

TEST(AcceptedStep, AllowsOneStepOfDriftEitherWay) {
    for (const std::int64_t drift : {-1, 0, 1})
        EXPECT_EQ(acceptedStep(secret, timeCode(secret, here + drift), now, 0), here + drift) << drift;
    for (const std::int64_t drift : {-2, 2})
        EXPECT_EQ(acceptedStep(secret, timeCode(secret, here + drift), now, 0), std::nullopt) << drift;
}

TEST(AcceptedStep, CountsNoStepTwiceAndNoneBeforeTheLast) {
    EXPECT_EQ(acceptedStep(secret, timeCode(secret, here), now, here), std::nullopt);
    EXPECT_EQ(acceptedStep(secret, timeCode(secret, here - 1), now, here), std::nullopt);
    EXPECT_EQ(acceptedStep(secret, timeCode(secret, here + 1), now, here), here + 1);
}

TEST(AcceptedStep, TakesTheCodeAsPeopleTypeIt) {
    EXPECT_EQ(acceptedStep(secret, " 005 924 ", now, 0), here);
    EXPECT_EQ(acceptedStep(secret, "5924", now, 0), std::nullopt) << "the zeros in front belong to it";
    for (const char* other : {"", "      ", "0059241", "abcdef", "005925"})
        EXPECT_EQ(acceptedStep(secret, other, now, 0), std::nullopt) << other;
}

TEST(RecoveryCode, CanBeTypedWithoutCareAndIsEachTimeAnother) {
    std::set<std::string> made;
    for (int i = 0; i < 200; ++i) {
        const std::string code = newRecoveryCode();
        EXPECT_THAT(code, MatchesRegex("[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}"));
        EXPECT_EQ(recoveryCodeFrom(code).size(), 12u);
        made.insert(code);
    }
    EXPECT_EQ(made.size(), 200u);
    EXPECT_EQ(recoveryCodeFrom(" k7qm 3xrt-fza2 "), "K7QM3XRTFZA2");
    EXPECT_EQ(recoveryCodeFrom("0o1i-8b22-3344"), "OOIIBB223344");
    for (const char* none : {"", "K7QM-3XRT", "K7QM-3XRT-FZA2-K7QM", "K7QM-3XRT-FZ92", "Æ7QM-3XRT-FZA"})
        EXPECT_EQ(recoveryCodeFrom(none), "") << none;
}

TEST(AuthenticatorUri, HasWhatEveryAppReads) {
    EXPECT_EQ(authenticatorUri("Ishøj Kommune: høringer", "karen@hoering.example", secret),
              "otpauth://totp/Ish%C3%B8j%20Kommune%20%20h%C3%B8ringer:karen%40hoering.example"
              "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ish%C3%B8j%20Kommune%20%20h%C3%B8ringer"
              "&algorithm=SHA1&digits=6&period=30");
    EXPECT_EQ(typedSecret(secret), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
}

TEST(Keys, MakeSecretsThatNeedTheKeyFile) {
    const Keys keys(std::string(32, 'a')), others(std::string(32, 'b'));
    EXPECT_EQ(keys.timeCodeSecret("nonce").size(), 20u);
    EXPECT_EQ(keys.timeCodeSecret("nonce"), keys.timeCodeSecret("nonce"));
    EXPECT_NE(keys.timeCodeSecret("nonce"), others.timeCodeSecret("nonce"));
    EXPECT_NE(keys.timeCodeSecret("nonce"), keys.timeCodeSecret("another"));
    EXPECT_NE(keys.recoveryCodeHash(1, "K7QM3XRTFZA2"), others.recoveryCodeHash(1, "K7QM3XRTFZA2"));
    EXPECT_NE(keys.recoveryCodeHash(1, "K7QM3XRTFZA2"), keys.recoveryCodeHash(2, "K7QM3XRTFZA2"));
    EXPECT_THAT(keys.recoveryCodeHash(1, "K7QM3XRTFZA2"), Not(HasSubstr("K7QM")));
}

} // namespace

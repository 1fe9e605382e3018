#include "common/crypto.h"

#include <gmock/gmock.h>

#include <set>

#include "common/id.h"
#include "common/strings.h"

using namespace hoering;

namespace {

struct Crypto : testing::Test {
    Crypto() { initCrypto(); }
};

TEST_F(Crypto, HashesLikeFips180) {
    EXPECT_EQ(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    Sha256 pieces;
    pieces.update("a");
    pieces.update("");
    pieces.update("bc");
    EXPECT_EQ(pieces.hex(), sha256Hex("abc"));
}

TEST_F(Crypto, SignsLikeRfc4231) {
    EXPECT_EQ(toHex(hmacSha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_F(Crypto, MakesTokensThatDiffer) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(randomToken());
    EXPECT_EQ(seen.size(), 1000U);
    EXPECT_EQ(seen.begin()->size(), 43U);
    EXPECT_EQ(randomBytes(7).size(), 7U);
}

TEST_F(Crypto, ComparesWholeTexts) {
    EXPECT_TRUE(equalConstantTime("abc", "abc"));
    EXPECT_FALSE(equalConstantTime("abc", "abd"));
    EXPECT_FALSE(equalConstantTime("abc", "ab"));
    EXPECT_TRUE(equalConstantTime("", ""));
}

TEST_F(Crypto, KnowsAPasswordAgain) {
    const PasswordCost cheap{1, 8};
    const auto hash = hashPassword("hemmeligt æøå", cheap);
    EXPECT_THAT(hash, testing::StartsWith("$argon2id$"));
    EXPECT_NE(hash, hashPassword("hemmeligt æøå", cheap));
    EXPECT_TRUE(verifyPassword("hemmeligt æøå", hash));
    EXPECT_FALSE(verifyPassword("hemmeligt", hash));
    EXPECT_FALSE(verifyPassword("x", ""));
    EXPECT_FALSE(verifyPassword("x", std::string(5000, '$')));
    EXPECT_FALSE(verifyPassword("hemmeligt æøå", hash + std::string(1, '\0')));
}

TEST_F(Crypto, NamesThingsForPeopleAndMachines) {
    EXPECT_THAT(newKey(), testing::MatchesRegex("[0-9a-f]{32}"));
    EXPECT_THAT(newKeyAt(fromMillis(0x0123456789AB)), testing::MatchesRegex("0123456789ab[0-9a-f]{20}"));
    EXPECT_NE(newKeyAt(fromMillis(1)), newKeyAt(fromMillis(1)));
    EXPECT_LT(newKeyAt(fromMillis(0xFF)), newKeyAt(fromMillis(0x100)));
}

TEST_F(Crypto, ReceiptNumbersOfOneMomentStandSideBySide) {
    EXPECT_THAT(newReceiptNumber(fromMillis(0)),
                testing::MatchesRegex("0000-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}"));
    EXPECT_NE(newReceiptNumber(fromMillis(0)), newReceiptNumber(fromMillis(0)));
    EXPECT_EQ(newReceiptNumber(fromMillis(62)).substr(0, 5), "0000-");
    EXPECT_EQ(newReceiptNumber(fromMillis(63)).substr(0, 5), "0001-");
    EXPECT_EQ(newReceiptNumber(fromMillis(65'535'999)).substr(0, 5), "ZZZZ-"); // the last of the round
    EXPECT_EQ(newReceiptNumber(fromMillis(65'536'000)).substr(0, 5), "0000-");
    EXPECT_THAT(newReceiptNumber(fromMillis(1'795'942'035'123)), testing::SizeIs(14));
}

} // namespace

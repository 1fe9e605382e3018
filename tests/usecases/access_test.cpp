#include <gmock/gmock.h>

#include "common/crypto.h"
#include "sqlite/links.h"
#include "sqlite/users.h"
#include "support/world.h"
#include "usecases/manage_users.h"
#include "usecases/open_link.h"
#include "usecases/sign_in.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;

struct OpenLink : ::testing::Test {
    testing::World world;
    std::int64_t consultation = world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    std::string token = world.tokenOf(world.visit(consultation));

    Result<std::string> open() {
        return world.database.write([&](sqlite::Tx& tx) { return openLink(tx, world.office, token); });
    }
    std::optional<PartySession> session(const std::string& cookie) {
        return world.database.read(
            [&](sqlite::ReadTx& tx) { return partySession(tx, world.office, cookie, world.now()); });
    }
};

TEST_F(OpenLink, LookingChangesNothing) {
    const auto acts = world.acts().size();
    for (int i = 0; i < 3; ++i)
        world.database.read([&](sqlite::ReadTx& tx) { return lookAtLink(tx, world.office, token, world.now()); });
    EXPECT_EQ(world.acts().size(), acts);
    EXPECT_EQ(world.count("sessions"), 0);
}

TEST_F(OpenLink, StartsASessionForThatPartyAlone) {
    const auto cookie = open();
    ASSERT_TRUE(cookie.ok());
    EXPECT_EQ(session(*cookie)->visit.party.name, "LokalMED");
    EXPECT_EQ(world.acts().back(), "link.opened");
    EXPECT_FALSE(session("en anden"));
    EXPECT_FALSE(session(token)); // the link itself is no session
}

TEST_F(OpenLink, CanBeOpenedAgain) {
    ASSERT_TRUE(open().ok());
    ASSERT_TRUE(open().ok());
    EXPECT_EQ(world.count("sessions"), 2);
}

TEST_F(OpenLink, WorksUntilTheGraceIsOver) {
    world.at("2026-12-31 23:59:59");
    EXPECT_TRUE(open().ok());
    world.at("2027-01-01 00:00:00"); // thirty days after the deadline's end
    EXPECT_EQ(open().error().key, "error.link.expired");
}

TEST_F(OpenLink, ARevokedLinkEndsItsSessionsToo) {
    const auto cookie = open();
    world.database.write([&](sqlite::Tx& tx) {
        sqlite::revokeLink(tx, world.visit(consultation).link);
        tx.housekeeping("test");
    });
    EXPECT_FALSE(session(*cookie));
    EXPECT_EQ(open().error().key, "error.link.revoked");
}

TEST_F(OpenLink, ANewLinkGoesOnlyToTheRegisteredAddressAndTheOldOneSaysSo) {
    const auto contact = world.visit(consultation).contact.id;
    const auto again = [&] {
        return world.database.write(
            [&](sqlite::Tx& tx) { return sendLinkAgain(tx, world.office, Actor::clockwork(), contact); });
    };
    ASSERT_TRUE(again().ok());
    EXPECT_EQ(world.letters().back().kind, LetterKind::linkAgain);
    EXPECT_EQ(world.letters().back().toMail, "kontakt@part1.example");
    EXPECT_EQ(open().error().key, "error.link.replaced");
    token = world.tokenOf(world.visit(consultation));
    EXPECT_TRUE(open().ok());
    const auto letters = world.letters().size();
    ASSERT_TRUE(again().ok()); // asked twice in a row: one letter
    EXPECT_EQ(world.letters().size(), letters);
}

struct SignIn : ::testing::Test {
    testing::World world;
    SignInInput typed{"Karen@hoering.example", "et langt kodeord", "127.0.0.1"};

    void SetUp() override {
        const auto token = world.database.write([](sqlite::Tx& tx) { return firstAdministratorToken(tx); });
        const ChosenPassword chosen{token.value(), "Karen", "karen@hoering.example", typed.password, typed.password};
        const auto hash = hashPassword(chosen.password, world.office.passwordCost);
        ASSERT_TRUE(
            world.database.write([&](sqlite::Tx& tx) { return choosePassword(tx, world.office, chosen, hash); }).ok());
    }
    Result<NewSession> signIn() {
        const auto credentials = world.database.read(
            [&](sqlite::ReadTx& tx) { return findCredentials(tx, world.office, typed, world.now()); });
        const bool matched = !credentials.slowedDown && passwordMatches(credentials, typed.password);
        auto result = world.database.write(
            [&](sqlite::Tx& tx) { return hoering::signIn(tx, world.office, typed, credentials, matched, ""); });
        if (!result && result.error().key == "error.sign_in.wrong")
            world.database.write([&](sqlite::Tx& tx) { recordFailedSignIn(tx, world.office, typed, credentials); });
        return result;
    }
    std::optional<StaffSession> session(const std::string& token) {
        return world.database.read(
            [&](sqlite::ReadTx& tx) { return staffSession(tx, world.office, token, world.now()); });
    }
};

TEST_F(SignIn, KnowsAnAddressWithADanishDomainHoweverItIsTyped) {
    world.database.write([](sqlite::Tx& tx) {
        tx.sql("UPDATE users SET email = 'karen@xn--rdhus-mra.dk'").run();
        tx.housekeeping("test");
    });
    for (const char* email : {"Karen@rådhus.dk", "karen@xn--rdhus-mra.dk "}) {
        typed.email = email;
        EXPECT_TRUE(signIn().ok()) << email;
    }
}

TEST_F(SignIn, OnlyTheNewestPasswordLinkWorksAndNoneOnceAPasswordIsChosen) {
    const auto newLink = [&] {
        return world.database.write([&](sqlite::Tx& tx) { return newPasswordToken(tx, world.officer, 1); }).value();
    };
    const auto works = [&](const std::string& token) {
        return world.database.read([&](sqlite::ReadTx& tx) { return lookAtPasswordLink(tx, token, world.now()); })
            .has_value();
    };
    const auto first = newLink(), second = newLink();
    EXPECT_FALSE(works(first));
    EXPECT_TRUE(works(second));
    const ChosenPassword chosen{second, "", "", "et nyt langt kodeord", "et nyt langt kodeord"};
    const auto hash = hashPassword(chosen.password, world.office.passwordCost);
    world.database.write([&](sqlite::Tx& tx) {
        sqlite::insertPasswordLink(tx, sha256Hex("sent by hand"), 1, tx.now().instant + std::chrono::hours(1));
        tx.housekeeping("test");
    });
    EXPECT_TRUE(works("sent by hand"));
    ASSERT_TRUE(
        world.database.write([&](sqlite::Tx& tx) { return choosePassword(tx, world.office, chosen, hash); }).ok());
    EXPECT_FALSE(works("sent by hand"));
    const auto last = newLink();
    world.database.write([&](sqlite::Tx& tx) {
        EXPECT_TRUE(addUser(tx, world.office, world.officer, {"b@hoering.example", "Bo", Role::administrator, "da"}));
        EXPECT_TRUE(setUserDisabled(tx, world.officer, 1, true).ok());
        EXPECT_TRUE(setUserDisabled(tx, world.officer, 1, false).ok());
    });
    EXPECT_FALSE(works(last)) << "blocked and let in again";
}

TEST_F(SignIn, LetsTheRightPasswordIn) {
    const auto in = signIn();
    ASSERT_TRUE(in.ok());
    EXPECT_EQ(session(in->token)->user.role, Role::administrator);
    EXPECT_EQ(world.acts().back(), "user.signed_in");
}

TEST_F(SignIn, SaysTheSameForAWrongPasswordAndAnUnknownUser) {
    typed.password = "forkert forkert";
    const auto wrong = signIn();
    typed.email = "ingen@hoering.example";
    const auto unknown = signIn();
    EXPECT_EQ(wrong.error().key, unknown.error().key);
}

TEST_F(SignIn, SlowsDownAfterTenFailures) {
    const std::string right = typed.password;
    typed.password = "forkert forkert";
    for (int i = 0; i < 10; ++i) EXPECT_EQ(signIn().error().key, "error.sign_in.wrong");
    typed.password = right;
    EXPECT_EQ(signIn().error().key, "error.sign_in.slow");
    EXPECT_EQ(signIn().error().args, (Args{{"minutes", "15"}})) << "how long to wait";
    world.clock.advance(std::chrono::minutes{16});
    EXPECT_TRUE(signIn().ok());
}

TEST_F(SignIn, TheSessionEndsWhenIdleAndAfterItsDay) {
    const auto in = signIn();
    world.clock.advance(std::chrono::minutes{59});
    EXPECT_TRUE(session(in->token));
    world.clock.advance(std::chrono::minutes{2});
    EXPECT_FALSE(session(in->token));
}

TEST_F(SignIn, SignOutEndsTheSession) {
    const auto in = signIn();
    world.database.write([&](sqlite::Tx& tx) { signOut(tx, in->token); });
    EXPECT_FALSE(session(in->token));
    EXPECT_EQ(world.acts().back(), "user.signed_out");
}

TEST_F(SignIn, TheFirstAdministratorsLinkWorksOnce) {
    EXPECT_FALSE(world.database.write([](sqlite::Tx& tx) { return firstAdministratorToken(tx); }));
}

TEST_F(SignIn, ADisabledUserIsOutAtOnceAndTheLastAdministratorStays) {
    const auto in = signIn();
    const auto id = session(in->token)->user.id;
    EXPECT_EQ(
        world.database.write([&](sqlite::Tx& tx) { return setUserDisabled(tx, world.officer, id, true); }).error().key,
        "error.user.last_administrator");
    const auto added = world.database.write([&](sqlite::Tx& tx) {
        return addUser(tx, world.office, world.officer, {"ny@hoering.example", "Ny", Role::administrator, "da"});
    });
    ASSERT_TRUE(added.ok());
    ASSERT_TRUE(
        world.database.write([&](sqlite::Tx& tx) { return setUserDisabled(tx, world.officer, id, true); }).ok());
    EXPECT_FALSE(session(in->token));
    EXPECT_FALSE(signIn().ok());
}

} // namespace
} // namespace hoering

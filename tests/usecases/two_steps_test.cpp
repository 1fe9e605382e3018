// Signing in with two steps: turned on, asked for, used up, slowed down, reset.
#include <gmock/gmock.h>

#include "common/strings.h"
#include "common/time_code.h"
#include "sqlite/second_steps.h"
#include "sqlite/sessions.h"
#include "sqlite/users.h"
#include "support/world.h"
#include "usecases/change_two_steps.h"
#include "usecases/finish_sign_in.h"
#include "usecases/manage_users.h"
#include "usecases/turn_on_two_steps.h"

namespace hoering {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::Not;
using ::testing::SizeIs;

struct TwoStepSignIn : ::testing::Test {
    testing::World world;
    SignInInput typed{"karen@hoering.example", "et langt kodeord", "127.0.0.1"};
    std::int64_t id = 0;

    void SetUp() override {
        id = world.database.write([&](sqlite::Tx& tx) {
            const auto added =
                addUser(tx, world.office, world.officer, {typed.email, "Karen", Role::secretariat, "da"});
            sqlite::setPasswordHash(tx, added->id, hashPassword(typed.password, world.office.passwordCost));
            return added->id;
        });
    }
    std::string session = "a session's token";
    User user() {
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findUser(tx, id).value(); });
    }
    TwoStepsFacts facts() {
        return world.database.read(
            [&](sqlite::ReadTx& tx) { return lookAtTwoSteps(tx, world.office, id, session, world.now()); });
    }
    Result<Done> begin() {
        return world.database.write([&](sqlite::Tx& tx) { return beginTwoSteps(tx, user(), session); });
    }
    Result<RecoveryCodes> confirm(const std::string& code) {
        return world.database.write(
            [&](sqlite::Tx& tx) { return confirmTwoSteps(tx, world.office, user(), code, session); });
    }
    /// What the app shows, `drift` steps from now.
    std::string appCode(std::int64_t drift = 0) {
        const auto nonce =
            world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findSecondStep(tx, id)->nonce; });
        return timeCode(world.office.keys.timeCodeSecret(nonce.value()), timeStepAt(world.clock.now()) + drift);
    }
    /// Turned on; the codes of now are used up, so the clock goes on a minute.
    RecoveryCodes turnOn() {
        EXPECT_TRUE(begin().ok());
        auto codes = confirm(timeCode(facts().setupSecret.value(), timeStepAt(world.clock.now())));
        EXPECT_TRUE(codes.ok());
        world.clock.advance(std::chrono::minutes{1});
        return codes.value();
    }
    Result<NewSession> password() {
        const auto credentials = world.database.read(
            [&](sqlite::ReadTx& tx) { return findCredentials(tx, world.office, typed, world.now()); });
        const bool matched = passwordMatches(credentials, typed.password);
        return world.database.write(
            [&](sqlite::Tx& tx) { return signIn(tx, world.office, typed, credentials, matched, ""); });
    }
    Tried<NewSession> finish(const std::string& half, const std::string& code, CodeKind kind = CodeKind::app) {
        return world.database.write([&](sqlite::Tx& tx) {
            return finishSignIn(tx, world.office, {half, code, kind, typed.peer});
        });
    }
    bool isSession(const std::string& token) {
        return world.database
            .read([&](sqlite::ReadTx& tx) { return staffSession(tx, world.office, token, world.now()); })
            .has_value();
    }
    std::string refusalOf(const Tried<NewSession>& tried) {
        return tried.refusal.fields.empty() ? tried.refusal.key : tried.refusal.fields[0].key;
    }
};

TEST_F(TwoStepSignIn, CountsOnlyOnceACodeWasTyped) {
    ASSERT_TRUE(begin().ok());
    EXPECT_FALSE(user().twoSteps);
    EXPECT_FALSE(password()->half) << "nobody locks himself out with a picture that was never scanned";
    EXPECT_EQ(confirm("000000").error().fields.at(0).key, "error.code.first_wrong");
    EXPECT_FALSE(user().twoSteps);
    const auto codes = confirm(timeCode(facts().setupSecret.value(), timeStepAt(world.clock.now())));
    ASSERT_TRUE(codes.ok());
    EXPECT_THAT(*codes, SizeIs(10));
    EXPECT_TRUE(user().twoSteps);
    EXPECT_EQ(facts().recoveryCodesLeft, 10);
    EXPECT_FALSE(facts().setupSecret);
    EXPECT_EQ(world.acts().back(), "user.two_steps_on");
    EXPECT_EQ(begin().error().key, "error.two_steps.on");
    EXPECT_EQ(confirm("000000").error().key, "error.two_steps.setup_over");
}

TEST_F(TwoStepSignIn, ASecretThatWasOnlyShownIsForgottenAfterAnHour) {
    ASSERT_TRUE(begin().ok());
    const std::string secret = facts().setupSecret.value();
    world.clock.advance(std::chrono::hours{1});
    EXPECT_FALSE(facts().setupSecret);
    EXPECT_EQ(confirm(timeCode(secret, timeStepAt(world.clock.now()))).error().key, "error.two_steps.setup_over");
}

TEST_F(TwoStepSignIn, OnlyTheSessionThatGaveThePasswordSeesAndConfirmsANewSecret) {
    ASSERT_TRUE(begin().ok());
    const std::string secret = facts().setupSecret.value();
    session = "another session's token";
    EXPECT_FALSE(facts().setupSecret);
    EXPECT_EQ(confirm(timeCode(secret, timeStepAt(world.clock.now()))).error().key, "error.two_steps.setup_over");
    EXPECT_FALSE(facts().on);
}

TEST_F(TwoStepSignIn, TurningItOnEndsTheSessionsThatCameAboutWithoutIt) {
    const auto here = password()->token, elsewhere = password()->token;
    session = here;
    ASSERT_TRUE(begin().ok());
    ASSERT_TRUE(confirm(timeCode(facts().setupSecret.value(), timeStepAt(world.clock.now()))).ok());
    EXPECT_TRUE(isSession(here));
    EXPECT_FALSE(isSession(elsewhere));
}

TEST_F(TwoStepSignIn, TheDatabaseHoldsNeitherTheSecretNorACode) {
    ASSERT_TRUE(begin().ok());
    const std::string secret = facts().setupSecret.value();
    const auto codes = confirm(timeCode(secret, timeStepAt(world.clock.now()))).value();
    const auto stored = world.database.read([](sqlite::ReadTx& tx) {
        std::string all;
        for (const char* sql : {"SELECT coalesce(nonce, '') || coalesce(setup_nonce, '') FROM second_steps",
                                "SELECT code_hash FROM recovery_codes", "SELECT details FROM journal"}) {
            auto row = tx.sql(sql);
            while (row.step()) all += row.text(0) + "\n";
        }
        return all;
    });
    for (const auto& code : codes) {
        EXPECT_THAT(stored, Not(::testing::HasSubstr(code)));
        EXPECT_THAT(stored, Not(::testing::HasSubstr(recoveryCodeFrom(code))));
    }
    for (const auto& form : {base32(secret), base64Url(secret), toHex(secret)})
        EXPECT_THAT(stored, Not(::testing::HasSubstr(form)));
}

TEST_F(TwoStepSignIn, APasswordIsHalfTheWayAndOpensNothing) {
    turnOn();
    const auto half = password();
    ASSERT_TRUE(half->half);
    EXPECT_FALSE(isSession(half->token));
    EXPECT_EQ(world.count("sessions"), 0);
    EXPECT_THAT(world.acts(), Not(Contains("user.signed_in")));
    const auto whole = finish(half->token, appCode());
    ASSERT_TRUE(whole.done);
    EXPECT_NE(whole.done->token, half->token);
    EXPECT_TRUE(isSession(whole.done->token));
    EXPECT_FALSE(isSession(half->token));
    EXPECT_EQ(world.acts().back(), "user.signed_in");
    EXPECT_EQ(refusalOf(finish(half->token, appCode(1))), "error.sign_in.half_over") << "used up";
}

TEST_F(TwoStepSignIn, HalfTheWayIsOverAfterTenMinutes) {
    turnOn();
    const auto half = password()->token;
    world.clock.advance(std::chrono::minutes{10} - std::chrono::milliseconds{1});
    EXPECT_EQ(refusalOf(finish(half, "000000")), "error.code.wrong");
    world.clock.advance(std::chrono::milliseconds{1});
    EXPECT_EQ(refusalOf(finish(half, appCode())), "error.sign_in.half_over");
}

TEST_F(TwoStepSignIn, HalfSessionsNobodyFinishedAreSweptAway) {
    turnOn();
    const auto half = password()->token;
    const auto sweep = [&](Instant before) {
        world.database.write([&](sqlite::Tx& tx) {
            sqlite::sweepSessions(tx, before);
            tx.housekeeping("test");
        });
    };
    sweep(world.clock.now());
    EXPECT_EQ(world.count("half_sessions"), 1);
    EXPECT_TRUE(finish(half, appCode()).done);
    EXPECT_EQ(world.count("half_sessions"), 0) << "used up";
    ASSERT_TRUE(password()->half);
    sweep(world.clock.now() + std::chrono::milliseconds{1});
    EXPECT_EQ(world.count("half_sessions"), 0);
}

TEST_F(TwoStepSignIn, ACodeCountsOnceAndOnlyAStepFromNow) {
    turnOn();
    EXPECT_EQ(refusalOf(finish(password()->token, appCode(-2))), "error.code.wrong");
    EXPECT_EQ(refusalOf(finish(password()->token, appCode(2))), "error.code.wrong");
    EXPECT_EQ(world.acts().back(), "user.code_failed");
    const std::string code = appCode();
    EXPECT_TRUE(finish(password()->token, code).done);
    EXPECT_EQ(refusalOf(finish(password()->token, code)), "error.code.wrong") << "looked over the shoulder";
    EXPECT_EQ(refusalOf(finish(password()->token, appCode(-1))), "error.code.wrong") << "older than one used";
    EXPECT_TRUE(finish(password()->token, appCode(1)).done);
}

TEST_F(TwoStepSignIn, ARecoveryCodeLetsInOnceAndTheJournalSaysHowManyAreLeft) {
    const auto codes = turnOn();
    EXPECT_EQ(refusalOf(finish(password()->token, codes[0])), "error.code.wrong") << "the app's page takes the app's";
    EXPECT_EQ(refusalOf(finish(password()->token, appCode(), CodeKind::recovery)), "error.code.recovery_wrong");
    EXPECT_TRUE(finish(password()->token, lowerAscii(codes[0]), CodeKind::recovery).done);
    EXPECT_EQ(facts().recoveryCodesLeft, 9);
    EXPECT_THAT(world.acts(), Contains("user.recovery_code_used"));
    const auto details = world.database.read([](sqlite::ReadTx& tx) {
        auto row = tx.sql("SELECT details FROM journal WHERE act = 'user.recovery_code_used'");
        row.step();
        return row.text(0);
    });
    EXPECT_THAT(details, ::testing::HasSubstr("\"9\""));
    EXPECT_EQ(refusalOf(finish(password()->token, codes[0], CodeKind::recovery)), "error.code.recovery_wrong");
    EXPECT_TRUE(finish(password()->token, codes[9], CodeKind::recovery).done);
}

TEST_F(TwoStepSignIn, GuessingIsSlowedDownAsForPasswords) {
    const auto codes = turnOn();
    for (int i = 0; i < 10; ++i) EXPECT_EQ(refusalOf(finish(password()->token, "000000")), "error.code.wrong") << i;
    EXPECT_EQ(refusalOf(finish(password()->token, appCode())), "error.sign_in.slow") << "right, but not even tried";
    EXPECT_EQ(refusalOf(finish(password()->token, codes[0], CodeKind::recovery)), "error.sign_in.slow");
    EXPECT_EQ(facts().recoveryCodesLeft, 10);
    world.clock.advance(std::chrono::minutes{16});
    EXPECT_TRUE(finish(password()->token, appCode()).done);
    EXPECT_EQ(refusalOf(finish(password()->token, "000000")), "error.code.wrong") << "counted anew";
}

TEST_F(TwoStepSignIn, ANewPasswordNeedsTheCodeAllTheSame) {
    turnOn();
    const auto before = password()->token;
    world.database.write([&](sqlite::Tx& tx) {
        const auto link = newPasswordToken(tx, world.officer, id).value();
        typed.password = "et helt nyt kodeord";
        const auto hash = hashPassword(typed.password, world.office.passwordCost);
        EXPECT_TRUE(choosePassword(tx, world.office, {link, "", "", typed.password, typed.password}, hash).ok());
    });
    EXPECT_EQ(refusalOf(finish(before, appCode())), "error.sign_in.half_over") << "begun with the old password";
    EXPECT_TRUE(password()->half);
}

TEST_F(TwoStepSignIn, NewRecoveryCodesEndTheOldOnes) {
    const auto old = turnOn();
    const auto renew = [&](const std::string& code) {
        return world.database.write(
            [&](sqlite::Tx& tx) { return renewRecoveryCodes(tx, world.office, user(), code, "127.0.0.1"); });
    };
    EXPECT_EQ(renew("000000").refusal.fields.at(0).key, "error.code.neither");
    const auto made = renew(appCode());
    ASSERT_TRUE(made.done);
    EXPECT_THAT(*made.done, SizeIs(10));
    EXPECT_THAT(old, Each(Not(::testing::AnyOfArray(*made.done))));
    EXPECT_EQ(world.acts().back(), "user.recovery_codes_made");
    EXPECT_EQ(refusalOf(finish(password()->token, old[0], CodeKind::recovery)), "error.code.recovery_wrong");
    EXPECT_TRUE(finish(password()->token, made.done->at(0), CodeKind::recovery).done);
}

TEST_F(TwoStepSignIn, TheOldAppWorksUntilTheNewOneIsConfirmed) {
    const auto codes = turnOn();
    const auto move = [&](const std::string& code) {
        return world.database.write(
            [&](sqlite::Tx& tx) { return moveTwoSteps(tx, world.office, user(), code, "127.0.0.1", session); });
    };
    EXPECT_FALSE(move("000000").done);
    EXPECT_FALSE(facts().setupSecret);
    ASSERT_TRUE(move(codes[0]).done) << "the old phone may be gone";
    const std::string oldCode = appCode(), fresh = facts().setupSecret.value();
    EXPECT_TRUE(finish(password()->token, oldCode).done);
    ASSERT_TRUE(confirm(timeCode(fresh, timeStepAt(world.clock.now()))).ok());
    EXPECT_EQ(world.acts().back(), "user.two_steps_moved");
    world.clock.advance(std::chrono::minutes{1});
    EXPECT_EQ(
        world.office.keys.timeCodeSecret(
            world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findSecondStep(tx, id)->nonce; }).value()),
        fresh);
    EXPECT_TRUE(finish(password()->token, appCode()).done);
}

TEST_F(TwoStepSignIn, IsTurnedOffWithACodeUnlessTheHouseAsksForIt) {
    turnOn();
    const auto turnOff = [&](const std::string& code) {
        return world.database.write(
            [&](sqlite::Tx& tx) { return turnOffTwoSteps(tx, world.office, user(), code, "127.0.0.1"); });
    };
    world.office.twoSteps = TwoSteps::required;
    EXPECT_EQ(turnOff(appCode()).refusal.key, "error.two_steps.required");
    world.office.twoSteps = TwoSteps::optional;
    EXPECT_EQ(turnOff("000000").refusal.fields.at(0).key, "error.code.neither");
    EXPECT_TRUE(user().twoSteps);
    ASSERT_TRUE(turnOff(appCode()).done);
    EXPECT_FALSE(user().twoSteps);
    EXPECT_EQ(world.count("recovery_codes"), 0);
    EXPECT_EQ(world.acts().back(), "user.two_steps_off");
    EXPECT_FALSE(password()->half);
    EXPECT_EQ(turnOff("000000").refusal.key, "error.two_steps.off");
}

TEST_F(TwoStepSignIn, WhoIsResetAfterTooManyWrongCodesCanBeginAnew) {
    turnOn();
    const auto tries = [&] {
        const auto half = password()->token;
        for (int i = 0; i < 10; ++i) finish(half, "000000");
        return refusalOf(finish(half, appCode()));
    };
    EXPECT_EQ(tries(), "error.sign_in.slow");
    ASSERT_TRUE(
        world.database
            .write([&](sqlite::Tx& tx) { return resetTwoSteps(tx, world.office, Actor::operations("test"), id); })
            .ok());
    turnOn();
    EXPECT_TRUE(finish(password()->token, appCode()).done);
}

TEST_F(TwoStepSignIn, AnAdministratorResetsAColleaguesButNotItsOwn) {
    turnOn();
    const auto theirs = finish(password()->token, appCode()).done->token, half = password()->token;
    const auto reset = [&](const Actor& actor) {
        return world.database.write([&](sqlite::Tx& tx) { return resetTwoSteps(tx, world.office, actor, id); });
    };
    EXPECT_EQ(reset(user().actor()).error().key, "error.two_steps.own");
    ASSERT_TRUE(reset({ActorKind::user, id + 1, "En administrator"}).ok());
    EXPECT_EQ(world.acts().back(), "user.two_steps_reset");
    EXPECT_FALSE(user().twoSteps);
    EXPECT_FALSE(isSession(theirs)) << "the lost phone may hold one";
    EXPECT_EQ(refusalOf(finish(half, "000000")), "error.sign_in.half_over");
    EXPECT_FALSE(password()->half);
    EXPECT_EQ(reset(Actor::operations("test")).error().key, "error.two_steps.colleague_off");
    EXPECT_EQ(
        world.database
            .write([&](sqlite::Tx& tx) { return resetTwoSteps(tx, world.office, Actor::operations("test"), 999); })
            .error()
            .kind,
        ErrorKind::notFound);
}

} // namespace
} // namespace hoering

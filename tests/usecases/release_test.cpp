// Mailings so big that a second person must let them go.
#include <gmock/gmock.h>

#include "common/id.h"
#include "sqlite/mailings.h"
#include "support/ledger_world.h"
#include "usecases/cancel_consultation.h"
#include "usecases/publish_consultation.h"

namespace hoering {
namespace {

using ::testing::Contains;
using ::testing::Not;

struct ReleaseTest : ::testing::Test {
    testing::World world;
    User anne = testing::addUser(world, "Anne"), bo = testing::addUser(world, "Bo");
    User reader = testing::addUser(world, "Liv", Role::reader);
    std::int64_t id = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").draft();
    void SetUp() override { world.office.releaseAbove = 1; }

    ActPlan plan(const Act& act = publishAct) {
        return *world.database.read([&](sqlite::ReadTx& tx) {
            return planAct(tx, world.office, act, id, {{{"reason", "Udsat"}}}, world.now());
        });
    }
    Result<ActDone> ask(const User& user, const std::string& key, const Act& act = publishAct) {
        const auto shown = plan(act).fingerprint;
        return world.database.write([&](sqlite::Tx& tx) {
            return performAct(tx, world.office, user, act, id, {{{"reason", "Udsat"}}}, shown, key);
        });
    }
    Result<ActDone> release(const User& user, std::int64_t release) {
        return world.database.write([&](sqlite::Tx& tx) { return releaseAct(tx, world.office, user, release); });
    }
    Result<Done> drop(const User& user, std::int64_t release) {
        return world.database.write([&](sqlite::Tx& tx) { return dropRelease(tx, user, release); });
    }
};

TEST_F(ReleaseTest, ALargePublishWaitsAndTellsTheOthers) {
    const auto asked = ask(anne, newKey());
    ASSERT_TRUE(asked.ok());
    EXPECT_NE(asked->release, 0);
    EXPECT_EQ(world.find(id).state, ConsultationState::draft);
    EXPECT_EQ(world.count("letters"), 0);
    EXPECT_EQ(world.acts().back(), "release.asked");
    const auto told = world.database.read([](sqlite::ReadTx& tx) {
        std::vector<std::pair<std::string, std::int64_t>> list;
        auto row = tx.sql("SELECT kind, user_id FROM staff_notices");
        while (row.step()) list.emplace_back(row.text(0), row.integer(1));
        return list;
    });
    EXPECT_THAT(told, Contains(std::pair<std::string, std::int64_t>("staff_release", bo.id)));
    EXPECT_EQ(told.size(), 1u) << "not the one who asked, and no reader";
}

TEST_F(ReleaseTest, IsReleasedByAnotherInOneCommitWithItsLetters) {
    const auto waiting = ask(anne, newKey())->release;
    EXPECT_EQ(release(anne, waiting).error().key, "error.release.own");
    EXPECT_EQ(world.count("letters"), 0);
    const auto done = release(bo, waiting);
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(world.find(id).state, ConsultationState::open);
    EXPECT_EQ(world.count("letters"), 2);
    EXPECT_THAT(world.acts(), Contains("release.given"));
    EXPECT_EQ(world.acts().back(), "consultation.published");
    const auto mailing = world.database.read([&](sqlite::ReadTx& tx) { return sqlite::mailingsOf(tx, id).at(0); });
    EXPECT_EQ(mailing.user, anne.id);
    EXPECT_EQ(mailing.releasedBy, bo.id);
    EXPECT_EQ(release(bo, waiting).error().key, "error.release.decided");
    EXPECT_EQ(world.count("letters"), 2);
}

TEST_F(ReleaseTest, ASmallMailingGoesAtOnce) {
    world.office.releaseAbove = 2;
    const auto done = ask(anne, newKey());
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(done->release, 0);
    EXPECT_EQ(world.count("letters"), 2);
}

TEST_F(ReleaseTest, ChangedMeanwhileIsNotReleasedAndGoesOnWaiting) {
    const auto waiting = ask(anne, newKey())->release;
    ASSERT_TRUE(world.database
                    .write([&](sqlite::Tx& tx) {
                        return addParty(tx, world.officer, id, {"Ny part", "consulted", "da", "ny@part.example"});
                    })
                    .ok());
    EXPECT_EQ(release(bo, waiting).error().key, "error.act.changed");
    EXPECT_EQ(world.count("letters"), 0);
    EXPECT_THAT(world.acts(), Not(Contains("release.given")));
    ASSERT_TRUE(drop(bo, waiting).ok());
    EXPECT_EQ(drop(bo, waiting).error().key, "error.release.decided");
    EXPECT_EQ(world.acts().back(), "release.dropped");
    EXPECT_EQ(world.count("letters"), 0);
}

TEST_F(ReleaseTest, AskedTwiceWaitsOnce) {
    const std::string key = newKey();
    const auto first = ask(anne, key), sameForm = ask(anne, key), otherForm = ask(bo, newKey());
    EXPECT_EQ(first->release, sameForm->release);
    EXPECT_EQ(first->release, otherForm->release);
    EXPECT_EQ(world.count("releases"), 1);
}

TEST_F(ReleaseTest, TheSameConfirmationTwiceIsOneMailing) {
    world.office.releaseAbove = 0;
    const std::string key = newKey(), shown = plan().fingerprint;
    const auto confirm = [&] {
        return world.database.write(
            [&](sqlite::Tx& tx) { return performAct(tx, world.office, anne, publishAct, id, {}, shown, key); });
    };
    const auto first = confirm(), second = confirm();
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(first->mailing, second->mailing);
    EXPECT_EQ(world.count("letters"), 2);
}

TEST_F(ReleaseTest, EveryActWaitsNotOnlyPublishing) {
    world.office.releaseAbove = 0;
    ASSERT_TRUE(ask(anne, newKey()).ok());
    world.office.releaseAbove = 1;
    const auto waiting = ask(anne, newKey(), cancelAct)->release;
    ASSERT_NE(waiting, 0);
    EXPECT_EQ(world.find(id).state, ConsultationState::open);
    ASSERT_TRUE(release(bo, waiting).ok());
    EXPECT_EQ(world.find(id).state, ConsultationState::cancelled);
    EXPECT_EQ(world.find(id).endedReason, "Udsat") << "the form came along";
    EXPECT_EQ(world.count("letters"), 4);
}

} // namespace
} // namespace hoering

// The alarm for parties that no letter has reached: found, told once, and quiet again when it is mended.
#include "usecases/find_not_reached.h"

#include <gmock/gmock.h>

#include "common/id.h"
#include "support/ledger_world.h"
#include "usecases/close_early.h"
#include "usecases/correct_address.h"
#include "usecases/open_link.h"
#include "usecases/send_again.h"

namespace hoering {
namespace {

using ::testing::IsEmpty;

struct FindNotReached : ::testing::Test {
    testing::World world;
    User karen = testing::addUser(world, "Karen");
    std::int64_t id = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();

    std::vector<Unreached> found() {
        return world.database.read([&](sqlite::ReadTx& tx) { return findNotReached(tx, id, world.now()); });
    }
    int tell() {
        const bool any =
            world.database.read([&](sqlite::ReadTx& tx) { return anyNotReachedToTell(tx, world.office, world.now()); });
        if (!any) return 0;
        return world.database.write([&](sqlite::Tx& tx) { return tellOfNotReached(tx, world.office); });
    }
    std::int64_t contact() { return world.parties(id)[0].contacts[0].id; }
};

TEST_F(FindNotReached, IsQuietWhileLettersAreFreshOrAccepted) {
    EXPECT_THAT(found(), IsEmpty());
    testing::acceptNext(world);
    testing::acceptNext(world);
    world.at("2026-11-30 09:00:00");
    EXPECT_THAT(found(), IsEmpty());
    EXPECT_EQ(tell(), 0);
}

TEST_F(FindNotReached, TellsAtOnceOfARefusedLetterAndOnlyOnce) {
    testing::refuseNext(world);
    testing::acceptNext(world);
    const auto list = found();
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0].party.name, "LokalMED");
    EXPECT_EQ(list[0].reason, NotReached::refused);
    EXPECT_EQ(list[0].reach.mail, "kontakt@part1.example");
    EXPECT_EQ(list[0].reach.contact, contact());
    EXPECT_EQ(tell(), 1);
    EXPECT_EQ(world.count("staff_notices"), 1);
    EXPECT_EQ(world.acts().back(), "party.not_reached");
    EXPECT_EQ(tell(), 0);
    world.at("2026-11-30 09:00:00");
    EXPECT_EQ(tell(), 0);
    EXPECT_EQ(world.count("staff_notices"), 1);
}

TEST_F(FindNotReached, ALetterThatCameBackCounts) {
    const auto first = testing::acceptNext(world);
    testing::acceptNext(world);
    testing::bounce(world, first);
    ASSERT_EQ(found().size(), 1u);
    EXPECT_EQ(found()[0].reason, NotReached::refused);
}

TEST_F(FindNotReached, TellsOfAWaitingLetterShortlyBeforeTheDeadline) {
    testing::acceptNext(world);
    testing::deferNext(world);
    world.at("2026-11-05 09:00:00");
    ASSERT_EQ(found().size(), 1u);
    EXPECT_EQ(found()[0].reason, NotReached::waiting);
    EXPECT_EQ(tell(), 0) << "weeks before";
    world.at("2026-11-24 09:00:00");
    EXPECT_EQ(tell(), 1);
    EXPECT_EQ(tell(), 0);
}

TEST_F(FindNotReached, GoesSilentWhenTheRightAddressTakesTheLetterAndSpeaksAgainWhenItFailsToo) {
    testing::refuseNext(world);
    testing::acceptNext(world);
    EXPECT_EQ(tell(), 1);
    ASSERT_TRUE(
        world.database
            .write([&](sqlite::Tx& tx) {
                return correctAddress(tx, world.office, world.officer, id, contact(), {"rigtig@part1.example", true});
            })
            .ok());
    EXPECT_THAT(found(), IsEmpty()) << "the new letter may come any moment";
    testing::refuseNext(world);
    ASSERT_EQ(found().size(), 1u);
    EXPECT_EQ(found()[0].reach.mail, "rigtig@part1.example");
    EXPECT_EQ(tell(), 1) << "another letter, another alarm";
    const auto last = world.letters().back().id;
    ASSERT_TRUE(
        world.database
            .write([&](sqlite::Tx& tx) { return sendAgain(tx, world.office, world.officer, last, false, newKey()); })
            .ok());
    testing::acceptNext(world);
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(FindNotReached, AWrongAddressThatTookTheLetterDoesNotCountAsReached) {
    testing::acceptNext(world);
    testing::acceptNext(world);
    ASSERT_TRUE(
        world.database
            .write([&](sqlite::Tx& tx) {
                return correctAddress(tx, world.office, world.officer, id, contact(), {"rigtig@part1.example", true});
            })
            .ok());
    testing::refuseNext(world);
    ASSERT_EQ(found().size(), 1u) << "only the wrong person got it";
}

TEST_F(FindNotReached, WhoOpenedTheLinkIsReached) {
    const auto first = testing::acceptNext(world);
    testing::acceptNext(world);
    ASSERT_TRUE(
        world.database.write([&](sqlite::Tx& tx) { return openLink(tx, world.office, world.tokenOf(world.visit(id))); })
            .ok());
    testing::bounce(world, first);
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(FindNotReached, AConsultationThatIsOverIsNobodysAlarm) {
    testing::refuseNext(world);
    ASSERT_TRUE(world.database
                    .write([&](sqlite::Tx& tx) {
                        return doActNow(tx, world.office, world.officer, closeEarlyAct, id, {{{"reason", "Nok"}}});
                    })
                    .ok());
    EXPECT_THAT(found(), IsEmpty());
    EXPECT_EQ(tell(), 0);
}

} // namespace
} // namespace hoering

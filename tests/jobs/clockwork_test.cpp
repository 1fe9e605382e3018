#include "jobs/clockwork.h"

#include <gmock/gmock.h>

#include <condition_variable>
#include <fstream>
#include <thread>

#include "jobs/upkeep_job.h"
#include "sqlite/files.h"
#include "support/world.h"

namespace hoering {
namespace {

/// Tells when it has been given so many letters.
struct CountingPostman : smtp::Postman {
    smtp::Delivery deliver(const smtp::Envelope&) override {
        const std::lock_guard lock(mutex);
        ++count;
        changed.notify_all();
        return {smtp::Outcome::sent, 250, "mail.example:25", "ok"};
    }
    bool waitFor(int letters) {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, std::chrono::seconds{30}, [&] { return count >= letters; });
    }
    std::mutex mutex;
    std::condition_variable changed;
    int count = 0;
};

struct ClockworkTest : ::testing::Test {
    testing::World world;
    blobs::BlobStore blobs{world.folder.path() / "files"};
    CountingPostman postman;
    OutboxJob outbox{world.database, world.office, postman, {"Prøve Kommune", "hoering@hoering.example"}};
    std::filesystem::path incoming = world.folder.path() / "incoming";
    Clockwork clockwork{world.database, blobs, world.office, outbox, world.clock, incoming};
    void SetUp() override { std::filesystem::create_directories(incoming); }
};

TEST_F(ClockworkTest, SendsWhatACommitQueuedWithoutBeingAskedTwice) {
    world.database.onCommit([&](const sqlite::CommitNews& news) {
        if (news.letters) clockwork.wakeOutbox();
    });
    clockwork.start();
    world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();
    EXPECT_TRUE(postman.waitFor(2));
    clockwork.stop();
    EXPECT_EQ(postman.count, 2);
    EXPECT_FALSE(clockwork.health().mailFailing);
}

TEST_F(ClockworkTest, AMachineAsleepOverStepsAndTheDeadlineClosesAndSendsNothingLate) {
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    while (outbox.runOnce()) {
    }
    const int before = postman.count;
    world.at("2026-12-04 07:00:00");
    clockwork.runClockOnce();
    while (outbox.runOnce()) {
    }
    EXPECT_EQ(world.find(id).state, ConsultationState::closed);
    EXPECT_EQ(postman.count, before);
}

TEST_F(ClockworkTest, OverTheAutumnChangeRemindersKeepTheirLocalTime) {
    world.at("2027-10-01 09:00:00");
    world.consultation()
        .openUntil("2027-11-01")
        .with("LokalMED")
        .remindedBy({{1, true, std::chrono::hours{9}}})
        .publish();
    // Clocks go back on Sunday 31 October 2027; the step is on Friday 29, before it, and the deadline on Monday after
    // it.
    world.at("2027-10-29 08:59:59");
    EXPECT_EQ(clockwork.runClockOnce(), 0);
    world.at("2027-10-29 09:00:00");
    EXPECT_EQ(clockwork.runClockOnce(), 1);
    world.at("2027-11-01 23:59:59");
    EXPECT_EQ(clockwork.runClockOnce(), 0);
    world.at("2027-11-02 00:00:00");
    EXPECT_EQ(clockwork.runClockOnce(), 1); // closes
}

TEST_F(ClockworkTest, UpkeepKeepsWhatARowPointsAtAndYoungFiles) {
    const auto kept = blobs.put("en fil med en række"), orphan = blobs.put("en fil uden");
    world.database.write([&](sqlite::Tx& tx) {
        sqlite::insertFile(tx, {0, kept.sha256, "a.txt", "text/plain", kept.size, {}});
        tx.housekeeping("test");
    });
    const auto machineNow = SystemClock().now();
    sweepOnce(world.database, blobs, incoming, machineNow);
    EXPECT_TRUE(blobs.has(orphan.sha256)); // too young: its row may be on its way
    sweepOnce(world.database, blobs, incoming, machineNow + std::chrono::hours{48});
    EXPECT_TRUE(blobs.has(kept.sha256));
    EXPECT_FALSE(blobs.has(orphan.sha256));
}

} // namespace
} // namespace hoering

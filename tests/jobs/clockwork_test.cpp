#include "jobs/clockwork.h"

#include "jobs/file_search_job.h"

#include <gmock/gmock.h>

#include <condition_variable>
#include <fstream>
#include <thread>

#include "jobs/upkeep_job.h"
#include "sqlite/files.h"
#include "sqlite/users.h"
#include "support/ledger_world.h"
#include "support/world.h"
#include "usecases/adjust_reminders.h"
#include "usecases/submit_response.h"

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
    OutboxJob outbox{world.database, world.office, postman, world.clock, {"Prøve Kommune", "hoering@hoering.example"}};
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

TEST_F(ClockworkTest, TellsAColleagueAtOnceBecauseACommitSaysSo) {
    world.database.onCommit([&](const sqlite::CommitNews& news) {
        if (news.letters) clockwork.wakeOutbox();
        if (news.notices) clockwork.wakeClock();
    });
    world.database.write([&](sqlite::Tx& tx) {
        const auto id = sqlite::insertUser(tx, {0, "karen@hoering.example", "Karen", Role::secretariat, "da", false});
        sqlite::setUserNotify(tx, id, Notify::atOnce);
        tx.housekeeping("test");
    });
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    clockwork.start();
    ASSERT_TRUE(postman.waitFor(1)); // the invitation: both threads run
    EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) {
        return submitResponse(tx, world.visit(id),
                              {ResponseKind::noRemarks, "", 0, std::string(32, '1'), tx.now().instant});
    }));
    EXPECT_TRUE(postman.waitFor(3)); // the receipt, and the letter to Karen
    clockwork.stop();
    EXPECT_FALSE(clockwork.health().clockFailing);
}

TEST_F(ClockworkTest, AMachineAsleepOverSeveralStepsSendsOneWhenItIsStillOfUse) {
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    while (outbox.runOnce()) {
    }
    const int before = postman.count;
    world.at("2026-11-28 10:00:00"); // over 17 and 26 November; the last morning is three days away
    clockwork.runClockOnce();
    while (outbox.runOnce()) {
    }
    EXPECT_EQ(postman.count, before + 1);
    world.at("2026-12-01 08:00:00");
    clockwork.runClockOnce();
    while (outbox.runOnce()) {
    }
    EXPECT_EQ(postman.count, before + 2); // the last morning goes in time
    EXPECT_EQ(world.find(id).state, ConsultationState::open);
}

TEST_F(ClockworkTest, AMachineAsleepUntilShortlyBeforeTheNextStepWaitsForThat) {
    world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    while (outbox.runOnce()) {
    }
    const int before = postman.count;
    world.at("2026-11-30 22:00:00"); // ten hours before the last morning
    clockwork.runClockOnce();
    while (outbox.runOnce()) {
    }
    EXPECT_EQ(postman.count, before);
    world.at("2026-12-01 08:00:00");
    clockwork.runClockOnce();
    while (outbox.runOnce()) {
    }
    EXPECT_EQ(postman.count, before + 1);
}

TEST_F(ClockworkTest, AClockThatJumpsAnHourForwardAndBackSendsNothingTwice) {
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    while (outbox.runOnce()) {
    }
    const int before = postman.count;
    const auto pass = [&](std::string_view local) {
        world.at(local);
        clockwork.runClockOnce();
        while (outbox.runOnce()) {
        }
        return postman.count - before;
    };
    EXPECT_EQ(pass("2026-11-17 08:30:00"), 0);
    EXPECT_EQ(pass("2026-11-17 09:30:00"), 1); // an hour forward, over the step
    EXPECT_EQ(pass("2026-11-17 08:30:00"), 1); // and back before it
    EXPECT_EQ(pass("2026-11-17 09:30:00"), 1);
    EXPECT_EQ(pass("2026-12-01 08:00:00"), 2); // of the two missed steps the last
    // Over the deadline and back: closed stays closed, and who answers in the hour that came twice is in time.
    EXPECT_EQ(pass("2026-12-02 00:30:00"), 2);
    EXPECT_EQ(world.find(id).state, ConsultationState::closed);
    EXPECT_EQ(pass("2026-12-01 23:30:00"), 2);
    const auto response = world.answer(world.database.write([&](sqlite::Tx& tx) {
        return submitResponse(tx, world.visit(id),
                              {ResponseKind::noRemarks, "", 0, std::string(32, '1'), tx.now().instant});
    }));
    ASSERT_TRUE(response);
    EXPECT_FALSE(response->late);
}

TEST_F(ClockworkTest, OverTheSpringChangeRemindersKeepTheirLocalTime) {
    world.at("2027-03-01 09:00:00");
    // Clocks go forward on Sunday 28 March 2027, Easter Sunday: the day before the deadline that is open is Wednesday.
    world.consultation()
        .openUntil("2027-03-30")
        .with("LokalMED")
        .remindedBy({{1, true, std::chrono::hours{9}}, {0, false, std::chrono::minutes{150}}})
        .publish();
    world.at("2027-03-24 08:59:59");
    EXPECT_EQ(clockwork.runClockOnce(), 0);
    world.at("2027-03-24 09:00:00");
    EXPECT_EQ(clockwork.runClockOnce(), 1);
    EXPECT_EQ(isoUtc(world.clock.now()), "2027-03-24T08:00:00.000Z"); // winter time
    world.at("2027-03-30 02:29:59");
    EXPECT_EQ(clockwork.runClockOnce(), 0);
    world.at("2027-03-30 02:30:00");
    EXPECT_EQ(clockwork.runClockOnce(), 1);
    EXPECT_EQ(isoUtc(world.clock.now()), "2027-03-30T00:30:00.000Z"); // summer time
}

TEST_F(ClockworkTest, AStepMovedIntoTheHourThatIsThereTwiceGoesOnceAtTheOneThatWasChosen) {
    world.at("2027-10-01 09:00:00");
    const auto id = world.consultation()
                        .openUntil("2027-11-05")
                        .with("LokalMED")
                        .remindedBy({{1, true, std::chrono::hours{9}}})
                        .publish();
    while (outbox.runOnce()) {
    }
    const int before = postman.count;
    const auto second = resolve(atTime(parseIsoDate("2027-10-31").value(), std::chrono::minutes{150})).second;
    EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) {
        const auto row = sqlite::remindersOf(tx, id).at(0);
        const AdjustInput input{"move", "all", "31.10.2027", "2.30", "2", "Prøve"};
        const auto plan = planAdjustment(tx, world.office, id, row.id, input, tx.now());
        return adjustReminders(tx, world.office, world.officer, id, row.id, input, plan->fingerprint);
    }));
    world.clock.set(second - std::chrono::milliseconds{1});
    EXPECT_EQ(clockwork.runClockOnce(), 0);
    world.clock.set(second);
    EXPECT_EQ(clockwork.runClockOnce(), 1);
    while (outbox.runOnce()) {
    }
    world.clock.set(second + std::chrono::hours{1});
    EXPECT_EQ(clockwork.runClockOnce(), 0);
    EXPECT_EQ(postman.count, before + 1);
}

TEST_F(ClockworkTest, AReminderThatWaitedOverTheDeadlineIsNotSentWhenMailWorksAgain) {
    world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    while (outbox.runOnce()) {
    }
    const int before = postman.count;
    world.at("2026-12-01 08:00:00");
    clockwork.runClockOnce(); // queued, and the service stops before it is sent
    world.at("2026-12-02 06:00:00");
    clockwork.start();
    world.consultation().titled("En ny").openUntil("2026-12-31").with("Rådet").publish();
    clockwork.wakeOutbox();
    EXPECT_TRUE(postman.waitFor(before + 1)); // the new invitation, which stands behind it in the queue
    clockwork.stop();
    EXPECT_EQ(postman.count, before + 1);
    int cancelled = 0;
    for (const auto& letter : world.letters()) cancelled += letter.state == LetterState::cancelled ? 1 : 0;
    EXPECT_EQ(cancelled, 1);
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

TEST_F(ClockworkTest, SearchesTheFilesThatCameBeforeFilesWereSearched) {
    const auto kept = blobs.put("Ida, 010203-1234");
    const std::string gone(64, 'a');
    std::vector<std::int64_t> files;
    world.database.write([&](sqlite::Tx& tx) {
        for (const auto* name : {"a.txt", "b.txt"})
            files.push_back(sqlite::insertFile(tx, {0, kept.sha256, name, "text/plain", kept.size, {}}));
        files.push_back(sqlite::insertFile(tx, {0, gone, "væk.pdf", "application/pdf", 3, {}}));
        tx.housekeeping("test");
    });
    const auto searched = [&](std::int64_t file) {
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findFile(tx, file)->search; });
    };
    EXPECT_TRUE(searchNextFile(world.database, blobs));
    EXPECT_EQ(searched(files[2]).reading, Reading::nothing);
    EXPECT_EQ(searched(files[0]).reading, Reading::notYet);
    EXPECT_TRUE(searchNextFile(world.database, blobs)); // both: they are the same bytes
    EXPECT_FALSE(searchNextFile(world.database, blobs));
    for (const auto file : {files[0], files[1]}) {
        EXPECT_EQ(searched(file).reading, Reading::whole);
        EXPECT_THAT(searched(file).hits, ::testing::ElementsAre(FileHit{FileHit::Kind::cpr, "010203-xxxx", 0}));
    }
}

TEST_F(ClockworkTest, SearchesSuchFilesByItself) {
    const auto kept = blobs.put("Et notat");
    world.database.write([&](sqlite::Tx& tx) {
        sqlite::insertFile(tx, {0, kept.sha256, "a.txt", "text/plain", kept.size, {}});
        tx.housekeeping("test");
    });
    clockwork.start();
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (world.count("files WHERE reading = 'whole'") == 0 && std::chrono::steady_clock::now() < end)
        std::this_thread::yield();
    clockwork.stop();
    EXPECT_EQ(world.count("files WHERE reading = 'whole'"), 1);
}

TEST_F(ClockworkTest, TellsColleaguesOnceOfAPartyWhoseLetterWasRefused) {
    testing::addUser(world, "Karen");
    world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    testing::refuseNext(world);
    clockwork.runClockOnce();
    EXPECT_THAT(world.acts(), ::testing::Contains("party.not_reached"));
    EXPECT_EQ(world.count("staff_notices WHERE kind = 'staff_not_reached'"), 1);
    clockwork.runClockOnce();
    EXPECT_EQ(world.count("staff_notices WHERE kind = 'staff_not_reached'"), 1);
}

} // namespace
} // namespace hoering

// A draft deleted for good: only while it wrote to nobody, once, and the journal keeps it.
#include "usecases/delete_draft.h"

#include <gmock/gmock.h>

#include "sqlite/consultations.h"
#include "sqlite/files.h"
#include "text/sample_letters.h"
#include "usecases/act_files.h"
#include "usecases/act_world.h"
#include "usecases/cancel_consultation.h"
#include "usecases/edit_wording.h"
#include "usecases/publish_consultation.h"
#include "usecases/send_test_letter.h"

namespace hoering {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

struct DeleteDraft : ::testing::Test {
    testing::ActWorld world;
    std::int64_t id = world.consultation().titled("Skolevej").openUntil("2026-12-01").with("LokalMED").draft();

    StoredFile file(const std::string& name) {
        return {0, std::string(63, 'a') + std::to_string(name.size() % 10), name, "text/plain", 3, {}};
    }
    std::string refusal(std::int64_t consultation, std::int64_t version) {
        const auto done = world.database.write(
            [&](sqlite::Tx& tx) { return deleteDraft(tx, world.karen.actor(), consultation, version); });
        return done ? "" : done.error().key;
    }
    std::string refusal(std::int64_t consultation) { return refusal(consultation, world.find(consultation).version); }
    /// With everything a draft can have.
    void furnish() {
        world.database.write([&](sqlite::Tx& tx) {
            if (!addEnclosure(tx, world.officer, id, file("notat.txt"), "")) throw std::logic_error("no enclosure");
            keepActFile(tx, world.karen, id, file("valgt bilag.txt"));
            const WordingInput words{LetterKind::invitation, "da", "Høring: {titel}", "Vi hører jer.", 0};
            if (!saveWording(tx, world.office, world.officer, id, words)) throw std::logic_error("no wording");
            Letter letter;
            letter.kind = LetterKind::invitation;
            letter.consultation = id;
            letter.language = "da";
            letter.toMail = "kontakt@part1.example";
            letter.subject = "Høring";
            letter.text = "Tekst";
            if (!sendTestLetter(tx, world.office, world.karen, letter, std::string(32, 'a')))
                throw std::logic_error("no test letter");
        });
    }
};

TEST_F(DeleteDraft, TakesAllOfItAndTheJournalKeepsThatItWasDeletedAndByWhom) {
    furnish();
    const auto before = world.acts();
    EXPECT_EQ(refusal(id), "");
    for (const char* table : {"consultations", "parties", "contacts", "enclosures", "reminder_steps", "letter_wordings",
                              "act_files", "files"})
        EXPECT_EQ(world.count(table), 0) << table;
    EXPECT_EQ(world.count("letters"), 1) << "the test sent to oneself was sent";
    const auto after = world.acts();
    EXPECT_EQ(after.size(), before.size() + 1) << "what was written there stays";
    const auto entry = world.entry("consultation.deleted");
    EXPECT_EQ(entry.event.actor.name, "Karen Kontor");
    EXPECT_EQ(entry.event.consultation, id);
    EXPECT_THAT(entry.event.details,
                ElementsAre(std::pair("enclosures", "1"), std::pair("parties", "1"), std::pair("title", "Skolevej")));
    EXPECT_FALSE(world.database.read([](sqlite::ReadTx& tx) { return sqlite::verifyJournal(tx); }).broken);
}

TEST_F(DeleteDraft, GivesItsNumbersToNobodyElse) {
    const auto party = world.parties(id).at(0).id;
    EXPECT_EQ(refusal(id), "");
    const auto next = world.consultation().titled("En anden").with("Rådet").draft();
    EXPECT_GT(next, id);
    EXPECT_GT(world.parties(next).at(0).id, party);
}

TEST_F(DeleteDraft, IsDoneOnceThoughAskedForTwice) {
    const auto version = world.find(id).version;
    EXPECT_EQ(refusal(id, version), "");
    EXPECT_EQ(refusal(id, version), "");
    const auto acts = world.acts();
    EXPECT_EQ(std::count(acts.begin(), acts.end(), "consultation.deleted"), 1);
    EXPECT_EQ(refusal(999, 1), "error.not_found");
}

TEST_F(DeleteDraft, IsRefusedOnceSomethingWasSentOrItIsNoDraft) {
    const auto open = world.consultation().openUntil("2026-12-01").with("Rådet").publish();
    EXPECT_EQ(refusal(open), "error.consultation.not_draft");
    ASSERT_TRUE(world.play(cancelAct, id, {{"reason", "Sagen udgår"}}));
    EXPECT_EQ(refusal(id), "error.consultation.not_draft") << "a cancelled one stays";
    // Whatever made it a draft again: what was sent was sent.
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql("UPDATE consultations SET state = 'draft' WHERE id = ?").bind(open).run();
        tx.housekeeping("test");
    });
    EXPECT_EQ(refusal(open), "error.draft.sent");
    EXPECT_EQ(world.count("consultations"), 2);
}

TEST_F(DeleteDraft, WaitsForWhoSawWhatIsInItNow) {
    const auto seen = world.find(id).version;
    world.database
        .write([&](sqlite::Tx& tx) {
            return addParty(tx, world.bo.actor(), id, {"Rådet", "consulted", "da", "raad@o.dk"});
        })
        .ok();
    EXPECT_EQ(refusal(id, seen), "error.changed_meanwhile");
    EXPECT_EQ(world.count("parties"), 2);
    EXPECT_EQ(refusal(id), "");
}

TEST_F(DeleteDraft, IsRefusedWhileItsMailingWaitsForASecondPerson) {
    world.office.releaseAbove = 1;
    const auto two = world.consultation().openUntil("2026-12-01").with("A").with("B").draft();
    const auto asked = world.play(publishAct, two, {});
    ASSERT_TRUE(asked) << asked.error().key;
    ASSERT_GT(asked->release, 0);
    EXPECT_EQ(refusal(two), "error.draft.waits");
    ASSERT_TRUE(world.database.write([&](sqlite::Tx& tx) { return dropRelease(tx, world.bo, asked->release); }));
    EXPECT_EQ(refusal(two), "");
    EXPECT_THAT(world.acts(), Contains("release.dropped"));
    EXPECT_EQ(world.count("staff_notices"), 0) << "nobody is told of what is gone";
}

} // namespace
} // namespace hoering

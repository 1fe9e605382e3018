#include <gmock/gmock.h>

#include "sqlite/drafts.h"
#include "support/world.h"
#include "usecases/save_draft.h"
#include "usecases/submit_response.h"

namespace hoering {
namespace {

struct SaveDraft : ::testing::Test {
    testing::World world;
    std::int64_t consultation = world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    PartyVisit visit = world.visit(consultation);

    Result<std::int64_t> save(std::string text, std::int64_t version) {
        return world.database.write([&](sqlite::Tx& tx) { return saveDraft(tx, visit, {std::move(text), version}); });
    }
    std::optional<Draft> draft() {
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findDraft(tx, visit.party.id); });
    }
    Result<Done> attach(std::string name, char fill) {
        return world.database.write([&](sqlite::Tx& tx) {
            return attachFile(tx, world.office, visit, {0, std::string(64, fill), name, "text/plain", 3, {}});
        });
    }
};

TEST_F(SaveDraft, CountsVersionsAndSaysWhoSaved) {
    EXPECT_EQ(*save("Et", 0), 1);
    EXPECT_EQ(*save("To", 1), 2);
    EXPECT_EQ(draft()->text, "To");
    EXPECT_EQ(draft()->updatedBy, "Kontakt 1");
}

TEST_F(SaveDraft, TheSameTextAgainChangesNothing) {
    EXPECT_EQ(*save("Et", 0), 1);
    EXPECT_EQ(*save("Et", 0), 1);
}

TEST_F(SaveDraft, ASecondAuthorNeverOverwritesSilently) {
    ASSERT_TRUE(save("Grundtekst", 0).ok());
    ASSERT_TRUE(save("Annes rettelse", 1).ok());
    const auto refused = save("Bents rettelse", 1);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().key, "error.draft.changed");
    EXPECT_EQ(draft()->text, "Annes rettelse");
}

TEST_F(SaveDraft, IsKeptPastTheDeadline) {
    world.at("2026-12-05 12:00");
    EXPECT_TRUE(save("Skrevet hen over fristen", 0).ok());
    EXPECT_EQ(draft()->text, "Skrevet hen over fristen");
}

TEST_F(SaveDraft, TheSameFileTwiceIsOneFile) {
    ASSERT_TRUE(attach("a.txt", 'a').ok());
    ASSERT_TRUE(attach("a.txt", 'a').ok());
    EXPECT_EQ(draft()->files.size(), 1u);
}

TEST_F(SaveDraft, TakesOnlySoManyFiles) {
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(attach("f" + std::to_string(i), static_cast<char>('a' + i)).ok());
    const auto refused = attach("en for meget", 'z');
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fields.at(0).key, "error.file.too_many");
    EXPECT_EQ(draft()->files.size(), 10u);
}

TEST_F(SaveDraft, ACorrectionBeginsWithTheLastVersion) {
    EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) {
        return submitResponse(tx, visit,
                              {ResponseKind::remarks, "Sendt.", 0, std::string(32, '1'), world.now().instant});
    }));
    EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) { return startCorrection(tx, visit); }));
    EXPECT_EQ(draft()->text, "Sendt.");
}

} // namespace
} // namespace hoering

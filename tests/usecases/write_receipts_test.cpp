#include "usecases/write_receipts.h"

#include <gmock/gmock.h>

#include "sqlite/letters.h"
#include "sqlite/responses.h"
#include "support/world.h"

namespace hoering {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

struct WriteReceipts : ::testing::Test {
    testing::World world;
    std::int64_t consultation = world.usualConsultation();
    const std::int64_t invitations = world.count("letters");

    std::vector<WrittenReceipt> written(int most = 10) {
        return world.database.read(
            [&](sqlite::ReadTx& tx) { return writeReceipts(tx, world.office, world.now().instant, most); });
    }
    void queue(const std::vector<WrittenReceipt>& receipts) {
        world.database.write([&](sqlite::Tx& tx) { queueReceipts(tx, world.office, receipts); });
    }
    std::optional<Instant> nextDue() {
        return world.database.read([](sqlite::ReadTx& tx) { return sqlite::nextLetterDue(tx, {}); });
    }
};

TEST_F(WriteReceipts, AnAnswerOwesOneUntilItIsALetter) {
    const auto response = world.submit(consultation, 0);
    ASSERT_TRUE(response.ok());
    EXPECT_EQ(world.count("letters"), invitations);
    EXPECT_EQ(world.count("queued_receipts"), 1);
    queue(written());
    EXPECT_EQ(world.count("queued_receipts"), 0);
    const auto letters = world.letters();
    ASSERT_EQ(letters.size(), static_cast<std::size_t>(invitations) + 1);
    const auto visit = world.visit(consultation);
    const Letter& receipt = letters.back();
    EXPECT_EQ(receipt.kind, LetterKind::receipt);
    EXPECT_EQ(receipt.consultation, consultation);
    EXPECT_EQ(receipt.party, visit.party.id);
    EXPECT_EQ(receipt.contact, visit.contact.id);
    EXPECT_EQ(receipt.link, visit.link);
    EXPECT_THAT(receipt.text, HasSubstr(response->receipt));
    EXPECT_TRUE(written().empty());
}

TEST_F(WriteReceipts, OneWrittenTwiceIsQueuedOnce) {
    ASSERT_TRUE(world.submit(consultation, 0).ok());
    const auto once = written(), twice = written();
    ASSERT_EQ(twice.size(), 1u);
    queue(once);
    queue(twice);
    EXPECT_EQ(world.count("letters"), invitations + 1);
}

TEST_F(WriteReceipts, EachVersionHasItsOwnOldestFirst) {
    const auto first = world.submit(consultation, 0), other = world.submit(consultation, 1),
               second = world.submit(consultation, 0, "Rettet.");
    ASSERT_TRUE(first.ok() && other.ok() && second.ok());
    const auto two = written(2);
    ASSERT_EQ(two.size(), 2u);
    EXPECT_EQ(two[0].owed.response, first->id);
    EXPECT_EQ(two[1].owed.response, other->id);
    queue(two);
    queue(written(2));
    const auto letters = world.letters();
    ASSERT_EQ(letters.size(), static_cast<std::size_t>(invitations) + 3);
    EXPECT_THAT(letters.back().text, HasSubstr(second->receipt));
}

TEST_F(WriteReceipts, OneThatCannotBeWrittenKeepsNoOtherWaiting) {
    const auto broken = world.submit(consultation, 0), well = world.submit(consultation, 1);
    ASSERT_TRUE(broken.ok() && well.ok());
    world.database.write([&](sqlite::Tx& tx) {
        tx.housekeeping("a test: nobody is known to have sent it");
        tx.sql("DROP TRIGGER responses_are_immutable").run();
        tx.sql("UPDATE responses SET submitted_by = NULL WHERE id = ?").bind(broken->id).run();
    });
    queue(written());
    EXPECT_EQ(world.letters().size(), static_cast<std::size_t>(invitations) + 1);
    EXPECT_EQ(world.count("queued_receipts"), 1); // it is still owed
    EXPECT_TRUE(written().empty());
    world.clock.advance(61min);
    EXPECT_EQ(written().size(), 1u);
}

TEST_F(WriteReceipts, IsDueAtOnceAndCountedAsQueued) {
    world.database.write([](sqlite::Tx& tx) {
        tx.housekeeping("a test: the invitations are sent");
        tx.sql("UPDATE letters SET state = 'accepted'").run();
    });
    EXPECT_FALSE(nextDue());
    ASSERT_TRUE(world.submit(consultation, 0).ok());
    EXPECT_EQ(nextDue(), world.now().instant);
    const auto queued = [&](std::optional<std::int64_t> which) {
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::countLetters(tx, which).queued; });
    };
    EXPECT_EQ(queued({}), 1);
    EXPECT_EQ(queued(consultation), 1);
    EXPECT_EQ(queued(consultation + 1), 0);
}

} // namespace
} // namespace hoering

#include <gmock/gmock.h>

#include "domain/access.h"
#include "sqlite/extensions.h"
#include "sqlite/notices.h"
#include "support/acting.h"
#include "usecases/ask_extension.h"
#include "usecases/cancel_consultation.h"
#include "usecases/close_consultation.h"
#include "usecases/close_early.h"

namespace hoering {
namespace {

using testing::Acting;
using ::testing::ElementsAre;
using testing::flat;
using ::testing::HasSubstr;

struct AskExtension : ::testing::Test {
    testing::World world;
    Acting acting{world};
    std::int64_t id = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();
    PartyVisit visit = world.visit(id);

    Result<ExtensionRequest> ask(const std::string& date = "2026-12-10", const std::string& reason = "Vi mødes sent",
                                 const std::string& key = newKey()) {
        return world.database.write([&](sqlite::Tx& tx) {
            return askExtension(tx, world.office, visit, {date, reason, key, tx.now().instant});
        });
    }
};

TEST_F(AskExtension, IsStoredReceiptedAndToldToTheSecretariat) {
    const auto commits = world.database.counters().commits;
    const auto asked = ask();
    ASSERT_TRUE(asked.ok()) << asked.error().key;
    EXPECT_EQ(world.database.counters().commits, commits + 1);
    const auto stored =
        world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findExtensionRequest(tx, asked->id); }).value();
    EXPECT_EQ(stored.state, RequestState::asked);
    EXPECT_EQ(stored.wanted.stored(), "2026-12-10");
    EXPECT_EQ(stored.reason, "Vi mødes sent");
    EXPECT_EQ(stored.askedBy, "Kontakt 1");
    EXPECT_EQ(world.acts().back(), "extension.asked");
    const Letter receipt = world.letters().back();
    EXPECT_EQ(receipt.kind, LetterKind::extensionAsked);
    EXPECT_EQ(receipt.toMail, visit.contact.mail);
    EXPECT_THAT(flat(receipt.text), HasSubstr("torsdag den 10. december 2026 kl. 23.59"));
    EXPECT_THAT(flat(receipt.text), HasSubstr("Vi mødes sent"));
    const auto notices = world.database.read(
        [&](sqlite::ReadTx& tx) { return sqlite::dueNoticesOf(tx, acting.karen.id, world.now().instant); });
    ASSERT_EQ(notices.size(), 1u);
    EXPECT_EQ(notices[0].kind, LetterKind::staffExtension);
    EXPECT_EQ(notices[0].party, visit.party.id);
}

TEST_F(AskExtension, ChangesNoDeadline) {
    ASSERT_TRUE(ask().ok());
    EXPECT_EQ(deadlineFor(world.find(id), world.parties(id).at(0)).stored(), "2026-12-01");
}

TEST_F(AskExtension, TheSameFormTwiceIsOneRequest) {
    const std::string key = newKey();
    const auto first = ask("2026-12-10", "Ferie", key), second = ask("2026-12-10", "Ferie", key);
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(first->id, second->id);
    EXPECT_EQ(world.count("extension_requests"), 1);
    EXPECT_EQ(world.letters().size(), 3u); // two invitations, one receipt
    visit = world.visit(id, 1);
    EXPECT_EQ(ask("2026-12-10", "Ferie", key).error().kind, ErrorKind::conflict);
    EXPECT_EQ(ask("2026-12-10", "Ferie", "kort").error().key, "error.form.key");
}

TEST_F(AskExtension, OneAtATimeWaitsForAnAnswer) {
    ASSERT_TRUE(ask().ok());
    EXPECT_EQ(ask("2026-12-12").error().key, "error.extension.waiting");
    visit = world.visit(id, 1);
    EXPECT_TRUE(ask().ok()); // another party may
    const auto refuse = testing::with({{{"reason", "Nej"}}}, "request", 1);
    ASSERT_TRUE(acting.run(*findAct("refuse_extension"), id, refuse).ok());
    visit = world.visit(id);
    EXPECT_TRUE(ask("2026-12-12").ok());
}

TEST_F(AskExtension, NeedsALaterDayAndAReason) {
    EXPECT_THAT(Acting::wrong(ask("", "").error()),
                ElementsAre("deadline_date error.deadline.date", "reason error.reason.missing"));
    EXPECT_THAT(Acting::wrong(ask("2026-12-01").error()), ElementsAre("deadline_date error.deadline.not_later"));
    EXPECT_THAT(Acting::wrong(ask("2026-11-01").error()), ElementsAre("deadline_date error.deadline.past"));
    EXPECT_THAT(Acting::wrong(ask("2026-12-10", "\xff\xfe").error()), ElementsAre("reason error.text.encoding"));
    EXPECT_EQ(world.count("extension_requests"), 0);
}

TEST_F(AskExtension, AlsoAfterTheDeadlineAsLongAsTheLinkWorks) {
    world.at("2026-12-02 00:00:00");
    world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    visit = world.visit(id);
    EXPECT_THAT(Acting::wrong(ask("2026-12-01").error()), ElementsAre("deadline_date error.deadline.past"));
    ASSERT_TRUE(ask("2026-12-10").ok());
    EXPECT_THAT(flat(world.letters().back().text), HasSubstr("Fristen var tirsdag den 1. december 2026"));
    visit = world.visit(id, 1);
    world.at("2026-12-31 23:59:59");
    EXPECT_TRUE(ask("2027-01-10").ok());
}

TEST_F(AskExtension, NotWhenTheGraceIsOverOrItHasEnded) {
    world.at("2027-01-01 00:00:00");
    world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    EXPECT_EQ(ask("2027-02-01").error().key, "error.extension.not_now");
    world.at("2026-11-03 09:00:00");
    const auto other = world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    visit = world.visit(other);
    ASSERT_TRUE(acting.run(closeEarlyAct, other, {{{"reason", "Alle har svaret"}}}).ok());
    EXPECT_EQ(ask().error().key, "error.extension.not_now");
    const auto third = world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    visit = world.visit(third);
    ASSERT_TRUE(acting.run(cancelAct, third, {{{"reason", "Bortfaldet"}}}).ok());
    EXPECT_EQ(ask().error().key, "error.extension.not_now");
}

} // namespace
} // namespace hoering

// What is kept in memory of pages and parties' sessions: for how long, and how much; and that nobody is shown, or let
// in by, what a commit has made stale.
#include "web/remembered.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "sqlite/sessions.h"
#include "support/web_world.h"
#include "usecases/open_link.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;
using ::testing::IsNull;
using ::testing::Pointee;

using Names = web::Remembered<std::string>;

std::shared_ptr<const std::string> value(const std::string& text) { return std::make_shared<const std::string>(text); }

TEST(Remembered, IsFoundUntilSomethingHasChanged) {
    Names names(10);
    names.put("a", value("first"), names.generation());
    EXPECT_THAT(names.find("a"), Pointee(std::string("first")));
    EXPECT_THAT(names.find("b"), IsNull());
    names.invalidate();
    EXPECT_THAT(names.find("a"), IsNull());
}

TEST(Remembered, KeepsNothingThatWasReadBeforeAChange) {
    Names names(10);
    const auto before = names.generation();
    names.invalidate(); // while it was being read
    names.put("a", value("stale"), before);
    EXPECT_THAT(names.find("a"), IsNull());
}

TEST(Remembered, TakesNoMoreRoomThanItHas) {
    Names names(10);
    const auto put = [&](const std::string& name, std::size_t weight) {
        names.put(name, value(name), names.generation(), weight);
    };
    put("a", 4);
    put("b", 4);
    put("a", 4); // the same again takes no more room
    EXPECT_THAT(names.find("a"), Pointee(std::string("a")));
    EXPECT_THAT(names.find("b"), Pointee(std::string("b")));
    put("c", 4); // all others leave
    EXPECT_THAT(names.find("a"), IsNull());
    EXPECT_THAT(names.find("c"), Pointee(std::string("c")));
    put("d", 11); // does not fit at all
    EXPECT_THAT(names.find("d"), IsNull());
    EXPECT_THAT(names.find("c"), Pointee(std::string("c")));
}

/// A party that has looked at its pages, so that its session is in memory.
struct ARememberedParty : ::testing::Test {
    testing::WebWorld world;
    std::int64_t id = world.consultation().titled("Ny vagtplan").openUntil("2026-12-01").with("LokalMED").publish();
    testing::Visitor party = world.partyVisitor(id);
    PartyVisit visit = world.visit(id);

    ARememberedParty() { EXPECT_EQ(party.get("/mit-svar").status, 200); }
    void change(const std::function<void(sqlite::Tx&)>& f) {
        world.database.write([&](sqlite::Tx& tx) {
            f(tx);
            tx.housekeeping("test");
        });
    }
};

TEST_F(ARememberedParty, IsNotReadAnewForEachPage) {
    const auto before = world.visits.generation();
    EXPECT_EQ(party.get("/mit-svar/laes").status, 200);
    EXPECT_EQ(party.post("/mit-svar/gem", {{"text", "Vi støtter det."}, {"version", "0"}}).status, 200);
    EXPECT_EQ(world.visits.generation(), before); // a draft says nothing of who comes
    EXPECT_THAT(party.get("/mit-svar/skriv").body, HasSubstr("Vi støtter det."));
}

TEST_F(ARememberedParty, IsOutAtOnceWhenItsLinkIsRevoked) {
    change([&](sqlite::Tx& tx) { sqlite::revokeLink(tx, visit.link); });
    EXPECT_EQ(party.get("/mit-svar").status, 404);
    EXPECT_EQ(party.post("/mit-svar/gem", {{"text", "For sent."}, {"version", "0"}}).status, 403);
    EXPECT_EQ(world.count("drafts"), 0);
}

TEST_F(ARememberedParty, IsOutAtOnceWhenItLeaves) {
    const auto cookies = party.cookies;
    EXPECT_EQ(party.post("/mit-svar/luk").status, 303);
    party.cookies = cookies; // somebody who kept them
    EXPECT_EQ(party.get("/mit-svar").status, 404);
}

TEST_F(ARememberedParty, IsOutWhenItsTimeIsUpThoughNothingChanges) {
    const auto generation = world.visits.generation();
    world.clock.set(world.clock.now() + std::chrono::hours(14 * 24) - std::chrono::seconds(1));
    EXPECT_EQ(party.get("/mit-svar").status, 200);
    world.clock.set(world.clock.now() + std::chrono::seconds(2));
    EXPECT_EQ(party.get("/mit-svar").status, 404); // fourteen days
    EXPECT_EQ(world.visits.generation(), generation);
}

TEST_F(ARememberedParty, SeesWhatTheOfficeHasChanged) {
    change([&](sqlite::Tx& tx) { tx.sql("UPDATE consultations SET title = 'Et andet navn'").run(); });
    EXPECT_THAT(party.get("/mit-svar").body, HasSubstr("Et andet navn"));
    change([&](sqlite::Tx& tx) { tx.sql("UPDATE parties SET name = 'Ungdomsskolen'").run(); });
    EXPECT_THAT(party.get("/mit-svar").body, HasSubstr("Ungdomsskolen"));
    change([&](sqlite::Tx& tx) { sqlite::setContactMail(tx, visit.contact.id, "ny@part1.example"); });
    EXPECT_THAT(party.get("/mit-svar").body, HasSubstr("ny@part1.example"));
    change([&](sqlite::Tx& tx) {
        tx.sql("UPDATE consultations SET state = 'cancelled', ended_at = 1, ended_reason = 'Sagen er trukket'").run();
    });
    EXPECT_THAT(party.get("/mit-svar").body, HasSubstr("Sagen er trukket"));
}

/// Each column that a visit is made of, of all tables it is read from: a change of it is told. Those of the two that
/// only note a time are left out on purpose, or each link that is opened would cost all parties theirs.
TEST_F(ARememberedParty, IsForgottenWithEachChangeOfWhatItIsReadFrom) {
    const std::vector<std::string> unheard = {"sessions.seen_at", "links.opened_at"};
    for (const std::string table : {"sessions", "links", "contacts", "parties", "consultations", "letter_wordings"}) {
        const auto columns = world.database.read([&](sqlite::ReadTx& tx) {
            std::vector<std::string> names;
            auto row = tx.sql("SELECT name FROM pragma_table_info(?)");
            row.bind(table);
            while (row.step()) names.push_back(row.text(0));
            return names;
        });
        ASSERT_GT(columns.size(), 3U) << table;
        for (const auto& column : columns) {
            const std::string name = table + "." + column;
            const auto before = world.visits.generation();
            const std::string sql = "UPDATE " + table + " SET " + column + " = " + column;
            change([&](sqlite::Tx& tx) { tx.sql(sql).run(); });
            const bool told = world.visits.generation() != before;
            EXPECT_EQ(told, std::find(unheard.begin(), unheard.end(), name) == unheard.end()) << name;
        }
        const auto before = world.visits.generation();
        const std::string sql = "DELETE FROM " + table + " WHERE 0";
        change([&](sqlite::Tx& tx) { tx.sql(sql).run(); });
        EXPECT_NE(world.visits.generation(), before) << table;
    }
}

TEST_F(ARememberedParty, IsNotForgottenWhenAnotherOneComes) {
    const auto before = world.visits.generation();
    const std::string token = world.tokenOf(visit);
    ASSERT_TRUE(world.database.write([&](sqlite::Tx& tx) { return openLink(tx, world.office, token); }).ok());
    EXPECT_EQ(world.visits.generation(), before);
    change([&](sqlite::Tx& tx) { sqlite::touchSession(tx, "somebody's"); });
    EXPECT_EQ(world.visits.generation(), before);
}

} // namespace
} // namespace hoering

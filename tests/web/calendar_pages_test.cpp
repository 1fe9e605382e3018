// The deadline for a calendar, from the public page and from a party's desk.
#include <gmock/gmock.h>

#include "sqlite/consultations.h"
#include "support/web_world.h"
#include "text/ics_reader.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;

struct CalendarPages : ::testing::Test {
    testing::WebWorld world;
    std::int64_t id = world.consultation().openUntil("2026-12-01", "12.00").with("LokalMED").with("Rådet").publish();
    std::string publicPage = "/hoering/" + world.find(id).slug;
};

TEST_F(CalendarPages, ThePublicPageOffersTheCommonDeadline) {
    testing::Visitor guest(world);
    EXPECT_TRUE(guest.get(publicPage).has("href=\"" + publicPage + "/frist.ics\""));
    const auto got = guest.get(publicPage + "/frist.ics");
    ASSERT_EQ(got.status, 200);
    const auto entry = testing::readIcs(got.body).parts.at(0);
    EXPECT_EQ(testing::icsUtc(entry.one("DTEND").value), "2026-12-01 11:00:00");
    EXPECT_EQ(testing::icsUtc(entry.one("DTSTAMP").value), "2026-11-02 08:00:00");
    EXPECT_EQ(entry.one("URL").value, "https://hoering.example" + publicPage);
    EXPECT_FALSE(got.has("LokalMED"));
}

TEST_F(CalendarPages, APartyIsOfferedItsOwnDeadlineAndNobodyElses) {
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql("UPDATE parties SET own_deadline_local = '2026-12-08', own_deadline_at = 1, sequence = 2 WHERE id = ?")
            .bind(world.parties(id).at(1).id)
            .run();
        tx.housekeeping("test");
    });
    auto first = world.partyVisitor(id, 0), second = world.partyVisitor(id, 1);
    EXPECT_TRUE(second.get("/mit-svar").has("href=\"/mit-svar/frist.ics\""));
    EXPECT_TRUE(second.get("/mit-svar/laes").has("href=\"/mit-svar/frist.ics\""));
    const auto mine = testing::readIcs(second.get("/mit-svar/frist.ics").body).parts.at(0);
    EXPECT_EQ(testing::icsUtc(mine.one("DTEND").value), "2026-12-08 22:59:00");
    EXPECT_EQ(mine.one("SEQUENCE").value, "2");
    EXPECT_THAT(testing::icsText(mine.one("DESCRIPTION").value), HasSubstr("Part: Rådet"));
    const auto other = first.get("/mit-svar/frist.ics");
    EXPECT_FALSE(other.has("Rådet"));
    EXPECT_FALSE(other.has("/svar/"));
    testing::Visitor guest(world);
    EXPECT_NE(guest.get("/mit-svar/frist.ics").status, 200);
}

TEST_F(CalendarPages, AreNotOfferedOnceItIsOver) {
    testing::Visitor guest(world);
    auto party = world.partyVisitor(id);
    world.at("2026-12-01 12:01:00");
    world.pages.invalidate();
    EXPECT_FALSE(guest.get(publicPage).has("frist.ics"));
    EXPECT_FALSE(party.get("/mit-svar").has("frist.ics"));
    EXPECT_EQ(guest.get("/hoering/findes-ikke/frist.ics").status, 404);
    const auto draft = world.consultation().titled("Kladde").openUntil("2026-12-01").with("LokalMED").draft();
    EXPECT_EQ(guest.get("/hoering/" + world.find(draft).slug + "/frist.ics").status, 404);
}

} // namespace
} // namespace hoering

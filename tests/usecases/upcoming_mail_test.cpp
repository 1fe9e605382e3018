#include "usecases/upcoming_mail.h"

#include <gmock/gmock.h>

#include "sqlite/reminders.h"
#include "support/world.h"
#include "usecases/plan_reminders.h"
#include "usecases/save_draft.h"
#include "usecases/send_reminder.h"
#include "usecases/submit_response.h"

namespace hoering {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

struct UpcomingMail : ::testing::Test {
    testing::World world;

    std::vector<UpcomingStep> steps(std::optional<std::int64_t> consultation = {}) {
        return world.database.read(
            [&](sqlite::ReadTx& tx) { return upcomingMail(tx, world.office, world.now(), 14, consultation); });
    }
    static std::vector<std::string> whys(const UpcomingStep& step) {
        std::vector<std::string> all;
        for (const auto& each : step.others) all.push_back(each.name + ": " + each.why);
        return all;
    }
    static std::vector<std::string> gets(const UpcomingStep& step) {
        std::vector<std::string> all;
        for (const auto& each : step.gets) all.push_back(each.name);
        return all;
    }
    void change(const std::string& sql) {
        world.database.write([&](sqlite::Tx& tx) {
            tx.sql(sql).bind().run();
            tx.housekeeping("test");
        });
    }
};

TEST_F(UpcomingMail, IsThatOfFourteenDaysAndNoMore) {
    world.consultation().openUntil("2026-12-01").with("LokalMED").publish(); // 17 and 26 November, 1 December
    world.consultation().titled("En anden").openUntil("2026-11-18").with("Rådet").publish();
    world.at("2026-11-03 12:00:00"); // to and with 16 November
    std::vector<std::string> found;
    for (const auto& step : steps()) found.push_back(isoLocal(step.local).substr(0, 16) + " " + step.title);
    EXPECT_THAT(found, ElementsAre("2026-11-04T09:00 En anden", "2026-11-13T09:00 En anden"));
    world.at("2026-11-04 08:00:00"); // one day more: the first step of the other
    EXPECT_EQ(steps().back().local, atTime(parseIsoDate("2026-11-17").value(), std::chrono::hours{9}));
}

TEST_F(UpcomingMail, NamesWhoGetsItAndWhyOthersDoNot) {
    auto builder = world.consultation();
    builder.openUntil("2026-12-01");
    for (const char* name : {"Får", "Svaret", "Kladde", "Egen frist", "Fælles", "Intet link", "Retur"})
        builder.with(name);
    builder.with("Politiet", PartyRole::informed);
    const auto id = builder.remindedBy({{3, true, std::chrono::hours{9}}}).sparingDrafts().publish();
    const auto parties = world.parties(id);
    const auto idOf = [&](std::size_t n) { return std::to_string(parties.at(n).id); };
    world.database.write([&](sqlite::Tx& tx) {
        (void)submitResponse(tx, world.visit(id, 1),
                             {ResponseKind::noRemarks, "", 0, std::string(32, '1'), tx.now().instant});
        (void)saveDraft(tx, world.visit(id, 2), {"Begyndt", 0});
    });
    const auto own = Deadline{parseIsoDate("2026-12-18").value(), {}, false};
    change("UPDATE parties SET own_deadline_local = '2026-12-18', own_deadline_at = " +
           std::to_string(toMillis(own.endsAt())) + " WHERE id = " + idOf(3));
    world.database.write([&](sqlite::Tx& tx) {
        planRemindersOf(tx, world.find(id), world.parties(id)[3], {{3, true, std::chrono::hours{9}}});
        tx.housekeeping("test");
    });
    change("UPDATE parties SET joint_with = " + idOf(0) + " WHERE id = " + idOf(4));
    change("UPDATE links SET revoked_at = 1 WHERE contact_id IN (SELECT id FROM contacts WHERE party_id = " + idOf(5) +
           ")");
    change("UPDATE letters SET state = 'refused' WHERE party_id = " + idOf(6));
    world.at("2026-11-20 09:00:00");
    const auto list = steps(id);
    ASSERT_EQ(list.size(), 1u);
    EXPECT_THAT(gets(list[0]), ElementsAre("Får"));
    EXPECT_EQ(list[0].letters(), 1);
    EXPECT_THAT(whys(list[0]), ElementsAre("Svaret: reminder_reason.answered", "Kladde: reminder_reason.drafting",
                                           "Egen frist: reminder_reason.own_deadline", "Fælles: reminder_reason.joint",
                                           "Intet link: reminder_reason.no_link", "Retur: reminder_reason.bounced",
                                           "Politiet: reminder_reason.informed"));
    EXPECT_EQ(list[0].others[2].ownDeadline, own);

    // What the page foretold is what happens: the same rule decides.
    world.at("2026-11-26 09:00:00");
    while (world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); }) !=
           ReminderOutcome::nothingDue) {
    }
    std::vector<std::string> became;
    for (const auto& each : world.database.read([&](sqlite::ReadTx& tx) { return sqlite::remindersOf(tx, id); }))
        if (each.state != "planned") became.push_back(each.partyName + ": " + each.reason);
    EXPECT_THAT(became, UnorderedElementsAre("Får: ", "Svaret: reminder_reason.answered",
                                             "Kladde: reminder_reason.drafting", "Fælles: reminder_reason.joint",
                                             "Intet link: reminder_reason.no_link", "Retur: reminder_reason.bounced"));
}

TEST_F(UpcomingMail, ShowsAStepThatWasMissedAsDueNowOnlyWhenItWillBeSent) {
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").publish();
    world.at("2026-11-18 12:00:00"); // the service slept over 17 November
    auto list = steps(id);
    ASSERT_EQ(list.size(), 3u);
    EXPECT_EQ(list[0].letters(), 1);
    world.at("2026-11-25 12:00:00"); // the next is due in less than a day
    list = steps(id);
    EXPECT_EQ(list[0].letters(), 0);
    EXPECT_THAT(whys(list[0]), ElementsAre("LokalMED: reminder_reason.later_step"));
    EXPECT_EQ(list[1].letters(), 1);
}

} // namespace
} // namespace hoering

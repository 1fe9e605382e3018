// The plan, the mail of the coming days, steps skipped and moved, and a colleague's own settings.
#include <gmock/gmock.h>

#include "common/strings.h"
#include "sqlite/reminders.h"
#include "sqlite/users.h"
#include "support/web_world.h"
#include "usecases/submit_response.h"

namespace hoering {
namespace {

std::string hiddenValue(const std::string& html, const std::string& name) {
    const std::string mark = "name=\"" + name + "\" value=\"";
    const auto at = html.find(mark);
    if (at == std::string::npos) return "";
    return html.substr(at + mark.size(), html.find('"', at + mark.size()) - at - mark.size());
}

struct ReminderPages : ::testing::Test {
    testing::WebWorld world;
    testing::Visitor karen = world.staff(Role::secretariat);

    std::int64_t open() {
        return world.consultation()
            .openUntil("2026-12-01")
            .with("LokalMED")
            .with("Rådet")
            .with("Politiet", PartyRole::informed)
            .publish();
    }
    sqlite::Reminder row(std::int64_t consultation, std::size_t n = 0) {
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::remindersOf(tx, consultation); }).at(n);
    }
    std::string href(std::int64_t consultation, std::size_t n = 0) {
        return "/kontor/hoeringer/" + std::to_string(consultation) + "/paamindelser/" +
               std::to_string(row(consultation, n).id);
    }
};

TEST_F(ReminderPages, KeepTheStepAfterTheDeadlineAndWhoIsSparedWithThePlan) {
    const auto id = world.consultation().openUntil("2026-12-01").with("LokalMED").draft();
    const std::string plan = "/kontor/hoeringer/" + std::to_string(id) + "/paamindelser";
    const auto form = karen.get(plan);
    EXPECT_TRUE(form.has("name=\"remind_drafting\" value=\"1\" checked"));
    auto saved = karen.follow(karen.post(plan, {{"shown", form.valueOf("shown")},
                                                {"days_0", "3"},
                                                {"unit_0", "workdays"},
                                                {"time_0", "9.00"},
                                                {"after_days", "1"},
                                                {"after_unit", "workdays"},
                                                {"after_time", "10"},
                                                {"late_answers", ""},
                                                {"go", "stay"}}));
    EXPECT_TRUE(saved.has("onsdag den 2. december 2026 kl. 10.00 (efter fristen)"));
    EXPECT_TRUE(saved.has("Påmindelsen efter fristen bliver ikke sendt")); // nobody could answer
    EXPECT_FALSE(saved.has("name=\"remind_drafting\" value=\"1\" checked"));
    saved = karen.follow(karen.post(plan, {{"shown", saved.valueOf("shown")},
                                           {"after_days", "1"},
                                           {"after_unit", "workdays"},
                                           {"after_time", "10"},
                                           {"late_answers", "Ring til os"},
                                           {"go", "stay"}}));
    EXPECT_FALSE(saved.has("Påmindelsen efter fristen bliver ikke sendt"));
    EXPECT_TRUE(saved.has("Ring til os"));
    const auto refused = karen.post(plan, {{"after_days", "0"}, {"after_unit", "days"}, {"after_time", "10"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.has("mindst 1 dag efter"));
}

TEST_F(ReminderPages, ForetellTheMailOfFourteenDays) {
    EXPECT_TRUE(karen.get("/kontor/breve/kommende").has("Der bliver ikke sendt påmindelser i de næste 14 dage"));
    const auto id = open();
    EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) {
        return submitResponse(tx, world.visit(id, 1),
                              {ResponseKind::noRemarks, "", 0, std::string(32, '1'), tx.now().instant});
    }));
    world.at("2026-11-10 09:00:00");
    karen = world.staff(Role::secretariat);
    const auto page = karen.get("/kontor/breve/kommende");
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.has("tirsdag den 17. november 2026"));
    EXPECT_TRUE(page.has("10 hverdage før fristen"));
    EXPECT_TRUE(page.has("Går til 1 part (1 brev)"));
    EXPECT_TRUE(page.has("parten har svaret: </strong>Rådet"));
    EXPECT_TRUE(page.has("parten er kun orienteret: </strong>Politiet"));
    EXPECT_TRUE(page.has("<svg") && page.has("Vis tallene"));
    EXPECT_TRUE(page.has(href(id)));
    EXPECT_TRUE(karen.get("/kontor/breve").has("/kontor/breve/kommende"));
    const auto tab = karen.get("/kontor/hoeringer/" + std::to_string(id) + "/paamindelser");
    EXPECT_TRUE(tab.has("Går til 1 part (1 brev)"));
    // A reader sees the plan and cannot change it.
    testing::Visitor reader = world.staff(Role::reader);
    EXPECT_FALSE(reader.get("/kontor/breve/kommende").has(href(id)));
    EXPECT_EQ(reader.get(href(id)).status, 403);
}

TEST_F(ReminderPages, MoveAStepAfterAPreviewAndSayWhereItCameFrom) {
    const auto id = open();
    EXPECT_TRUE(karen.get(href(id)).has("Alle 2 parter"));
    const testing::Visitor::Fields typed{
        {"what", "move"}, {"whom", "all"}, {"date", "18.11.2026"}, {"time", "12"}, {"reason", "Bestyrelsen <mødes>"}};
    auto fields = typed;
    fields.emplace_back("step", "preview");
    const auto preview = karen.post(href(id), fields);
    EXPECT_EQ(preview.status, 200);
    EXPECT_TRUE(preview.has("Påmindelsen til 2 parter bliver i stedet sendt onsdag den 18. november 2026 kl. 12.00"));
    EXPECT_TRUE(preview.has("Rådet"));
    EXPECT_EQ(row(id).dueLocal, "2026-11-17T09:00:00"); // nothing yet
    fields = typed;
    fields.emplace_back("step", "confirm");
    fields.emplace_back("fingerprint", hiddenValue(preview.body, "fingerprint"));
    const std::string address = href(id);
    auto done = karen.post(address, fields);
    EXPECT_TRUE(done.location.ends_with("/paamindelser?besked=reminder_adjusted"));
    const auto after = karen.follow(done);
    EXPECT_TRUE(after.has("Flyttet fra tirsdag den 17. november 2026 kl. 9.00"));
    EXPECT_TRUE(after.has("Bestyrelsen &lt;mødes&gt;"));
    EXPECT_FALSE(karen.post(address, fields).location.empty()); // pressed twice: the same answer
    EXPECT_TRUE(karen.get("/kontor/journal").has("Flyttede påmindelse"));
}

TEST_F(ReminderPages, SkipForOnePartyAndRefuseWhatIsWrongWithTheWordsKept) {
    const auto id = open();
    const auto refused = karen.post(
        href(id), {{"step", "preview"}, {"what", "move"}, {"date", "1.1.2020"}, {"time", "9"}, {"reason", "Ferie"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.has("1.1.2020") && refused.has("Ferie"));
    const testing::Visitor::Fields typed{
        {"what", "skip"}, {"whom", "one"}, {"date", ""}, {"time", ""}, {"reason", "Ferie"}};
    auto fields = typed;
    fields.emplace_back("step", "preview");
    const auto preview = karen.post(href(id), fields);
    ASSERT_TRUE(preview.has("Påmindelsen til 1 part bliver ikke sendt"));
    fields = typed;
    fields.emplace_back("step", "confirm");
    const std::string address = href(id);
    EXPECT_EQ(karen.post(address, fields).status, 409); // without having seen it
    fields.emplace_back("fingerprint", hiddenValue(preview.body, "fingerprint"));
    const auto after = karen.follow(karen.post(address, fields));
    EXPECT_TRUE(after.has("sprunget over") && after.has("Ferie"));
    EXPECT_EQ(karen.get(address).status, 409);
}

TEST_F(ReminderPages, TakeASkippedStepBackWhileItsTimeHasNotCome) {
    const auto id = open();
    const std::string address = href(id), plan = "/kontor/hoeringer/" + std::to_string(id) + "/paamindelser";
    testing::Visitor::Fields typed{{"what", "skip"}, {"whom", "all"}, {"reason", "Ferie"}, {"step", "preview"}};
    const auto preview = karen.post(address, typed);
    typed.back().second = "confirm";
    typed.emplace_back("fingerprint", hiddenValue(preview.body, "fingerprint"));
    EXPECT_TRUE(karen.follow(karen.post(address, typed)).has("href=\"" + address + "/fortryd\""));
    EXPECT_FALSE(world.staff(Role::reader).get(plan).has("/fortryd"));
    const auto form = karen.get(address + "/fortryd");
    EXPECT_TRUE(form.has("Ferie") && form.has("Alle 2 parter") && form.has("Rådet"));
    EXPECT_EQ(row(id).state, "skipped") << "looking changes nothing";
    const auto after = karen.follow(karen.post(address + "/fortryd", {{"whom", "all"}}));
    EXPECT_TRUE(after.has("Påmindelsen er planlagt igen"));
    EXPECT_FALSE(after.has("Ferie"));
    EXPECT_TRUE(after.has("href=\"" + address + "\"")) << "it can be skipped or moved again";
    EXPECT_TRUE(karen.get("/kontor/journal").has("Fortrød, at en påmindelse blev sprunget over"));
    EXPECT_EQ(karen.get(address + "/fortryd").status, 409);
    EXPECT_EQ(karen.get(plan + "/4711/fortryd").status, 404);
}

TEST_F(ReminderPages, LetAColleagueChooseHowToBeTold) {
    EXPECT_TRUE(karen.get("/kontor").has("href=\"/kontor/mig\""));
    EXPECT_TRUE(karen.get("/kontor/mig").has("Samlet om morgenen"));
    const auto refused = karen.post("/kontor/mig", {{"language", "da"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.has("Vælg, hvornår du vil have besked"));
    const auto saved = karen.follow(karen.post("/kontor/mig", {{"notify", "at_once"}, {"language", "en"}}));
    EXPECT_TRUE(saved.has("Your settings are saved"));
    const auto user = world.database.read(
        [](sqlite::ReadTx& tx) { return sqlite::findUserByEmail(tx, "secretariat@hoering.example"); });
    EXPECT_EQ(user->notify, Notify::atOnce);
    EXPECT_EQ(user->language, "en");
    // A reader is told of nothing: only the language is asked for.
    testing::Visitor reader = world.staff(Role::reader);
    EXPECT_FALSE(reader.get("/kontor/mig").has("name=\"notify\""));
    EXPECT_TRUE(reader.follow(reader.post("/kontor/mig", {{"language", "da"}})).has("Dine indstillinger er gemt"));
}

} // namespace
} // namespace hoering

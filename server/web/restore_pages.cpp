// A step skipped by hand is planned again: who is concerned, and the button that does it.
// Not here: skipping and moving (adjust_pages), the rule (server/usecases/restore_reminders.h).
#include "usecases/restore_reminders.h"

#include "web/components.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/problem.h"
#include "web/reminder_words.h"

namespace hoering::web::edit_pages {
namespace {

std::string listHref(std::int64_t consultation) { return consultationHref(consultation, "/paamindelser"); }

Result<RestorePlan> planHere(Desk& desk) {
    const auto consultation = desk.id(0), reminder = desk.id(1);
    if (!consultation || !reminder) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    return desk.read(
        [&](sqlite::ReadTx& tx) { return planRestoration(tx, desk.office(), *consultation, *reminder, desk.now); });
}

Markup concerned(const text::Words& words, const RestorePlan& plan) {
    std::vector<std::vector<Markup>> rows;
    for (const auto& each : plan.concerned)
        rows.push_back(
            {join(each.reminder.partyName), join(localWords(words, toLocal(each.reminder.due))),
             join(each.whyNot.empty() ? "" : words("page.restore.anyway", {{"reason", words(each.whyNot)}}))});
    return table(words("page.adjust.concerned"),
                 {{words("label.party")}, {words("page.adjust.after")}, {words("label.remark")}}, rows);
}

} // namespace

http::Reply restoreForm(Desk& desk) {
    const auto plan = planHere(desk);
    if (!plan) return problemPage(desk, plan.error());
    const auto& words = desk.words;
    const auto& about = plan->consultation;
    Page made = officePage(desk, words("page.restore.title"));
    made.crumbs = {{words("page.today.title"), "/kontor"},
                   {about.text.title, consultationHref(about.id)},
                   {words("tab.reminders"), listHref(about.id)},
                   {made.title, ""}};
    made.lead = about.text.title;
    made.content = web::facts({{words("label.reminder"), join(stepWords(words, std::string_view(plan->chosen.step)))},
                               {words("page.restore.skipped_because"), join(plan->chosen.reason)}}) +
                   concerned(words, *plan);
    const Form form(words);
    const auto n = static_cast<long long>(plan->concerned.size());
    Markup whom;
    if (n > 1)
        whom = radios(form, "whom", words("label.adjust_whom"),
                      {{"all", words.count("choice.all_skipped", n), ""},
                       {"one", words("choice.one_of_step", {{"party", plan->chosen.partyName}}), ""}},
                      "all");
    made.content += postForm(desk, listHref(about.id) + "/" + std::to_string(plan->chosen.id) + "/fortryd", whom,
                             el("p", {{"class", "row"}}, submitButton(words("button.restore_reminder")),
                                linkButton(words("button.cancel"), listHref(about.id), ButtonKind::secondary)));
    return page(desk, made);
}

http::Reply restore(Desk& desk) {
    const auto consultation = desk.id(0), reminder = desk.id(1);
    if (!consultation || !reminder) return notFoundPage(desk);
    const auto done = desk.write([&](sqlite::Tx& tx) {
        return restoreReminders(tx, desk.office(), desk.user().actor(), *consultation, *reminder,
                                desk.field("whom") == "all");
    });
    return done ? back(listHref(*consultation), "reminder_restored") : problemPage(desk, done.error());
}

} // namespace hoering::web::edit_pages

// The plan of reminders while it is a draft, with the dates it leads to; after the sending what became of each.
#include "sqlite/reminders.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/problem.h"

namespace hoering::web::edit_pages {
namespace {

constexpr std::size_t mostSteps = 10, spareRows = 2;

std::string nth(const char* name, std::size_t n) { return std::string(name) + "_" + std::to_string(n); }

/// "10 hverdage før svarfristen, kl. 9.00"
std::string stepWords(const text::Words& words, const ReminderStep& step) {
    const std::string time = words.timeOfDay(step.time);
    if (step.days == 0) return words("page.reminders.last_day", {{"time", time}});
    return words(
        "page.reminders.step",
        {{"days", words.count(step.workingDays ? "count.workdays" : "count.days", step.days)}, {"time", time}});
}

Markup stepRow(const Form& form, std::size_t n, const ReminderStep* step) {
    const auto& words = form.words();
    const std::vector<Choice> units{{"workdays", words("choice.workdays"), ""}, {"days", words("choice.days"), ""}};
    const std::string days = step ? std::to_string(step->days) : "";
    Markup fields =
        textField(form, {nth("days", n), words("label.days_before"), "", false, "text", "", 4, "numeric"}, days) +
        selectField(form, {nth("unit", n), words("label.counted_in"), "", true}, units,
                    !step || step->workingDays ? "workdays" : "days") +
        textField(form, {nth("time", n), words("label.time_of_day"), "", true, "text", "", 6, ""},
                  step ? typedTime(step->time) : "09.00");
    return el("fieldset", {{"class", "form-group"}},
              el("legend", {{"class", "form-label"}}, words("page.reminders.nth", {{"n", std::to_string(n + 1)}})),
              el("div", {{"class", "row"}}, fields));
}

Markup preview(const Desk& desk, const ConsultationDesk& about) {
    const auto& words = desk.words;
    const auto& deadline = about.consultation.text.deadline;
    if (!deadline)
        return el("p", {}, words("page.reminders.no_deadline"), " ",
                  link(words("button.choose_deadline"), mendHref(about.consultation.id, "deadline_date")));
    const auto planned = planReminders(about.steps, *deadline, desk.now.instant);
    Markup items;
    for (const auto& each : planned)
        items += el("li", {}, words.weekdayDate(dateOf(each.local)) + " " + words.timeOfDay(timeOfDay(each.local)));
    Markup out = el("p", {}, words("page.reminders.deadline", {{"deadline", words.deadline(*deadline)}}));
    out += items.empty() ? el("p", {}, words("page.reminders.none_left")) : el("ul", {}, items);
    if (planned.size() < about.steps.size()) out += el("p", {{"class", "quiet"}}, words("page.reminders.left_out"));
    return out;
}

http::Reply showDraft(const Desk& desk, const Form& form, const ConsultationDesk& about, int status) {
    const auto& words = desk.words;
    const auto id = about.consultation.id;
    Page made = stepPage(desk, about, Step::reminders);
    made.form = &form;
    made.content += el("p", {}, words("page.reminders.rule"));
    if (mayEdit(desk)) {
        Markup rows;
        const std::size_t count = std::min(mostSteps, about.steps.size() + spareRows);
        for (std::size_t n = 0; n < count; ++n)
            rows += stepRow(form, n, n < about.steps.size() ? &about.steps[n] : nullptr);
        const auto error = form.error("reminders");
        made.content += postForm(desk, stepHref(id, Step::reminders),
                                 el("div", {{"id", "field-reminders"}, {"tabindex", "-1"}},
                                    error ? el("p", {{"class", "form-error-message"}}, *error) : Markup(), rows),
                                 el("p", {{"class", "quiet"}}, words("page.reminders.empty_row")),
                                 el("p", {{"class", "row"}},
                                    submitButton(words("button.save_and_go_on"), ButtonKind::primary, "go", "next"),
                                    submitButton(words("button.save_and_see"), ButtonKind::secondary, "go", "stay")));
    }
    made.content += el("h2", {}, words("page.reminders.preview")) + preview(desk, about);
    return page(desk, made, status);
}

Markup reminderState(const text::Words& words, const sqlite::Reminder& reminder) {
    const Tone tone = reminder.state == "queued" ? Tone::success : Tone::info;
    Markup said = badge(tone, words("reminder_state." + reminder.state));
    if (!reminder.reason.empty())
        said += el("div", {{"class", "quiet"}}, words.has(reminder.reason) ? words(reminder.reason) : reminder.reason);
    return said;
}

http::Reply showSent(Desk& desk, const ConsultationDesk& about) {
    const auto& words = desk.words;
    const auto list = desk.read([&](sqlite::ReadTx& tx) { return sqlite::remindersOf(tx, about.consultation.id); });
    Page made = partPage(desk, about.consultation, Part::reminders);
    made.content += el("p", {}, words("page.reminders.rule"));
    std::vector<std::vector<Markup>> rows;
    for (const auto& each : list) {
        const auto step = reminderStepFrom(each.step);
        rows.push_back({join(each.partyName), join(step ? stepWords(words, *step) : each.step),
                        join(words.moment(each.due)), reminderState(words, each),
                        each.doneAt ? join(words.moment(*each.doneAt)) : Markup()});
    }
    made.content += rows.empty() ? el("p", {}, words("page.reminders.none"))
                                 : table(words("tab.reminders"),
                                         {{words("label.party")},
                                          {words("label.reminder")},
                                          {words("label.due")},
                                          {words("label.state")},
                                          {words("label.done")}},
                                         rows);
    return page(desk, made);
}

} // namespace

http::Reply reminders(Desk& desk) {
    const auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    if (about->consultation.state == ConsultationState::draft) return showDraft(desk, Form(desk.words), *about, 200);
    return showSent(desk, *about);
}

http::Reply saveReminders(Desk& desk) {
    const auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    const auto id = about->consultation.id;
    std::vector<ReminderStepInput> steps;
    for (std::size_t n = 0; n < mostSteps + spareRows && desk.request.has(nth("days", n)); ++n)
        steps.push_back({std::string(desk.field(nth("days", n))), std::string(desk.field(nth("unit", n))),
                         std::string(desk.field(nth("time", n)))});
    const auto saved = desk.write([&](sqlite::Tx& tx) { return saveReminderPlan(tx, desk.user().actor(), id, steps); });
    if (saved) return back(stepHref(id, desk.field("go") == "stay" ? Step::reminders : Step::check), "reminders_saved");
    if (saved.error().kind != ErrorKind::invalid) return problemPage(desk, saved.error());
    return showDraft(desk, Form(desk.words, desk.request, saved.error()), *about, statusOf(saved.error().kind));
}

} // namespace hoering::web::edit_pages

// The plan of reminders while it is a draft, with the dates it leads to; after the sending what became of each.
#include <algorithm>
#include <tuple>

#include "sqlite/reminders.h"
#include "usecases/restore_reminders.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/meanwhile.h"
#include "web/office_parts.h"
#include "web/problem.h"
#include "web/reminder_words.h"
#include "web/upcoming_view.h"

namespace hoering::web::edit_pages {
namespace {

constexpr std::size_t mostSteps = 10, spareRows = 2;

std::string nth(const char* name, std::size_t n) { return std::string(name) + "_" + std::to_string(n); }

Markup stepFields(const Form& form, const std::string& days, const std::string& unit, const std::string& time,
                  const ReminderStep* step, bool after) {
    const auto& words = form.words();
    const std::vector<Choice> units{{"workdays", words(after ? "choice.workdays_after" : "choice.workdays"), ""},
                                    {"days", words(after ? "choice.days_after" : "choice.days"), ""}};
    return el(
        "div", {{"class", "row"}},
        textField(form,
                  {days, words(after ? "label.days_after" : "label.days_before"), "", false, "text", "", 4, "numeric"},
                  step ? std::to_string(step->days) : ""),
        selectField(form, {unit, words("label.counted_in"), "", true}, units,
                    !step || step->workingDays ? "workdays" : "days"),
        textField(form, {time, words("label.time_of_day"), "", true, "text", "", 6, ""},
                  step ? typedTime(step->time) : "09.00"));
}

Markup stepRow(const Form& form, std::size_t n, const ReminderStep* step) {
    return el(
        "fieldset", {{"class", "form-group"}},
        el("legend", {{"class", "form-label"}}, form.words()("page.reminders.nth", {{"n", std::to_string(n + 1)}})),
        stepFields(form, nth("days", n), nth("unit", n), nth("time", n), step, false));
}

/// The one step after the deadline, and how an answer can be sent then.
Markup afterStep(const Form& form, const ReminderStep* step, const std::string& lateAnswers) {
    const auto& words = form.words();
    const auto error = form.error("after");
    return el(
        "fieldset", {{"class", "form-group"}, {"id", "field-after"}, {"tabindex", "-1"}},
        el("legend", {{"class", "form-label"}}, words("page.reminders.after")),
        el("p", {{"class", "quiet"}}, words("page.reminders.after_rule")),
        error ? el("p", {{"class", "form-error-message"}}, *error) : Markup(),
        stepFields(form, "after_days", "after_unit", "after_time", step, true),
        textArea(form, {"late_answers", words("label.late_answers"), words("hint.late_answers")}, 3, lateAnswers));
}

Markup preview(const Desk& desk, const ConsultationDesk& about, const ReminderRules& rules) {
    const auto& words = desk.words;
    const auto& deadline = about.consultation.text.deadline;
    if (!deadline)
        return el("p", {}, words("page.reminders.no_deadline"), " ",
                  link(words("button.choose_deadline"), mendHref(about.consultation.id, "deadline_date")));
    const auto planned = planReminders(about.reminders.steps, *deadline, desk.now.instant);
    Markup items;
    for (const auto& each : planned)
        items +=
            el("li", {}, localWords(words, each.local) + (each.after ? " " + words("page.reminders.after_mark") : ""));
    Markup out = el("p", {}, words("page.reminders.deadline", {{"deadline", words.deadline(*deadline)}}));
    out += items.empty() ? el("p", {}, words("page.reminders.none_left")) : el("ul", {}, items);
    const bool after = !planned.empty() && planned.back().after;
    if (after && !about.consultation.text.acceptLate && rules.lateAnswers.empty())
        out += alert(Tone::warning, words("page.reminders.after_unused"),
                     el("p", {}, words("page.reminders.after_unused_text")), 3);
    if (planned.size() < about.reminders.steps.size())
        out += el("p", {{"class", "quiet"}}, words("page.reminders.left_out"));
    return out;
}

/// The plan as it is stored. What was typed stands in the form, so all of it is shown.
std::vector<Beside> storedPlan(const text::Words& words, const ReminderPlan& plan) {
    std::string steps;
    for (const auto& step : plan.steps) steps += (steps.empty() ? "" : "\n") + stepWords(words, step);
    return {{words("tab.reminders"), steps, ""},
            {words("label.late_answers"), plan.rules.lateAnswers, ""},
            {words("label.remind_drafting"), words(plan.rules.remindDrafting ? "choice.yes" : "choice.no"), ""}};
}

http::Reply showDraft(Desk& desk, const Form& form, const ConsultationDesk& about, int status) {
    const auto& words = desk.words;
    const auto id = about.consultation.id;
    const auto& rules = about.reminders.rules;
    Page made = stepPage(desk, about, Step::reminders);
    made.form = &form;
    made.content += el("p", {}, words("page.reminders.rule"));
    if (mayEdit(desk)) {
        std::vector<const ReminderStep*> before;
        const ReminderStep* after = nullptr;
        for (const auto& step : about.reminders.steps)
            if (step.after) after = &step;
            else before.push_back(&step);
        Markup rows;
        const std::size_t count = std::min(mostSteps, before.size() + spareRows);
        for (std::size_t n = 0; n < count; ++n) rows += stepRow(form, n, n < before.size() ? before[n] : nullptr);
        const auto error = form.error("reminders");
        made.content += meanwhileBox(desk, form, {id, {}, {"reminders.planned"}}, storedPlan(words, about.reminders));
        made.content += postForm(
            desk, stepHref(id, Step::reminders), shownField(form, shownOf(about.reminders)),
            el("div", {{"id", "field-reminders"}, {"tabindex", "-1"}},
               error ? el("p", {{"class", "form-error-message"}}, *error) : Markup(), rows),
            el("p", {{"class", "quiet"}}, words("page.reminders.empty_row")), afterStep(form, after, rules.lateAnswers),
            checkBox(form, "remind_drafting", words("label.remind_drafting"), rules.remindDrafting,
                     words("hint.remind_drafting")),
            el("p", {{"class", "row"}},
               ownButtons(form, submitButton(words("button.save_and_go_on"), ButtonKind::primary, "go", "next") +
                                    submitButton(words("button.save_and_see"), ButtonKind::secondary, "go", "stay"))),
            saveOverButton(form, shownOf(about.reminders)));
    }
    made.content += el("h2", {}, words("page.reminders.preview")) + preview(desk, about, rules);
    return page(desk, made, status);
}

Markup reminderState(const text::Words& words, const sqlite::Reminder& reminder) {
    const Tone tone = reminder.state == "queued" ? Tone::success : Tone::info;
    Markup said = badge(tone, words("reminder_state." + reminder.state));
    const bool moved = !reminder.movedFrom.empty() && reminder.movedFrom != reminder.dueLocal;
    if (moved)
        said +=
            el("div", {{"class", "quiet"}},
               words("page.reminders.moved_from", {{"from", localWords(words, std::string_view(reminder.movedFrom))}}));
    if (!reminder.reason.empty()) said += el("div", {{"class", "quiet"}}, reasonWords(words, reminder.reason));
    return said;
}

/// What can be done about one that is planned, or that was skipped by hand.
Markup actOn(const Desk& desk, const ConsultationDesk& about, const sqlite::Reminder& each) {
    if (!mayEdit(desk)) return {};
    const bool skipped = std::any_of(about.parties.begin(), about.parties.end(), [&](const Party& party) {
        return party.id == each.party && mayBeRestored(about.consultation, party, each, desk.now.instant);
    });
    if (each.state != "planned" && !skipped) return {};
    const std::string href = consultationHref(each.consultation, "/paamindelser/" + std::to_string(each.id));
    return el("a", {{"href", href + (skipped ? "/fortryd" : "")}},
              desk.t(skipped ? "button.restore_reminder" : "button.adjust_reminder"),
              el("span", {{"class", "sr-only"}},
                 " " + each.partyName + ", " + stepWords(desk.words, std::string_view(each.step))));
}

http::Reply showSent(Desk& desk, const ConsultationDesk& about) {
    const auto& words = desk.words;
    const auto id = about.consultation.id;
    const auto [list, steps, rules] = desk.read([&](sqlite::ReadTx& tx) {
        return std::tuple(sqlite::remindersOf(tx, id), upcomingMail(tx, desk.office(), desk.now, upcomingDays, id),
                          sqlite::reminderRulesOf(tx, id));
    });
    Page made = partPage(desk, about.consultation, Part::reminders);
    made.content += el("p", {}, words("page.reminders.rule"));
    if (!rules.remindDrafting) made.content += el("p", {}, words("page.reminders.spares_drafts"));
    made.content += el("h2", {}, words("page.upcoming.title")) + upcomingView(desk, steps, 3, false);
    std::vector<std::vector<Markup>> rows;
    for (const auto& each : list)
        rows.push_back(
            {join(each.partyName), join(stepWords(words, std::string_view(each.step))), join(words.moment(each.due)),
             reminderState(words, each),
             (each.doneAt ? el("div", {}, words.moment(*each.doneAt)) : Markup()) + actOn(desk, about, each)});
    made.content += el("h2", {}, words("page.reminders.all"));
    made.content += rows.empty() ? el("p", {}, words("page.reminders.none"))
                                 : table(words("page.reminders.all"),
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
    auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    const auto id = about->consultation.id;
    std::vector<ReminderStepInput> steps;
    for (std::size_t n = 0; n < mostSteps + spareRows && desk.request.has(nth("days", n)); ++n)
        steps.push_back({std::string(desk.field(nth("days", n))), std::string(desk.field(nth("unit", n))),
                         std::string(desk.field(nth("time", n)))});
    steps.push_back({std::string(desk.field("after_days")), std::string(desk.field("after_unit")),
                     std::string(desk.field("after_time")), true});
    const ReminderRulesInput rules{desk.request.has("remind_drafting"), std::string(desk.field("late_answers"))};
    const auto saved = desk.write(
        [&](sqlite::Tx& tx) { return saveReminderPlan(tx, desk.user().actor(), id, steps, rules, shownBy(desk)); });
    if (saved) return back(stepHref(id, desk.field("go") == "stay" ? Step::reminders : Step::check), "reminders_saved");
    const Error& refusal = saved.error();
    if (refusal.kind == ErrorKind::conflict) about = consultationHere(desk); // as it stands by now
    if (!about || (refusal.kind != ErrorKind::invalid && refusal.kind != ErrorKind::conflict))
        return problemPage(desk, refusal);
    return showDraft(desk, Form(desk.words, desk.request, refusal), *about, statusOf(refusal.kind));
}

} // namespace hoering::web::edit_pages

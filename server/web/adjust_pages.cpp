// A planned step is skipped or moved: the form, who is concerned, done. Nothing is stored before the last button.
#include "sqlite/reminders.h"
#include "usecases/adjust_reminders.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/problem.h"
#include "web/reminder_words.h"

namespace hoering::web::edit_pages {
namespace {

struct Here {
    Consultation about;
    sqlite::Reminder chosen;
    std::size_t parties = 1; // that get this step at this time
};

std::optional<Here> reminderHere(Desk& desk) {
    const auto consultation = desk.id(0), reminder = desk.id(1);
    if (!consultation || !reminder) return std::nullopt;
    return desk.read([&](sqlite::ReadTx& tx) -> std::optional<Here> {
        auto chosen = sqlite::findReminder(tx, *reminder);
        auto about = loadConsultation(tx, *consultation);
        if (!chosen || !about || chosen->consultation != *consultation) return std::nullopt;
        const std::size_t parties = chosen->state == "planned" ? sameStep(tx, *chosen).size() : 1;
        return Here{std::move(about->consultation), std::move(*chosen), parties};
    });
}

std::string hrefOf(const Here& here) {
    return consultationHref(here.about.id, "/paamindelser/" + std::to_string(here.chosen.id));
}

AdjustInput inputOf(const Desk& desk) {
    const auto field = [&](std::string_view name) { return std::string(desk.field(name)); };
    return {field("what"), field("whom"), field("date"), field("time"), field("which"), field("reason")};
}

Page adjustPage(const Desk& desk, const Here& here, std::string title) {
    Page made = officePage(desk, std::move(title));
    made.crumbs = {{desk.t("page.today.title"), "/kontor"},
                   {here.about.text.title, consultationHref(here.about.id)},
                   {desk.t("tab.reminders"), consultationHref(here.about.id, "/paamindelser")},
                   {made.title, ""}};
    made.lead = here.about.text.title;
    return made;
}

/// The question about the hour that exists twice: only once it has been asked.
Markup whichHour(const Form& form) {
    bool ask = !form.value("which").empty();
    if (form.refusal())
        for (const auto& each : form.refusal()->fields) ask = ask || each.field == "which";
    if (!ask) return {};
    const auto& words = form.words();
    return radios(form, "which", words("label.deadline_which"),
                  {{"1", words("choice.deadline_first"), ""}, {"2", words("choice.deadline_second"), ""}}, "");
}

http::Reply showForm(const Desk& desk, const Here& here, const Form& form, int status) {
    const auto& words = desk.words;
    Page made = adjustPage(desk, here, words("page.adjust.title"));
    made.form = &form;
    made.content =
        web::facts({{words("label.reminder"), join(stepWords(words, std::string_view(here.chosen.step)))},
                    {words("label.due"), join(localWords(words, toLocal(here.chosen.due)))},
                    {words("label.party"), join(here.parties == 1 ? here.chosen.partyName : std::string())}});
    Markup fields = radios(form, "what", words("label.adjust_what"),
                           {{"skip", words("choice.skip_reminder"), words("hint.skip_reminder")},
                            {"move", words("choice.move_reminder"), words("hint.move_reminder")}},
                           "");
    if (here.parties > 1)
        fields += radios(form, "whom", words("label.adjust_whom"),
                         {{"all", words.count("choice.all_of_step", static_cast<long long>(here.parties)), ""},
                          {"one", words("choice.one_of_step", {{"party", here.chosen.partyName}}), ""}},
                         "all");
    fields += textField(form, {"date", words("label.new_date"), words("hint.new_date"), false, "text", "", 20, ""},
                        typedDate(dateOf(toLocal(here.chosen.due)))) +
              textField(form, {"time", words("label.time_of_day"), "", false, "text", "", 6, ""},
                        typedTime(timeOfDay(toLocal(here.chosen.due)))) +
              whichHour(form) +
              textField(form, {"reason", words("label.reason"), words("hint.adjust_reason"), true, "text", "", 0, ""});
    made.content += postForm(desk, hrefOf(here), fields,
                             el("p", {{"class", "row"}},
                                submitButton(words("button.act_preview"), ButtonKind::primary, "step", "preview"),
                                linkButton(words("button.cancel"), consultationHref(here.about.id, "/paamindelser"),
                                           ButtonKind::secondary)));
    return page(desk, made, status);
}

Markup concerned(const text::Words& words, const AdjustPlan& plan) {
    std::vector<std::vector<Markup>> rows;
    for (const auto& each : plan.concerned)
        rows.push_back(
            {join(each.reminder.partyName), join(localWords(words, toLocal(each.reminder.due))),
             plan.skip ? join(words("page.adjust.none")) : join(localWords(words, plan.local)),
             join(each.whyNot.empty() ? "" : words("page.adjust.anyway", {{"reason", words(each.whyNot)}}))});
    return table(
        words("page.adjust.concerned"),
        {{words("label.party")}, {words("page.adjust.before")}, {words("page.adjust.after")}, {words("label.remark")}},
        rows);
}

http::Reply showPreview(const Desk& desk, const Here& here, const AdjustInput& input, const AdjustPlan& plan,
                        const Error* refusal, int status) {
    const auto& words = desk.words;
    Page made = adjustPage(desk, here, words(plan.skip ? "page.adjust.skip_title" : "page.adjust.move_title"));
    if (refusal)
        made.content += alert(Tone::warning, words("page.act.look_again"),
                              el("p", {}, words.sentence(refusal->key, refusal->args)));
    made.content += findingList(words, plan.findings, [](const std::string&) { return std::string(); });
    const auto n = static_cast<long long>(plan.concerned.size());
    made.content += el("p", {},
                       plan.skip ? words.count("page.adjust.skips", n)
                                 : words.count("page.adjust.moves", n, {{"to", localWords(words, plan.local)}})) +
                    web::facts({{words("label.reminder"), join(stepWords(words, std::string_view(plan.chosen.step)))},
                                {words("label.reason"), join(plan.reason)}}) +
                    concerned(words, plan);
    Markup typed;
    for (const auto& [name, value] :
         {std::pair("what", &input.what), std::pair("whom", &input.whom), std::pair("date", &input.date),
          std::pair("time", &input.time), std::pair("which", &input.which), std::pair("reason", &input.reason)})
        typed += hidden(name, mendUtf8(*value));
    made.content += postForm(desk, hrefOf(here), typed, hidden("fingerprint", plan.fingerprint),
                             el("p", {{"class", "row"}},
                                submitButton(words(plan.skip ? "button.skip_reminder" : "button.move_reminder"),
                                             ButtonKind::primary, "step", "confirm"),
                                submitButton(words("button.act_change"), ButtonKind::secondary, "step", "edit")));
    return page(desk, made, status);
}

} // namespace

http::Reply adjustForm(Desk& desk) {
    const auto here = reminderHere(desk);
    if (!here) return notFoundPage(desk);
    if (here->chosen.state != "planned")
        return problemPage(desk, Error{ErrorKind::closed, "error.reminder.settled", {}, {}});
    return showForm(desk, *here, Form(desk.words), 200);
}

http::Reply adjust(Desk& desk) {
    const auto here = reminderHere(desk);
    if (!here) return notFoundPage(desk);
    const auto id = here->about.id;
    const AdjustInput input = inputOf(desk);
    const auto wanted = desk.field("step");
    static const Error nothing{ErrorKind::invalid, "error.form", {}, {}};
    if (wanted == "edit" && here->chosen.state == "planned")
        return showForm(desk, *here, Form(desk.words, desk.request, nothing), 200);

    std::optional<Error> refusal;
    if (wanted == "confirm") {
        const auto done = desk.write([&](sqlite::Tx& tx) {
            return adjustReminders(tx, desk.office(), desk.user().actor(), id, here->chosen.id, input,
                                   desk.field("fingerprint"));
        });
        if (done) return back(consultationHref(id, "/paamindelser"), "reminder_adjusted");
        refusal = done.error();
    }
    const auto plan = desk.read(
        [&](sqlite::ReadTx& tx) { return planAdjustment(tx, desk.office(), id, here->chosen.id, input, desk.now); });
    if (!plan) {
        if (plan.error().kind == ErrorKind::invalid)
            return showForm(desk, *here, Form(desk.words, desk.request, plan.error()), statusOf(plan.error().kind));
        return problemPage(desk, plan.error());
    }
    return showPreview(desk, *here, input, *plan, refusal ? &*refusal : nullptr,
                       refusal ? statusOf(refusal->kind) : 200);
}

} // namespace hoering::web::edit_pages

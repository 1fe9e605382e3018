// An act's three steps: the form, what it will cause, done. Everything typed travels with the person, nothing is stored
// before the last button.
#include "common/id.h"
#include "usecases/send_test_letter.h"
#include "web/act_forms.h"
#include "web/act_preview.h"
#include "web/handlers.h"
#include "web/letter_view.h"
#include "web/problem.h"

namespace hoering::web::act_pages {
namespace {

constexpr std::string_view ours[] = {"csrf", "step", "read", "html", "test", "fingerprint", "key"};

bool isOurs(std::string_view name) {
    for (const auto each : ours)
        if (each == name) return true;
    return false;
}

ActInput inputOf(const Desk& desk) {
    ActInput input;
    for (const auto& [name, value] : desk.request.form)
        if (!isOurs(name)) input.fields.emplace_back(name, value);
    return input;
}

struct Here {
    ConsultationDesk about;
    const ActForm* form;
};

std::optional<Here> actHere(Desk& desk) {
    const ActForm* form = findActForm(desk.hole(1));
    if (!form) return std::nullopt;
    auto about = consultationHere(desk);
    if (!about) return std::nullopt;
    return Here{std::move(*about), form};
}

std::string nameOf(const Desk& desk, const Here& here) {
    return desk.t("act_name." + std::string(here.form->act->name));
}

Page actPage(const Desk& desk, const Here& here, std::string title) {
    const auto& consultation = here.about.consultation;
    Page made = officePage(desk, std::move(title));
    made.crumbs = {{desk.t("page.today.title"), "/kontor"},
                   {consultation.text.title, consultationHref(consultation.id)},
                   {made.title, ""}};
    made.lead = consultation.text.title;
    return made;
}

Markup hiddenInput(const ActInput& input) {
    Markup out;
    for (const auto& [name, value] : input.fields) out += hidden(name, mendUtf8(value));
    return out;
}

http::Reply showForm(const Desk& desk, const Here& here, const Form& form, int status) {
    const auto id = here.about.consultation.id;
    Page made = actPage(desk, here, nameOf(desk, here));
    made.form = &form;
    made.content = el("p", {}, desk.t("act_lead." + std::string(here.form->act->name)));
    made.content += postForm(desk, actHref(id, here.form->slug), here.form->fields(desk, form, here.about),
                             el("p", {{"class", "row"}},
                                submitButton(desk.t("button.act_preview"), ButtonKind::primary, "step", "preview"),
                                linkButton(desk.t("button.cancel"), consultationHref(id), ButtonKind::secondary)));
    return page(desk, made, status);
}

/// The planned letter to the contact whose id a button of the preview sent, or null.
const Letter* letterNamed(const Desk& desk, const ActPlan& plan, std::string_view button) {
    const auto contact = desk.numberField(button);
    for (const auto& out : plan.letters)
        if (contact != 0 && out.contact == contact) return &out.letter;
    return nullptr;
}

http::Reply showPreview(const Desk& desk, const Here& here, const ActInput& input, const ActPlan& plan,
                        const Error* refusal, int status, std::string_view notice = "") {
    const auto& words = desk.words;
    const auto id = here.about.consultation.id;
    const auto reading = desk.numberField(notice.empty() ? "read" : "test");
    Page made = actPage(desk, here, words("page.act.preview_title", {{"act", nameOf(desk, here)}}));
    made.notice = notice;
    if (refusal)
        made.content += alert(Tone::warning, words("page.act.look_again"),
                              el("p", {}, words.sentence(refusal->key, refusal->args)));
    made.content += findingList(words, plan.findings, [&](const std::string&) { return std::string(); });
    const bool stops = anyStops(plan.findings);
    const bool waits = desk.office().releaseAbove > 0 && plan.letters.size() > desk.office().releaseAbove;
    if (waits)
        made.content +=
            alert(Tone::info, words("page.act.needs_release"), el("p", {}, words("page.act.needs_release_text")));
    Markup buttons;
    if (!stops)
        buttons += submitButton(waits ? words("button.ask_release")
                                      : words.count("button.act_confirm", static_cast<long long>(plan.letters.size()),
                                                    {{"act", nameOf(desk, here)}}),
                                here.form->button, "step", "confirm");
    buttons += submitButton(words("button.act_change"), ButtonKind::secondary, "step", "edit");
    made.content +=
        postForm(desk, actHref(id, here.form->slug), hiddenInput(input), hidden("fingerprint", plan.fingerprint),
                 hidden("key", newKey()), actPreview(desk, plan, reading), el("p", {{"class", "row"}}, buttons));
    return page(desk, made, status);
}

} // namespace

http::Reply form(Desk& desk) {
    const auto here = actHere(desk);
    if (!here) return notFoundPage(desk);
    if (!here->form->offered(here->about.consultation))
        return problemPage(desk, Error{ErrorKind::closed, "error.act.not_now", {}, {}});
    return showForm(desk, *here, Form(desk.words), 200);
}

http::Reply step(Desk& desk) {
    const auto here = actHere(desk);
    if (!here) return notFoundPage(desk);
    const auto id = here->about.consultation.id;
    const ActInput input = inputOf(desk);
    const Act& act = *here->form->act;
    const auto wanted = desk.field("step");
    static const Error nothing{ErrorKind::invalid, "error.form", {}, {}};
    if (wanted == "edit") return showForm(desk, *here, Form(desk.words, desk.request, nothing), 200);

    std::optional<Error> refusal;
    if (wanted == "confirm") {
        const auto done = desk.write([&](sqlite::Tx& tx) {
            return performAct(tx, desk.office(), desk.user(), act, id, input, desk.field("fingerprint"),
                              desk.field("key"));
        });
        if (done) return back(consultationHref(id), done->release ? "release_asked" : "act_done");
        refusal = done.error();
    }
    const auto plan =
        desk.read([&](sqlite::ReadTx& tx) { return planAct(tx, desk.office(), act, id, input, desk.now); });
    if (!plan) {
        if (plan.error().kind == ErrorKind::invalid)
            return showForm(desk, *here, Form(desk.words, desk.request, plan.error()), statusOf(plan.error().kind));
        return problemPage(desk, plan.error());
    }
    if (const auto* letter = letterNamed(desk, *plan, "html"))
        return letterDocument(desk.office().words(letter->language), *letter);
    if (const auto* letter = letterNamed(desk, *plan, "test")) {
        const auto sent = desk.write(
            [&](sqlite::Tx& tx) { return sendTestLetter(tx, desk.office(), desk.user(), *letter, desk.field("key")); });
        if (!sent) return showPreview(desk, *here, input, *plan, &sent.error(), statusOf(sent.error().kind));
        return showPreview(desk, *here, input, *plan, nullptr, 200, "notice.test_sent");
    }
    return showPreview(desk, *here, input, *plan, refusal ? &*refusal : nullptr,
                       refusal ? statusOf(refusal->kind) : 200);
}

} // namespace hoering::web::act_pages

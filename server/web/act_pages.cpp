// An act's three steps: the form, what it will cause, done. Everything typed travels with the person, nothing is stored
// before the last button.
#include "common/id.h"
#include "usecases/act_files.h"
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

/// Files that came with the form are on disk from now on and travel by id. What could not be taken, as errors.
Error keepFiles(Desk& desk, const Here& here) {
    Error trouble{ErrorKind::invalid, "error.form", {}, {}};
    if (here.form->files == ActFiles::none) return trouble;
    for (std::size_t n = 0; n < desk.request.uploads.list.size(); ++n) {
        const auto& upload = desk.request.uploads.list[n];
        if (upload.name.empty() && upload.size == 0) continue; // an empty file field
        const auto file = desk.keepUpload(n, "file");
        if (!file) {
            for (const auto& each : file.error().fields) trouble.fields.push_back(each);
            continue;
        }
        const auto id = std::to_string(desk.write(
            [&](sqlite::Tx& tx) { return keepActFile(tx, desk.user(), here.about.consultation.id, *file); }));
        desk.request.form.emplace_back("file", id);
        if (here.form->files == ActFiles::titled)
            desk.request.form.emplace_back("title_" + id, enclosureTitleFrom(file->name));
    }
    return trouble;
}

/// The form's opening tag: one with files shows how far they are.
Markup actFormOpen(const Desk& desk, const Here& here) {
    const std::string action = actHref(here.about.consultation.id, here.form->slug);
    if (here.form->files == ActFiles::none) return formOpen(desk, action);
    return formOpen(desk, action, true,
                    {{"data-progress", "upload-progress"},
                     {"data-sending", desk.t("page.enclosures.sending")},
                     {"data-failed", desk.t("page.enclosures.failed")},
                     {"data-kept", desk.t("page.upload.kept")},
                     {"data-label", desk.t("label.files")}});
}

Markup hiddenInput(const ActInput& input) {
    Markup out;
    for (const auto& [name, value] : input.fields) out += hidden(name, mendUtf8(value));
    return out;
}

/// The form: empty, with what is wrong, or taken up again, when nothing is.
http::Reply showForm(const Desk& desk, const Here& here, const Form& form, int status) {
    const auto id = here.about.consultation.id;
    Page made = actPage(desk, here, nameOf(desk, here));
    if (form.refusal() && !form.refusal()->fields.empty()) made.form = &form;
    made.content = el("p", {}, desk.t("act_lead." + std::string(here.form->act->name)));
    made.content += actFormOpen(desk, here) + here.form->fields(desk, form, here.about);
    if (here.form->files != ActFiles::none) made.content += el("div", {{"id", "upload-progress"}}, "");
    made.content +=
        el("p", {{"class", "row"}}, submitButton(desk.t("button.act_preview"), ButtonKind::primary, "step", "preview"),
           linkButton(desk.t("button.cancel"), consultationHref(id, here.form->after), ButtonKind::secondary)) +
        closeTag("form");
    return page(desk, made, status);
}

std::string confirmLabel(const Desk& desk, const Here& here, const ActPlan& plan) {
    const std::string own = "button.confirm." + std::string(here.form->act->name);
    if (desk.words.has(own)) return desk.t(own);
    if (plan.letters.empty()) return nameOf(desk, here);
    return desk.words.count("button.act_confirm", static_cast<long long>(plan.letters.size()),
                            {{"act", nameOf(desk, here)}});
}

http::Reply showPreview(Desk& desk, const Here& here, const ActInput& input, const ActPlan& plan, const Error* refusal,
                        int status, std::string_view notice = "") {
    const auto& words = desk.words;
    const auto id = here.about.consultation.id;
    const auto reading = desk.numberField(notice.empty() ? "read" : "test");
    Page made = actPage(desk, here, words("page.act.preview_title", {{"act", nameOf(desk, here)}}));
    made.notice = notice;
    if (refusal)
        made.content += alert(Tone::warning, words("page.act.look_again"),
                              el("p", {}, words.sentence(refusal->key, refusal->args)));
    made.content += waitingReleasesBox(desk, id) + planFindings(desk, plan);
    const bool stops = anyStops(plan.findings);
    const bool waits = desk.office().releaseAbove > 0 && plan.letters.size() > desk.office().releaseAbove;
    if (waits)
        made.content +=
            alert(Tone::info, words("page.act.needs_release"), el("p", {}, words("page.act.needs_release_text")));
    Markup buttons;
    if (!stops)
        buttons += submitButton(waits ? words("button.ask_release") : confirmLabel(desk, here, plan), here.form->button,
                                "step", "confirm");
    buttons += submitButton(words("button.act_change"), ButtonKind::secondary, "step", "edit");
    made.content +=
        postForm(desk, actHref(id, here.form->slug), hiddenInput(input), hidden("fingerprint", plan.fingerprint),
                 hidden("key", newKey()), actPreview(desk, plan, reading), stops ? Markup() : decision(desk, plan),
                 el("p", {{"class", "row"}}, buttons));
    return page(desk, made, status);
}

} // namespace

http::Reply form(Desk& desk) {
    const auto here = actHere(desk);
    if (!here) return notFoundPage(desk);
    if (!here->form->offered(here->about.consultation))
        return problemPage(desk, Error{ErrorKind::closed, "error.act.not_now", {}, {}});
    if (here->form->refused)
        if (const auto why = here->form->refused(desk, here->about)) return problemPage(desk, *why);
    return showForm(desk, *here, Form(desk.words), 200);
}

http::Reply step(Desk& desk) {
    const auto here = actHere(desk);
    if (!here) return notFoundPage(desk);
    const auto id = here->about.consultation.id;
    const Error notTaken = keepFiles(desk, *here);
    if (!notTaken.fields.empty())
        return showForm(desk, *here, Form(desk.words, desk.request, notTaken), statusOf(notTaken.kind));
    const ActInput input = inputOf(desk);
    const Act& act = *here->form->act;
    const auto wanted = desk.field("step");
    static const Error nothing{ErrorKind::invalid, "error.form", {}, {}};
    if (wanted == "edit") return showForm(desk, *here, Form(desk.words, desk.request, nothing), 200);

    std::optional<Error> refusal;
    if (wanted == "confirm") {
        if (domainsStop(desk, act, id, input)) refusal = Error{ErrorKind::invalid, "error.act.stopped", {}, {}};
        else {
            const auto done = desk.write([&](sqlite::Tx& tx) {
                return performAct(tx, desk.office(), desk.user(), act, id, input, desk.field("fingerprint"),
                                  desk.field("key"));
            });
            const std::string where = consultationHref(id, here->form->after);
            if (done) return done->release ? back(where, "release_asked") : backFromAct(where, done->mailing);
            refusal = done.error();
        }
    }
    const auto plan = planWithDomains(desk, act, id, input);
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

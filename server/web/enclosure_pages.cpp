// The enclosures of a draft: several files at once, in order, each with a title of its own.
#include "web/components.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/problem.h"

namespace hoering::web::edit_pages {
namespace {

/// A title that can be changed where it stands. Only the one being mended has the id the error summary points at.
Markup titleForm(const Desk& desk, const Form& form, std::int64_t id, const Enclosure& each, bool mended) {
    const std::string field = mended ? "field-enclosure_title" : "field-enclosure_title-" + std::to_string(each.id);
    const auto error = mended ? form.error("enclosure_title") : std::nullopt;
    Markup input =
        el("label", {{"class", "sr-only"}, {"for", field}}, desk.t("label.title_of", {{"file", each.file.name}}));
    if (error) input += el("span", {{"class", "form-error-message"}, {"id", field + "-error"}}, *error);
    std::vector<Attr> attrs{{"class", "form-input"},
                            {"type", "text"},
                            {"id", field},
                            {"name", "enclosure_title"},
                            {"value", mended ? form.value("enclosure_title", each.title) : each.title}};
    if (error) {
        attrs.emplace_back("aria-describedby", field + "-error");
        attrs.emplace_back("aria-invalid", "true");
    }
    return formOpen(desk, stepHref(id, Step::enclosures) + "/" + std::to_string(each.id) + "/omdoeb", false,
                    {{"class", "row"}}) +
           el("div", {}, input, voidEl("input", attrs)) +
           submitButton(desk.t("button.save_title"), ButtonKind::secondary) + closeTag("form");
}

/// A button whose visible word is short; whom it is about is said to those who do not see the row.
Markup actButton(const Desk& desk, const std::string& action, std::string_view label, const std::string& about) {
    return formOpen(desk, action) +
           el("button", {{"class", "button button-tertiary"}, {"type", "submit"}}, label,
              el("span", {{"class", "sr-only"}}, " " + about)) +
           closeTag("form");
}

Markup enclosureTable(const Desk& desk, const Form& form, const ConsultationDesk& about, std::int64_t mended) {
    const auto& words = desk.words;
    const auto id = about.consultation.id;
    std::vector<std::vector<Markup>> rows;
    for (const auto& each : about.enclosures) {
        const std::string here = stepHref(id, Step::enclosures) + "/" + std::to_string(each.id);
        Markup acts;
        if (&each != &about.enclosures.front())
            acts += actButton(desk, here + "/op", words("button.move_up"), each.title);
        acts += actButton(desk, here + "/fjern", words("button.remove"), each.title);
        rows.push_back({titleForm(desk, form, id, each, each.id == mended), fileLink(words, each.file, here),
                        el("div", {{"class", "row"}}, acts)});
    }
    return table(words("page.enclosures.list"),
                 {{words("label.enclosure_title")}, {words("label.file")}, {words("label.acts")}}, rows);
}

http::Reply show(const Desk& desk, const Form& form, const ConsultationDesk& about, std::int64_t mended, int status) {
    const auto& words = desk.words;
    const auto id = about.consultation.id;
    Page made = stepPage(desk, about, Step::enclosures);
    made.form = &form;
    made.content += about.enclosures.empty() ? el("p", {}, words("page.enclosures.none"))
                                             : enclosureTable(desk, form, about, mended);
    made.content +=
        el("h2", {}, words("page.enclosures.add")) +
        formOpen(desk, stepHref(id, Step::enclosures), true,
                 {{"data-progress", "upload-progress"},
                  {"data-sending", words("page.enclosures.sending")},
                  {"data-failed", words("page.enclosures.failed")},
                  {"data-label", words("page.enclosures.add")}}) +
        fileField(form,
                  {"file", words("label.choose_files"),
                   words("hint.choose_files", {{"max", std::to_string(desk.settings().uploads.fileMegabytes)}}), true},
                  true, acceptedFiles) +
        el("div", {{"id", "upload-progress"}}, "") +
        submitButton(words("button.add_files"),
                     about.enclosures.empty() ? ButtonKind::primary : ButtonKind::secondary) +
        closeTag("form");
    made.content +=
        el("p", {{"class", "row"}},
           linkButton(words("button.go_on_to", {{"step", words("step.parties")}}), stepHref(id, Step::parties),
                      about.enclosures.empty() ? ButtonKind::secondary : ButtonKind::primary));
    return page(desk, made, status);
}

struct Here {
    std::int64_t id = 0, enclosure = 0;
};
std::optional<Here> here(const Desk& desk) {
    const auto id = desk.id(0), enclosure = desk.id(1);
    if (!id || !enclosure) return std::nullopt;
    return Here{*id, *enclosure};
}

template <class Act> http::Reply change(Desk& desk, std::string_view notice, Act&& act) {
    const auto at = here(desk);
    if (!at) return notFoundPage(desk);
    const Result<Done> done = desk.write([&](sqlite::Tx& tx) { return act(tx, *at); });
    if (done) return back(stepHref(at->id, Step::enclosures), notice);
    if (done.error().kind != ErrorKind::invalid) return problemPage(desk, done.error());
    const auto about = consultationHere(desk);
    return show(desk, Form(desk.words, desk.request, done.error()), *about, at->enclosure, statusOf(done.error().kind));
}

} // namespace

http::Reply enclosures(Desk& desk) {
    const auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    if (about->consultation.state != ConsultationState::draft)
        return http::Reply::seeOther(consultationHref(about->consultation.id));
    return show(desk, Form(desk.words), *about, 0, 200);
}

http::Reply addEnclosures(Desk& desk) {
    auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    const auto id = about->consultation.id;
    Error trouble{ErrorKind::invalid, "error.form", {}, {}};
    int kept = 0;
    for (std::size_t n = 0; n < desk.request.uploads.list.size(); ++n) {
        const auto& upload = desk.request.uploads.list[n];
        if (upload.name.empty() && upload.size == 0) continue; // an empty file field
        const auto file = desk.keepUpload(n, "file");
        if (!file) {
            for (const auto& each : file.error().fields) trouble.fields.push_back(each);
            continue;
        }
        const auto added =
            desk.write([&](sqlite::Tx& tx) { return addEnclosure(tx, desk.user().actor(), id, *file, ""); });
        if (added) {
            ++kept;
            continue;
        }
        if (added.error().kind != ErrorKind::invalid) return problemPage(desk, added.error());
        trouble.fields.push_back({"file", added.error().key, added.error().args});
        break; // there is no room for the rest either
    }
    if (trouble.fields.empty() && kept == 0) trouble.fields.push_back({"file", "error.file.none", {}});
    if (trouble.fields.empty()) return back(stepHref(id, Step::enclosures), "files_added");
    about = consultationHere(desk); // with the good ones
    return show(desk, Form(desk.words, desk.request, trouble), *about, 0, statusOf(trouble.kind));
}

http::Reply renameEnclosure(Desk& desk) {
    return change(desk, "enclosure_renamed", [&](sqlite::Tx& tx, const Here& at) {
        return hoering::renameEnclosure(tx, desk.user().actor(), at.id, at.enclosure, desk.field("enclosure_title"));
    });
}

http::Reply removeEnclosure(Desk& desk) {
    return change(desk, "enclosure_removed", [&](sqlite::Tx& tx, const Here& at) {
        return hoering::removeEnclosure(tx, desk.user().actor(), at.id, at.enclosure);
    });
}

http::Reply moveEnclosureUp(Desk& desk) {
    return change(desk, "enclosure_moved", [&](sqlite::Tx& tx, const Here& at) {
        return hoering::moveEnclosureUp(tx, desk.user().actor(), at.id, at.enclosure);
    });
}

http::Reply enclosureFile(Desk& desk) {
    const auto about = consultationHere(desk);
    const auto wanted = desk.id(1);
    if (about && wanted)
        for (const auto& each : about->enclosures)
            if (each.id == *wanted) return desk.sendFile(each.file);
    return notFoundPage(desk);
}

} // namespace hoering::web::edit_pages

// The enclosures of a draft: several files at once, in order, each with a title of its own.
#include <algorithm>

#include "common/strings.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/meanwhile.h"
#include "web/office_parts.h"
#include "web/problem.h"

namespace hoering::web::edit_pages {
namespace {

constexpr const char* formId = "bilag";

std::string titleName(const Enclosure& each) { return "title_" + std::to_string(each.id); }
std::string shownName(const Enclosure& each) { return "shown_" + std::to_string(each.id); }

/// A title that can be changed where it stands. It belongs to the page's one form, so that every button keeps it.
Markup titleField(const Desk& desk, const Form& form, const Enclosure& each) {
    const std::string name = titleName(each), field = "field-" + name;
    const auto error = form.error(name);
    const bool typed = form.triedBefore() && desk.request.has(name);
    std::vector<Attr> attrs{{"class", "form-input"}, {"type", "text"},
                            {"id", field},           {"name", name},
                            {"form", formId},        {"value", typed ? form.value(name) : each.title}};
    if (error) {
        attrs.emplace_back("aria-describedby", field + "-error");
        attrs.emplace_back("aria-invalid", "true");
    }
    return el("label", {{"class", "sr-only"}, {"for", field}}, desk.t("label.title_of", {{"file", each.file.name}})) +
           (error ? el("span", {{"class", "form-error-message"}, {"id", field + "-error"}}, *error) : Markup()) +
           voidEl("input", {{"type", "hidden"}, {"name", shownName(each)}, {"form", formId}, {"value", each.title}}) +
           el("div", {{"class", "title-field"}}, voidEl("input", attrs),
              submitButton(desk.t("button.save_title"), ButtonKind::secondary, "go", "title",
                           {{"form", formId}, {"formnovalidate", true}}));
}

/// A button whose visible word is short; whom it is about is said to those who do not see the row.
Markup actButton(const Desk& desk, const std::string& action, std::string_view label, const std::string& about,
                 const Markup& more = {}) {
    return formOpen(desk, action) + more +
           el("button", {{"class", "button button-tertiary"}, {"type", "submit"}}, label,
              el("span", {{"class", "sr-only"}}, " " + about)) +
           closeTag("form");
}

Markup enclosureTable(const Desk& desk, const Form& form, const ConsultationDesk& about) {
    const auto& words = desk.words;
    const auto id = about.consultation.id;
    std::vector<std::vector<Markup>> rows;
    for (const auto& each : about.enclosures) {
        const std::string here = stepHref(id, Step::enclosures) + "/" + std::to_string(each.id);
        const auto place = &each - about.enclosures.data();
        Markup acts;
        if (place > 0)
            acts += actButton(desk, here + "/op", words("button.move_up"), each.title,
                              hidden("place", std::to_string(place)));
        acts += actButton(desk, here + "/fjern", words("button.remove"), each.title);
        rows.push_back(
            {titleField(desk, form, each), fileLink(words, each.file, here), el("div", {{"class", "row"}}, acts)});
    }
    return table(words("page.enclosures.list"),
                 {{words("label.enclosure_title")}, {words("label.file")}, {words("label.acts")}}, rows);
}

/// What the send gate will ask about, while the file is at hand.
Markup findingsInFiles(const Desk& desk, const ConsultationDesk& about) {
    std::vector<Finding> found;
    for (const auto& each : about.enclosures) lookAtFile(each.file, found);
    return findingList(desk.words, found, [](const std::string&) { return std::string(); });
}

http::Reply show(const Desk& desk, const Form& form, const ConsultationDesk& about, int status) {
    const auto& words = desk.words;
    const auto id = about.consultation.id;
    Page made = stepPage(desk, about, Step::enclosures);
    made.form = &form;
    made.content +=
        about.enclosures.empty() ? el("p", {}, words("page.enclosures.none")) : enclosureTable(desk, form, about);
    made.content += findingsInFiles(desk, about);
    const bool first = about.enclosures.empty();
    made.content +=
        el("h2", {}, words("page.enclosures.add")) +
        formOpen(desk, stepHref(id, Step::enclosures), true,
                 {{"id", formId},
                  {"data-progress", "upload-progress"},
                  {"data-sending", words("page.enclosures.sending")},
                  {"data-failed", words("page.enclosures.failed")},
                  {"data-kept", words("page.upload.kept")},
                  {"data-label", words("page.enclosures.add")}}) +
        fileField(form,
                  {"file", words("label.choose_files"),
                   words("hint.choose_files", {{"max", std::to_string(desk.settings().uploads.fileMegabytes)}}), true},
                  true, acceptedFiles) +
        el("div", {{"id", "upload-progress"}}, "") +
        el("p", {}, submitButton(words("button.add_files"), first ? ButtonKind::primary : ButtonKind::secondary)) +
        el("p", {{"class", "row"}},
           goOnButton(desk, Step::parties, first ? ButtonKind::secondary : ButtonKind::primary)) +
        closeTag("form");
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

/// Saves the titles that were changed since they were shown, and counts them. What is wrong with one stands at its
/// field.
int saveTitles(Desk& desk, const ConsultationDesk& about, Error& trouble) {
    int saved = 0;
    const auto id = about.consultation.id;
    for (const auto& each : about.enclosures) {
        const std::string name = titleName(each);
        const auto shown = desk.field(shownName(each));
        if (!desk.request.has(name) || desk.field(name) == shown) continue;
        const auto done = desk.write([&](sqlite::Tx& tx) {
            return renameEnclosure(tx, desk.user().actor(), id, each.id, desk.field(name), shown);
        });
        if (done) ++saved;
        else if (done.error().kind == ErrorKind::conflict)
            trouble.fields.push_back(
                {name,
                 "error.enclosure.renamed_meanwhile",
                 {{"title", each.title}, {"who", whoSaved(desk, {id, {}, {"enclosure.renamed"}})}}});
        else
            for (const auto& field : done.error().fields) trouble.fields.push_back({name, field.key, field.args});
    }
    // A title of one that a colleague has removed meanwhile.
    for (const auto& [name, value] : desk.request.form) {
        if (!startsWith(name, "title_") || desk.field("shown_" + name.substr(6)) == value) continue;
        const bool there = std::any_of(about.enclosures.begin(), about.enclosures.end(),
                                       [&](const Enclosure& each) { return titleName(each) == name; });
        if (!there)
            trouble.fields.push_back(
                {"file",
                 "error.enclosure.removed_meanwhile",
                 {{"title", cleanLine(mendUtf8(value))}, {"who", whoSaved(desk, {id, {}, {"enclosure.removed"}})}}});
    }
    return saved;
}

} // namespace

http::Reply enclosures(Desk& desk) {
    const auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    if (about->consultation.state != ConsultationState::draft)
        return http::Reply::seeOther(consultationHref(about->consultation.id));
    return show(desk, Form(desk.words), *about, 200);
}

http::Reply addEnclosures(Desk& desk) {
    auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    const auto id = about->consultation.id;
    Error trouble{ErrorKind::invalid, "error.form", {}, {}};
    const int renamed = saveTitles(desk, *about, trouble);
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
    const auto go = desk.field("go");
    if (trouble.fields.empty() && kept + renamed == 0 && go.empty())
        trouble.fields.push_back({"file", "error.file.none", {}});
    if (trouble.fields.empty()) {
        const std::string where = stepHref(id, go == "next" ? Step::parties : Step::enclosures);
        if (go == "next" && kept + renamed == 0) return http::Reply::seeOther(where);
        return back(where, kept > 1 ? "files_added" : kept == 1 ? "file_added" : "enclosure_renamed");
    }
    about = consultationHere(desk); // with the good ones
    return show(desk, Form(desk.words, desk.request, trouble), *about, statusOf(trouble.kind));
}

http::Reply removeEnclosure(Desk& desk) {
    const auto at = here(desk);
    if (!at) return notFoundPage(desk);
    const auto done = desk.write(
        [&](sqlite::Tx& tx) { return hoering::removeEnclosure(tx, desk.user().actor(), at->id, at->enclosure); });
    return done ? back(stepHref(at->id, Step::enclosures), "enclosure_removed") : problemPage(desk, done.error());
}

http::Reply moveEnclosureUp(Desk& desk) {
    const auto at = here(desk);
    if (!at) return notFoundPage(desk);
    const Result<Done> done = desk.write([&](sqlite::Tx& tx) {
        return hoering::moveEnclosureUp(tx, desk.user().actor(), at->id, at->enclosure,
                                        static_cast<std::size_t>(desk.numberField("place")));
    });
    if (!done && done.error().kind != ErrorKind::conflict) return problemPage(desk, done.error());
    return back(stepHref(at->id, Step::enclosures), done ? "enclosure_moved" : "enclosure_order_changed");
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

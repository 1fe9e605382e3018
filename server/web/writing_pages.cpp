// Writing the answer: one text, its files, saved as it goes. Nothing typed is lost, whichever button is pressed and
// whatever a rule says no to.
// Not here: looking it over and sending it (check_pages.cpp).
#include <algorithm>
#include <nlohmann/json.hpp>

#include "common/strings.h"
#include "sqlite/drafts.h"
#include "usecases/save_draft.h"
#include "web/answer_parts.h"
#include "web/handlers.h"
#include "web/page_parts.h"
#include "web/problem.h"

namespace hoering::web::answer_pages {
namespace {

constexpr std::string_view fileTypes = ".pdf,.docx,.odt,.rtf,.txt,.png,.jpg,.jpeg,.xlsx";

DraftInput inputOf(const Desk& desk) { return {std::string(desk.field("text")), desk.numberField("version")}; }

bool isConflict(const Form& form) { return form.refusal() && form.refusal()->kind == ErrorKind::conflict; }

/// Nothing could be stored just now (503): the form is shown again with what was typed.
bool isNotStored(const Form& form) { return form.refusal() && form.refusal()->kind == ErrorKind::busy; }

/// Of text and files, the text got in before the disk said no.
bool textIsStored(const Form& form, const Draft* draft) {
    return draft && draft->text == cleanText(form.value("text"));
}

Markup notStoredBox(const Desk& desk, const Form& form, const Draft* draft) {
    if (textIsStored(form, draft))
        return alert(Tone::error, desk.t("page.write.not_stored"), paragraph(desk.t("page.write.not_stored_files")));
    const bool files = !desk.request.uploads.list.empty();
    return alert(Tone::error, desk.t("page.write.not_stored"),
                 paragraph(desk.t("page.write.not_stored_text")) +
                     (files ? paragraph(desk.t("page.write.choose_again")) : Markup()));
}

/// The draft's files, each with a button of the same form: what is typed is saved before the file goes.
Markup draftFiles(const Desk& desk, const Draft* draft) {
    if (!draft || draft->files.empty()) return paragraph(desk.t("page.write.no_files"));
    std::vector<Markup> items;
    for (const auto& file : draft->files) {
        const std::string label = desk.t("button.remove_file", {{"file", file.name}});
        items.push_back(join(el("span", {}, fileLink(desk.words, file, "/mit-svar/filer/" + std::to_string(file.id))),
                             el("button",
                                {{"type", "submit"},
                                 {"class", "button button-tertiary"},
                                 {"name", "fjern"},
                                 {"value", std::to_string(file.id)},
                                 {"aria-label", label}},
                                desk.t("button.remove"))));
    }
    Markup list;
    for (const auto& item : items) list += el("li", {}, item);
    return el("ul", {{"class", "todo nobullet-list"}}, list);
}

/// What somebody else saved meanwhile, to take over from by hand.
Markup otherVersion(const Desk& desk, const Draft& draft) {
    return alert(Tone::warning, desk.t("page.write.conflict"),
                 join(paragraph(desk.t("page.write.conflict_text",
                                       {{"who", draft.updatedBy}, {"moment", desk.words.moment(draft.updatedAt)}})),
                      heading(desk.t("page.write.theirs"), 3), wordForWord(draft.text)));
}

/// Neither required (files alone are an answer) nor called optional (it is the page's reason).
Markup answerField(const Desk& desk, const Form& form, const std::string& stored) {
    const auto error = form.error("text");
    std::vector<Attr> attrs{{"class", "form-input long"},
                            {"id", "field-text"},
                            {"name", "text"},
                            {"rows", "18"},
                            {"aria-describedby", error ? "field-text-hint field-text-error" : "field-text-hint"}};
    countAttrs(attrs, "field-text", longestResponse);
    if (error) attrs.emplace_back("aria-invalid", "true");
    const std::string limit = desk.words.number(static_cast<long long>(longestResponse));
    return el("div", {{"class", error ? "form-group form-error" : "form-group"}},
              el("label", {{"class", "form-label"}, {"for", "field-text"}}, desk.t("label.answer")),
              el("span", {{"class", "form-hint"}, {"id", "field-text-hint"}},
                 // What only the script does is promised only by the script.
                 el("span", {{"data-script", true}, {"hidden", true}}, desk.t("hint.answer_saved") + " "),
                 desk.t("hint.answer", {{"limit", limit}})),
              error ? el("span", {{"class", "form-error-message"}, {"id", "field-text-error"}}, *error) : Markup(),
              // The parser drops the first line break of a textarea: one is put there for it.
              el("textarea", attrs, "\n" + form.value("text", stored)),
              characterCount(desk.words, "field-text", longestResponse));
}

Markup writingForm(const Desk& desk, const Form& form, const Draft* draft) {
    const auto& uploads = desk.settings().uploads;
    const std::string stored = draft ? draft->text : "";
    // One multipart form for everything: text, files and every button, so that nothing chosen or typed is left behind.
    const bool unsaved = isNotStored(form) && !textIsStored(form, draft);
    Markup out = formOpen(desk, "/mit-svar/filer", true,
                          {{"id", "svar"},
                           {"data-autosave", "/mit-svar/gem"},
                           {"data-status", "save-state"},
                           {"data-saving", desk.t("page.write.saving")},
                           {"data-saved", desk.t("page.write.saved")},
                           {"data-failed", desk.t("page.write.failed")},
                           {"data-kept", desk.t("page.upload.kept")},
                           {"data-gone", desk.t("page.write.gone")},
                           {"data-conflict", desk.t("page.write.conflict_status")},
                           {"data-unsaved", true},
                           {"data-dirty", unsaved ? "yes" : ""},
                           {"data-progress", "upload-state"},
                           {"data-sending", desk.t("page.write.sending")}});
    // What is sent once more is measured against what its author saw, not against what a colleague saved meanwhile.
    const std::string version = std::to_string(draft ? draft->version : 0);
    out += hidden("version", unsaved ? form.value("version") : version);
    out += answerField(desk, form, stored);
    out += el("p", {{"id", "save-state"}, {"class", "save-state"}, {"role", "status"}},
              draft ? desk.t("page.answer.last_saved",
                             {{"moment", desk.words.moment(draft->updatedAt)}, {"who", draft->updatedBy}})
                    : "");
    out += heading(desk.t("page.write.files")) + draftFiles(desk, draft);
    out += fileField(form,
                     {"file", desk.t("label.files"),
                      desk.t("hint.files", {{"megabytes", std::to_string(uploads.fileMegabytes)},
                                            {"files", std::to_string(uploads.filesPerAnswer)},
                                            {"total", std::to_string(uploads.totalMegabytes)}})},
                     true, fileTypes);
    out += el("div", {{"id", "upload-state"}});
    out += el("p", {}, submitButton(desk.t("button.add_files"), ButtonKind::secondary, "videre", "filer"));
    out += paragraph(desk.t("letter.personal_data"), "quiet");
    out += buttonRow(join(submitButton(desk.t("button.save_and_check"), ButtonKind::primary, "videre", "tjek"),
                          submitButton(desk.t("button.save_draft"), ButtonKind::secondary, "videre", "gem")));
    return out + closeTag("form");
}

http::Reply writePage(Desk& desk, const Standing& standing, const Form& form, int status) {
    const Draft* draft = standing.draft ? &*standing.draft : nullptr;
    Page shown = partyPage(desk, desk.t("page.write.title"), desk.t("page.answer.step_write"));
    if (!isNotStored(form)) shown.form = &form; // then nothing is wrong with what was typed
    Markup content = isNotStored(form) ? notStoredBox(desk, form, draft) : Markup();
    content += answerSteps(desk, 2, draft != nullptr, false) + answeringBox(desk, standing.may, draft != nullptr);
    if (standing.maySend()) {
        if (const auto other = answeredWith(desk, standing); !other.empty())
            content += alert(Tone::info, desk.t("page.together.now", {{"party", other}}),
                             paragraph(desk.t("page.together.else_text", {{"party", other}})));
        if (isConflict(form) && draft) content += otherVersion(desk, *draft);
        content += writingForm(desk, form, draft);
    } else {
        const std::string text = form.value("text", draft ? draft->text : "");
        content += text.empty() ? paragraph(desk.t("page.write.nothing_kept"))
                                : heading(desk.t("page.write.kept")) + wordForWord(text);
        if (draft && !draft->files.empty()) content += filesOf(desk, draft->files, "/mit-svar/filer/");
    }
    shown.content = withDeadline(desk, desk.party(), content);
    return page(desk, shown, status);
}

Result<std::int64_t> saveText(Desk& desk) {
    return desk.write([&](sqlite::Tx& tx) { return saveDraft(tx, desk.party(), inputOf(desk)); });
}

/// Takes in what was chosen, file by file: a bad one does not cost the others. All that is wrong, or nothing.
std::optional<Error> keepFiles(Desk& desk) {
    Error wrong{ErrorKind::invalid, "error.form", {}, {}};
    std::uint64_t total = 0;
    desk.read([&](sqlite::ReadTx& tx) {
        if (const auto draft = sqlite::findDraft(tx, desk.party().party.id))
            for (const auto& file : draft->files) total += file.size;
    });
    const unsigned limit = desk.settings().uploads.totalMegabytes;
    for (std::size_t n = 0; n < desk.request.uploads.list.size(); ++n) {
        const auto& upload = desk.request.uploads.list[n];
        if (upload.name.empty() && upload.size == 0) continue; // the input was left empty
        total += upload.size;
        if (total > std::uint64_t{limit} << 20) {
            wrong.fields.push_back({"file", "error.file.total", {{"limit", std::to_string(limit)}}});
            break;
        }
        auto kept = desk.keepUpload(n, "file");
        if (kept) {
            auto attached =
                desk.write([&](sqlite::Tx& tx) { return attachFile(tx, desk.office(), desk.party(), *kept); });
            if (attached) continue;
            kept = std::move(attached).error();
        }
        const auto& fields = kept.error().fields;
        wrong.fields.insert(wrong.fields.end(), fields.begin(), fields.end());
    }
    if (wrong.fields.empty()) return std::nullopt;
    return wrong;
}

/// The same form with what was typed in it: its button is the next try.
std::optional<http::Reply> notKept(Desk& desk) {
    const Standing standing = standingOf(desk);
    if (!standing.maySend()) return std::nullopt; // there is no such form any more
    static const Error busy{ErrorKind::busy, "error.form", {}, {}};
    return writePage(desk, standing, Form(desk.words, desk.request, busy), statusOf(busy.kind));
}

/// The text first, then the files, then where the button leads. Each no shows the form with all that was typed.
http::Reply keep(Desk& desk) {
    desk.notStored = notKept;
    const auto saved = saveText(desk);
    const auto wrong = keepFiles(desk);
    if (const auto file = desk.numberField("fjern"); file > 0)
        desk.write([&](sqlite::Tx& tx) { return removeDraftFile(tx, desk.party(), file); }).ok();
    if (!saved || wrong) {
        const Error& error = saved ? *wrong : saved.error();
        const Form form(desk.words, desk.request, error);
        return writePage(desk, standingOf(desk), form, statusOf(error.kind));
    }
    const auto next = desk.field("videre");
    if (next == "tjek") return http::Reply::seeOther("/mit-svar/tjek");
    if (desk.request.has("fjern")) return http::Reply::seeOther("/mit-svar/skriv?besked=file_removed");
    return http::Reply::seeOther(next == "filer" ? "/mit-svar/skriv?besked=files_added"
                                                 : "/mit-svar/skriv?besked=saved");
}

} // namespace

http::Reply write(Desk& desk) {
    const Standing standing = standingOf(desk);
    // After sending, writing on begins with a button: nobody starts a correction by looking.
    if (!standing.draft && standing.last()) return http::Reply::seeOther("/mit-svar");
    return writePage(desk, standing, Form(desk.words), 200);
}

http::Reply save(Desk& desk) { return keep(desk); }
http::Reply attach(Desk& desk) { return keep(desk); }

http::Reply autosave(Desk& desk) {
    const auto saved = saveText(desk);
    nlohmann::json answer;
    int status = 200;
    if (saved) {
        const std::string time = desk.words.timeOfDay(timeOfDay(desk.now.local));
        std::string said = desk.t("page.write.saved_at", {{"time", time}});
        // Kept, but too late: who goes on typing must not learn it from a button.
        const auto& visit = desk.party();
        const auto refused = refusedAnswer(visit.consultation, visit.party, desk.request.received);
        if (refused) said += ". " + desk.words.sentence(refused->key, refused->args);
        answer = {{"version", *saved}, {"saved", time}, {"status", said}, {"closed", refused.has_value()}};
    } else {
        status = statusOf(saved.error().kind);
        if (saved.error().kind == ErrorKind::conflict) answer["conflict"] = true;
        const auto& fields = saved.error().fields;
        answer["error"] = fields.empty() ? desk.words.sentence(saved.error().key, saved.error().args)
                                         : desk.words.sentence(fields.front().key, fields.front().args);
    }
    return http::Reply::json(answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), status);
}

http::Reply removeFile(Desk& desk) {
    const auto id = desk.id(0);
    if (!id) return notFoundPage(desk);
    const auto removed = desk.write([&](sqlite::Tx& tx) { return removeDraftFile(tx, desk.party(), *id); });
    if (!removed) return problemPage(desk, removed.error());
    return http::Reply::seeOther("/mit-svar/skriv?besked=file_removed");
}

http::Reply draftFile(Desk& desk) {
    const auto id = desk.id(0);
    const auto draft = desk.read([&](sqlite::ReadTx& tx) { return sqlite::findDraft(tx, desk.party().party.id); });
    if (draft && id)
        for (const auto& file : draft->files)
            if (file.id == *id) return desk.sendFile(file);
    return notFoundPage(desk);
}

} // namespace hoering::web::answer_pages

#include "web/act_fields.h"

#include <charconv>

#include "sqlite/mailings.h"

namespace hoering::web {
namespace {

/// The files named by the form as typed, that are there to be named.
std::vector<StoredFile> chosenFiles(const Desk& desk, std::int64_t consultation) {
    std::vector<StoredFile> files;
    for (const auto typed : desk.request.fields("file")) {
        std::int64_t id = 0;
        std::from_chars(typed.data(), typed.data() + typed.size(), id);
        auto file =
            desk.services.database.read([&](sqlite::ReadTx& tx) { return sqlite::findActFile(tx, id, consultation); });
        if (file) files.push_back(std::move(*file));
    }
    return files;
}

} // namespace

Markup reasonField(const Form& form, std::string_view hintKey, bool required) {
    const auto& words = form.words();
    return textArea(form, {"reason", words("label.reason"), words(hintKey), required}, 4);
}

Markup actFileFields(const Desk& desk, const Form& form, const ConsultationDesk& about, ActFiles files, bool required) {
    const auto& words = desk.words;
    Markup kept;
    for (const auto& file : chosenFiles(desk, about.consultation.id)) {
        const std::string id = std::to_string(file.id);
        Markup item = hidden("file", id) + el("p", {}, file.name + " (" + words.size(file.size) + ")");
        if (files == ActFiles::titled)
            item += textField(form, {"title_" + id, words("label.title_of", {{"file", file.name}}), "", true},
                              enclosureTitleFrom(file.name));
        item += checkBox(form, "drop_" + id, words("label.leave_out_file", {{"file", file.name}}), false);
        kept += el("li", {}, item);
    }
    Markup out;
    const bool some = !kept.empty();
    if (some)
        out += el("fieldset", {}, el("legend", {{"class", "form-label"}}, words("label.chosen_files")),
                  el("ul", {{"class", "nobullet-list"}}, kept));
    return out +
           fileField(form,
                     {"file", words(some ? "label.more_files" : "label.choose_files"),
                      words("hint.choose_files", {{"max", std::to_string(desk.settings().uploads.fileMegabytes)}}),
                      required && !some},
                     true, acceptedFiles);
}

} // namespace hoering::web

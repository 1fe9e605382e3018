#include "web/kept_words.h"

#include <algorithm>
#include <set>

#include "common/strings.h"
#include "web/components.h"
#include "web/form.h"

namespace hoering::web {
namespace {

/// Names of fields that hold no words of a person. All else is shown: rather a line too many than one lost.
constexpr std::string_view notTyped[] = {
    // what a page put there for itself, and what is secret
    "csrf", "key", "fingerprint", "version", "words", "shown", "place", "file", "request", "receipt", "contact", "til",
    "tilbage", "password", "again", "code",
    // buttons
    "go", "step", "videre", "fjern", "read", "html", "test", "overwrite",
    // choices: radios, lists, boxes
    "role", "language", "kind", "channel", "party", "response", "what", "which", "whom", "notify", "deadline_which",
    "is_public", "accept_late", "remind_drafting", "knowing", "seen", "send_again", "after_unit"};

/// Fields whose label is not called as they are.
constexpr std::pair<std::string_view, std::string_view> otherLabels[] = {{"text", "answer"},
                                                                         {"mail", "email"},
                                                                         {"outcome", "decision"},
                                                                         {"date", "new_date"},
                                                                         {"time", "time_of_day"},
                                                                         {"days", "days_before"},
                                                                         {"after_days", "days_after"},
                                                                         {"after_time", "time_of_day"},
                                                                         {"party_name", "not_invited_name"}};

/// "title_12" -> "title": rows of a table count their fields.
std::string_view withoutNumber(std::string_view name) {
    const auto end = name.find_last_not_of("0123456789");
    if (end == std::string_view::npos || end + 1 == name.size()) return name;
    return name.substr(0, name[end] == '_' ? end : end + 1);
}

bool isTyped(const http::Request& request, std::string_view name, std::string_view value) {
    if (trim(value).empty() || std::find(std::begin(notTyped), std::end(notTyped), name) != std::end(notTyped))
        return false;
    const auto base = withoutNumber(name);
    if (base == name) return name != "after_time" || !trim(request.field("after_days")).empty();
    if (base == "unit" || base == "drop" || base == "shown") return false; // a list, a box, the page's own
    // Empty rows of the reminder plan have a time in them already.
    return base != "time" || !trim(request.field("days" + std::string(name.substr(base.size())))).empty();
}

std::string labelOf(const text::Words& words, std::string_view name) {
    std::string key(withoutNumber(name));
    for (const auto& [field, label] : otherLabels)
        if (key == field) key = label;
    key = "label." + key;
    return words(words.has(key) ? key : "label.typed");
}

/// An input for each file that came along: a browser does not let a page choose files.
Markup filesAgain(const text::Words& words, const http::Request& request) {
    Markup inputs;
    std::set<std::string_view> fields;
    for (const auto& upload : request.uploads.list) {
        if (upload.size == 0 || !fields.insert(upload.field).second) continue;
        const std::string id = "again-" + std::to_string(fields.size());
        inputs += el("div", {{"class", "form-group"}},
                     el("label", {{"class", "form-label"}, {"for", id}}, words("label.files_again")),
                     voidEl("input", {{"class", "form-input"},
                                      {"id", id},
                                      {"name", mendUtf8(upload.field)},
                                      {"type", "file"},
                                      {"multiple", true},
                                      {"accept", acceptedFiles}}));
    }
    return inputs;
}

} // namespace

bool holdsSecret(const http::Request& request) {
    return !request.field("password").empty() || !request.field("again").empty() || !request.field("code").empty();
}

Markup keptWords(const text::Words& words, const http::Request& request) {
    constexpr std::size_t shortLine = 80;
    Markup kept;
    int count = 0;
    for (const auto& [name, value] : request.form) {
        if (!isTyped(request, name, value)) continue;
        const std::string id = "kept-" + std::to_string(++count);
        const bool isShort = value.size() <= shortLine && value.find('\n') == std::string::npos;
        kept += el("div", {{"class", "form-group"}},
                   el("label", {{"class", "form-label"}, {"for", id}}, labelOf(words, name)),
                   el("textarea", {{"class", "form-input"}, {"id", id}, {"rows", isShort ? 1 : 8}, {"readonly", true}},
                      "\n" + mendUtf8(value)));
    }
    return kept;
}

Markup sendAgain(const text::Words& words, const http::Request& request) {
    if (request.form.empty() || holdsSecret(request)) return {};
    const Markup files = filesAgain(words, request);
    Markup fields;
    for (const auto& [name, value] : request.form) fields += hidden(mendUtf8(name), mendUtf8(value));
    std::vector<Attr> attrs{{"method", "post"}, {"action", request.target}};
    if (!files.empty()) attrs.emplace_back("enctype", "multipart/form-data");
    return el("form", attrs, fields, files, el("p", {}, submitButton(words("button.try_again"))));
}

} // namespace hoering::web

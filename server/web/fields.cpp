#include "web/components.h"

#include <algorithm>

namespace hoering::web {
namespace {

/// Label, hint and error above the input; their ids tie them together for screen readers.
struct Parts {
    Markup label, hint, error;
    std::string described; // ids for aria-describedby
    bool invalid = false;
};

/// `filled`: it always has a value, so that there is nothing to leave out.
Parts parts(const Form& form, const Field& field, bool filled = false) {
    Parts made;
    const auto error = form.error(field.name);
    const std::string id = "field-" + field.name;
    const std::string label =
        field.required || filled ? field.label : field.label + " " + form.words()("frame.optional");
    made.label = el("label", {{"class", "form-label"}, {"for", id}}, label);
    if (!field.hint.empty()) {
        made.hint = el("span", {{"class", "form-hint"}, {"id", id + "-hint"}}, field.hint);
        made.described = id + "-hint";
    }
    if (error) {
        made.invalid = true;
        made.error = el("span", {{"class", "form-error-message"}, {"id", id + "-error"}},
                        el("span", {{"class", "sr-only"}}, form.words()("frame.error_prefix") + " "), *error);
        made.described += (made.described.empty() ? "" : " ") + id + "-error";
    }
    return made;
}

template <class... C> Markup group(const Parts& made, const C&... input) {
    return el("div", {{"class", made.invalid ? "form-group form-error" : "form-group"}}, made.label, made.hint,
              made.error, input...);
}

void describe(std::vector<Attr>& attrs, const Parts& made, const Field& field) {
    if (!made.described.empty()) attrs.emplace_back("aria-describedby", made.described);
    if (made.invalid) attrs.emplace_back("aria-invalid", "true");
    if (field.required) attrs.emplace_back("required", true);
}

} // namespace

Markup textField(const Form& form, const Field& field, std::string_view stored) {
    const Parts made = parts(form, field);
    std::string css = "form-input";
    if (field.size > 0) css += " input-char-" + std::to_string(field.size);
    std::vector<Attr> attrs{{"class", css}, {"id", "field-" + field.name}, {"name", field.name}, {"type", field.type}};
    if (field.type != "password") attrs.emplace_back("value", form.value(field.name, stored));
    if (!field.autocomplete.empty()) attrs.emplace_back("autocomplete", field.autocomplete);
    if (!field.inputMode.empty()) attrs.emplace_back("inputmode", field.inputMode);
    describe(attrs, made, field);
    return group(made, voidEl("input", attrs));
}

Markup textArea(const Form& form, const Field& field, int rows, std::string_view stored, std::size_t limit,
                std::vector<Attr> more) {
    const Parts made = parts(form, field);
    std::vector<Attr> attrs{
        {"class", "form-input"}, {"id", "field-" + field.name}, {"name", field.name}, {"rows", rows}};
    if (limit > 0) countAttrs(attrs, "field-" + field.name, limit);
    describe(attrs, made, field);
    for (auto& each : more) attrs.push_back(std::move(each));
    // A leading line break in a textarea is dropped by the parser: one is put there for it to drop.
    return group(made, el("textarea", attrs, "\n" + form.value(field.name, stored)),
                 limit > 0 ? characterCount(form.words(), "field-" + field.name, limit) : Markup());
}

void countAttrs(std::vector<Attr>& attrs, const std::string& id, std::size_t limit) {
    attrs.emplace_back("data-limit", static_cast<std::int64_t>(limit));
    attrs.emplace_back("data-count", id + "-count");
}

Markup characterCount(const text::Words& words, const std::string& id, std::size_t limit) {
    return el("p", {{"class", "save-state"},
                    {"id", id + "-count"},
                    {"data-said", words("page.write.count", {{"limit", words.number(static_cast<long long>(limit))}})},
                    {"data-over", words("page.write.count_over")}});
}

Markup checkBox(const Form& form, const std::string& name, const std::string& label, bool stored,
                const std::string& hint) {
    const std::string id = "field-" + name;
    return el("div", {{"class", "form-group-checkbox"}},
              voidEl("input", {{"type", "checkbox"},
                               {"class", "form-checkbox"},
                               {"id", id},
                               {"name", name},
                               {"value", "1"},
                               {"checked", form.checked(name, stored)}}),
              el("label", {{"class", "form-label"}, {"for", id}}, label),
              hint.empty() ? Markup() : el("span", {{"class", "form-hint"}}, hint));
}

Markup radios(const Form& form, const std::string& name, const std::string& legend, const std::vector<Choice>& choices,
              std::string_view stored) {
    const auto error = form.error(name);
    const std::string value = form.value(name, stored);
    Markup items;
    int n = 0;
    for (const auto& choice : choices) {
        // The error summary links to the first one.
        const std::string id = "field-" + name + (n == 0 ? "" : "-" + std::to_string(n));
        ++n;
        items += el("div", {{"class", "form-group-radio"}},
                    voidEl("input", {{"type", "radio"},
                                     {"class", "form-radio radio-large"},
                                     {"id", id},
                                     {"name", name},
                                     {"value", choice.value},
                                     {"checked", choice.value == value}}),
                    el("label", {{"class", "form-label"}, {"for", id}}, choice.label),
                    choice.hint.empty() ? Markup() : el("span", {{"class", "form-hint"}}, choice.hint));
    }
    return el("div", {{"class", error ? "form-group form-error" : "form-group"}},
              el("fieldset", {}, el("legend", {{"class", "form-label"}}, legend),
                 error ? el("span", {{"class", "form-error-message"}},
                            el("span", {{"class", "sr-only"}}, form.words()("frame.error_prefix") + " "), *error)
                       : Markup(),
                 items));
}

Markup selectField(const Form& form, const Field& field, const std::vector<Choice>& choices, std::string_view stored) {
    const bool filled =
        std::none_of(choices.begin(), choices.end(), [](const auto& each) { return each.value.empty(); });
    const Parts made = parts(form, field, filled);
    const std::string value = form.value(field.name, stored);
    Markup options;
    for (const auto& choice : choices)
        options += el("option", {{"value", choice.value}, {"selected", choice.value == value}}, choice.label);
    std::vector<Attr> attrs{{"class", "form-select"}, {"id", "field-" + field.name}, {"name", field.name}};
    describe(attrs, made, field);
    return group(made, el("select", attrs, options));
}

Markup fileField(const Form& form, const Field& field, bool several, std::string_view accept) {
    const Parts made = parts(form, field);
    std::vector<Attr> attrs{{"class", "form-input"},
                            {"id", "field-" + field.name},
                            {"name", field.name},
                            {"type", "file"},
                            {"accept", accept}};
    if (several) attrs.emplace_back("multiple", true);
    describe(attrs, made, field);
    return group(made, voidEl("input", attrs));
}

Markup hidden(std::string_view name, std::string_view value) {
    return voidEl("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

} // namespace hoering::web

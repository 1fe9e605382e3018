#include "web/consultation_form.h"

#include "common/calendar.h"
#include "common/crypto.h"
#include "common/strings.h"
#include "web/components.h"
#include "web/office_parts.h"

namespace hoering::web {
namespace {

/// The text fields by the form's names, as they would be typed.
std::vector<std::pair<std::string, std::string>> asTyped(const ConsultationText& text) {
    return {{"title", text.title},
            {"summary", text.summary},
            {"body", text.body},
            {"deadline_date", text.deadline ? typedDate(text.deadline->date) : ""},
            {"deadline_time", text.deadline && text.deadline->time ? typedTime(*text.deadline->time) : ""},
            {"decision_date", typedDate(text.decisionDate)},
            {"short_period_reason", text.shortPeriodReason},
            {"journal_number", text.journalNumber},
            {"unit", text.unit},
            {"committee", text.committee},
            {"officer_name", text.officerName},
            {"officer_phone", text.officerPhone},
            {"officer_mail", text.officerMail},
            {"afterwards", text.afterwards}};
}

bool inDoubledHour(const std::optional<Deadline>& deadline) {
    return deadline && deadline->time && resolve(atTime(deadline->date, *deadline->time)).kind == LocalKind::twice;
}

/// The question about the hour that exists twice: only when there is something to ask.
Markup whichHour(const Form& form, const std::optional<Deadline>& stored) {
    bool ask = inDoubledHour(stored) || !form.value("deadline_which").empty();
    if (form.refusal())
        for (const auto& each : form.refusal()->fields) ask = ask || each.key == "error.deadline.twice";
    if (!ask) return {};
    const auto& words = form.words();
    return radios(form, "deadline_which", words("label.deadline_which"),
                  {{"1", words("choice.deadline_first"), ""}, {"2", words("choice.deadline_second"), ""}},
                  inDoubledHour(stored) ? (stored->secondOfTwo ? "2" : "1") : "");
}

Markup group(const text::Words& words, std::string_view key, const Markup& fields) {
    return el("section", {{"class", "stack"}}, el("h2", {}, words(key)), fields);
}

Field field(const text::Words& words, const char* name, bool required = false, const char* type = "text",
            int size = 0) {
    const std::string hint = std::string("hint.") + name;
    return {name, words(std::string("label.") + name), words.has(hint) ? words(hint) : "", required, type, "", size,
            ""};
}

} // namespace

ConsultationInput consultationInput(const http::Request& request) {
    const auto typed = [&](const char* name) { return std::string(request.field(name)); };
    ConsultationInput in;
    in.title = typed("title");
    in.summary = typed("summary");
    in.body = typed("body");
    in.journalNumber = typed("journal_number");
    in.unit = typed("unit");
    in.committee = typed("committee");
    in.officerName = typed("officer_name");
    in.officerPhone = typed("officer_phone");
    in.officerMail = typed("officer_mail");
    in.decisionDate = typed("decision_date");
    in.deadlineDate = typed("deadline_date");
    in.deadlineTime = typed("deadline_time");
    in.deadlineWhich = typed("deadline_which");
    in.shortPeriodReason = typed("short_period_reason");
    in.afterwards = typed("afterwards");
    in.language = typed("language");
    in.isPublic = request.has("is_public");
    in.acceptLate = request.has("accept_late");
    return in;
}

Markup consultationFields(const Form& form, const ConsultationText& stored) {
    const auto& words = form.words();
    const auto values = asTyped(stored);
    const auto was = [&](std::string_view name) {
        for (const auto& [key, value] : values)
            if (key == name) return value;
        return std::string();
    };
    const auto line = [&](const char* name, bool required = false, const char* type = "text", int size = 0) {
        return textField(form, field(words, name, required, type, size), was(name));
    };
    const auto area = [&](const char* name, int rows) { return textArea(form, field(words, name), rows, was(name)); };

    Markup out = group(words, "page.facts.matter", line("title", true) + area("summary", 4) + area("body", 16));
    out += group(words, "page.facts.dates",
                 deadlineFields(form, stored.deadline) + line("decision_date", false, "text", 20) +
                     area("short_period_reason", 3));
    out +=
        group(words, "page.facts.case", line("committee") + line("unit") + line("journal_number", false, "text", 20));
    out += group(words, "page.facts.officer",
                 line("officer_name") + line("officer_phone", false, "tel", 20) + line("officer_mail", false, "email"));
    out += group(
        words, "page.facts.rules",
        area("afterwards", 3) +
            selectField(form, field(words, "language"),
                        {{"da", words("choice.danish"), ""}, {"en", words("choice.english"), ""}}, stored.language) +
            checkBox(form, "is_public", words("label.is_public"), stored.isPublic, words("hint.is_public")) +
            checkBox(form, "accept_late", words("label.accept_late"), stored.acceptLate, words("hint.accept_late")));
    return out;
}

Markup deadlineFields(const Form& form, const std::optional<Deadline>& stored, bool moved) {
    const auto& words = form.words();
    Field date = field(words, "deadline_date", moved, "text", 20),
          time = field(words, "deadline_time", false, "text", 6);
    if (moved) {
        date.label = words("label.new_deadline_date");
        time.label = words("label.new_deadline_time");
    }
    return textField(form, date, stored ? typedDate(stored->date) : "") +
           textField(form, time, stored && stored->time ? typedTime(*stored->time) : "") + whichHour(form, stored);
}

Markup saveButtons(const text::Words& words) {
    return el("p", {{"class", "row"}}, submitButton(words("button.save_and_go_on"), ButtonKind::primary, "go", "next"),
              submitButton(words("button.save_draft"), ButtonKind::secondary, "go", "stay"));
}

std::string fingerprint(const ConsultationText& text) {
    std::string all;
    for (const auto& [name, value] : asTyped(text)) all += std::to_string(value.size()) + ":" + value;
    all += text.deadline ? text.deadline->stored() : "";
    all += text.language + (text.isPublic ? "1" : "0") + (text.acceptLate ? "1" : "0");
    return sha256Hex(all);
}

std::vector<Beside> besideTyped(const text::Words& words, const http::Request& typed, const ConsultationText& stored) {
    std::vector<Beside> all;
    for (const auto& [name, value] : asTyped(stored))
        all.push_back({words("label." + name), value, std::string(typed.field(name))});
    return all;
}

} // namespace hoering::web

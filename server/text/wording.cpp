#include "text/wording.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace hoering::text {
namespace {

/// The keys a letter says by itself (LetterWriter::say), in its order. A test compares them with the letters.
struct Standard {
    LetterKind kind;
    std::string_view subject;
    std::array<std::string_view, 3> body;
};
constexpr Standard standards[] = {
    {LetterKind::invitation, "letter.invitation.subject", {"letter.invitation.ask", "letter.invitation.no_remarks"}},
    {LetterKind::informed, "letter.informed.subject", {"letter.informed.ask", "letter.informed.no_remarks"}},
    {LetterKind::reminder,
     "letter.reminder.subject",
     {"letter.reminder.ask", "letter.invitation.no_remarks", "letter.reminder.otherwise"}},
    {LetterKind::overdue,
     "letter.overdue.subject",
     {"letter.overdue.ask", "letter.reminder.otherwise", "letter.overdue.last"}},
    {LetterKind::receipt, "letter.receipt.subject", {"letter.receipt.remarks"}},
    {LetterKind::noRemarksReceipt, "letter.no_remarks_receipt.subject", {"letter.receipt.no_remarks"}},
    {LetterKind::linkAgain, "letter.link_again.subject", {"letter.link_again.ask"}},
    {LetterKind::deadlineChanged, "letter.deadline_changed.subject", {"letter.deadline_changed.tell"}},
    {LetterKind::ownDeadlineChanged, "letter.own_deadline_changed.subject", {"letter.own_deadline_changed.tell"}},
    {LetterKind::extensionAsked, "letter.extension_asked.subject", {"letter.extension_asked.tell"}},
    {LetterKind::extensionGranted, "letter.extension_granted.subject", {"letter.extension_granted.tell"}},
    {LetterKind::extensionRefused, "letter.extension_refused.subject", {"letter.extension_refused.tell"}},
    {LetterKind::enclosureAdded,
     "letter.enclosure_added.subject",
     {"letter.enclosure_added.tell_one", "letter.enclosure_added.correct"}},
    {LetterKind::registered,
     "letter.registered.subject",
     {"letter.registered.tell_remarks", "letter.registered.keep", "letter.registered.wrong"}},
    {LetterKind::withdrawn,
     "letter.withdrawn.subject",
     {"letter.withdrawn.tell", "letter.withdrawn.kept", "letter.registered.wrong"}},
    {LetterKind::outcome, "letter.outcome.subject", {"letter.outcome.tell"}},
    {LetterKind::cancelled, "letter.cancelled.subject", {"letter.cancelled.tell", "letter.cancelled.kept"}},
    {LetterKind::closed, "letter.closed.subject", {"letter.closed.tell", "letter.closed.kept"}},
};

struct Field {
    std::string_view hole, danish, english;
    std::optional<LetterKind> only{}; // in that kind alone
};
constexpr Field fields[] = {
    {"party", "part", "party"},
    {"contact", "kontakt", "contact"},
    {"title", "titel", "title"},
    {"short_title", "kort_titel", "short_title"},
    {"deadline", "frist", "deadline"},
    {"deadline_short", "kort_frist", "short_deadline"},
    {"before", "tidligere_frist", "earlier_deadline", LetterKind::deadlineChanged},
    {"before", "tidligere_frist", "earlier_deadline", LetterKind::ownDeadlineChanged},
    {"before", "tidligere_frist", "earlier_deadline", LetterKind::extensionGranted},
    {"wanted", "oensket_frist", "wanted_deadline", LetterKind::extensionRefused},
    {"left", "dage_tilbage", "days_left", LetterKind::reminder},
    {"municipality", "kommune", "municipality"},
    {"unit", "enhed", "department"},
    {"committee", "udvalg", "committee"},
    {"officer", "sagsbehandler", "case_officer"},
    {"whom", "kontaktoplysninger", "contact_details"},
    {"journal_number", "journalnummer", "file_reference"},
    {"url", "hjemmeside", "website"},
};

const Standard* find(LetterKind kind) {
    for (const auto& each : standards)
        if (each.kind == kind) return &each;
    return nullptr;
}

} // namespace

std::span<const LetterKind> wordedKinds() {
    static constexpr auto kinds = [] {
        std::array<LetterKind, std::size(standards)> list{};
        for (std::size_t i = 0; i < list.size(); ++i) list[i] = standards[i].kind;
        return list;
    }();
    return kinds;
}

bool mayBeReworded(LetterKind kind) { return find(kind) != nullptr; }

std::vector<WordingField> wordingFields(LetterKind kind, std::string_view language) {
    std::vector<WordingField> list;
    for (const auto& each : fields)
        if (!each.only || each.only == kind) list.push_back({language == "en" ? each.english : each.danish, each.hole});
    return list;
}

Wording standardWording(const Words& words, LetterKind kind) {
    const Standard* standard = find(kind);
    if (!standard) throw std::logic_error("a letter that is not reworded: " + std::string(kindName(kind)));
    Args names;
    for (const auto& field : wordingFields(kind, words.language()))
        names.emplace_back(field.hole, "{" + std::string(field.name) + "}");
    Wording wording{words(standard->subject, names), ""};
    for (const auto key : standard->body) {
        if (key.empty()) continue;
        if (!wording.body.empty()) wording.body += "\n\n";
        wording.body += words(key, names);
    }
    return wording;
}

std::string fillFields(std::string_view words, LetterKind kind, std::string_view language, const Args& args) {
    Args named;
    for (const auto& field : wordingFields(kind, language))
        for (const auto& [hole, value] : args)
            if (hole == field.hole) named.emplace_back(field.name, value);
    return fill(words, named);
}

std::vector<std::string> unknownFields(std::string_view words, LetterKind kind, std::string_view language) {
    const auto known = wordingFields(kind, language);
    std::vector<std::string> found;
    const auto add = [&](std::string_view text) {
        if (std::find(found.begin(), found.end(), text) == found.end()) found.emplace_back(text);
    };
    for (std::size_t at = 0; (at = words.find_first_of("{}", at)) != std::string_view::npos;) {
        const auto end = words[at] == '{' ? words.find_first_of("{}\n", at + 1) : std::string_view::npos;
        const bool whole = end != std::string_view::npos && words[end] == '}';
        const auto name = whole ? words.substr(at + 1, end - at - 1) : std::string_view();
        const bool field = whole && std::any_of(known.begin(), known.end(), [&](auto& k) { return k.name == name; });
        if (!field) add(words.substr(at, whole ? end + 1 - at : 1));
        at = whole ? end + 1 : at + 1;
    }
    return found;
}

} // namespace hoering::text

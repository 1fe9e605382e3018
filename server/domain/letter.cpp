#include "domain/letter.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hoering {

using namespace std::chrono_literals;

namespace {

constexpr std::pair<LetterKind, std::string_view> kinds[] = {
    {LetterKind::invitation, "invitation"},
    {LetterKind::informed, "informed"},
    {LetterKind::reminder, "reminder"},
    {LetterKind::overdue, "overdue"},
    {LetterKind::receipt, "receipt"},
    {LetterKind::noRemarksReceipt, "no_remarks_receipt"},
    {LetterKind::linkAgain, "link_again"},
    {LetterKind::deadlineChanged, "deadline_changed"},
    {LetterKind::ownDeadlineChanged, "own_deadline_changed"},
    {LetterKind::enclosureAdded, "enclosure_added"},
    {LetterKind::cancelled, "cancelled"},
    {LetterKind::closed, "closed"},
    {LetterKind::outcome, "outcome"},
    {LetterKind::registered, "registered"},
    {LetterKind::withdrawn, "withdrawn"},
    {LetterKind::extensionAsked, "extension_asked"},
    {LetterKind::extensionGranted, "extension_granted"},
    {LetterKind::extensionRefused, "extension_refused"},
    {LetterKind::staffAnswer, "staff_answer"},
    {LetterKind::staffDaily, "staff_daily"},
    {LetterKind::staffMailing, "staff_mailing"},
    {LetterKind::staffNotReached, "staff_not_reached"},
    {LetterKind::staffDeadline, "staff_deadline"},
    {LetterKind::staffExtension, "staff_extension"},
    {LetterKind::staffRelease, "staff_release"},
    {LetterKind::test, "test"},
};

} // namespace

std::string_view kindName(LetterKind kind) {
    for (const auto& [each, name] : kinds)
        if (each == kind) return name;
    return "";
}

std::optional<LetterKind> letterKindFrom(std::string_view name) {
    for (const auto& [kind, each] : kinds)
        if (each == name) return kind;
    return std::nullopt;
}

std::string_view stateName(LetterState state) {
    switch (state) {
    case LetterState::queued: return "queued";
    case LetterState::claimed: return "claimed";
    case LetterState::accepted: return "accepted";
    case LetterState::refused: return "refused";
    case LetterState::unknown: return "unknown";
    case LetterState::cancelled: return "cancelled";
    }
    return "";
}

LetterState letterStateFrom(std::string_view name) {
    for (auto state : {LetterState::claimed, LetterState::accepted, LetterState::refused, LetterState::unknown,
                       LetterState::cancelled})
        if (stateName(state) == name) return state;
    return LetterState::queued;
}

bool laidInFolder(const Letter& letter) { return letter.state == LetterState::accepted && letter.server.empty(); }

Letter sameWords(const Letter& letter) {
    Letter copy;
    copy.kind = letter.kind;
    copy.language = letter.language;
    copy.toName = letter.toName;
    copy.toMail = letter.toMail;
    copy.replyName = letter.replyName;
    copy.replyMail = letter.replyMail;
    copy.subject = letter.subject;
    copy.text = letter.text;
    copy.parts = letter.parts;
    copy.calendar = letter.calendar;
    return copy;
}

std::optional<std::chrono::milliseconds> retryAfter(int attempts, Instant createdAt, Instant now) {
    constexpr std::array<std::chrono::milliseconds, 5> ladder{1min, 5min, 30min, 2h, 6h};
    const auto wait =
        ladder[std::min<std::size_t>(static_cast<std::size_t>(std::max(attempts, 1) - 1), ladder.size() - 1)];
    if (now + wait > createdAt + 5 * 24h) return std::nullopt;
    return wait;
}

bool isReminder(LetterKind kind) { return kind == LetterKind::reminder || kind == LetterKind::overdue; }

bool sendAgainWhenUnknown(LetterKind kind) { return !isReminder(kind); }

} // namespace hoering

#include "domain/letter.h"

#include <algorithm>
#include <array>

namespace hoering {

using namespace std::chrono_literals;

std::string_view kindName(LetterKind kind) {
    switch (kind) {
    case LetterKind::invitation: return "invitation";
    case LetterKind::informed: return "informed";
    case LetterKind::reminder: return "reminder";
    case LetterKind::receipt: return "receipt";
    case LetterKind::noRemarksReceipt: return "no_remarks_receipt";
    case LetterKind::linkAgain: return "link_again";
    }
    return "";
}

std::optional<LetterKind> letterKindFrom(std::string_view name) {
    for (auto kind : {LetterKind::invitation, LetterKind::informed, LetterKind::reminder, LetterKind::receipt,
                      LetterKind::noRemarksReceipt, LetterKind::linkAgain})
        if (kindName(kind) == name) return kind;
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

std::optional<std::chrono::milliseconds> retryAfter(int attempts, Instant createdAt, Instant now) {
    constexpr std::array<std::chrono::milliseconds, 5> ladder{1min, 5min, 30min, 2h, 6h};
    const auto wait =
        ladder[std::min<std::size_t>(static_cast<std::size_t>(std::max(attempts, 1) - 1), ladder.size() - 1)];
    if (now + wait > createdAt + 5 * 24h) return std::nullopt;
    return wait;
}

bool sendAgainWhenUnknown(LetterKind kind) { return kind != LetterKind::reminder; }

} // namespace hoering

// Tables of letters and of journal entries, for one consultation and for all, page by page.
// Not here: the pages around them (office_pages, ledger_pages), what the states mean (server/domain/letter.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/letter.h"
#include "web/desk.h"
#include "web/html.h"

namespace hoering::web {

/// The two pages on letters: the ledger, and the mail of the coming days.
Markup letterTabs(const Desk& desk, bool upcoming);
/// Filter by ?tilstand=…, pages by ?foer=…; `here` is the page's own address.
Markup letterLedger(Desk& desk, std::optional<std::int64_t> consultation, const std::string& here);
/// Newest first, pages by ?foer=….
Markup journalTable(Desk& desk, std::optional<std::int64_t> consultation, const std::string& here);
Markup letterStateBadge(const text::Words& words, LetterState state);
/// "letter_kind.…" of a kind, "letter_state.…" of a state.
std::string kindWord(const text::Words& words, LetterKind kind);

} // namespace hoering::web

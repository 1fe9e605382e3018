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

/// Filter by ?tilstand=…, pages by ?foer=…; `here` is the page's own address.
Markup letterLedger(Desk& desk, std::optional<std::int64_t> consultation, const std::string& here);
/// Newest first, pages by ?foer=….
Markup journalTable(Desk& desk, std::optional<std::int64_t> consultation, const std::string& here);
Markup letterStateBadge(const text::Words& words, LetterState state);
/// The letter's state, or that it came back.
Markup outcomeBadge(const text::Words& words, const Letter& letter);
/// Returned mails that fit no letter; empty if there are none.
Markup strayReturns(Desk& desk);
/// What came back of one letter, as a table; empty if nothing did.
Markup returnsOf(Desk& desk, std::int64_t letter);
/// "letter_kind.…" of a kind, "letter_state.…" of a state.
std::string kindWord(const text::Words& words, LetterKind kind);

} // namespace hoering::web

// Tables of letters and of journal entries, for one consultation, one party and for all, page by page.
// Not here: the pages around them (office_pages, ledger_pages, party_letters), what the states mean
// (server/domain/letter.h), the filter's fields (ledger_filter.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/letter.h"
#include "sqlite/ledger.h"
#include "web/desk.h"
#include "web/html.h"

namespace hoering::web {

/// The two pages on letters: the ledger, and the mail of the coming days.
Markup letterTabs(const Desk& desk, bool upcoming);
/// Filter in the address (ledger_filter.h), pages by ?foer=…; `here` is the page's own address.
Markup letterLedger(Desk& desk, std::optional<std::int64_t> consultation, const std::string& here);
/// Newest first, pages by ?foer=….
Markup journalTable(Desk& desk, std::optional<std::int64_t> consultation, const std::string& here);

/// The letter's state in a word: one that waits for its next try is "deferred", one that came back "bounced".
Markup letterBadge(const text::Words& words, const Letter& letter);
/// The badge and what lies behind it: by which server, with what reply, when; why deferred and when next.
Markup letterFate(const text::Words& words, const Letter& letter, int code);
/// "250 2.0.0 Ok: queued as 4F2", the code in front where the server's words do not begin with it; "" for none.
std::string replyWords(int code, const std::string& reply);
/// What became of one try to bring a letter, in a word or two.
std::string attemptWord(const text::Words& words, const sqlite::Attempt& attempt);
/// A letter's returned messages as lines.
Markup returnLines(const text::Words& words, const std::vector<sqlite::Returned>& returns);
/// Returned mails that fit no letter; empty if there are none.
Markup strayReturns(Desk& desk);
/// "letter_kind.…" of a kind.
std::string kindWord(const text::Words& words, LetterKind kind);

} // namespace hoering::web

// A finished letter shown in the office: what it says, how a mail reader shows it, and a test of it to oneself.
// Not here: the pages around it (gate_pages, act_pages, wording_pages, ledger_pages), the letter
// (server/text/letters.h).
#pragma once

#include <string>

#include "domain/letter.h"
#include "web/components.h"
#include "web/desk.h"

namespace hoering::web {

/// To, subject, reply address, kind, and whether an entry for the calendar goes with it.
Markup letterFacts(const text::Words& words, const Letter& letter);
/// The text part, a note where the personal link goes.
Markup letterText(const text::Words& words, const Letter& letter);
/// The HTML part in a frame of its own, fetched from `href` (a letterDocument). The page that holds it must be answered
/// through `framing`.
Markup letterFrame(const text::Words& words, const Letter& letter, std::string_view href);

/// The HTML part as a page of its own, without the personal link. It may use its inline styles and nothing else: no
/// script, no form, no load from anywhere; a sandbox of no origin, framed only by this site.
http::Reply letterDocument(const text::Words& words, const Letter& letter);
/// Lets the page show frames of this site, which pages do not otherwise.
http::Reply framing(http::Reply reply);

} // namespace hoering::web

// A party's personal link: looking at it changes nothing; opening it (a POST) starts a session.
// Not here: what the link may do (server/domain/access.h), making it (publish_consultation.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/result.h"
#include "domain/access.h"
#include "sqlite/sessions.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

/// What is known of a token, for the page before the button. Unknown tokens give nothing.
struct LinkLook {
    LinkRuling ruling = LinkRuling::valid;
    PartyVisit visit;
};
std::optional<LinkLook> lookAtLink(sqlite::ReadTx& tx, const Office& office, std::string_view token, Now now);

/// Starts a session for the link's holder. `before`: the session this browser has, if any; where it is of the same
/// person, pages of it that stand in other tabs stay good. Errors: notFound for unknown, "error.link.*" (closed)
/// otherwise.
Result<std::string> openLink(sqlite::Tx& tx, const Office& office, std::string_view token,
                             std::string_view before = {});
/// Mails the contact a fresh link to its registered address; the old ones say so from then on.
/// For a known link that was replaced or is still valid; at most once in ten minutes.
Result<Done> sendLinkAgain(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t contact);

struct PartySession {
    PartyVisit visit;
    sqlite::Session session;
    LinkFacts link;
};
/// Whose session that is, whether or not it is still good.
std::optional<PartySession> findPartySession(sqlite::ReadTx& tx, std::string_view tokenHash);
/// It lives 14 days, and never longer than its link.
bool isGood(const PartySession& session, const Office& office, Now now);
/// The party behind a cookie, if its session is good.
std::optional<PartySession> partySession(sqlite::ReadTx& tx, const Office& office, std::string_view token, Now now);

} // namespace hoering

// The one place that says who may do what, now. Pages, forms and use cases all ask here.
// Not here: finding out who the visitor is (server/web/visitor), the statuses (server/web/problem).
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "common/error.h"
#include "domain/consultation.h"
#include "domain/party.h"
#include "domain/user.h"

namespace hoering {

/// What a route asks of its visitor. There is no default: every route names one.
enum class Access {
    everyone,      // public pages, sign-in, opening a link
    signedIn,      // any signed-in user, also one who must turn on the second step before anything else
    reader,        // any other signed-in user
    secretariat,   // may change consultations
    administrator, // may manage users
    party,         // holds a party session from a personal link that is valid now
};

/// A party at its desk: its link was valid when asked.
struct PartyVisit {
    std::int64_t link = 0;
    Contact contact;
    Party party;
    Consultation consultation;
    Actor actor() const { return {ActorKind::party, contact.id, party.name}; }
};

struct Visitor {
    std::optional<User> user;
    std::shared_ptr<const PartyVisit> party; // null: none
    bool needsTwoSteps = false;              // the house asks it of everybody, and this user has not turned it on
};

enum class Ruling { allowed, signIn, turnOnTwoSteps, forbidden, notFound, formExpired };

/// Whether a request may reach its handler. `changes`: an unsafe method; then `tokenMatches` (the form's CSRF token is
/// the session's) and `sameOrigin` (Sec-Fetch-Site, else Origin) must both hold.
Ruling rule(Access access, const Visitor& visitor, bool changes, bool tokenMatches, bool sameOrigin);

/// How long a link works: until the party's deadline plus grace, unless it was revoked or replaced.
struct LinkFacts {
    bool revoked = false, replaced = false;
};
enum class LinkRuling { valid, replaced, revoked, expired };
LinkRuling ruleLink(const LinkFacts& link, const Consultation& consultation, const Party& party, Instant now,
                    int graceDays);

/// The deadline that counts for this party: its own when later, else the consultation's.
Deadline deadlineFor(const Consultation& consultation, const Party& party);

/// Only a later one counts: it keeps the party's door open when the consultation closes.
bool hasLaterDeadline(const Consultation& consultation, const Party& party);
/// Before its deadline, by hand: then for everybody, also a party with a later one of its own.
bool closedEarly(const Consultation& consultation);

/// What a party may do about its answer now.
enum class Answering {
    inTime,  // write, submit, correct
    late,    // may be submitted, marked as received after the deadline
    over,    // drafts are kept and shown; nothing can be submitted
    stopped, // cancelled, concluded or not published
};
Answering mayAnswer(const Consultation& consultation, const Party& party, Instant received);
/// Why no answer can be sent any more; nothing while one can (mayAnswer in time or late). Says nothing of a draft:
/// there need not be one. Errors: closed ("error.deadline.over", "error.consultation.closed_early",
/// "error.consultation.stopped").
std::optional<Error> refusedAnswer(const Consultation& consultation, const Party& party, Instant received);
/// Whether an answer that came at `received` came after this party's deadline, or after an early closing; whoever wrote
/// it down, and whatever the state is by now.
bool cameLate(const Consultation& consultation, const Party& party, Instant received);

} // namespace hoering

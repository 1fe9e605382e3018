#include "usecases/open_link.h"

#include "common/crypto.h"
#include "sqlite/consultations.h"
#include "sqlite/letters.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "usecases/queue_letter.h"

namespace hoering {

using namespace std::chrono_literals;

namespace {

std::optional<PartyVisit> visitBy(sqlite::ReadTx& tx, const sqlite::Link& link) {
    auto contact = sqlite::findContact(tx, link.contact);
    if (!contact) return std::nullopt;
    auto party = sqlite::findParty(tx, contact->party);
    auto consultation = sqlite::findConsultation(tx, party->consultation);
    return PartyVisit{link.id, std::move(*contact), std::move(*party), std::move(*consultation)};
}

LinkRuling rulingOf(const PartyVisit& visit, const LinkFacts& link, const Office& office, Now now) {
    return ruleLink(link, visit.consultation, visit.party, now.instant, office.linkGraceDays);
}

/// The token of the forms: that of the session before, if it is the same contact's and lives; else a new one.
std::string formTokenOf(sqlite::Tx& tx, const Office& office, std::string_view before, std::int64_t contact) {
    auto open = partySession(tx, office, before, tx.now());
    return open && open->visit.contact.id == contact ? std::move(open->session.csrf) : randomToken(18);
}

} // namespace

std::optional<LinkLook> lookAtLink(sqlite::ReadTx& tx, const Office& office, std::string_view token, Now now) {
    const auto link = sqlite::findLinkByToken(tx, sha256Hex(token));
    if (!link) return std::nullopt;
    auto visit = visitBy(tx, *link);
    if (!visit) return std::nullopt;
    const auto ruling = rulingOf(*visit, link->facts(), office, now);
    return LinkLook{ruling, std::move(*visit)};
}

Result<std::string> openLink(sqlite::Tx& tx, const Office& office, std::string_view token, std::string_view before) {
    const auto found = lookAtLink(tx, office, token, tx.now());
    if (!found) return Error{ErrorKind::notFound, "error.link.unknown", {}, {}};
    switch (found->ruling) {
    case LinkRuling::valid: break;
    case LinkRuling::replaced: return Error{ErrorKind::closed, "error.link.replaced", {}, {}};
    case LinkRuling::revoked: return Error{ErrorKind::closed, "error.link.revoked", {}, {}};
    case LinkRuling::expired: return Error{ErrorKind::closed, "error.link.expired", {}, {}};
    }
    const auto now = tx.now().instant;
    std::string session = randomToken();
    std::string csrf = formTokenOf(tx, office, before, found->visit.contact.id);
    sqlite::insertSession(tx, {sha256Hex(session), {}, found->visit.link, std::move(csrf), now, now});
    if (sqlite::markOpened(tx, found->visit.link))
        tx.record({found->visit.actor(), "link.opened", found->visit.consultation.id, found->visit.party.id, {}});
    else tx.housekeeping("starts a session for a link opened before");
    return session;
}

Result<Done> sendLinkAgain(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t contactId) {
    const auto contact = sqlite::findContact(tx, contactId);
    if (!contact) return Error{ErrorKind::notFound, "error.link.unknown", {}, {}};
    const auto party = sqlite::findParty(tx, contact->party);
    const auto consultation = sqlite::findConsultation(tx, party->consultation);
    if (ruleLink({}, *consultation, *party, tx.now().instant, office.linkGraceDays) != LinkRuling::valid)
        return Error{ErrorKind::closed, "error.link.expired", {}, {}};
    sqlite::LetterFilter latest;
    latest.consultation = consultation->id;
    for (const auto& letter : sqlite::listLetters(tx, latest))
        if (letter.contact == contactId && letter.kind == LetterKind::linkAgain &&
            letter.createdAt > tx.now().instant - 10min)
            return Done{}; // asked twice: the letter is on its way
    sqlite::replaceLinksOf(tx, contactId);
    const std::string nonce = randomToken(18);
    const auto link = sqlite::insertLink(tx, contactId, nonce, sha256Hex(office.keys.linkToken(nonce)));
    queueLetter(tx, office,
                text::linkAgainLetter(office.words(party->language), {office.house, *consultation, *party, *contact}),
                {consultation->id, party->id, contactId, link});
    tx.record({actor, "link.sent_again", consultation->id, party->id, {}});
    return Done{};
}

std::optional<PartySession> findPartySession(sqlite::ReadTx& tx, std::string_view tokenHash) {
    auto session = sqlite::findSession(tx, tokenHash);
    if (!session || !session->link) return std::nullopt;
    const auto link = sqlite::findLink(tx, *session->link);
    if (!link) return std::nullopt;
    auto visit = visitBy(tx, *link);
    if (!visit) return std::nullopt;
    return PartySession{std::move(*visit), std::move(*session), link->facts()};
}

bool isGood(const PartySession& session, const Office& office, Now now) {
    if (now.instant >= session.session.createdAt + 14 * 24h) return false;
    const auto ruling = rulingOf(session.visit, session.link, office, now);
    // A replaced link's open session goes on: the newer letter went to the same person.
    return ruling == LinkRuling::valid || ruling == LinkRuling::replaced;
}

std::optional<PartySession> partySession(sqlite::ReadTx& tx, const Office& office, std::string_view token, Now now) {
    if (token.empty()) return std::nullopt;
    auto found = findPartySession(tx, sha256Hex(token));
    if (!found || !isGood(*found, office, now)) return std::nullopt;
    return found;
}

} // namespace hoering

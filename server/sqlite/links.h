// Table links: a contact's personal link, by the SHA-256 of its token. Rules: server/domain/access.h ruleLink.
// Not here: sessions begun with one (sessions.h).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/access.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

struct Link {
    std::int64_t id = 0, contact = 0;
    std::string nonce, tokenHash;
    std::optional<Instant> openedAt, revokedAt, replacedAt;
    LinkFacts facts() const { return {revokedAt.has_value(), replacedAt.has_value()}; }
};
std::int64_t insertLink(Tx& tx, std::int64_t contact, std::string_view nonce, std::string_view tokenHash);
std::optional<Link> findLink(ReadTx& tx, std::int64_t id);
std::optional<Link> findLinkByToken(ReadTx& tx, std::string_view tokenHash);
std::optional<Link> currentLinkOf(ReadTx& tx, std::int64_t contact);
/// First opening only. True if this call was the first.
bool markOpened(Tx& tx, std::int64_t link);
void revokeLink(Tx& tx, std::int64_t link);
/// Every link the contact ever had, also those replaced before: they went to somebody else.
void revokeLinksOf(Tx& tx, std::int64_t contact);
/// Contacts whose links were all taken back: they are to get no new one by the way.
/// The contact had links, and every one was revoked: it gets nothing with a link until somebody sends it a new one.
bool isCutOff(ReadTx& tx, std::int64_t contact);
std::set<std::int64_t> contactsCutOff(ReadTx& tx, std::int64_t consultation);
/// Every working link of the contact says from now on that a newer one was sent.
void replaceLinksOf(Tx& tx, std::int64_t contact);

} // namespace hoering::sqlite

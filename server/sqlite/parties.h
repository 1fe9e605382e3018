// Tables parties and contacts, and what is known of each party (PartyFacts). Rules: server/domain/party.h.
// Not here: their links (links.h), their answers (responses.h).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/party.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

/// Id, contacts' ids and party numbers of `party` are ignored: all are new.
std::int64_t insertParty(Tx& tx, std::int64_t consultation, const Party& party);
/// Replaces name, role, language and the list of contacts of a party that has not been written to.
void updateParty(Tx& tx, const Party& party);
/// A deadline of its own, and the next calendar entry of this party replaces the ones before it.
void setOwnDeadline(Tx& tx, std::int64_t party, const Deadline& deadline);
/// Answers together with `other` from now on; nothing: for itself again.
void setJointWith(Tx& tx, std::int64_t party, std::optional<std::int64_t> other);
void removeParty(Tx& tx, std::int64_t party);
std::optional<Party> findParty(ReadTx& tx, std::int64_t id);
std::vector<Party> partiesOf(ReadTx& tx, std::int64_t consultation); // as they were added
std::optional<Contact> findContact(ReadTx& tx, std::int64_t id);
/// Another address, the same person; the form's checks are done (server/usecases/correct_address).
void setContactMail(Tx& tx, std::int64_t contact, std::string_view mail);
/// Facts by party id, for every party of the consultation.
std::map<std::int64_t, PartyFacts> factsOf(ReadTx& tx, std::int64_t consultation);

} // namespace hoering::sqlite

// Who was asked and what became of it, a row a party: the office's table while a consultation runs.
// Not here: how a status follows from facts (server/domain/party.h), writing parties (party_pages).
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "domain/letter.h"
#include "domain/party.h"
#include "sqlite/tx.h"
#include "usecases/edit_consultation.h"
#include "web/desk.h"
#include "web/html.h"

namespace hoering::web {

struct Matrix {
    std::map<std::int64_t, PartyFacts> facts;
    std::map<std::int64_t, Letter> lastLetter;   // by contact: the newest that carries a link
    std::map<std::int64_t, std::int64_t> answer; // by party: its last response
    std::set<std::int64_t> cutOff;               // contacts whose links were all taken back
};
Matrix matrixOf(sqlite::ReadTx& tx, std::int64_t consultation);

/// `withContacts`: each contact with its letter, and the acts on its link.
Markup partyMatrix(const Desk& desk, const ConsultationDesk& about, const Matrix& matrix, bool withContacts);

} // namespace hoering::web

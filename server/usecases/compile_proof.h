// Gathers what the proof of dispatch (udsendelsesbevis) of a consultation is made of.
// Not here: wording and layout (server/web/proof_document), the letters' own pages (server/web/ledger_pages).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/consultation.h"
#include "domain/letter.h"
#include "domain/party.h"
#include "sqlite/ledger.h"
#include "sqlite/tx.h"

namespace hoering {

struct ProofLetter {
    Letter letter; // without bodies
    std::vector<sqlite::Attempt> attempts;
    std::vector<sqlite::Returned> returns;
};
struct ProofParty {
    Party party;
    std::vector<ProofLetter> letters; // oldest first
};
struct DispatchProof {
    Consultation consultation;
    std::vector<ProofParty> parties; // in Danish alphabetical order
    /// The newest journal entry about the consultation that is no download of a proof: its hash covers every entry
    /// before it.
    std::int64_t journalEntry = 0;
    std::string journalHash;
    Instant asOf{}; // of the newest thing in it: same data, same bytes
};
/// Nothing for an unknown consultation.
std::optional<DispatchProof> compileProof(sqlite::ReadTx& tx, std::int64_t consultation);

/// Writes into the journal that somebody took a proof, by its SHA-256.
void recordProof(sqlite::Tx& tx, const Actor& actor, std::int64_t consultation, std::string sha256);

} // namespace hoering

// The append-only, hash-chained journal of acts: writing (Tx::record), pages of it, and the proof that it is whole.
// Not here: how an act reads on a page (server/text), what an act is (server/domain/audit.h).
//
// Each entry's hash is SHA-256 over "hoering-journal-1\n" and its fields in the order of the table, each as
// "<length in bytes>:<bytes>" ("-" for NULL, numbers in decimal), the last being the previous entry's hash
// (64 zeros for the first). Whoever keeps a head hash elsewhere can prove that nothing before it was changed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/clock.h"
#include "domain/audit.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

struct JournalEntry {
    std::int64_t id = 0;
    Instant at{};
    AuditEvent event; // details sorted by key
    std::string prevHash, hash;
};

struct JournalFilter {
    std::optional<std::int64_t> consultation, party;
};

/// The newest `limit` entries below `beforeId` (nullopt: from the newest), newest first.
std::vector<JournalEntry> journalPage(ReadTx& tx, const JournalFilter& filter, std::optional<std::int64_t> beforeId,
                                      int limit);

/// What the numbers in entries are called now. Whoever is not there any more is missing; the entries themselves are
/// as they were written.
struct JournalNames {
    struct Recipient {
        std::string name, mail;
    };
    std::map<std::int64_t, std::string> consultations, parties;
    std::map<std::int64_t, Recipient> letters; // of the details "letter" and "new_letter"
};
/// All names of a page with one question.
JournalNames journalNames(ReadTx& tx, const std::vector<JournalEntry>& page);

struct JournalProof {
    struct Broken {
        std::int64_t id;
        std::string sentence; // English, for the operator
    };
    std::int64_t count = 0;
    std::string headHash;         // of the newest entry; 64 zeros for an empty journal
    std::optional<Broken> broken; // the first entry that does not fit
};
/// Reads the whole journal in order and computes every hash again.
JournalProof verifyJournal(ReadTx& tx);

/// "user", "party", "clockwork", "operations", as in the table.
std::string_view nameOf(ActorKind kind);

} // namespace hoering::sqlite

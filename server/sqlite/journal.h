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
#include <string_view>
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
    /// The whole chain's entry with the hash that was asked for: up to it nothing was changed or cut off. 0 is the
    /// empty journal's head; nothing when no entry before the first broken one has it.
    std::optional<std::int64_t> keptHead;
};
/// Reads the whole journal in order and computes every hash again. `kept`: a head that was kept elsewhere, or "".
JournalProof verifyJournal(ReadTx& tx, std::string_view kept = "");

/// "user", "party", "clockwork", "operations", as in the table.
std::string_view nameOf(ActorKind kind);

} // namespace hoering::sqlite

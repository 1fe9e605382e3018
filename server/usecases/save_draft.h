// A party's unfinished answer: saved as it goes, versioned so that two authors never overwrite each other silently.
// Kept also after the deadline. Not here: submitting (submit_response.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/result.h"
#include "domain/access.h"
#include "domain/response.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

struct DraftInput {
    std::string text;
    std::int64_t version = 0; // the one the author began from; 0: none was there
};
/// Returns the new version. Saving the same text again changes nothing. Conflict ("error.draft.changed") when somebody
/// else saved meanwhile. A draft may be saved as long as the link works, past the deadline too: nothing typed is lost.
Result<std::int64_t> saveDraft(sqlite::Tx& tx, const PartyVisit& visit, const DraftInput& input);

/// A file that is on disk (blobs) joins the draft, which is begun if there is none.
Result<Done> attachFile(sqlite::Tx& tx, const Office& office, const PartyVisit& visit, const StoredFile& file);
Result<Done> removeDraftFile(sqlite::Tx& tx, const PartyVisit& visit, std::int64_t file);

/// Begins a correction: a draft with the words and files of the last version. Nothing if a draft is there.
Result<Done> startCorrection(sqlite::Tx& tx, const PartyVisit& visit);

} // namespace hoering

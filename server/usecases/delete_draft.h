// A draft that never wrote to anybody is deleted for good; the journal keeps that it was, and by whom.
// Not here: taking back a consultation that parties know of (cancel_consultation.h), the rows (sqlite/draft_removal.h).
#pragma once

#include "common/result.h"
#include "domain/audit.h"
#include "sqlite/tx.h"

namespace hoering {

/// `version`: as the consultation was shown. Asked for again after it was done, it changes nothing. Errors: notFound;
/// closed "error.consultation.not_draft", "error.draft.sent" (letters about it went to parties), "error.draft.waits"
/// (its mailing waits for a second person); conflict "error.changed_meanwhile".
Result<Done> deleteDraft(sqlite::Tx& tx, const Actor& actor, std::int64_t consultation, std::int64_t version);

} // namespace hoering

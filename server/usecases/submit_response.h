// An answer becomes a høringssvar: stored, journalled and its receipt queued in one transaction, once per key.
// Not here: drafts (save_draft.h), the receipt's words (write_receipts.h), whether it may (server/domain/access.h
// mayAnswer), publication.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/result.h"
#include "domain/access.h"
#include "domain/response.h"
#include "sqlite/responses.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

struct SubmitInput {
    ResponseKind kind = ResponseKind::remarks;
    std::string text;              // "" for no remarks and declined; what the person saw on the check page
    std::int64_t draftVersion = 0; // the draft shown; 0 for none
    std::string key;               // idempotency key of the form
    Instant received;              // when the server had the whole request: this decides whether it is in time
};
/// An answer as it would be filed if nothing changed meanwhile: words checked, checksum made. That is work for another
/// thread than the one writer's, which is to be busy only with storing.
struct PreparedResponse {
    sqlite::Basis basis; // what it rests on
    Response response;   // without id and version
};
/// `draft`: the party's; for a form that knows of none, nobody need look for one. Errors: as submitResponse. Decides
/// nothing: a form sent again may be refused here and known there.
Result<PreparedResponse> prepareResponse(const PartyVisit& visit, const std::optional<Draft>& draft,
                                         const SubmitInput& input);

/// Stores the next version with the draft's files, and drops the draft. Returns the answer's id; the same key again,
/// the same id. `prepared` saves time where nothing it rests on has changed; else it is made anew. Errors: closed
/// (refusedAnswer), conflict ("error.draft.changed"), invalid (text missing, too long, not UTF-8; field "text").
Result<std::int64_t> submitResponse(sqlite::Tx& tx, const PartyVisit& visit, const SubmitInput& input,
                                    const PreparedResponse* prepared = nullptr);

} // namespace hoering

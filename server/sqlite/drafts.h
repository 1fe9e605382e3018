// Tables drafts and draft_files: one draft a party, with an optimistic version. Rules: server/usecases/save_draft.
// Not here: submitted answers (responses.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/response.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

std::optional<Draft> findDraft(ReadTx& tx, std::int64_t party);
/// Stores text as the next version and returns it; nothing when the stored version is not `expected` (0: none stored).
/// `key` is used only for a first version.
std::optional<std::int64_t> saveDraft(Tx& tx, std::int64_t party, std::string_view text, std::int64_t expected,
                                      std::string_view key, std::int64_t contact);
/// Files count as part of the draft: adding or removing one raises its version.
void addDraftFile(Tx& tx, std::int64_t party, std::int64_t file);
bool removeDraftFile(Tx& tx, std::int64_t party, std::int64_t file);
/// What stands in the draft, or beside it, changed: a check page shown before is not what would be filed.
void raiseDraftVersion(Tx& tx, std::int64_t party);
void deleteDraft(Tx& tx, std::int64_t party);

} // namespace hoering::sqlite

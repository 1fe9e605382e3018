// Files chosen on an act's form: on disk and in rows before the act is confirmed, named by their ids meanwhile.
// Not here: taking an upload in (server/web/desk.h keepUpload), the rows (server/sqlite/mailings.h).
#pragma once

#include <vector>

#include "common/result.h"
#include "domain/consultation.h"
#include "domain/user.h"
#include "sqlite/tx.h"
#include "usecases/acts.h"

namespace hoering {

/// More on one form are refused.
inline constexpr std::size_t filesPerAct = 20;

/// A file that is on disk (blobs) may from now on be named by the acts of this consultation: as field "file" with the
/// id returned.
std::int64_t keepActFile(sqlite::Tx& tx, const User& user, std::int64_t consultation, const StoredFile& file);

/// The files an act's form names, in order, but those with a field "drop_<id>". Errors: field "file" (error.file.gone:
/// not one of this consultation's, or used before; error.file.too_many).
Result<std::vector<StoredFile>> actFilesOf(sqlite::ReadTx& tx, std::int64_t consultation, const ActInput& input);

} // namespace hoering

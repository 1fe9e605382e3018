// A row of the table files read as a StoredFile: one way for enclosures, drafts and answers.
// Not here: what is asked for (files.h, drafts.h, responses.h).
#pragma once

#include <string>

#include "domain/consultation.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

/// For a SELECT from `files f`.
inline constexpr std::string_view storedFileColumns =
    "f.id, f.sha256, f.size, f.name, f.content_type, f.pages, f.reading, f.found";
inline constexpr int storedFileColumnCount = 8;
/// From a row in which those columns begin at `from`.
StoredFile readStoredFile(const Statement& row, int from);
/// As the column `found` holds them.
std::string storedHits(const FileSearch& search);

} // namespace hoering::sqlite

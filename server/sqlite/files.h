// Tables files and enclosures. The bytes are in server/blobs; a row here points at them by SHA-256.
// Not here: the bytes (server/blobs).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/consultation.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

std::int64_t insertFile(Tx& tx, const StoredFile& file);
std::optional<StoredFile> findFile(ReadTx& tx, std::int64_t id);
/// Every SHA-256 a row points at, each once, with its size.
std::vector<StoredFile> distinctFiles(ReadTx& tx);
/// The newest whose contents nobody has searched.
std::optional<StoredFile> nextNotSearched(ReadTx& tx);
/// What was found in every file of these bytes that was not searched yet.
void setSearch(Tx& tx, std::string_view sha256, const FileSearch& search);

std::vector<Enclosure> enclosuresOf(ReadTx& tx, std::int64_t consultation); // in order
/// `addedAt`: for one that came after the opening.
std::int64_t appendEnclosure(Tx& tx, std::int64_t consultation, std::string_view title, std::int64_t file,
                             std::optional<Instant> addedAt = {});
bool renameEnclosure(Tx& tx, std::int64_t consultation, std::int64_t enclosure, std::string_view title);
bool removeEnclosure(Tx& tx, std::int64_t consultation, std::int64_t enclosure);
/// Changes places with the one before; false if it is the first.
bool moveEnclosureUp(Tx& tx, std::int64_t consultation, std::int64_t enclosure);

} // namespace hoering::sqlite

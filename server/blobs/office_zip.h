// Word, Excel and OpenDocument files are ZIP files: their directory, and the one entry that says what they are.
// Not here: other kinds, names (server/blobs/inspect.h); reading their text.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace hoering::blobs {

/// `head`: the first bytes. An empty string for a fine "docx", "xlsx" or "odt", else the key of what is wrong:
/// error.file.content, error.file.macros, error.file.password, error.file.damaged.
std::string inspectOfficeZip(const std::filesystem::path& file, const std::string& head, std::string_view extension);

} // namespace hoering::blobs

// Word, Excel and OpenDocument files are ZIP files: their directory, and the one entry that says what they are.
// Not here: other kinds, names (server/blobs/inspect.h); what their text is (server/blobs/file_text.h).
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace hoering::blobs {

/// `head`: the first bytes. An empty string for a fine "docx", "xlsx" or "odt", else the key of what is wrong:
/// error.file.content, error.file.macros, error.file.password, error.file.damaged.
std::string inspectOfficeZip(const std::filesystem::path& file, const std::string& head, std::string_view extension);

/// The bytes of every XML part one after the other, in pieces; an empty piece ends a part. `take` returns false when it
/// has had enough. Returns false if a part could not be read, is not UTF-8 by its first bytes, is another document
/// inside this one, or it was too much (256 MB).
using TakePart = std::function<bool(std::string_view name, std::string_view piece)>;
bool readXmlParts(const std::filesystem::path& file, const TakePart& take);

} // namespace hoering::blobs

// Whether a file from outside may come in: by its extension and by what is in it.
// Not here: how large it may be (server/http/uploads.h), keeping it (server/blobs/blob_store.h), its words for people.
//
// Nothing of the file is parsed in this process but its first bytes (libmagic) and, of ZIP-based kinds, a bounded
// directory and the one small entry that names the kind. PDF files are opened by a child (server/blobs/child.h).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "common/result.h"

namespace hoering::blobs {

struct FileFacts {
    std::string extension;    // "pdf", "docx", "odt", "rtf", "txt", "png", "jpg", "xlsx"
    std::string contentType;  // as it will be served
    std::optional<int> pages; // of a PDF
};

/// Errors, kind `invalid`, args {file} (the cleaned name) and, for the type, {types}, for the content {type}:
/// error.file.name (no extension), error.file.type (not allowed), error.file.content (not what its extension says),
/// error.file.macros, error.file.empty, error.file.password, error.file.damaged. A PDF that only restricts printing or
/// copying opens without a password and may come in. Throws BlobFailed when the file cannot be read or pdfinfo is not
/// installed.
Result<FileFacts> inspect(const std::filesystem::path& file, std::string_view originalName);

/// As FileFacts::extension; "" for a name without one.
std::string extensionOf(std::string_view name);

/// A name fit to be shown and to be given to a file on any system: the last component, well-formed, without control,
/// bidi and <>:"/\|?* characters, at most 120 code points (the extension stays), never empty ("fil").
std::string displayName(std::string_view originalName);

} // namespace hoering::blobs

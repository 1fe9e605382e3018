// The text inside an uploaded file, looked through for what should not be shown to others.
// Not here: what is looked for (server/domain/file_search.h), whether the file may come in (server/blobs/inspect.h).
//
// PDF files are read by a child (`pdftotext`, `pdfinfo`); of the other kinds the text is taken out here, in one pass
// and with a bounded memory: nothing is built of what they hold.
#pragma once

#include <chrono>
#include <filesystem>
#include <string_view>

#include "domain/file_search.h"

namespace hoering::blobs {

struct SearchOutcome {
    FileSearch search;
    bool outOfTime = false; // more might be found with more of it
};

/// Text, tables, headers, footnotes, comments of Word files, deleted text that is still in it, and the properties
/// (title, author …). Not: what pictures show or their alternative texts say, notes stuck on a PDF, a form field's
/// hidden value; another document inside this one makes it `partly`. `extension`: as FileFacts has it; what is not
/// known is a picture. `time`: on the clock, at most; RTF and plain text are read in a moment. Never fails for what is
/// in the file: what cannot be read is not `whole`. Throws BlobFailed when the file cannot be opened or poppler-utils
/// is not installed.
SearchOutcome searchFile(const std::filesystem::path& file, std::string_view extension, std::chrono::milliseconds time);

} // namespace hoering::blobs

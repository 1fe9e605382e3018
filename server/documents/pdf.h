// A Document as a tagged PDF on A4: headings, lists, tables and figures for those who listen, page numbers and an
// outline for those who look. The same document gives the same bytes.
// Not here: how blocks look (pdf_blocks.h), what a digest holds (digest_document), other formats (html.h, docx.h).
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "documents/document.h"

namespace hoering::documents {

/// Called after each block with how many of how many are done. What it throws ends the work and reaches the caller.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

/// The whole file. The title stands above the blocks as a title block with `subject` and `author` under it; a first
/// Heading that repeats the title is left out. Any text is accepted (see sanitize.h).
/// Throws std::runtime_error if there is no font or no memory.
std::string toPdf(const Document& document, const Progress& progress = {});

} // namespace hoering::documents

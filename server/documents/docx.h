// A Document as a Word file (ECMA-376, WordprocessingML) with real styles, so that staff can go on writing in it.
// Not here: reading Word files (server/blobs), other formats (pdf.h, html.h).
#pragma once

#include <string>

#include "documents/document.h"

namespace hoering::documents {

/// The whole file. Headings use Heading1-4 under a Title, quotes Quote, lists ListBullet and ListNumber; tables repeat
/// their head and keep rows whole; a chart is a table with its bars as shaded cells; page n of m in the footer.
/// The same document gives the same bytes. Any text is accepted (see sanitize.h).
/// Throws std::runtime_error if the archive cannot be made.
std::string toDocx(const Document& document);

} // namespace hoering::documents

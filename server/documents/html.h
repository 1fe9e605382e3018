// A Document as one self-contained, accessible HTML page to download, read offline and print.
// Not here: pages of the service itself (server/web), other formats (pdf.h, docx.h).
#pragma once

#include <string>
#include <string_view>

#include "documents/document.h"

namespace hoering::documents {

/// The whole page, UTF-8. The title is the only h1; headings of level n become h(n+1). Nothing is loaded from
/// elsewhere and nothing runs. Any text is accepted (see sanitize.h).
std::string toHtml(const Document& document);

/// Sanitized text with & < > " ' escaped, fit for content and for quoted attributes.
std::string escapeHtml(std::string_view text);

} // namespace hoering::documents

// Markdown as an officer writes it, to HTML that is safe to show. Not here: pages (server/web/html).
#pragma once

#include <string>
#include <string_view>

namespace hoering::text {

/// CommonMark by libcmark in safe mode: raw HTML and javascript: links are left out. Headings start at `topLevel`
/// ("#" becomes <h2> when 2). External links get rel="noopener noreferrer".
std::string markdownToHtml(std::string_view markdown, int topLevel = 2);
/// The same without marks, for letters and summaries: paragraphs parted by blank lines.
std::string markdownToPlain(std::string_view markdown);

} // namespace hoering::text

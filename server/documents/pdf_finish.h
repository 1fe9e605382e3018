// What cairo 1.16 cannot write, added with qpdf: language, display of the title, tab order, artifacts, text
// alternatives, scopes of table heads, the number of pages; and bytes that depend on the content alone.
// Not here: pages and their content (pdf_pages.h).
#pragma once

#include <string>
#include <vector>

namespace hoering::documents {

struct PdfExtras {
    std::string language;             // BCP 47
    std::vector<std::string> figures; // text alternatives in reading order
    std::string totalPdf;             // a one-page PDF, the total in it with its baseline at (0, totalDepth)
    double totalDepth = 0;            // points from that page's bottom
    std::vector<double> totalAt;      // per page: x in points
    double totalBaseline = 0;         // points from the bottom of the page
};

/// Throws std::exception if `bytes` is not the PDF that Pages made.
std::string finishPdf(const std::string& bytes, const PdfExtras& extras);

} // namespace hoering::documents

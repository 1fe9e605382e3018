// The text of a Word file: blocks to paragraphs and tables.
// Not here: styles and the other parts (docx_parts.h), packing (docx.cpp).
#pragma once

#include <string>
#include <vector>

#include "documents/document.h"

namespace hoering::documents {

struct DocxBody {
    std::string xml;                // word/document.xml
    std::vector<std::string> links; // target i has relation id "link<i>"
    std::size_t numberedLists = 0;
};
DocxBody docxBody(const Document& document);

} // namespace hoering::documents

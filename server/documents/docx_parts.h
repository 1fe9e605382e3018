// The parts of a Word file around its text: styles, numbering, header and footer, properties.
// Not here: the text (docx_body.h), packing (docx.cpp).
#pragma once

#include <string>

#include "documents/document.h"

namespace hoering::documents {

inline constexpr const char* wordNamespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
inline constexpr const char* relationNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

// Each returns one whole XML part.
std::string contentTypesPart();
std::string packageRelationsPart();
std::string corePropertiesPart(const Document& document);
std::string stylesPart(const Document& document);
/// `numberedLists`: how many lists start again at 1; list i has number id i + 2, bullets have 1.
std::string numberingPart(std::size_t numberedLists);
std::string settingsPart(const Document& document);
std::string headerPart(const Document& document);
std::string footerPart(const Document& document);

/// Text for XML content and attributes: sanitized and escaped.
std::string escapeXml(std::string_view text);

} // namespace hoering::documents

#include "web/office_document.h"

#include <chrono>

namespace hoering::web {

documents::Document officeDocument(const text::Words& words, std::string title, const std::string& municipality,
                                   const std::string& colour, Instant asOf) {
    documents::Document out;
    out.title = std::move(title);
    out.language = words.language();
    out.author = municipality;
    out.subject = words("digest.as_of", {{"moment", words.momentExact(asOf)}});
    out.headerText = municipality;
    out.footerText = out.subject;
    out.pageWord = words("digest.page");
    out.brandColour = colour;
    out.asOf = std::chrono::floor<std::chrono::seconds>(asOf);
    return out;
}

} // namespace hoering::web

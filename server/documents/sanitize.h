// Text from outside made fit for every writer: what XML 1.0, Pango and PDF strings forbid is gone afterwards.
// Not here: cleaning what is kept in the database (common/strings.h), escaping (each writer does its own).
#pragma once

#include <string>
#include <string_view>

namespace hoering::documents {

/// Any bytes -> well-formed UTF-8 that XML 1.0 (production 2, Char) allows and that cannot reorder its surroundings.
/// Broken UTF-8 and raw surrogates become U+FFFD; CRLF, CR, NEL, LS and PS become LF; NUL, the other C0 but tab and LF,
/// DEL, C1, U+FEFF, noncharacters and bidi embeddings, overrides and isolates are removed. At most 30 combining marks
/// in a row are kept (UAX #15, stream-safe text format). Everything else stays as it is.
std::string sanitize(std::string_view text);

/// sanitize() on one line: line breaks and tabs become spaces.
std::string sanitizeLine(std::string_view text);

/// A link target that is safe to put into a document: absolute http, https, mailto or tel, printable ASCII with the
/// rest percent-encoded. "" for anything else (javascript:, relative, empty, longer than 2,000 bytes).
std::string safeHref(std::string_view href);

/// "#rrggbb" in lower case, or the fallback if `colour` is anything else.
std::string safeColour(std::string_view colour, std::string_view fallback = "#1a5276");

/// A BCP 47 tag of letters, digits and hyphens (at most 35 characters), or "da".
std::string safeLanguage(std::string_view tag);

} // namespace hoering::documents

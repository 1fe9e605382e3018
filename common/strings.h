// Text as it comes from outside, made safe and comparable. UTF-8 throughout.
// Not here: words for people (server/text), HTML escaping (server/web/html).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hoering {

std::string_view trim(std::string_view text);
/// Nothing a reader would see: empty, or only spaces of any kind and letters that have no shape (Unicode White_Space,
/// and those of Default_Ignorable_Code_Point and the blank letters that people paste as spaces). `text`: UTF-8.
bool isBlank(std::string_view text);
std::string lowerAscii(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
bool startsWith(std::string_view text, std::string_view prefix);
bool endsWith(std::string_view text, std::string_view suffix);
std::string replaceAll(std::string text, std::string_view from, std::string_view to);

/// Whether every byte belongs to well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, <= U+10FFFF).
bool isUtf8(std::string_view text);
/// Code points in well-formed UTF-8.
std::size_t countCodePoints(std::string_view text);
/// At most n code points, cut at a code point.
std::string_view firstCodePoints(std::string_view text, std::size_t n);

/// Typed text made fit to keep: CRLF and CR become LF; C0 (but \n and \t), DEL, C1, bidi controls, zero-width joiners
/// at odd places are left alone but U+202A-202E, U+2066-2069, U+FEFF, noncharacters are removed. Nothing else changes.
/// Precondition: well-formed UTF-8.
std::string cleanText(std::string_view text);
/// cleanText on one line: line breaks and tabs become spaces, ends are trimmed.
std::string cleanLine(std::string_view text);

/// A short address name from a title: "Ændret organisering" -> "aendret-organisering". [a-z0-9-], <= 60, never empty.
std::string slugFrom(std::string_view title);

std::string percentDecode(std::string_view text, bool plusIsSpace);
std::string percentEncode(std::string_view text);
std::string toHex(std::string_view bytes);
std::string base64(std::string_view bytes);
std::string base64Url(std::string_view bytes); // no padding

} // namespace hoering

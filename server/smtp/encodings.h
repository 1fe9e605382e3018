// The encodings a mail is made of: bytes or UTF-8 in, ASCII out. Precondition everywhere: well-formed UTF-8 where text
// is said. Not here: which header holds what (server/smtp/mime).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hoering::smtp {

/// Encoded-words (RFC 2047), Q or B whichever is shorter, of at most 75 characters each, never splitting a character,
/// with CRLF SP between them so that no line is over 76. `used` = characters already on the first line.
/// The Q form uses only what is allowed inside a phrase (RFC 2047 5 (3)), so it fits names and subjects alike.
std::string encodedWords(std::string_view text, std::size_t used);

/// A Subject or the like: as it is when it is short plain ASCII that no reader could take for anything else, else
/// encoded-words.
std::string unstructured(std::string_view text, std::size_t used);

/// A display name (RFC 5322 phrase): atoms, quoted-string or encoded-words.
std::string phrase(std::string_view name, std::size_t used);

/// Line breaks of any kind (LF, CR, CRLF) as CRLF.
std::string withCrlf(std::string_view text);

/// Quoted-printable (RFC 2045 6.7) of text with CRLF: lines <= 76, no soft break inside a character, a line never
/// starts with '.' or "From ", nor ends in a blank.
std::string quotedPrintable(std::string_view text);

/// Base64 in lines of 76 (RFC 2045 6.8), each ended by CRLF.
std::string base64Lines(std::string_view bytes);
/// Its length for so many bytes.
std::size_t base64LinesSize(std::size_t bytes);

/// "; filename=…" as a continuation of a header: quoted ASCII if the value is plain and short, else RFC 2231, in
/// numbered pieces when long. `parameter` is the name, e.g. "filename". Never both forms in one header: readers differ
/// over which of two counts, so the ASCII fallback stands in another header (see attachmentPart in mime.cpp).
std::string fileNameParameter(std::string_view parameter, std::string_view value);

/// What an old reader may show for a file name: ASCII, no quotes, at most 60 characters, the ending kept.
std::string asciiFileName(std::string_view name);

} // namespace hoering::smtp

// The office's own words for a kind of letter: which kinds may be reworded, what stands there otherwise, and the named
// fields its words may hold, {part} or {party}, filled for each recipient.
// Not here: keeping them (server/usecases/edit_wording), where they go in a letter (letter_writer.h).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/letter.h"
#include "text/words.h"

namespace hoering::text {

/// Kinds whose words the office may change, in the order in which a party meets them.
std::span<const LetterKind> wordedKinds();
bool mayBeReworded(LetterKind kind);

/// Subject and body with named fields in them. Blank lines part the body's paragraphs.
struct Wording {
    std::string subject, body;
};
/// What the service writes by itself. Throws std::logic_error for a kind that may not be reworded.
Wording standardWording(const Words& words, LetterKind kind);

/// A field as the office writes it, and the hole whose value it becomes.
struct WordingField {
    std::string_view name; // "frist", without braces
    std::string_view hole; // "deadline"; text key "field.deadline" says what it is
};
/// Those of a kind, in a language ("da" names for Danish words, "en" for English).
std::vector<WordingField> wordingFields(LetterKind kind, std::string_view language);

/// Named fields as values: `args` are the letter's holes. A value is never looked into.
std::string fillFields(std::string_view words, LetterKind kind, std::string_view language, const Args& args);

/// What is between braces and no field of this kind, and braces that stand alone; each once, as written.
std::vector<std::string> unknownFields(std::string_view words, LetterKind kind, std::string_view language);

} // namespace hoering::text

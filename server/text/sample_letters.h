// Each kind of letter written with made-up occasions (an answer with a file, a reason), to be looked at: previews of
// the office's own words, tests sent to oneself, pictures.
// Not here: letters that are sent (letters.h).
#pragma once

#include <optional>

#include "text/letters.h"

namespace hoering::text {

/// As it would look for that party, `now`. Nothing for kinds that are not written to parties.
std::optional<Letter> sampleLetter(const Words& words, const LetterFacts& facts, LetterKind kind, Now now);

/// The letter with a note where the personal link goes, for readers who are not the party.
Letter withoutLink(const Words& words, Letter letter);
/// The letter as a test for `toName`: subject marked, a note on top that it was sent to nobody else, no link, no
/// party, contact or mailing on it.
Letter testLetter(const Words& words, Letter letter, std::string toName, std::string toMail);

} // namespace hoering::text

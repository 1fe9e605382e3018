// How a letter looks as HTML mail: the frame and its rows. Tables and inline styles, because that is what Outlook,
// Gmail and the others have in common; no image, nothing loaded, readable when a reader turns it dark. A letter is kept
// as its words; the look, five times as long, is drawn when it is sent or shown. Private to this room but for
// letterHtml. Not here: a letter's parts as text (letter_builder.h), its words (*_letters.cpp).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/letter.h"

namespace hoering::text {

/// Text as HTML: & < > " ' are written as references, which is enough between tags and inside quoted attributes.
std::string escapeHtml(std::string_view text);

/// One row of the letter. All of it is plain text; a line break stays one.
struct LetterPart {
    enum class Kind { head, text, facts, button, small };
    Kind kind = Kind::text;
    std::string words;                                     // of a button: its label
    std::string address;                                   // of a button; "" draws one that leads nowhere
    std::vector<std::pair<std::string, std::string>> rows; // of facts: names and values
};
struct LetterParts {
    std::string colour;    // "#rrggbb"
    std::string preheader; // what an inbox shows after the subject
    std::string note;      // set off, on top of everything; "" for none
    std::vector<LetterPart> list;
};

/// To and from Letter::parts (JSON). `partsOf` throws std::runtime_error on what `stored` did not write.
std::string stored(const LetterParts& parts);
LetterParts partsOf(const Letter& letter);

/// The whole document, with linkMark for the personal link; "" for a letter that is text alone.
std::string letterHtml(const Letter& letter);

} // namespace hoering::text

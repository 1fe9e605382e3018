// What all letters share: addresses, opening, the case's facts, the link, the closing. Private to this room.
// Not here: which letters there are and what each says (*_letters.cpp), text and HTML (letter_builder.h).
#pragma once

#include <string>
#include <string_view>

#include "common/error.h"
#include "domain/deadline.h"
#include "text/letter_builder.h"
#include "text/letters.h"

namespace hoering::text {

/// One line, and no link mark: only the button's own becomes a link.
std::string letterLine(std::string_view text);

/// Where everybody can read about the case: the public URL and "/hoering/…".
std::string pageAddress(const LetterFacts& facts);

/// Writes one letter about a consultation to one contact. Holes known to every text: {party}, {title}, {short_title},
/// {municipality}, {url}, {deadline}, {deadline_short}, {whom}; more by `give`.
class LetterWriter {
  public:
    LetterWriter(const Words& words, const LetterFacts& facts);

    void say(std::string_view key); // a paragraph, from a text key
    void give(std::string name, std::string value);
    LetterBuilder& builder() { return builder_; }
    const Deadline& due() const { return due_; }

    /// Title, committee, journal number and deadline; then the summary, if wanted.
    void aboutTheCase(bool withSummary);
    /// The button with the personal link, and how to treat it.
    void howToAnswer(std::string_view buttonKey);
    /// What happens after the deadline.
    void afterwards();
    /// Whom to ask, regards, sender; then the letter without its queue fields.
    Letter finish(LetterKind kind, std::string_view subjectKey);

  private:
    /// The officer, or whom the house names when the case has none to call or write to.
    std::string whomToCall() const;

    const Words& words_;
    const LetterFacts& facts_;
    const ConsultationText& about_;
    LetterBuilder builder_;
    Deadline due_;
    Args args_;
};

} // namespace hoering::text

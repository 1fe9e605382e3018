// What all letters share: addresses, opening, the case's facts, the link, the closing. Private to this room.
// Not here: which letters there are and what each says (*_letters.cpp), text and HTML (letter_builder.h).
#pragma once

#include <string>
#include <string_view>

#include "common/error.h"
#include "domain/deadline.h"
#include "text/calendar_entry.h"
#include "text/letter_builder.h"
#include "text/letters.h"

namespace hoering::text {

/// One line, and no link mark: only the button's own becomes a link.
std::string letterLine(std::string_view text);
/// The officer, or whom the house names when the case has none to call or write to: one line.
std::string whomToCall(const House& house, const ConsultationText& about);

/// Where everybody can read about the case: the public URL and "/hoering/…".
std::string pageAddress(const LetterFacts& facts);

/// Writes one letter about a consultation to one contact. Holes known to every text: {party}, {contact}, {title},
/// {short_title}, {municipality}, {url}, {deadline}, {deadline_short}, {whom}, {officer}, {unit}, {committee},
/// {journal_number}; more by `give`. Where the office has its own words for this kind of letter (wording.h), they stand
/// instead of all that is said by `say`; everything else stays.
class LetterWriter {
  public:
    LetterWriter(const Words& words, const LetterFacts& facts);

    void say(std::string_view key);    // a paragraph of words, from a text key
    void always(std::string_view key); // one that stays when the office has its own words
    /// Only the standard words fit this letter.
    void keepStandard() { keepsStandard_ = true; }
    void give(std::string name, std::string value);
    LetterBuilder& builder() { return builder_; }
    const Deadline& due() const { return due_; }

    /// Title, committee, journal number and deadline; then the summary, if wanted.
    void aboutTheCase(bool withSummary);
    /// The button with the personal link, and how to treat it.
    void howToAnswer(std::string_view buttonKey);
    /// What happens after the deadline: in the consultation's own words, or in the standard ones. `closing`: the letter
    /// tells that it has closed before; others see it by the consultation.
    void afterwards(bool closing = false);
    /// The letter carries the deadline as a calendar entry, and says so: here, as a paragraph.
    void withCalendar(CalendarNews news = CalendarNews::asItStands);
    /// Whom to ask, regards, sender; then the letter without its queue fields.
    Letter finish(LetterKind kind, std::string_view subjectKey);

  private:
    const Words& words_;
    const LetterFacts& facts_;
    const ConsultationText& about_;
    LetterBuilder builder_;
    Deadline due_;
    Args args_;
    std::string calendar_;
    bool keepsStandard_ = false;
};

} // namespace hoering::text

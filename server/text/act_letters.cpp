#include "text/letter_writer.h"

namespace hoering::text {

Letter cancelledLetter(const Words& words, const LetterFacts& facts, std::string_view reason) {
    LetterWriter letter(words, facts);
    letter.say("letter.cancelled.tell");
    letter.builder().facts({{words("letter.fact.reason"), std::string(reason)}});
    letter.say("letter.cancelled.kept");
    letter.withCalendar(CalendarNews::withdrawn);
    letter.aboutTheCase(false);
    return letter.finish(LetterKind::cancelled, "letter.cancelled.subject");
}

Letter closedLetter(const Words& words, const LetterFacts& facts, std::string_view reason) {
    LetterWriter letter(words, facts);
    letter.say("letter.closed.tell");
    letter.builder().facts({{words("letter.fact.reason"), std::string(reason)}});
    letter.say("letter.closed.kept");
    letter.withCalendar(CalendarNews::withdrawn);
    letter.aboutTheCase(false);
    letter.builder().linkButton(words("letter.closed.button")); // to read; nothing can be sent
    letter.afterwards(true);
    return letter.finish(LetterKind::closed, "letter.closed.subject");
}

} // namespace hoering::text

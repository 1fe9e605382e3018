#include "text/letter_writer.h"

namespace hoering::text {
namespace {

/// What the new deadline means for this party: it has answered, it may, or it is asked to.
void whatItMeans(LetterWriter& letter, const LetterFacts& facts, const DeadlineMove& move) {
    if (move.answered) letter.always("letter.new_deadline.answered");
    else if (facts.party.role == PartyRole::informed) letter.always("letter.new_deadline.informed");
    else letter.always("letter.new_deadline.write");
}

Letter finishMove(LetterWriter& letter, const LetterFacts& facts, const DeadlineMove& move, LetterKind kind,
                  std::string_view subjectKey) {
    whatItMeans(letter, facts, move);
    letter.aboutTheCase(false);
    letter.howToAnswer(move.answered ? "letter.receipt.button" : "letter.link_again.button");
    letter.withCalendar(CalendarNews::changed);
    letter.afterwards();
    return letter.finish(kind, subjectKey);
}

} // namespace

Letter deadlineChangedLetter(const Words& words, const LetterFacts& facts, const DeadlineMove& move) {
    LetterWriter letter(words, facts);
    letter.give("before", words.deadline(move.before));
    const bool same = move.before == letter.due();
    if (same || move.reopened) letter.keepStandard(); // the office's words are for the usual case
    if (same) letter.say("letter.deadline_changed.reopened_same");
    else letter.say(move.reopened ? "letter.deadline_changed.reopened" : "letter.deadline_changed.tell");
    letter.builder().facts({{words("letter.fact.reason"), std::string(move.reason)}});
    return finishMove(letter, facts, move, LetterKind::deadlineChanged,
                      same ? "letter.deadline_changed.subject_reopened" : "letter.deadline_changed.subject");
}

Letter ownDeadlineLetter(const Words& words, const LetterFacts& facts, const DeadlineMove& move) {
    LetterWriter letter(words, facts);
    letter.give("before", words.deadline(move.before));
    letter.say("letter.own_deadline_changed.tell");
    letter.builder().facts({{words("letter.fact.reason"), std::string(move.reason)}});
    return finishMove(letter, facts, move, LetterKind::ownDeadlineChanged, "letter.own_deadline_changed.subject");
}

Letter extensionGrantedLetter(const Words& words, const LetterFacts& facts, const DeadlineMove& move,
                              const Deadline& wanted) {
    LetterWriter letter(words, facts);
    letter.give("before", words.deadline(move.before));
    letter.say("letter.extension_granted.tell");
    letter.builder().facts({{words("letter.fact.wanted"), wanted == letter.due() ? "" : words.deadline(wanted)},
                            {words("letter.fact.reason"), std::string(move.reason)}});
    return finishMove(letter, facts, move, LetterKind::extensionGranted, "letter.extension_granted.subject");
}

Letter extensionRefusedLetter(const Words& words, const LetterFacts& facts, const Deadline& wanted,
                              std::string_view reason, bool over) {
    LetterWriter letter(words, facts);
    letter.give("wanted", words.deadline(wanted));
    letter.say("letter.extension_refused.tell");
    letter.builder().facts({{words("letter.fact.reason"), std::string(reason)}});
    letter.always(over ? "letter.extension_refused.over" : "letter.extension_refused.stays");
    letter.aboutTheCase(false);
    letter.howToAnswer("letter.link_again.button");
    letter.afterwards();
    return letter.finish(LetterKind::extensionRefused, "letter.extension_refused.subject");
}

Letter extensionAskedLetter(const Words& words, const LetterFacts& facts, const ExtensionRequest& request, bool over) {
    LetterWriter letter(words, facts);
    letter.say("letter.extension_asked.tell");
    letter.builder().facts({{words("letter.fact.wanted"), words.deadline(request.wanted)},
                            {words("letter.fact.reason"), request.reason},
                            {words("letter.fact.asked_by"), letterLine(request.askedBy)}});
    letter.always(over ? "letter.extension_asked.over" : "letter.extension_asked.until");
    letter.aboutTheCase(false);
    letter.howToAnswer("letter.link_again.button");
    letter.afterwards();
    return letter.finish(LetterKind::extensionAsked, "letter.extension_asked.subject");
}

} // namespace hoering::text

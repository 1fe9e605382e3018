#include "text/letters.h"

#include "text/letter_writer.h"

namespace hoering::text {
namespace {

std::string_view receivedKey(ResponseKind kind) {
    switch (kind) {
    case ResponseKind::remarks: return "letter.receipt.remarks";
    case ResponseKind::noRemarks: return "letter.receipt.no_remarks";
    case ResponseKind::declined: return "letter.receipt.declined";
    }
    return "";
}

} // namespace

Letter invitationLetter(const Words& words, const LetterFacts& facts) {
    const bool consulted = facts.party.role == PartyRole::consulted;
    LetterWriter letter(words, facts);
    letter.say(consulted ? "letter.invitation.ask" : "letter.informed.ask");
    letter.aboutTheCase(true);
    letter.howToAnswer(consulted ? "letter.invitation.button" : "letter.informed.button");
    letter.say(consulted ? "letter.invitation.no_remarks" : "letter.informed.no_remarks");
    letter.always("letter.personal_data");
    letter.withCalendar();
    letter.afterwards();
    return letter.finish(consulted ? LetterKind::invitation : LetterKind::informed,
                         consulted ? "letter.invitation.subject" : "letter.informed.subject");
}

Letter reminderLetter(const Words& words, const LetterFacts& facts, Now now, bool hasDraft) {
    LetterWriter letter(words, facts);
    letter.give("left", words.daysLeft(daysLeft(letter.due(), now)));
    letter.say("letter.reminder.ask");
    if (hasDraft) letter.always("letter.reminder.draft");
    letter.aboutTheCase(false);
    letter.howToAnswer(hasDraft ? "letter.reminder.button_draft" : "letter.reminder.button");
    letter.say("letter.invitation.no_remarks");
    letter.say("letter.reminder.otherwise");
    letter.afterwards();
    return letter.finish(LetterKind::reminder, "letter.reminder.subject");
}

Letter overdueLetter(const Words& words, const LetterFacts& facts, std::string_view otherWay, bool hasDraft) {
    const bool online = facts.consultation.text.acceptLate;
    LetterWriter letter(words, facts);
    letter.say("letter.overdue.ask");
    if (hasDraft) letter.always("letter.overdue.draft");
    letter.always(online ? "letter.overdue.late" : "letter.overdue.other_way");
    letter.builder().paragraph(otherWay);
    letter.aboutTheCase(false);
    letter.howToAnswer(online ? "letter.overdue.button" : "letter.overdue.button_read");
    letter.say("letter.reminder.otherwise");
    letter.say("letter.overdue.last");
    letter.afterwards();
    return letter.finish(LetterKind::overdue, "letter.overdue.subject");
}

Letter receiptLetter(const Words& words, const LetterFacts& facts, const Response& response) {
    LetterWriter letter(words, facts);
    letter.say(receivedKey(response.kind));
    if (response.kind == ResponseKind::declined) letter.keepStandard(); // the office's words thank for an answer
    if (response.late) letter.always("letter.receipt.late");
    std::string files;
    for (const auto& file : response.files) {
        if (!files.empty()) files += '\n';
        files.append(letterLine(file.name)).append(" (").append(words.size(file.size)).append(")");
    }
    letter.builder().facts({{words("letter.fact.receipt"), response.receipt},
                            {words("letter.fact.received"), words.momentExact(response.receivedAt)},
                            {words("letter.fact.version"), words.number(response.version)},
                            {words("letter.fact.submitted_by"), letterLine(response.submittedBy)},
                            {words("letter.fact.files"), files},
                            {words("letter.fact.checksum"), response.checksum}});
    letter.aboutTheCase(false);
    if (response.receivedAt < letter.due().endsAt()) letter.always("letter.receipt.correct");
    letter.howToAnswer("letter.receipt.button");
    letter.afterwards();
    return letter.finish(response.kind == ResponseKind::noRemarks ? LetterKind::noRemarksReceipt : LetterKind::receipt,
                         response.kind == ResponseKind::noRemarks ? "letter.no_remarks_receipt.subject"
                                                                  : "letter.receipt.subject");
}

Letter linkAgainLetter(const Words& words, const LetterFacts& facts) {
    const bool consulted = facts.party.role == PartyRole::consulted;
    LetterWriter letter(words, facts);
    letter.say("letter.link_again.ask");
    letter.aboutTheCase(false);
    letter.howToAnswer("letter.link_again.button");
    letter.always(consulted ? "letter.invitation.no_remarks" : "letter.informed.no_remarks");
    letter.afterwards();
    return letter.finish(LetterKind::linkAgain, "letter.link_again.subject");
}

} // namespace hoering::text

#include "text/letters.h"

#include <initializer_list>

#include "common/strings.h"
#include "domain/access.h"
#include "text/letter_builder.h"

namespace hoering::text {
namespace {

/// Code points of a title that a subject shows; a mail client shows fewer.
constexpr std::size_t longestTitleInSubject = 120;

/// One line, and no link mark: only the button's own becomes a link.
std::string line(std::string_view text) { return replaceAll(cleanLine(text), linkMark, "(link)"); }

std::string shortTitle(const ConsultationText& about) {
    const std::string title = line(about.title);
    const auto start = firstCodePoints(title, longestTitleInSubject);
    return start.size() == title.size() ? title : std::string(start) + "\xE2\x80\xA6";
}

std::string joined(std::initializer_list<std::string> parts) {
    std::vector<std::string> there;
    for (const auto& part : parts)
        if (!trim(part).empty()) there.push_back(line(part));
    return join(there, ", ");
}

/// What all letters share: addresses, holes, opening and closing.
class Writer {
  public:
    Writer(const Words& words, const LetterFacts& facts)
        : words_(words), facts_(facts), about_(facts.consultation.text), builder_(words.language(), facts.house.colour),
          due_(deadlineFor(facts.consultation, facts.party)) {
        args_ = {{"party", line(facts.party.name)},
                 {"title", line(about_.title)},
                 {"short_title", shortTitle(about_)},
                 {"municipality", line(facts.house.municipality)},
                 {"url", facts.house.publicUrl},
                 {"deadline", words.deadline(due_)},
                 {"deadline_short", words.deadlineShort(due_)},
                 {"whom", whomToCall()}};
        builder_.letterhead(facts.house.municipality);
        std::string greeting = words("letter.greeting", args_);
        if (!trim(facts.contact.name).empty() && facts.contact.name != facts.party.name)
            greeting.append("\n").append(words("letter.attention", {{"contact", line(facts.contact.name)}}));
        builder_.paragraph(greeting);
    }

    void say(std::string_view key) { builder_.paragraph(words_(key, args_)); }
    void give(std::string name, std::string value) { args_.emplace_back(std::move(name), std::move(value)); }
    LetterBuilder& builder() { return builder_; }
    const Deadline& due() const { return due_; }

    void aboutTheCase(bool withSummary) {
        std::string committee = line(about_.committee);
        if (!committee.empty() && about_.decisionDate)
            committee = words_("letter.decided",
                               {{"committee", committee}, {"date", words_.weekdayDate(*about_.decisionDate)}});
        builder_.facts({{words_("letter.fact.title"), line(about_.title)},
                        {words_("letter.fact.committee"), committee},
                        {words_("letter.fact.journal_number"), line(about_.journalNumber)},
                        {words_("letter.fact.deadline"), words_.deadline(due_)}});
        if (withSummary) builder_.paragraph(about_.summary);
    }

    void howToAnswer(std::string_view buttonKey) {
        builder_.linkButton(words_(buttonKey));
        say("letter.link");
    }

    void afterwards() {
        say("letter.afterwards");
        builder_.paragraph(about_.afterwards);
    }

    Letter finish(LetterKind kind, std::string_view subjectKey) {
        say("letter.questions");
        builder_.paragraph(words_("letter.regards") + "\n" + (about_.unit.empty() ? "" : line(about_.unit) + "\n") +
                           line(facts_.house.municipality));
        builder_.small(words_("letter.sent_by", args_));
        Letter letter;
        letter.kind = kind;
        letter.consultation = facts_.consultation.id;
        letter.party = facts_.party.id;
        letter.contact = facts_.contact.id;
        letter.language = words_.language();
        letter.toName = line(facts_.contact.name.empty() ? facts_.party.name : facts_.contact.name);
        letter.toMail = facts_.contact.mail;
        const bool officer = !about_.officerMail.empty();
        letter.replyName = line(officer ? about_.officerName : facts_.house.contactName);
        letter.replyMail = officer ? about_.officerMail : facts_.house.contactMail;
        letter.subject = line(words_(subjectKey, args_));
        letter.text = builder_.text();
        letter.html = builder_.html(letter.subject);
        return letter;
    }

  private:
    /// The officer, or whom the house names when the case has none to call or write to.
    std::string whomToCall() const {
        if (!about_.officerPhone.empty() || !about_.officerMail.empty())
            return joined({about_.officerName, about_.officerPhone, about_.officerMail});
        return joined({facts_.house.contactName, facts_.house.contactPhone, facts_.house.contactMail});
    }

    const Words& words_;
    const LetterFacts& facts_;
    const ConsultationText& about_;
    LetterBuilder builder_;
    Deadline due_;
    Args args_;
};

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
    Writer letter(words, facts);
    letter.say(consulted ? "letter.invitation.ask" : "letter.informed.ask");
    letter.aboutTheCase(true);
    letter.howToAnswer(consulted ? "letter.invitation.button" : "letter.informed.button");
    letter.say(consulted ? "letter.invitation.no_remarks" : "letter.informed.no_remarks");
    letter.say("letter.personal_data");
    letter.afterwards();
    return letter.finish(consulted ? LetterKind::invitation : LetterKind::informed,
                         consulted ? "letter.invitation.subject" : "letter.informed.subject");
}

Letter reminderLetter(const Words& words, const LetterFacts& facts, Now now, bool hasDraft) {
    Writer letter(words, facts);
    letter.give("left", words.daysLeft(daysLeft(letter.due(), now)));
    letter.say("letter.reminder.ask");
    if (hasDraft) letter.say("letter.reminder.draft");
    letter.aboutTheCase(false);
    letter.howToAnswer(hasDraft ? "letter.reminder.button_draft" : "letter.reminder.button");
    letter.say("letter.invitation.no_remarks");
    letter.say("letter.reminder.otherwise");
    letter.afterwards();
    return letter.finish(LetterKind::reminder, "letter.reminder.subject");
}

Letter receiptLetter(const Words& words, const LetterFacts& facts, const Response& response) {
    Writer letter(words, facts);
    letter.say(receivedKey(response.kind));
    if (response.late) letter.say("letter.receipt.late");
    std::string files;
    for (const auto& file : response.files) {
        if (!files.empty()) files += '\n';
        files.append(line(file.name)).append(" (").append(words.size(file.size)).append(")");
    }
    letter.builder().facts({{words("letter.fact.receipt"), response.receipt},
                            {words("letter.fact.received"), words.momentExact(response.receivedAt)},
                            {words("letter.fact.version"), words.number(response.version)},
                            {words("letter.fact.submitted_by"), line(response.submittedBy)},
                            {words("letter.fact.files"), files},
                            {words("letter.fact.checksum"), response.checksum}});
    letter.aboutTheCase(false);
    if (response.receivedAt < letter.due().endsAt()) letter.say("letter.receipt.correct");
    letter.howToAnswer("letter.receipt.button");
    letter.afterwards();
    return letter.finish(response.kind == ResponseKind::noRemarks ? LetterKind::noRemarksReceipt : LetterKind::receipt,
                         response.kind == ResponseKind::noRemarks ? "letter.no_remarks_receipt.subject"
                                                                  : "letter.receipt.subject");
}

Letter linkAgainLetter(const Words& words, const LetterFacts& facts) {
    const bool consulted = facts.party.role == PartyRole::consulted;
    Writer letter(words, facts);
    letter.say("letter.link_again.ask");
    letter.aboutTheCase(false);
    letter.howToAnswer("letter.link_again.button");
    letter.say(consulted ? "letter.invitation.no_remarks" : "letter.informed.no_remarks");
    letter.afterwards();
    return letter.finish(LetterKind::linkAgain, "letter.link_again.subject");
}

} // namespace hoering::text

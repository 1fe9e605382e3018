#include "text/letter_writer.h"

#include <initializer_list>

#include "common/strings.h"
#include "domain/access.h"
#include "text/wording.h"

namespace hoering::text {
namespace {

/// Code points of a title that a subject shows; a mail client shows fewer.
constexpr std::size_t longestTitleInSubject = 120;

std::string shortTitle(const ConsultationText& about) {
    const std::string title = letterLine(about.title);
    const auto start = firstCodePoints(title, longestTitleInSubject);
    return start.size() == title.size() ? title : std::string(start) + "\xE2\x80\xA6";
}

std::string joined(std::initializer_list<std::string> parts) {
    std::vector<std::string> there;
    for (const auto& part : parts)
        if (!trim(part).empty()) there.push_back(letterLine(part));
    return join(there, ", ");
}

} // namespace

std::string letterLine(std::string_view text) { return replaceAll(cleanLine(text), linkMark, "(link)"); }

std::string pageAddress(const LetterFacts& facts) {
    return facts.house.publicUrl + "/hoering/" + facts.consultation.slug;
}

std::string whomToCall(const House& house, const ConsultationText& about) {
    if (!about.officerPhone.empty() || !about.officerMail.empty())
        return joined({about.officerName, about.officerPhone, about.officerMail});
    return joined({house.contactName, house.contactPhone, house.contactMail});
}

LetterWriter::LetterWriter(const Words& words, const LetterFacts& facts)
    : words_(words), facts_(facts), about_(facts.consultation.text), builder_(facts.house.colour),
      due_(deadlineFor(facts.consultation, facts.party)) {
    args_ = {{"party", letterLine(facts.party.name)},
             {"title", letterLine(about_.title)},
             {"short_title", shortTitle(about_)},
             {"municipality", letterLine(facts.house.municipality)},
             {"url", facts.house.publicUrl},
             {"deadline", words.deadline(due_)},
             {"deadline_short", words.deadlineShort(due_)},
             {"whom", whomToCall(facts.house, about_)},
             {"contact", letterLine(trim(facts.contact.name).empty() ? facts.party.name : facts.contact.name)},
             {"officer", letterLine(trim(about_.officerName).empty() ? facts.house.contactName : about_.officerName)},
             {"unit", letterLine(about_.unit)},
             {"committee", letterLine(about_.committee)},
             {"journal_number", letterLine(about_.journalNumber)}};
    builder_.letterhead(facts.house.municipality);
    std::string greeting = words("letter.greeting", args_);
    if (!trim(facts.contact.name).empty() && facts.contact.name != facts.party.name)
        greeting.append("\n").append(words("letter.attention", {{"contact", letterLine(facts.contact.name)}}));
    builder_.paragraph(greeting);
}

void LetterWriter::say(std::string_view key) { builder_.words(words_(key, args_)); }
void LetterWriter::always(std::string_view key) { builder_.paragraph(words_(key, args_)); }

void LetterWriter::give(std::string name, std::string value) { args_.emplace_back(std::move(name), std::move(value)); }

void LetterWriter::aboutTheCase(bool withSummary) {
    std::string committee = letterLine(about_.committee);
    if (!committee.empty() && about_.decisionDate)
        committee =
            words_("letter.decided", {{"committee", committee}, {"date", words_.weekdayDate(*about_.decisionDate)}});
    builder_.facts({{words_("letter.fact.title"), letterLine(about_.title)},
                    {words_("letter.fact.committee"), committee},
                    {words_("letter.fact.journal_number"), letterLine(about_.journalNumber)},
                    {words_("letter.fact.deadline"), words_.deadline(due_)}});
    if (withSummary) builder_.paragraph(about_.summary);
}

void LetterWriter::howToAnswer(std::string_view buttonKey) {
    builder_.linkButton(words_(buttonKey));
    always("letter.link");
}

void LetterWriter::afterwards(bool closing) {
    if (!trim(about_.afterwards).empty()) return builder_.paragraph(about_.afterwards);
    always(closing || closedEarly(facts_.consultation) ? "letter.afterwards_closed" : "letter.afterwards");
}

void LetterWriter::withCalendar(CalendarNews news) {
    calendar_ = partyCalendar(words_, facts_.house, facts_.consultation, facts_.party, news);
    always(news == CalendarNews::asItStands ? "letter.calendar"
           : news == CalendarNews::changed  ? "letter.calendar_changed"
                                            : "letter.calendar_withdrawn");
}

Letter LetterWriter::finish(LetterKind kind, std::string_view subjectKey) {
    std::string subject = words_(subjectKey, args_);
    if (const auto* own = keepsStandard_ ? nullptr : wordingFor(facts_.consultation, kind, words_.language())) {
        subject = fillFields(own->subject, kind, words_.language(), args_);
        builder_.reword(fillFields(own->body, kind, words_.language(), args_));
    }
    always("letter.questions");
    builder_.paragraph(words_("letter.regards") + "\n" + (about_.unit.empty() ? "" : letterLine(about_.unit) + "\n") +
                       letterLine(facts_.house.municipality));
    builder_.small(words_("letter.sent_by", args_));
    Letter letter;
    letter.kind = kind;
    letter.consultation = facts_.consultation.id;
    letter.party = facts_.party.id;
    letter.contact = facts_.contact.id;
    letter.language = words_.language();
    letter.toName = letterLine(facts_.contact.name.empty() ? facts_.party.name : facts_.contact.name);
    letter.toMail = facts_.contact.mail;
    const bool officer = !about_.officerMail.empty();
    letter.replyName = letterLine(officer ? about_.officerName : facts_.house.contactName);
    letter.replyMail = officer ? about_.officerMail : facts_.house.contactMail;
    if (const auto number = letterLine(about_.journalNumber); facts_.house.journalNumberInSubject && !number.empty())
        subject = "[" + number + "] " + subject;
    letter.subject = letterLine(subject);
    letter.text = builder_.text();
    letter.parts = builder_.parts();
    letter.calendar = calendar_;
    return letter;
}

} // namespace hoering::text

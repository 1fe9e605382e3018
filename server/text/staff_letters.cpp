#include "text/staff_letters.h"

#include <algorithm>

#include "common/strings.h"
#include "text/letter_writer.h"

namespace hoering::text {
namespace {

/// Lines of a list in a letter; whoever wants more looks at the page.
constexpr std::size_t longestList = 50;

/// Opening, closing and addresses of every letter to a colleague.
class StaffWriter {
  public:
    StaffWriter(const Words& words, const StaffFacts& facts)
        : words_(words), facts_(facts), builder_(facts.house.colour) {
        give("name", letterLine(facts.to.name));
        give("municipality", letterLine(facts.house.municipality));
        give("url", facts.house.publicUrl);
        builder_.letterhead(facts.house.municipality);
        say("letter.staff.greeting");
    }
    void give(std::string name, std::string value) { args_.emplace_back(std::move(name), std::move(value)); }
    void about(const Consultation& consultation) { give("title", letterLine(consultation.text.title)); }
    void say(std::string_view key) { builder_.paragraph(words_(key, args_)); }
    LetterBuilder& builder() { return builder_; }

    /// A heading line and the names under it; nothing for none.
    void list(std::string_view countKey, const std::vector<std::string>& lines) {
        if (lines.empty()) return;
        std::string text = words_.count(countKey, static_cast<long long>(lines.size()), args_);
        for (std::size_t i = 0; i < std::min(lines.size(), longestList); ++i) text += "\n- " + letterLine(lines[i]);
        if (lines.size() > longestList)
            text += "\n- " + words_.count("letter.staff.more", static_cast<long long>(lines.size() - longestList));
        builder_.paragraph(text);
    }
    void button(std::string_view key, std::int64_t consultation, std::string_view rest = "") {
        builder_.officeButton(words_(key), facts_.house.publicUrl + "/kontor/hoeringer/" +
                                               std::to_string(consultation) + std::string(rest));
    }

    Letter finish(LetterKind kind, std::string subject) {
        builder_.small(words_("letter.staff.why", args_));
        Letter letter;
        letter.kind = kind;
        letter.language = words_.language();
        letter.toName = letterLine(facts_.to.name);
        letter.toMail = facts_.to.email;
        letter.replyName = letterLine(facts_.house.contactName);
        letter.replyMail = facts_.house.contactMail;
        letter.subject = letterLine(subject);
        letter.text = builder_.text();
        letter.parts = builder_.parts();
        return letter;
    }
    Letter finishWith(LetterKind kind, std::string_view subjectKey) { return finish(kind, words_(subjectKey, args_)); }

  private:
    const Words& words_;
    const StaffFacts& facts_;
    LetterBuilder builder_;
    Args args_;
};

std::string answerLine(const Words& words, const AnswerNews& news) {
    if (news.withdrawn) return letterLine(news.party) + ", " + words.moment(news.at);
    std::string line = letterLine(news.party) + ": " + words("response_kind." + std::string(kindName(news.kind))) +
                       ", " + words.moment(news.at);
    if (news.version > 1) line += ", " + words("letter.staff.version", {{"version", words.number(news.version)}});
    if (news.late) line += ", " + words("letter.staff.late");
    return line;
}

/// What the subject counts: new answers, or, when there are none, withdrawn ones.
struct AnswerCount {
    long long fresh = 0, withdrawn = 0;
    std::string_view one() const {
        return fresh > 0 ? "letter.staff_answer.subject_one" : "letter.staff_answer.subject_withdrawn_one";
    }
    std::string_view several() const {
        return fresh > 0 ? "letter.staff_answer.subject" : "letter.staff_answer.subject_withdrawn";
    }
    std::string_view everywhere() const {
        return fresh > 0 ? "letter.staff_answer.subject_several" : "letter.staff_answer.subject_withdrawn_several";
    }
    long long number() const { return fresh > 0 ? fresh : withdrawn; }
};

AnswerCount countOf(const std::vector<ConsultationAnswers>& news) {
    AnswerCount count;
    for (const auto& each : news)
        for (const auto& answer : each.answers) ++(answer.withdrawn ? count.withdrawn : count.fresh);
    return count;
}

std::string_view tellKey(const AnswerCount& count, bool daily) {
    if (daily) return "letter.staff_daily.tell";
    return count.fresh > 0 ? "letter.staff_answer.tell" : "letter.staff_answer.tell_withdrawn";
}

} // namespace

Letter staffAnswersLetter(const Words& words, const StaffFacts& facts, const std::vector<ConsultationAnswers>& news,
                          bool daily) {
    StaffWriter letter(words, facts);
    const auto count = countOf(news);
    letter.say(tellKey(count, daily));
    for (const auto& each : news) {
        std::vector<std::string> lines, withdrawn;
        for (const auto& answer : each.answers)
            (answer.withdrawn ? withdrawn : lines).push_back(answerLine(words, answer));
        letter.builder().facts(
            {{words("letter.fact.title"), letterLine(each.consultation.text.title)},
             {words("letter.fact.journal_number"), letterLine(each.consultation.text.journalNumber)}});
        letter.list("letter.staff_answer.list", lines);
        letter.list("letter.staff_answer.withdrawn", withdrawn);
        letter.button("letter.staff_answer.button", each.consultation.id, "/svar");
    }
    const std::string title = news.size() == 1 ? letterLine(news[0].consultation.text.title) : "";
    const bool alone = count.fresh + count.withdrawn == 1;
    if (alone && !daily)
        return letter.finish(LetterKind::staffAnswer,
                             words(count.one(), {{"party", letterLine(news[0].answers[0].party)}, {"title", title}}));
    return letter.finish(daily ? LetterKind::staffDaily : LetterKind::staffAnswer,
                         title.empty() ? words.count(count.everywhere(), count.number())
                                       : words.count(count.several(), count.number(), {{"title", title}}));
}

Letter staffMailingLetter(const Words& words, const StaffFacts& facts, const Consultation& about,
                          const MailingNews& news) {
    StaffWriter letter(words, facts);
    letter.about(about);
    const std::string key = "act_name." + news.act;
    letter.give("act", words.has(key) ? words(key) : letterLine(news.act));
    letter.say("letter.staff_mailing.tell");
    const auto row = [&](const char* name, long long n) {
        return std::pair(words(name), n == 0 ? std::string() : words.number(n));
    };
    letter.builder().facts({{words("letter.fact.title"), letterLine(about.text.title)},
                            {words("letter.fact.begun"), words.moment(news.at)},
                            {words("letter.fact.finished"), words.moment(news.finishedAt)},
                            {words("letter.fact.letters"), words.number(news.letters)},
                            row("letter.fact.accepted", news.accepted),
                            row("letter.fact.laid_in_folder", news.laidInFolder),
                            row("letter.fact.refused", news.refused),
                            row("letter.fact.unknown", news.unknown),
                            row("letter.fact.cancelled", news.cancelled)});
    const bool trouble = news.refused + news.unknown > 0;
    if (news.laidInFolder > 0) letter.say("letter.staff_mailing.in_folder");
    if (trouble) letter.say("letter.staff_mailing.trouble");
    else if (news.laidInFolder == 0) letter.say("letter.staff_mailing.well");
    letter.button("letter.staff_mailing.button", about.id, "/breve");
    return letter.finishWith(LetterKind::staffMailing,
                             trouble ? "letter.staff_mailing.subject_trouble" : "letter.staff_mailing.subject");
}

Letter staffNotReachedLetter(const Words& words, const StaffFacts& facts, const Consultation& about,
                             const Party& party) {
    StaffWriter letter(words, facts);
    letter.about(about);
    letter.give("party", letterLine(party.name));
    letter.say("letter.staff_not_reached.tell");
    std::string addresses;
    for (const auto& contact : party.contacts) addresses += (addresses.empty() ? "" : "\n") + letterLine(contact.mail);
    letter.builder().facts({{words("letter.fact.title"), letterLine(about.text.title)},
                            {words("letter.fact.party"), letterLine(party.name)},
                            {words("letter.fact.addresses"), addresses}});
    letter.say("letter.staff_not_reached.act");
    letter.button("letter.staff_not_reached.button", about.id, "/parter");
    return letter.finishWith(LetterKind::staffNotReached, "letter.staff_not_reached.subject");
}

Letter staffDeadlineLetter(const Words& words, const StaffFacts& facts, const Consultation& about,
                           const DeadlineNews& news) {
    StaffWriter letter(words, facts);
    letter.about(about);
    if (about.text.deadline) letter.give("deadline", words.deadline(*about.text.deadline));
    letter.say("letter.staff_deadline.tell");
    letter.list("letter.staff_deadline.answered", news.answered);
    letter.list("letter.staff_deadline.missing", news.missing);
    letter.list("letter.staff_deadline.open", news.open);
    if (news.informedAnswered > 0)
        letter.builder().paragraph(words.count("letter.staff_deadline.informed", news.informedAnswered));
    letter.button("letter.staff_deadline.button", about.id, "/hoeringsnotat");
    return letter.finishWith(LetterKind::staffDeadline, "letter.staff_deadline.subject");
}

Letter staffExtensionLetter(const Words& words, const StaffFacts& facts, const Consultation& about,
                            const Party& party) {
    StaffWriter letter(words, facts);
    letter.about(about);
    letter.give("party", letterLine(party.name));
    letter.say("letter.staff_extension.tell");
    letter.button("letter.staff_extension.button", about.id);
    return letter.finishWith(LetterKind::staffExtension, "letter.staff_extension.subject");
}

Letter staffReleaseLetter(const Words& words, const StaffFacts& facts, const Consultation& about) {
    StaffWriter letter(words, facts);
    letter.about(about);
    letter.say("letter.staff_release.tell");
    letter.button("letter.staff_release.button", about.id);
    return letter.finishWith(LetterKind::staffRelease, "letter.staff_release.subject");
}

} // namespace hoering::text

#include "common/strings.h"
#include "text/letter_writer.h"

namespace hoering::text {
namespace {

std::string fileLines(const Words& words, const std::vector<StoredFile>& files) {
    std::string lines;
    for (const auto& file : files) {
        if (!lines.empty()) lines += '\n';
        lines.append(letterLine(file.name)).append(" (").append(words.size(file.size)).append(")");
    }
    return lines;
}

} // namespace

Letter enclosureAddedLetter(const Words& words, const LetterFacts& facts, const std::vector<Enclosure>& added,
                            std::string_view reason) {
    LetterWriter letter(words, facts);
    std::string titles;
    for (const auto& each : added) {
        if (!titles.empty()) titles += '\n';
        titles += letterLine(each.title);
        // The name is told where the title does not tell it already.
        if (!startsWith(each.file.name, each.title + ".")) titles += " (" + letterLine(each.file.name) + ")";
    }
    letter.say(added.size() == 1 ? "letter.enclosure_added.tell_one" : "letter.enclosure_added.tell_several");
    letter.builder().facts(
        {{words(added.size() == 1 ? "letter.fact.new_enclosure" : "letter.fact.new_enclosures"), titles},
         {words("letter.fact.what_is_new"), std::string(reason)}});
    letter.aboutTheCase(false);
    letter.say("letter.enclosure_added.correct");
    letter.howToAnswer("letter.enclosure_added.button");
    return letter.finish(LetterKind::enclosureAdded, "letter.enclosure_added.subject");
}

Letter outcomeLetter(const Words& words, const LetterFacts& facts, bool linkWorks) {
    const auto& about = facts.consultation;
    LetterWriter letter(words, facts);
    letter.say("letter.outcome.tell");
    letter.builder().facts(
        {{words("letter.fact.outcome_by"), letterLine(about.outcomeBy)},
         {words("letter.fact.outcome_date"), about.outcomeDate ? words.weekdayDate(*about.outcomeDate) : ""},
         {words("letter.fact.outcome"), about.outcome}});
    letter.aboutTheCase(false);
    if (about.text.isPublic) letter.builder().facts({{words("letter.fact.page"), pageAddress(facts)}});
    if (linkWorks) letter.builder().linkButton(words("letter.outcome.button")); // to read; nothing can be sent
    return letter.finish(LetterKind::outcome, "letter.outcome.subject");
}

Letter registeredLetter(const Words& words, const LetterFacts& facts, const Response& response,
                        const RegisteredFor& told) {
    LetterWriter letter(words, facts);
    letter.say(told.another ? "letter.registered.tell_joint"
                            : "letter.registered.tell_" + std::string(kindName(response.kind)));
    if (told.another || response.kind != ResponseKind::remarks) letter.keepStandard();
    if (!told.another && told.others > 0)
        letter.builder().paragraph(words.count("letter.registered.others", static_cast<long long>(told.others)));
    if (response.late) letter.always("letter.receipt.late");
    std::vector<std::pair<std::string, std::string>> rows{
        {words("letter.fact.channel"), words("channel." + std::string(channelName(response.channel)))},
        {words("letter.fact.received"), words.moment(response.receivedAt)},
        {words("letter.fact.receipt"), response.receipt}};
    // Of an answer that is another's, only what proves that it is there.
    if (!told.another) {
        rows.emplace_back(words("letter.fact.version"), words.number(response.version));
        rows.emplace_back(words("letter.fact.files"), fileLines(words, response.files));
    }
    rows.emplace_back(words("letter.fact.checksum"), response.checksum);
    letter.builder().facts(rows);
    letter.say("letter.registered.keep");
    letter.aboutTheCase(false);
    letter.say(told.another ? "letter.registered.wrong_joint" : "letter.registered.wrong");
    if (told.mayCorrect) letter.always("letter.receipt.correct");
    if (told.mayCorrect) letter.howToAnswer("letter.receipt.button");
    else if (told.linkWorks) letter.builder().linkButton(words("letter.outcome.button"));
    return letter.finish(LetterKind::registered, "letter.registered.subject");
}

namespace {

/// Whether it may answer again; one that is asked to is reminded again.
void answeringAgain(LetterWriter& letter, const LetterFacts& facts, Answering may) {
    switch (may) {
    case Answering::inTime:
        letter.always(facts.party.role == PartyRole::consulted ? "letter.withdrawn.again"
                                                               : "letter.withdrawn.again_informed");
        break;
    case Answering::late: letter.always("letter.withdrawn.late"); break;
    case Answering::over:
    case Answering::stopped: letter.always("letter.withdrawn.over"); break;
    }
}

} // namespace

Letter withdrawnLetter(const Words& words, const LetterFacts& facts, const Response& response,
                       const WithdrawnFor& told) {
    const Withdrawal& withdrawal = *response.withdrawal;
    LetterWriter letter(words, facts);
    letter.say(told.another ? "letter.withdrawn.tell_joint" : "letter.withdrawn.tell");
    if (told.another) letter.keepStandard();
    else letter.say("letter.withdrawn.kept");
    std::vector<std::pair<std::string, std::string>> rows{
        {words("letter.fact.receipt"), withdrawal.receipt},
        {words("letter.fact.withdrawn"), words.moment(withdrawal.at)}};
    // Of an answer that was another's, only what proves that it is withdrawn.
    if (!told.another) {
        rows.emplace_back(words("letter.fact.withdrawn_by"), letterLine(withdrawal.withdrawnBy));
        if (withdrawal.channel != Channel::online)
            rows.emplace_back(words("letter.fact.channel"),
                              words("channel." + std::string(channelName(withdrawal.channel))));
        rows.emplace_back(words("letter.fact.withdrawn_version"), words.number(response.version));
    }
    rows.emplace_back(words("letter.fact.withdrawn_receipt"), response.receipt);
    letter.builder().facts(rows);
    answeringAgain(letter, facts, told.may);
    letter.aboutTheCase(false);
    letter.say("letter.registered.wrong");
    if (told.may == Answering::inTime || told.may == Answering::late) letter.howToAnswer("letter.link_again.button");
    else if (told.linkWorks) letter.builder().linkButton(words("letter.outcome.button"));
    return letter.finish(LetterKind::withdrawn, "letter.withdrawn.subject");
}

} // namespace hoering::text

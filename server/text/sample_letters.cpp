#include "text/sample_letters.h"

#include "common/strings.h"
#include "domain/access.h"
#include "domain/extension.h"
#include "text/letter_builder.h"
#include "text/letter_html.h"
#include "text/letter_writer.h"

namespace hoering::text {
namespace {

Response sampleResponse(const Words& words, ResponseKind kind, const Contact& contact, Now now) {
    Response response;
    response.kind = kind;
    response.version = 1;
    response.receivedAt = now.instant;
    response.submittedBy = contact.name.empty() ? contact.mail : contact.name;
    response.receipt = "0000-0000-0000";
    response.checksum = std::string(64, '0');
    if (kind == ResponseKind::remarks) response.files = {{1, "", words("sample.file"), "application/pdf", 245'760, 2}};
    return response;
}

/// From a week before the party's deadline to it.
DeadlineMove sampleMove(const LetterFacts& facts, std::string_view reason) {
    Deadline before = deadlineFor(facts.consultation, facts.party);
    before.date = addDays(before.date, -7);
    return {before, reason};
}

template <class F> void changeParts(Letter& letter, F change) {
    if (letter.parts.empty()) return;
    auto parts = partsOf(letter);
    change(parts);
    letter.parts = stored(parts);
}

} // namespace

std::optional<Letter> sampleLetter(const Words& words, const LetterFacts& facts, LetterKind kind, Now now) {
    const auto reason = words("sample.reason");
    switch (kind) {
    case LetterKind::invitation:
    case LetterKind::informed: {
        Party party = facts.party;
        party.role = kind == LetterKind::informed ? PartyRole::informed : PartyRole::consulted;
        return invitationLetter(words, {facts.house, facts.consultation, party, facts.contact});
    }
    case LetterKind::reminder: return reminderLetter(words, facts, now, false);
    case LetterKind::overdue: return overdueLetter(words, facts, "", false);
    case LetterKind::deadlineChanged: return deadlineChangedLetter(words, facts, sampleMove(facts, reason));
    case LetterKind::ownDeadlineChanged: return ownDeadlineLetter(words, facts, sampleMove(facts, reason));
    case LetterKind::extensionAsked: {
        ExtensionRequest request;
        request.wanted = deadlineFor(facts.consultation, facts.party);
        request.reason = reason;
        request.askedBy = facts.contact.name;
        return extensionAskedLetter(words, facts, request, false);
    }
    case LetterKind::extensionGranted: {
        const auto move = sampleMove(facts, reason);
        return extensionGrantedLetter(words, facts, move, deadlineFor(facts.consultation, facts.party));
    }
    case LetterKind::extensionRefused:
        return extensionRefusedLetter(words, facts, deadlineFor(facts.consultation, facts.party), reason, false);
    case LetterKind::enclosureAdded:
        return enclosureAddedLetter(
            words, facts, {{1, words("sample.file"), {1, "", words("sample.file"), "application/pdf", 245'760, 2}}},
            reason);
    case LetterKind::registered:
        return registeredLetter(words, facts, sampleResponse(words, ResponseKind::remarks, facts.contact, now),
                                {.linkWorks = true});
    case LetterKind::withdrawn: {
        auto response = sampleResponse(words, ResponseKind::remarks, facts.contact, now);
        auto& withdrawal = response.withdrawal.emplace();
        withdrawal.at = now.instant;
        withdrawal.receipt = response.receipt;
        withdrawal.withdrawnBy = response.submittedBy;
        return withdrawnLetter(words, facts, response,
                               {.may = mayAnswer(facts.consultation, facts.party, now.instant), .linkWorks = true});
    }
    case LetterKind::outcome: return outcomeLetter(words, facts, true);
    case LetterKind::receipt:
        return receiptLetter(words, facts, sampleResponse(words, ResponseKind::remarks, facts.contact, now));
    case LetterKind::noRemarksReceipt:
        return receiptLetter(words, facts, sampleResponse(words, ResponseKind::noRemarks, facts.contact, now));
    case LetterKind::linkAgain: return linkAgainLetter(words, facts);
    case LetterKind::cancelled: return cancelledLetter(words, facts, reason);
    case LetterKind::closed: return closedLetter(words, facts, reason);
    default: return std::nullopt;
    }
}

Letter withoutLink(const Words& words, Letter letter) {
    const auto note = words("page.letter.link_here");
    letter.text = replaceAll(std::move(letter.text), linkMark, note);
    changeParts(letter, [](LetterParts& parts) {
        for (auto& part : parts.list)
            if (part.address == linkMark) part.address.clear();
    });
    return letter;
}

Letter testLetter(const Words& words, Letter letter, std::string toName, std::string toMail) {
    letter = withoutLink(words, std::move(letter));
    const auto note = words("letter.test.note");
    letter.text = wrapText(note) + "\n\n" + letter.text;
    changeParts(letter, [&](LetterParts& parts) { parts.note = note; });
    letter.subject = words("letter.test.subject", {{"subject", letter.subject}});
    letter.kind = LetterKind::test;
    letter.toName = letterLine(toName);
    letter.toMail = std::move(toMail);
    letter.party = letter.contact = letter.link = letter.mailing = std::nullopt;
    return letter;
}

} // namespace hoering::text

#include "usecases/overtaken_letter.h"

#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/extensions.h"
#include "sqlite/parties.h"
#include "sqlite/responses.h"

namespace hoering {

std::string_view overtakenBecause(sqlite::ReadTx& tx, const Letter& letter, Now now) {
    if (!isReminder(letter.kind) || !letter.consultation || !letter.party) return "";
    const auto consultation = sqlite::findConsultation(tx, *letter.consultation);
    const auto party = sqlite::findParty(tx, *letter.party);
    if (!consultation || !party) return "reminder_reason.over";
    const auto may = mayAnswer(*consultation, *party, now.instant);
    const auto deadline = deadlineFor(*consultation, *party);
    if (sqlite::deadlineMovedSince(tx, consultation->id, party->id, deadline, letter.createdAt))
        return "reminder_reason.moved";
    const bool inTime = may == Answering::inTime, before = letter.kind == LetterKind::reminder;
    if (may == Answering::stopped || inTime != before) return "reminder_reason.over";
    if (party->jointWith) return "reminder_reason.joint";
    return sqlite::hasAnswered(tx, party->id) ? "reminder_reason.answered" : "";
}

} // namespace hoering

#include "usecases/overtaken_letter.h"

#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/parties.h"
#include "sqlite/responses.h"

namespace hoering {

std::string_view overtakenBecause(sqlite::ReadTx& tx, const Letter& letter, Now now) {
    if (letter.kind != LetterKind::reminder || !letter.consultation || !letter.party) return "";
    const auto consultation = sqlite::findConsultation(tx, *letter.consultation);
    const auto party = sqlite::findParty(tx, *letter.party);
    if (!consultation || !party || mayAnswer(*consultation, *party, now.instant) != Answering::inTime)
        return "reminder_reason.over";
    return sqlite::versionsOf(tx, party->id) > 0 ? "reminder_reason.answered" : "";
}

} // namespace hoering

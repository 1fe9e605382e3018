#include "usecases/finish_mailings.h"

#include "sqlite/mailing_ends.h"
#include "usecases/tell_staff.h"

namespace hoering {

int finishMailings(sqlite::Tx& tx) {
    int finished = 0;
    for (const auto id : sqlite::mailingsThatEnded(tx)) {
        if (!sqlite::markMailingFinished(tx, id)) continue;
        tx.housekeeping("a mailing is finished; each of its letters is in the journal");
        ++finished;
        const auto outcome = sqlite::outcomeOf(tx, id);
        if (outcome->letters > 1 || outcome->accepted + outcome->laidInFolder < outcome->letters)
            tellStaff(tx, {LetterKind::staffMailing, outcome->consultation, {}, 0, id});
    }
    return finished;
}

} // namespace hoering

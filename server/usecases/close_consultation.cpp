#include "usecases/close_consultation.h"

#include "sqlite/consultations.h"
#include "usecases/tell_staff.h"

namespace hoering {

int closeDueConsultations(sqlite::Tx& tx) {
    int closed = 0;
    for (const auto id : sqlite::dueToClose(tx, tx.now().instant)) {
        if (!sqlite::changeState(tx, id, ConsultationState::open, ConsultationState::closed)) continue;
        const auto consultation = sqlite::findConsultation(tx, id);
        tx.record({Actor::clockwork(),
                   "consultation.closed",
                   id,
                   {},
                   {{"deadline", consultation->text.deadline ? consultation->text.deadline->stored() : ""}}});
        tellStaff(tx, {LetterKind::staffDeadline, id});
        tx.touchesPublicPages();
        ++closed;
    }
    return closed;
}

} // namespace hoering

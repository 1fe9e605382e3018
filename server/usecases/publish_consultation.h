// Opening a consultation: the last look, then state, journal, planned reminders and one invitation per contact at once.
// Not here: the words it checks (server/domain/consultation.h readiness), sending (server/jobs/outbox_job).
#pragma once

#include <vector>

#include "common/result.h"
#include "domain/consultation.h"
#include "domain/letter.h"
#include "sqlite/tx.h"
#include "usecases/edit_consultation.h"
#include "usecases/office.h"

namespace hoering {

/// What the send gate shows: who gets what, and what stands in the way.
struct SendGate {
    ConsultationDesk desk;
    std::vector<Finding> findings;
    struct Line {
        const Party* party;
        const Contact* contact;
        Letter letter; // as it will be sent, the link still a mark
    };
    std::vector<Line> lines;
    std::vector<PlannedReminder> reminders; // of a party with the common deadline
};
/// `desk` must outlive nothing: the gate holds its own copy.
SendGate lookAtSendGate(const Office& office, ConsultationDesk desk, Now now);

/// Errors: conflict when it changed since `version` was shown; invalid when a finding stops it; closed when not a
/// draft.
Result<Done> publishConsultation(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t id,
                                 std::int64_t version);

} // namespace hoering

// Opening a consultation: state, journal, planned reminders and one invitation per contact at once.
// Not here: the words it checks (server/domain/consultation.h readiness), its recipients (send_gate.h), the steps from
// preview to journal (acts.h), sending (server/jobs/outbox_job).
#pragma once

#include "usecases/acts.h"
#include "usecases/edit_consultation.h"

namespace hoering {

/// No fields. Writes to every contact of every party of a draft. Not planned: closed when it is no draft.
extern const Act publishAct;

/// The invitations of a consultation as they would be written now, none while it has no deadline; in the order of the
/// parties.
std::vector<Outgoing> invitationsOf(const Office& office, const ConsultationDesk& about);

/// Publishes without the steps of a page: for the worked example and for measuring. Errors: conflict when it changed
/// since `version`; invalid "error.consultation.not_ready"; closed when not a draft.
Result<Done> publishConsultation(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t id,
                                 std::int64_t version);

} // namespace hoering

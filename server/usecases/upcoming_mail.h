// The mail of the coming days as it stands now: each step of each plan, who will get it, who will not and why.
// Not here: the rule (server/domain/why_not.h: the same as when the step is due), the page (server/web/upcoming_view).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/consultation.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

struct UpcomingParty {
    std::int64_t party = 0;
    std::string name;
    std::string why;  // "" when it gets the step; a text key "reminder_reason.…", or an officer's words
    long letters = 0; // one for each address
    std::optional<Deadline> ownDeadline; // with "reminder_reason.own_deadline"
};

/// One step of one plan at one time. Parties in the order they were added.
struct UpcomingStep {
    std::int64_t consultation = 0;
    std::string title, step;
    LocalTime local{};
    Instant due{};
    std::string movedFrom, moveReason; // the local time first planned, and why it was moved
    std::int64_t reminder = 0;         // one that is still planned; 0 when the whole step was skipped by hand
    std::int64_t skipped = 0;          // one skipped by hand that can be planned again, 0 for none
    std::vector<UpcomingParty> gets, others;
    long letters() const;
};

/// Due from now until the end of the `days`-th day, today counted; earliest first. Steps whose time has passed and that
/// still wait are shown as due now. Of all consultations, or of one.
std::vector<UpcomingStep> upcomingMail(sqlite::ReadTx& tx, const Office& office, Now now, int days,
                                       std::optional<std::int64_t> consultation = {});

} // namespace hoering

// A step that was skipped by hand is planned again, for one party or for all whom it was skipped for at that time,
// while its time has not come. Not here: skipping and moving (adjust_reminders.h), the form (server/web/restore_pages).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "common/result.h"
#include "domain/consultation.h"
#include "sqlite/reminders.h"
#include "usecases/office.h"

namespace hoering {

/// Whether a reminder skipped by hand can be planned again at `now`: its time is still to come, the party's deadline is
/// the one it was planned for, and the consultation has not ended before it.
bool mayBeRestored(const Consultation& consultation, const Party& party, const sqlite::Reminder& reminder, Instant now);

struct RestorePlan {
    Consultation consultation;
    sqlite::Reminder chosen;
    struct Concerned {
        sqlite::Reminder reminder;
        std::string whyNot; // text key: what would keep it from this party anyway, "" for nothing
    };
    std::vector<Concerned> concerned; // of the same step and time; the chosen one first
};

/// Errors: notFound; closed "error.reminder.not_restorable".
Result<RestorePlan> planRestoration(sqlite::ReadTx& tx, const Office& office, std::int64_t consultation,
                                    std::int64_t reminder, Now now);

/// Plans it again for the chosen party, or (`all`) for everyone concerned. Sent again after it was done, it changes
/// nothing and says so by success. Errors: as above.
Result<Done> restoreReminders(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t consultation,
                              std::int64_t reminder, bool all);

} // namespace hoering

// A planned step is skipped or moved by hand, for one party or for all that get it at that time: shown first, then done
// as it was shown, once.
// Not here: the plan of a draft (edit_consultation.h), the form (server/web/adjust_pages).
#pragma once

#include <string>
#include <vector>

#include "common/result.h"
#include "domain/consultation.h"
#include "sqlite/reminders.h"
#include "usecases/office.h"

namespace hoering {

/// As typed. what: "skip" or "move"; whom: "all" or "one"; date, time and which ("", "1", "2": of an hour that exists
/// twice) only for a move.
struct AdjustInput {
    std::string what, whom, date, time, which, reason;
};

struct AdjustPlan {
    Consultation consultation;
    sqlite::Reminder chosen;
    bool skip = false;
    std::string reason;
    LocalTime local{}; // of a move: the new time
    Instant due{};
    struct Concerned {
        sqlite::Reminder reminder;
        std::string whyNot; // text key: what would keep it from this party anyway, "" for nothing
    };
    std::vector<Concerned> concerned;
    std::vector<Finding> findings; // to think twice about; nothing stops
    std::string fingerprint;       // SHA-256 over what is planned of them and what is to become of it
};

/// Planned reminders of the same step, due at the same time; the chosen one first.
std::vector<sqlite::Reminder> sameStep(sqlite::ReadTx& tx, const sqlite::Reminder& chosen);

/// Errors: notFound; closed "error.reminder.settled" (sent or skipped meanwhile); invalid with fields what, whom, date,
/// time, which, reason. A moved step keeps its side of the deadline: before it, or after it while links still work.
Result<AdjustPlan> planAdjustment(sqlite::ReadTx& tx, const Office& office, std::int64_t consultation,
                                  std::int64_t reminder, const AdjustInput& input, Now now);

/// Does it as shown. Sent again after it was done, it changes nothing and says so by success. Errors: as above, and
/// conflict "error.reminder.changed" when what is planned is not what was shown.
Result<Done> adjustReminders(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t consultation,
                             std::int64_t reminder, const AdjustInput& input, std::string_view fingerprint);

} // namespace hoering

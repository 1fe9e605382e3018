// What the rule on reminders (server/domain/why_not.h) needs to know of a party, read from the database.
// Not here: the rule itself, planning (plan_reminders.h), sending (send_reminder.h).
#pragma once

#include <optional>
#include <vector>

#include "domain/why_not.h"
#include "sqlite/reminders.h"
#include "usecases/office.h"

namespace hoering {

/// One party as it stands now; read once, asked for each of its steps.
struct PartyNow {
    struct Way {
        Contact contact;
        std::int64_t link = 0;
        bool cameBack = false; // the last letter to that address
    };
    bool answered = false, drafting = false;
    std::vector<Way> ways; // contacts with a link that was neither taken back nor replaced
};
PartyNow lookAtParty(sqlite::ReadTx& tx, const Party& party);

/// The facts for one reminder at `at`. `nextDue`: the party's next planned step on the same side of the deadline.
ReminderFacts factsFor(const Office& office, const Consultation& consultation, const Party& party, const PartyNow& now,
                       const ReminderRules& rules, const sqlite::Reminder& reminder, std::optional<Instant> nextDue,
                       Instant at);

/// Whether somebody skipped it, for a reason in words of their own.
bool skippedByHand(const sqlite::Reminder& reminder);

/// Whether it is the step after the deadline.
bool isAfterDeadline(const sqlite::Reminder& reminder);

} // namespace hoering

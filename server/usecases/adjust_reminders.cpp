#include "usecases/adjust_reminders.h"

#include <algorithm>

#include "common/crypto.h"
#include "common/strings.h"
#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/parties.h"
#include "usecases/check.h"
#include "usecases/reminder_facts.h"

namespace hoering {
namespace {

constexpr std::size_t longestReason = 500, mostNames = 50;

struct NewTime {
    LocalTime local{};
    Instant due{};
};

/// Typed date and time as an instant; what is wrong with them as fields.
NewTime newTimeFrom(const AdjustInput& input, Check& check) {
    const auto date = parseTypedDate(trim(input.date));
    const auto time = parseTimeOfDay(trim(input.time));
    if (!date) check.fail("date", "error.reminder.date");
    if (!time) check.fail("time", "error.reminder.time");
    if (!date || !time) return {};
    NewTime made{atTime(*date, *time), {}};
    const Resolved resolved = resolve(made.local);
    made.due = resolved.first;
    if (resolved.kind == LocalKind::gap) check.fail("time", "error.deadline.gap");
    if (resolved.kind == LocalKind::twice) {
        if (input.which == "2") made.due = resolved.second;
        else if (input.which != "1") check.fail("which", "error.deadline.twice");
    }
    return made;
}

void checkTime(const Office& office, const Consultation& consultation, const std::vector<sqlite::Reminder>& rows,
               const NewTime& to, Now now, Check& check) {
    if (to.due <= now.instant) return check.fail("date", "error.reminder.past");
    for (const auto& row : rows) {
        const bool after = isAfterDeadline(row);
        if (!after && to.due >= row.deadline) return check.fail("date", "error.reminder.after_deadline");
        if (after && to.due < row.deadline) return check.fail("date", "error.reminder.before_deadline");
        if (after && to.due >= row.deadline + std::chrono::days{office.linkGraceDays})
            return check.fail("date", "error.reminder.link_over", {{"days", std::to_string(office.linkGraceDays)}});
    }
    if (consultation.state == ConsultationState::cancelled || consultation.state == ConsultationState::concluded)
        check.fail("date", "error.reminder.ended");
}

std::vector<Finding> doubtsAbout(const std::vector<sqlite::Reminder>& all, const std::vector<sqlite::Reminder>& moved,
                                 LocalDate day) {
    std::vector<Finding> found;
    if (!isWorkingDay(day)) found.push_back({false, "finding.reminder.closed_day", {{"day", isoDate(day)}}, ""});
    const bool doubled = std::any_of(all.begin(), all.end(), [&](const auto& other) {
        return other.state == "planned" && dateOf(toLocal(other.due)) == day &&
               std::any_of(moved.begin(), moved.end(),
                           [&](const auto& each) { return each.party == other.party && each.id != other.id; });
    });
    if (doubled) found.push_back({false, "finding.reminder.same_day", {{"day", isoDate(day)}}, ""});
    return found;
}

std::string fingerprintOf(const AdjustPlan& plan) {
    std::string shown = plan.skip ? "skip" : "move " + std::to_string(toMillis(plan.due));
    shown += "\n" + plan.reason;
    for (const auto& each : plan.concerned)
        shown += "\n" + std::to_string(each.reminder.id) + " " + std::to_string(toMillis(each.reminder.due));
    return sha256Hex(shown);
}

/// The same form again, after it was done.
bool doneBefore(const sqlite::Reminder& row, const AdjustInput& input) {
    const std::string reason = isUtf8(input.reason) ? cleanLine(input.reason) : std::string();
    if (row.reason != reason) return false;
    if (input.what == "skip") return row.state == "skipped";
    Check check;
    const NewTime to = newTimeFrom(input, check);
    return input.what == "move" && check.ok() && !row.movedFrom.empty() && row.due == to.due;
}

} // namespace

std::vector<sqlite::Reminder> sameStep(sqlite::ReadTx& tx, const sqlite::Reminder& chosen) {
    std::vector<sqlite::Reminder> rows{chosen};
    for (auto& row : sqlite::remindersOf(tx, chosen.consultation))
        if (row.id != chosen.id && row.state == "planned" && row.step == chosen.step && row.due == chosen.due)
            rows.push_back(std::move(row));
    return rows;
}

Result<AdjustPlan> planAdjustment(sqlite::ReadTx& tx, const Office& office, std::int64_t consultation, std::int64_t id,
                                  const AdjustInput& input, Now now) {
    auto about = sqlite::findConsultation(tx, consultation);
    auto chosen = sqlite::findReminder(tx, id);
    if (!about || !chosen || chosen->consultation != consultation)
        return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    if (chosen->state != "planned") return Error{ErrorKind::closed, "error.reminder.settled", {}, {}};
    AdjustPlan plan;
    plan.consultation = std::move(*about);
    plan.chosen = std::move(*chosen);
    Check check;
    plan.skip = input.what == "skip";
    if (!plan.skip && input.what != "move") check.fail("what", "error.reminder.what");
    plan.reason = check.line("reason", input.reason, longestReason, true);
    auto rows = sameStep(tx, plan.chosen);
    if (input.whom == "one") rows.resize(1);
    else if (input.whom != "all" && rows.size() > 1) check.fail("whom", "error.reminder.whom");
    if (input.what == "move") {
        const NewTime to = newTimeFrom(input, check);
        if (check.ok()) checkTime(office, plan.consultation, rows, to, now, check);
        plan.local = to.local;
        plan.due = to.due;
    }
    if (!check.ok()) return check.error();

    const auto all = sqlite::remindersOf(tx, consultation);
    if (!plan.skip) plan.findings = doubtsAbout(all, rows, dateOf(plan.local));
    const auto rules = sqlite::reminderRulesOf(tx, consultation);
    const Instant at = plan.skip ? plan.chosen.due : plan.due;
    for (auto& row : rows) {
        const auto party = sqlite::findParty(tx, row.party);
        const auto facts = factsFor(office, plan.consultation, *party, lookAtParty(tx, *party), rules, row, {}, at);
        plan.concerned.push_back({std::move(row), std::string(whyNot(plan.consultation, *party, facts, at))});
    }
    plan.fingerprint = fingerprintOf(plan);
    return plan;
}

Result<Done> adjustReminders(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t consultation,
                             std::int64_t id, const AdjustInput& input, std::string_view fingerprint) {
    if (const auto row = sqlite::findReminder(tx, id);
        row && row->consultation == consultation && doneBefore(*row, input))
        return Done{};
    const auto plan = planAdjustment(tx, office, consultation, id, input, tx.now());
    if (!plan) return plan.error();
    if (plan->fingerprint != fingerprint) return Error{ErrorKind::conflict, "error.reminder.changed", {}, {}};
    std::string names;
    for (const auto& each : plan->concerned) {
        const bool done = plan->skip ? sqlite::settleReminder(tx, each.reminder.id, false, plan->reason)
                                     : sqlite::moveReminder(tx, each.reminder.id, plan->local, plan->due, plan->reason);
        if (!done) return Error{ErrorKind::conflict, "error.reminder.changed", {}, {}};
        if (plan->concerned.size() <= mostNames) names += (names.empty() ? "" : "; ") + each.reminder.partyName;
    }
    const bool one = plan->concerned.size() == 1;
    tx.record({actor,
               plan->skip ? "reminder.skipped_by_hand" : "reminder.moved",
               consultation,
               one ? std::optional(plan->chosen.party) : std::nullopt,
               {{"step", plan->chosen.step},
                {"planned", plan->chosen.dueLocal},
                {"moved_to", plan->skip ? "" : isoLocal(plan->local)},
                {"parties", std::to_string(plan->concerned.size())},
                {"names", names},
                {"reason", plan->reason}}});
    return Done{};
}

} // namespace hoering

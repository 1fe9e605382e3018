#include "usecases/upcoming_mail.h"

#include <algorithm>
#include <map>
#include <utility>

#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/parties.h"
#include "usecases/reminder_facts.h"
#include "usecases/restore_reminders.h"

namespace hoering {

long UpcomingStep::letters() const {
    long sum = 0;
    for (const auto& each : gets) sum += each.letters;
    return sum;
}

namespace {

constexpr std::chrono::minutes midnight{0};

/// One consultation's plan and parties, looked at once for all its steps.
class Plan {
  public:
    Plan(sqlite::ReadTx& tx, const Office& office, Consultation about, Now now)
        : tx_(tx), office_(office), now_(now), about_(std::move(about)), parties_(sqlite::partiesOf(tx, about_.id)),
          rules_(sqlite::reminderRulesOf(tx, about_.id)), rows_(sqlite::remindersOf(tx, about_.id)) {
        for (const auto& row : rows_) ofParty_[row.party].push_back(&row);
    }

    std::vector<UpcomingStep> steps(Instant until) {
        std::map<std::pair<Instant, std::string>, UpcomingStep> found;
        for (const auto& row : rows_) {
            const bool waits = row.state == "planned" && row.due < until;
            if (!waits && !(skippedByHand(row) && row.due >= now_.instant && row.due < until)) continue;
            auto& step = found[{row.due, row.step}];
            if (step.step.empty()) {
                step.consultation = about_.id;
                step.title = about_.text.title;
                step.step = row.step;
                step.due = row.due;
                step.local = toLocal(row.due);
            }
            if (!waits) {
                if (step.skipped == 0 && restorable(row)) step.skipped = row.id;
                continue;
            }
            if (step.reminder == 0) step.reminder = row.id;
            if (step.movedFrom.empty()) {
                step.movedFrom = row.movedFrom == row.dueLocal ? "" : row.movedFrom;
                step.moveReason = row.reason;
            }
        }
        std::vector<UpcomingStep> list;
        for (auto& [key, step] : found) {
            for (const auto& party : parties_) place(step, party);
            list.push_back(std::move(step));
        }
        return list;
    }

  private:
    bool restorable(const sqlite::Reminder& row) const {
        for (const auto& party : parties_)
            if (party.id == row.party) return mayBeRestored(about_, party, row, now_.instant);
        return false;
    }

    void place(UpcomingStep& step, const Party& party) {
        const sqlite::Reminder* row = nullptr; // the party's row of this step: at this time, else at another
        for (const auto* each : ofParty_[party.id])
            if (each->step == step.step && (!row || each->due == step.due)) row = each;
        UpcomingParty line{party.id, party.name, {}, 0, {}};
        if (row && row->due == step.due && row->state == "planned") {
            line.why = why(party, *row);
            if (line.why.empty())
                for (const auto& way : seen(party).ways) line.letters += way.cameBack ? 0 : 1;
        } else {
            line.why = whyElsewhere(step, party, row);
            if (line.why == "reminder_reason.own_deadline") line.ownDeadline = party.ownDeadline;
        }
        (line.why.empty() ? step.gets : step.others).push_back(std::move(line));
    }

    /// No row of this step at this time: the party's own facts first, then what became of its row.
    std::string whyElsewhere(const UpcomingStep& step, const Party& party, const sqlite::Reminder* row) {
        const Instant deadline = deadlineFor(about_, party).endsAt();
        if (row && row->due == step.due && skippedByHand(*row)) return row->reason;
        sqlite::Reminder none;
        none.step = step.step;
        none.due = step.due;
        none.deadline = deadline;
        const std::string barred = why(party, none);
        for (const char* own : {"reminder_reason.informed", "reminder_reason.answered", "reminder_reason.joint"})
            if (barred == own) return barred;
        if (about_.text.deadline && deadline != about_.text.deadline->endsAt()) return "reminder_reason.own_deadline";
        if (row && row->state == "queued") return "reminder_reason.sent";
        if (row && row->state == "planned") return "reminder_reason.other_time";
        if (row) return row->reason;
        return barred.empty() ? "reminder_reason.not_planned" : barred;
    }

    std::string why(const Party& party, const sqlite::Reminder& row) {
        std::optional<Instant> next;
        for (const auto* other : ofParty_[party.id])
            if (other->state == "planned" && other->due > row.due && isAfterDeadline(*other) == isAfterDeadline(row) &&
                (!next || other->due < *next))
                next = other->due;
        const Instant at = std::max(row.due, now_.instant);
        return std::string(
            whyNot(about_, party, factsFor(office_, about_, party, seen(party), rules_, row, next, at), at));
    }

    const PartyNow& seen(const Party& party) {
        const auto [place, fresh] = seen_.try_emplace(party.id);
        if (fresh) place->second = lookAtParty(tx_, party);
        return place->second;
    }

    sqlite::ReadTx& tx_;
    const Office& office_;
    Now now_;
    Consultation about_;
    std::vector<Party> parties_;
    ReminderRules rules_;
    std::vector<sqlite::Reminder> rows_;
    std::map<std::int64_t, std::vector<const sqlite::Reminder*>> ofParty_;
    std::map<std::int64_t, PartyNow> seen_;
};

} // namespace

std::vector<UpcomingStep> upcomingMail(sqlite::ReadTx& tx, const Office& office, Now now, int days,
                                       std::optional<std::int64_t> consultation) {
    const Instant until = toInstant(atTime(addDays(dateOf(now.local), days), midnight));
    std::vector<std::int64_t> ids;
    if (consultation) ids.push_back(*consultation);
    else ids = sqlite::consultationsReminding(tx, now.instant, until);
    std::vector<UpcomingStep> all;
    for (const auto id : ids) {
        auto about = sqlite::findConsultation(tx, id);
        if (!about) continue;
        for (auto& step : Plan(tx, office, std::move(*about), now).steps(until)) all.push_back(std::move(step));
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.due < b.due; });
    return all;
}

} // namespace hoering

#include "usecases/conclude_consultation.h"

#include "common/strings.h"
#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/parties.h"
#include "sqlite/reminders.h"
#include "usecases/check.h"

namespace hoering {
namespace {

/// Fills in what was decided.
void readOutcome(Consultation& about, const ActInput& input, Now now, Check& check) {
    about.outcome = check.text("outcome", input.get("outcome"), 20'000, true);
    about.outcomeBy = check.line("committee", input.get("committee"), 120);
    about.outcomeDate = parseTypedDate(trim(input.get("outcome_date")));
    if (!about.outcomeDate) check.fail("outcome_date", "error.outcome_date");
    else if (daysBetween(*about.outcomeDate, dateOf(now.local)) < 0)
        check.fail("outcome_date", "error.outcome_date.ahead");
}

Result<ActPlan> plan(sqlite::ReadTx& tx, const Office& office, const Consultation& consultation, const ActInput& input,
                     Now now) {
    if (consultation.state != ConsultationState::closed)
        return Error{ErrorKind::closed, "error.act.not_closed", {}, {}};
    Check check;
    Consultation decided = consultation;
    readOutcome(decided, input, now, check);
    if (!check.ok()) return check.error();
    ActPlan plan;
    // Mostly a wrong year, but something may have been decided before: it is asked, and can be confirmed.
    if (const auto opened = consultation.openedAt; opened && *decided.outcomeDate < dateOf(toLocal(*opened)))
        plan.findings.push_back(
            {false,
             "finding.act.outcome_before",
             {{"date", isoDate(*decided.outcomeDate)}, {"opened", isoDate(dateOf(toLocal(*opened)))}},
             ""});
    plan.effects.push_back({"plan.conclude.now", {}});
    if (consultation.text.isPublic) plan.effects.push_back({"plan.conclude.public", {}});
    for (const auto& party : sqlite::partiesOf(tx, consultation.id)) {
        if (mayAnswer(consultation, party, now.instant) == Answering::inTime)
            plan.findings.push_back({true,
                                     "finding.act.still_open",
                                     {{"party", party.name}, {"date", isoDate(deadlineFor(consultation, party).date)}},
                                     ""});
        if (party.contacts.empty()) {
            plan.leftOut.push_back({party.name, "left_out.no_contact"});
            continue;
        }
        const bool linkWorks =
            ruleLink({}, consultation, party, now.instant, office.linkGraceDays) == LinkRuling::valid;
        writeTo(plan.letters, party, [&](const Party& to, const Contact& contact) {
            return text::outcomeLetter(office.words(to.language), {office.house, decided, to, contact}, linkWorks);
        });
    }
    return plan;
}

Result<Done> perform(sqlite::Tx& tx, const Office&, const Actor& actor, const ActPlan& plan, const ActInput& input) {
    const auto id = plan.consultation.id;
    if (!sqlite::changeState(tx, id, ConsultationState::closed, ConsultationState::concluded))
        return Error{ErrorKind::conflict, "error.act.changed", {}, {}};
    Check check;
    Consultation decided = plan.consultation;
    readOutcome(decided, input, tx.now(), check);
    if (!check.ok()) return check.error();
    sqlite::setOutcome(tx, id, decided.outcome, *decided.outcomeDate, decided.outcomeBy);
    for (const auto& party : sqlite::partiesOf(tx, id)) sqlite::dropPlannedReminders(tx, party.id);
    tx.record({actor,
               "consultation.concluded",
               id,
               {},
               {{"outcome_date", isoDate(*decided.outcomeDate)},
                {"committee", decided.outcomeBy},
                {"letters", std::to_string(plan.letters.size())}}});
    tx.touchesPublicPages();
    return Done{};
}

} // namespace

const Act concludeAct{"conclude", plan, perform};

} // namespace hoering

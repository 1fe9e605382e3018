#include "usecases/publish_consultation.h"

#include "sqlite/consultations.h"
#include "usecases/plan_reminders.h"

namespace hoering {
namespace {

Result<ActPlan> plan(sqlite::ReadTx& tx, const Office& office, const Consultation& consultation, const ActInput&,
                     Now now) {
    if (consultation.state != ConsultationState::draft)
        return Error{ErrorKind::closed, "error.consultation.not_draft", {}, {}};
    const auto about = loadConsultation(tx, consultation.id);
    ActPlan plan;
    plan.findings = readiness(consultation, about->parties, about->enclosures, about->reminders, now, office.period);
    // The send gate says it better: with the names of those who share the address.
    std::erase_if(plan.findings, [](const auto& each) { return each.key == "finding.mail.twice"; });
    plan.letters = invitationsOf(office, *about);
    plan.effects.push_back({"plan.publish.open", {}});
    plan.effects.push_back({consultation.text.isPublic ? "plan.publish.public" : "plan.publish.not_public", {}});
    return plan;
}

Result<Done> perform(sqlite::Tx& tx, const Office&, const Actor& actor, const ActPlan& plan, const ActInput&) {
    const auto id = plan.consultation.id;
    if (!sqlite::changeState(tx, id, ConsultationState::draft, ConsultationState::open))
        return Error{ErrorKind::conflict, "error.consultation.changed", {}, {}};
    const auto about = loadConsultation(tx, id);
    const Deadline deadline = *plan.consultation.text.deadline;
    for (const auto& party : about->parties) planRemindersOf(tx, plan.consultation, party, about->reminders.steps);
    tx.record({actor,
               "consultation.published",
               id,
               {},
               {{"deadline", deadline.stored()},
                {"parties", std::to_string(about->parties.size())},
                {"letters", std::to_string(plan.letters.size())}}});
    tx.touchesPublicPages();
    return Done{};
}

} // namespace

const Act publishAct{"publish", plan, perform};

std::vector<Outgoing> invitationsOf(const Office& office, const ConsultationDesk& about) {
    std::vector<Outgoing> letters;
    if (!about.consultation.text.deadline) return letters;
    for (const auto& party : about.parties)
        writeTo(letters, party, [&](const Party& to, const Contact& contact) {
            return text::invitationLetter(office.words(to.language), {office.house, about.consultation, to, contact});
        });
    return letters;
}

Result<Done> publishConsultation(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t id,
                                 std::int64_t version) {
    const auto consultation = sqlite::findConsultation(tx, id);
    if (!consultation) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    if (consultation->state != ConsultationState::draft)
        return Error{ErrorKind::closed, "error.consultation.not_draft", {}, {}};
    if (consultation->version != version) return Error{ErrorKind::conflict, "error.consultation.changed", {}, {}};
    const auto done = doActNow(tx, office, actor, publishAct, id, {});
    if (done) return Done{};
    if (done.error().key == "error.act.stopped")
        return Error{ErrorKind::invalid, "error.consultation.not_ready", {}, {}};
    return done.error();
}

} // namespace hoering

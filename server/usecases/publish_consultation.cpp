#include "usecases/publish_consultation.h"

#include "common/crypto.h"
#include "sqlite/consultations.h"
#include "sqlite/links.h"
#include "usecases/plan_reminders.h"
#include "usecases/queue_letter.h"

namespace hoering {

SendGate lookAtSendGate(const Office& office, ConsultationDesk desk, Now now) {
    SendGate gate;
    gate.desk = std::move(desk);
    gate.findings = readiness(gate.desk.consultation, gate.desk.parties, gate.desk.enclosures, gate.desk.steps.size(),
                              now, office.period);
    const auto& text = gate.desk.consultation.text;
    if (text.deadline) {
        for (const auto& party : gate.desk.parties)
            for (const auto& contact : party.contacts)
                gate.lines.push_back({&party, &contact,
                                      text::invitationLetter(office.words(party.language),
                                                             {office.house, gate.desk.consultation, party, contact})});
        gate.reminders = planReminders(gate.desk.steps, *text.deadline, now.instant);
    }
    return gate;
}

Result<Done> publishConsultation(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t id,
                                 std::int64_t version) {
    auto desk = loadConsultation(tx, id);
    if (!desk) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    if (desk->consultation.state != ConsultationState::draft)
        return Error{ErrorKind::closed, "error.consultation.not_draft", {}, {}};
    if (desk->consultation.version != version) return Error{ErrorKind::conflict, "error.consultation.changed", {}, {}};
    const SendGate gate = lookAtSendGate(office, std::move(*desk), tx.now());
    if (anyStops(gate.findings)) return Error{ErrorKind::invalid, "error.consultation.not_ready", {}, {}};

    if (!sqlite::changeState(tx, id, ConsultationState::draft, ConsultationState::open))
        return Error{ErrorKind::conflict, "error.consultation.changed", {}, {}};
    for (const auto& line : gate.lines) {
        const std::string nonce = randomToken(18);
        const auto link = sqlite::insertLink(tx, line.contact->id, nonce, sha256Hex(office.keys.linkToken(nonce)));
        queueLetter(tx, office, line.letter, {id, line.party->id, line.contact->id, link});
    }
    const Deadline deadline = *gate.desk.consultation.text.deadline;
    for (const auto& party : gate.desk.parties)
        planRemindersOf(tx, gate.desk.consultation, party, gate.desk.steps);
    tx.record({actor,
               "consultation.published",
               id,
               {},
               {{"deadline", deadline.stored()},
                {"parties", std::to_string(gate.desk.parties.size())},
                {"letters", std::to_string(gate.lines.size())}}});
    tx.touchesPublicPages();
    return Done{};
}

} // namespace hoering

#include "domain/digest.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include <unicode/coll.h>

namespace hoering {
namespace {

const icu::Collator& danish() {
    static const std::unique_ptr<icu::Collator> collator = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(icu::Locale("da", "DK"), status));
        if (U_FAILURE(status)) throw std::runtime_error("ICU has no Danish collation");
        return made;
    }();
    return *collator;
}

void count(const DigestParty& entry, DigestFigures& figures) {
    // Nobody may read in a report that a party was consulted when it was never written to.
    if (entry.status == PartyStatus::notInvited && entry.versions.empty()) return;
    const bool consulted = entry.party.role == PartyRole::consulted;
    const Response* answer = entry.answer();
    if (withdrawnAnswer(entry.versions)) ++figures.withdrawn;
    if (answer) {
        figures.late += answer->late;
        figures.files += static_cast<int>(answer->files.size());
    }
    if (entry.party.unsolicited) {
        if (answer) ++figures.unsolicited;
        return;
    }
    ++(consulted ? figures.consulted : figures.informed);
    if (!consulted) {
        if (answer || entry.jointAnswered) ++figures.informedAnswered;
    } else if (!answer) {
        ++(entry.jointAnswered ? figures.joint : figures.noAnswer);
    } else {
        switch (answer->kind) {
        case ResponseKind::remarks: ++figures.answered; break;
        case ResponseKind::noRemarks: ++figures.noRemarks; break;
        case ResponseKind::declined: ++figures.declined; break;
        }
    }
}

/// Who answers for whom; an answer of its own goes before another's.
void nameJoint(std::vector<DigestParty>& parties) {
    for (auto& entry : parties)
        for (const auto& other : parties)
            if (entry.party.jointWith && *entry.party.jointWith == other.party.id && !entry.answer()) {
                entry.jointWith = other.party.name;
                entry.jointAnswered = other.answer() != nullptr;
            }
}

/// The day after which nothing more could come: the deadline's, unless it was closed or cancelled before.
LocalDate lastDay(const Consultation& consultation) {
    LocalDate last = consultation.text.deadline->date;
    if (consultation.closedAt) last = std::min(last, dateOf(toLocal(*consultation.closedAt)));
    if (consultation.state == ConsultationState::cancelled && consultation.endedAt)
        last = std::min(last, dateOf(toLocal(*consultation.endedAt)));
    return last;
}

void judgeWhetherDone(Digest& digest) {
    const auto state = digest.consultation.state;
    digest.preliminary = state == ConsultationState::open;
    if (state != ConsultationState::closed) return;
    for (const auto& entry : digest.parties) {
        if (!entry.inTime || entry.status == PartyStatus::notInvited) continue;
        const Deadline own = deadlineFor(digest.consultation, entry.party);
        if (!digest.runsOnTo || own.endsAt() > digest.runsOnTo->endsAt()) digest.runsOnTo = own;
    }
    digest.preliminary = digest.runsOnTo.has_value();
}

} // namespace

bool danishLess(const std::string& a, const std::string& b) {
    UErrorCode status = U_ZERO_ERROR;
    const auto order = danish().compareUTF8(a, b, status);
    return order == UCOL_LESS;
}

Digest makeDigest(Consultation consultation, std::vector<Enclosure> enclosures, std::vector<DigestParty> parties,
                  Instant asOf, std::vector<DeadlineChange> changes) {
    Digest digest;
    std::stable_sort(parties.begin(), parties.end(),
                     [](const auto& a, const auto& b) { return danishLess(a.party.name, b.party.name); });
    nameJoint(parties);
    for (auto& entry : parties) {
        entry.late = entry.answer() && entry.answer()->late;
        count(entry, digest.figures);
    }
    if (consultation.openedAt && consultation.text.deadline)
        digest.periodDays = daysBetween(dateOf(toLocal(*consultation.openedAt)), lastDay(consultation));
    digest.consultation = std::move(consultation);
    digest.enclosures = std::move(enclosures);
    digest.parties = std::move(parties);
    digest.changes = std::move(changes);
    digest.asOf = asOf;
    judgeWhetherDone(digest);
    return digest;
}

} // namespace hoering

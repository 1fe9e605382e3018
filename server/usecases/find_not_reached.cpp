#include "usecases/find_not_reached.h"

#include <algorithm>

#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/parties.h"
#include "usecases/tell_staff.h"

namespace hoering {
namespace {

std::vector<Unreached> toTell(sqlite::ReadTx& tx, const Office& office, Now now) {
    auto list = findNotReached(tx, std::nullopt, now);
    std::erase_if(list, [&](const Unreached& each) {
        return !tellOfIt(each.reason, each.deadline, now, office.notReachedWorkdays) ||
               sqlite::wasTold(tx, each.party.id, reasonName(each.reason), each.reach.lastLetter);
    });
    return list;
}

} // namespace

std::vector<Unreached> findNotReached(sqlite::ReadTx& tx, std::optional<std::int64_t> consultation, Now now) {
    std::vector<Unreached> list;
    for (const auto& maybe : sqlite::maybeNotReached(tx, now.instant - patienceWithALetter, consultation)) {
        auto reach = sqlite::reachOf(tx, maybe.party);
        const auto reason = notReached(reach.facts, now.instant);
        if (!reason) continue;
        auto about = sqlite::findConsultation(tx, maybe.consultation);
        auto party = sqlite::findParty(tx, maybe.party);
        const Deadline deadline = deadlineFor(*about, *party);
        if (now.instant >= deadline.endsAt()) continue;
        list.push_back({std::move(*about), std::move(*party), *reason, std::move(reach), deadline});
    }
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return a.deadline.endsAt() < b.deadline.endsAt(); });
    return list;
}

bool anyNotReachedToTell(sqlite::ReadTx& tx, const Office& office, Now now) { return !toTell(tx, office, now).empty(); }

int tellOfNotReached(sqlite::Tx& tx, const Office& office) {
    const auto list = toTell(tx, office, tx.now());
    for (const auto& each : list) {
        const std::string reason(reasonName(each.reason));
        sqlite::markTold(tx, each.party.id, reason, each.reach.lastLetter);
        tellStaff(tx, {LetterKind::staffNotReached, each.consultation.id, each.party.id});
        tx.record({Actor::clockwork(),
                   "party.not_reached",
                   each.consultation.id,
                   each.party.id,
                   {{"reason", "not_reached." + reason}, {"mail", each.reach.mail}}});
    }
    return static_cast<int>(list.size());
}

} // namespace hoering

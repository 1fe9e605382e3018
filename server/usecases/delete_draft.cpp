#include "usecases/delete_draft.h"

#include <algorithm>

#include "sqlite/consultations.h"
#include "sqlite/draft_removal.h"
#include "sqlite/files.h"
#include "sqlite/journal.h"
#include "sqlite/mailings.h"
#include "sqlite/parties.h"

namespace hoering {
namespace {

constexpr std::string_view deleted = "consultation.deleted";

bool isDeleted(sqlite::ReadTx& tx, std::int64_t consultation) {
    const auto last = sqlite::journalPage(tx, {consultation, {}}, std::nullopt, 1);
    return !last.empty() && last[0].event.act == deleted;
}

bool waits(sqlite::ReadTx& tx, std::int64_t consultation) {
    const auto all = sqlite::waitingReleases(tx);
    return std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.consultation == consultation; });
}

} // namespace

Result<Done> deleteDraft(sqlite::Tx& tx, const Actor& actor, std::int64_t id, std::int64_t version) {
    const auto draft = sqlite::findConsultation(tx, id);
    if (!draft && isDeleted(tx, id)) return Done{};
    if (!draft) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    if (draft->state != ConsultationState::draft)
        return Error{ErrorKind::closed, "error.consultation.not_draft", {}, {}};
    if (sqlite::wroteToAnybody(tx, id)) return Error{ErrorKind::closed, "error.draft.sent", {}, {}};
    if (waits(tx, id)) return Error{ErrorKind::closed, "error.draft.waits", {}, {}};
    if (draft->version != version) return Error{ErrorKind::conflict, "error.changed_meanwhile", {}, {}};
    tx.record({actor,
               std::string(deleted),
               id,
               {},
               {{"title", draft->text.title},
                {"parties", std::to_string(sqlite::partiesOf(tx, id).size())},
                {"enclosures", std::to_string(sqlite::enclosuresOf(tx, id).size())}}});
    sqlite::removeDraft(tx, id);
    return Done{};
}

} // namespace hoering

#include "usecases/save_draft.h"

#include "common/id.h"
#include "sqlite/drafts.h"
#include "sqlite/files.h"
#include "sqlite/responses.h"
#include "usecases/check.h"

namespace hoering {
namespace {

constexpr std::string_view whyNoJournal = "a draft is the party's own until it is submitted";

void beginIfNone(sqlite::Tx& tx, const PartyVisit& visit) {
    if (!sqlite::findDraft(tx, visit.party.id))
        sqlite::saveDraft(tx, visit.party.id, "", 0, newKeyAt(tx.now().instant), visit.contact.id);
}

} // namespace

Result<std::int64_t> saveDraft(sqlite::Tx& tx, const PartyVisit& visit, const DraftInput& input) {
    Check check;
    const std::string text = check.text("text", input.text, longestResponse);
    if (!check.ok()) return check.error();
    const auto stored = sqlite::findDraft(tx, visit.party.id);
    if (stored && stored->text == text) return stored->version;
    if (!stored && text.empty()) return std::int64_t{0};
    // A draft that was submitted or dropped meanwhile is begun again: the words are what counts.
    const std::int64_t expected = stored ? input.version : 0;
    const auto saved =
        sqlite::saveDraft(tx, visit.party.id, text, expected, newKeyAt(tx.now().instant), visit.contact.id);
    if (!saved) return Error{ErrorKind::conflict, "error.draft.changed", {}, {}};
    tx.housekeeping(whyNoJournal);
    return *saved;
}

Result<Done> attachFile(sqlite::Tx& tx, const Office& office, const PartyVisit& visit, const StoredFile& file) {
    beginIfNone(tx, visit);
    const auto draft = sqlite::findDraft(tx, visit.party.id);
    for (const auto& other : draft->files)
        if (other.sha256 == file.sha256 && other.name == file.name) return Done{}; // sent twice
    if (draft->files.size() >= office.filesPerAnswer)
        return Error{ErrorKind::invalid,
                     "error.form",
                     {},
                     {{"file", "error.file.too_many", {{"limit", std::to_string(office.filesPerAnswer)}}}}};
    sqlite::addDraftFile(tx, visit.party.id, sqlite::insertFile(tx, file));
    tx.housekeeping(whyNoJournal);
    return Done{};
}

Result<Done> removeDraftFile(sqlite::Tx& tx, const PartyVisit& visit, std::int64_t file) {
    if (!sqlite::removeDraftFile(tx, visit.party.id, file))
        return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    tx.housekeeping(whyNoJournal);
    return Done{};
}

Result<Done> startCorrection(sqlite::Tx& tx, const PartyVisit& visit) {
    if (sqlite::findDraft(tx, visit.party.id)) return Done{};
    const auto last = sqlite::lastResponseOf(tx, visit.party.id);
    sqlite::saveDraft(tx, visit.party.id, last ? last->text : "", 0, newKeyAt(tx.now().instant), visit.contact.id);
    if (last)
        for (const auto& file : last->files) sqlite::addDraftFile(tx, visit.party.id, file.id);
    tx.housekeeping(whyNoJournal);
    return Done{};
}

} // namespace hoering

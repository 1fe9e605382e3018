#include "usecases/add_enclosure.h"

#include "common/strings.h"
#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/files.h"
#include "sqlite/mailings.h"
#include "sqlite/parties.h"
#include "usecases/act_files.h"
#include "usecases/check.h"
#include "usecases/edit_consultation.h"

namespace hoering {
namespace {

/// The enclosures as they will stand: the form's files with their titles.
Result<std::vector<Enclosure>> newOnes(sqlite::ReadTx& tx, std::int64_t consultation, const ActInput& input,
                                       Check& check) {
    auto files = actFilesOf(tx, consultation, input);
    if (!files) return std::move(files).error();
    if (files->empty()) check.fail("file", "error.file.none");
    if (files->size() + sqlite::enclosuresOf(tx, consultation).size() > enclosuresPerConsultation)
        check.fail("file", "error.enclosures.too_many");
    std::vector<Enclosure> made;
    for (auto& file : *files) {
        const std::string field = "title_" + std::to_string(file.id);
        std::string title = check.line(field.c_str(), input.get(field), 200);
        if (title.empty()) title = enclosureTitleFrom(file.name);
        made.push_back({0, std::move(title), std::move(file), {}});
    }
    return made;
}

Result<ActPlan> plan(sqlite::ReadTx& tx, const Office& office, const Consultation& consultation, const ActInput& input,
                     Now now) {
    if (consultation.state != ConsultationState::open) return Error{ErrorKind::closed, "error.act.not_open", {}, {}};
    Check check;
    const auto added = newOnes(tx, consultation.id, input, check);
    if (!added) return added.error();
    const std::string reason = check.text("reason", input.get("reason"), 2'000, true);
    if (!check.ok()) return check.error();
    ActPlan plan;
    for (const auto& each : *added) lookAtFile(each.file, plan.findings);
    for (const auto& each : *added)
        plan.effects.push_back({"plan.enclosure.added", {{"title", each.title}, {"file", each.file.name}}});
    plan.effects.push_back({"plan.enclosure.stays", {}});
    for (const auto& party : sqlite::partiesOf(tx, consultation.id)) {
        const auto may = mayAnswer(consultation, party, now.instant);
        if (party.unsolicited) continue;
        if (may != Answering::inTime && may != Answering::late) plan.leftOut.push_back({party.name, "left_out.over"});
        else
            writeTo(plan.letters, party, [&](const Party& to, const Contact& contact) {
                return text::enclosureAddedLetter(office.words(to.language), {office.house, consultation, to, contact},
                                                  *added, reason);
            });
    }
    return plan;
}

Result<Done> perform(sqlite::Tx& tx, const Office&, const Actor& actor, const ActPlan& plan, const ActInput& input) {
    const auto id = plan.consultation.id;
    Check check;
    const auto added = newOnes(tx, id, input, check);
    if (!added) return added.error();
    const std::string reason = cleanText(input.get("reason")); // as the plan checked it
    for (const auto& each : *added) {
        sqlite::appendEnclosure(tx, id, each.title, each.file.id, tx.now().instant);
        sqlite::takeActFile(tx, each.file.id);
        tx.record({actor,
                   "enclosure.added_later",
                   id,
                   {},
                   {{"title", each.title},
                    {"sha256", each.file.sha256},
                    {"reason", reason},
                    {"letters", std::to_string(plan.letters.size())}}});
    }
    sqlite::bumpVersion(tx, id);
    tx.touchesPublicPages();
    return Done{};
}

} // namespace

const Act addEnclosureAct{"add_enclosure", plan, perform};

} // namespace hoering

#include "usecases/edit_consultation.h"

#include <algorithm>

#include "common/strings.h"
#include "domain/typed_contacts.h"
#include "sqlite/consultations.h"
#include "sqlite/extensions.h"
#include "sqlite/files.h"
#include "sqlite/parties.h"
#include "sqlite/reminders.h"
#include "usecases/check.h"

namespace hoering {
namespace {

ConsultationText checked(const ConsultationInput& in, Check& check) {
    ConsultationText text;
    text.title = check.line("title", in.title, 200, true);
    text.summary = check.text("summary", in.summary, 2'000);
    text.body = check.text("body", in.body, 100'000);
    text.journalNumber = check.line("journal_number", in.journalNumber, 80);
    text.unit = check.line("unit", in.unit, 120);
    text.committee = check.line("committee", in.committee, 120);
    text.officerName = check.line("officer_name", in.officerName, 120);
    text.officerPhone = check.line("officer_phone", in.officerPhone, 40);
    text.officerMail = check.mail("officer_mail", in.officerMail);
    text.shortPeriodReason = check.text("short_period_reason", in.shortPeriodReason, 1'000);
    text.afterwards = check.text("afterwards", in.afterwards, 2'000);
    text.language = in.language == "en" ? "en" : "da";
    text.isPublic = in.isPublic;
    text.acceptLate = in.acceptLate;
    if (!trim(in.decisionDate).empty()) {
        text.decisionDate = parseTypedDate(trim(in.decisionDate));
        if (!text.decisionDate) check.fail("decision_date", "error.decision_date");
    }
    if (!trim(in.deadlineDate).empty() || !trim(in.deadlineTime).empty()) {
        const auto deadline = deadlineFromTyped(in.deadlineDate, in.deadlineTime, in.deadlineWhich);
        if (deadline) text.deadline = *deadline;
        else
            for (const auto& field : deadline.error().fields) check.fail(field.field, field.key, field.args);
    }
    return text;
}

/// The draft to change, or why not.
Result<Consultation> draftOf(sqlite::Tx& tx, std::int64_t id) {
    auto consultation = sqlite::findConsultation(tx, id);
    if (!consultation) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    if (consultation->state != ConsultationState::draft)
        return Error{ErrorKind::closed, "error.consultation.not_draft", {}, {}};
    return std::move(*consultation);
}

Result<Done> notFound() { return Error{ErrorKind::notFound, "error.not_found", {}, {}}; }

void acted(sqlite::Tx& tx, const Actor& actor, std::int64_t id, std::string act,
           std::vector<std::pair<std::string, std::string>> details, std::optional<std::int64_t> party = {}) {
    sqlite::bumpVersion(tx, id);
    tx.record({actor, std::move(act), id, party, std::move(details)});
}

Party checkedParty(const PartyInput& input, Check& check) {
    Party party;
    party.name = check.line("name", input.name, 160, true);
    party.language = input.language == "en" ? "en" : "da";
    if (auto role = partyRoleFrom(input.role)) party.role = *role;
    else check.fail("role", "error.role.missing");
    auto typed = contactsFrom(input.contacts);
    for (const auto& refused : typed.refused) check.fail("contacts", refused.key, refused.args);
    for (auto& contact : typed.list) {
        if (const auto length = countCodePoints(contact.name); length > 120)
            check.fail("contacts", "error.text.too_long", {{"limit", "120"}, {"length", std::to_string(length)}});
        for (const auto& other : party.contacts)
            if (lowerAscii(other.mail) == lowerAscii(contact.mail))
                check.fail("contacts", "error.contacts.twice", {{"mail", contact.mail}});
        party.contacts.push_back(std::move(contact));
    }
    if (party.contacts.empty() && check.ok()) check.fail("contacts", "error.contacts.missing");
    if (party.contacts.size() > 50) check.fail("contacts", "error.contacts.too_many");
    return party;
}

/// Letters, matrix and digest know a party by its name: no two have the same. `itself`: 0 for a new one.
void checkNameIsFree(sqlite::ReadTx& tx, std::int64_t consultation, const Party& party, std::int64_t itself,
                     Check& check) {
    for (const auto& other : sqlite::partiesOf(tx, consultation))
        if (other.id != itself && other.name == party.name)
            check.fail("name", "error.name.twice", {{"name", party.name}});
}

} // namespace

std::string enclosureTitleFrom(std::string_view fileName) {
    const auto dot = fileName.rfind('.');
    return std::string(dot == std::string_view::npos || dot == 0 ? fileName : fileName.substr(0, dot));
}

Result<std::int64_t> createConsultation(sqlite::Tx& tx, const Office& office, const Actor& actor,
                                        const ConsultationInput& input, std::string_view key) {
    if (const auto already = sqlite::findConsultationByKey(tx, key)) return *already;
    Check check;
    const ConsultationText text = checked(input, check);
    if (!check.ok()) return check.error();
    const auto id = sqlite::insertConsultation(tx, text, key);
    sqlite::replaceReminderSteps(tx, id, office.defaultReminders);
    tx.record({actor, "consultation.created", id, {}, {{"title", text.title}}});
    return id;
}

Result<Done> saveConsultation(sqlite::Tx& tx, const Actor& actor, std::int64_t id, const ConsultationInput& input,
                              std::int64_t version) {
    auto draft = draftOf(tx, id);
    if (!draft) return draft.error();
    Check check;
    const ConsultationText text = checked(input, check);
    if (!check.ok()) return check.error();
    if (!sqlite::updateConsultation(tx, id, text, version))
        return Error{ErrorKind::conflict, "error.consultation.changed", {}, {}};
    tx.record({actor, "consultation.edited", id, {}, {{"title", text.title}}});
    return Done{};
}

Result<std::int64_t> addEnclosure(sqlite::Tx& tx, const Actor& actor, std::int64_t id, const StoredFile& file,
                                  std::string_view typed) {
    auto draft = draftOf(tx, id);
    if (!draft) return draft.error();
    Check check;
    std::string title = check.line("enclosure_title", typed, 200);
    if (!check.ok()) return check.error();
    const auto before = sqlite::enclosuresOf(tx, id);
    for (const auto& each : before)
        if (each.file.sha256 == file.sha256 && each.file.name == file.name) return each.id; // sent twice
    if (before.size() >= enclosuresPerConsultation)
        return Error{ErrorKind::invalid, "error.enclosures.too_many", {}, {}};
    if (title.empty()) title = enclosureTitleFrom(file.name);
    const auto enclosure = sqlite::appendEnclosure(tx, id, title, sqlite::insertFile(tx, file));
    acted(tx, actor, id, "enclosure.added", {{"title", title}, {"sha256", file.sha256}});
    return enclosure;
}

Result<Done> renameEnclosure(sqlite::Tx& tx, const Actor& actor, std::int64_t id, std::int64_t enclosure,
                             std::string_view typed, std::string_view shown) {
    auto draft = draftOf(tx, id);
    if (!draft) return draft.error();
    Check check;
    const std::string title = check.line("enclosure_title", typed, 200, true);
    if (!check.ok()) return check.error();
    const auto all = sqlite::enclosuresOf(tx, id);
    const auto stored = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.id == enclosure; });
    if (stored == all.end()) return notFound();
    if (stored->title == title) return Done{};
    if (const auto same = unchangedSince(shown, stored->title); !same) return same;
    sqlite::renameEnclosure(tx, id, enclosure, title);
    acted(tx, actor, id, "enclosure.renamed", {{"title", title}});
    return Done{};
}

Result<Done> removeEnclosure(sqlite::Tx& tx, const Actor& actor, std::int64_t id, std::int64_t enclosure) {
    auto draft = draftOf(tx, id);
    if (!draft) return draft.error();
    std::string title;
    for (const auto& each : sqlite::enclosuresOf(tx, id))
        if (each.id == enclosure) title = each.title;
    if (!sqlite::removeEnclosure(tx, id, enclosure)) return notFound();
    acted(tx, actor, id, "enclosure.removed", {{"title", title}});
    return Done{};
}

Result<Done> moveEnclosureUp(sqlite::Tx& tx, const Actor& actor, std::int64_t id, std::int64_t enclosure,
                             std::size_t place) {
    auto draft = draftOf(tx, id);
    if (!draft) return draft.error();
    const auto all = sqlite::enclosuresOf(tx, id);
    const auto now = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.id == enclosure; });
    if (now == all.end()) return notFound();
    const auto stands = static_cast<std::size_t>(now - all.begin());
    if (stands + 1 == place) return Done{}; // sent twice
    if (stands != place) return Error{ErrorKind::conflict, "error.changed_meanwhile", {}, {}};
    if (!sqlite::moveEnclosureUp(tx, id, enclosure)) return notFound();
    acted(tx, actor, id, "enclosure.moved", {});
    return Done{};
}

Result<std::int64_t> addParty(sqlite::Tx& tx, const Actor& actor, std::int64_t id, const PartyInput& input) {
    auto draft = draftOf(tx, id);
    if (!draft) return draft.error();
    Check check;
    const Party party = checkedParty(input, check);
    if (check.ok())
        for (const auto& other : sqlite::partiesOf(tx, id))
            if (shownOf(other) == shownOf(party)) return other.id; // sent twice
    checkNameIsFree(tx, id, party, 0, check);
    if (!check.ok()) return check.error();
    const auto made = sqlite::insertParty(tx, id, party);
    acted(tx, actor, id, "party.added", {{"name", party.name}, {"role", std::string(roleName(party.role))}}, made);
    return made;
}

Result<Done> saveParty(sqlite::Tx& tx, const Actor& actor, std::int64_t id, std::int64_t partyId,
                       const PartyInput& input, const Shown& shown) {
    auto draft = draftOf(tx, id);
    if (!draft) return draft.error();
    const auto old = sqlite::findParty(tx, partyId);
    if (!old || old->consultation != id) return notFound();
    Check check;
    Party party = checkedParty(input, check);
    checkNameIsFree(tx, id, party, partyId, check);
    if (!check.ok()) return check.error();
    if (shownOf(party) == shownOf(*old)) return Done{};
    if (const auto same = unchangedSince(shown, shownOf(*old)); !same) return same;
    party.id = partyId;
    sqlite::updateParty(tx, party);
    acted(tx, actor, id, "party.edited", {{"name", party.name}, {"role", std::string(roleName(party.role))}}, partyId);
    return Done{};
}

Result<Done> removeParty(sqlite::Tx& tx, const Actor& actor, std::int64_t id, std::int64_t partyId) {
    auto draft = draftOf(tx, id);
    if (!draft) return draft.error();
    const auto party = sqlite::findParty(tx, partyId);
    if (!party || party->consultation != id) return notFound();
    sqlite::removeParty(tx, partyId);
    acted(tx, actor, id, "party.removed", {{"name", party->name}});
    return Done{};
}

Result<Done> saveReminderPlan(sqlite::Tx& tx, const Actor& actor, std::int64_t id,
                              const std::vector<ReminderStepInput>& inputs, const ReminderRulesInput& rules,
                              const Shown& shown) {
    auto draft = draftOf(tx, id);
    if (!draft) return draft.error();
    Check check;
    std::vector<ReminderStep> steps;
    std::string names;
    for (const auto& input : inputs) {
        if (trim(input.days).empty()) continue; // an empty row is no step
        const auto time = parseTimeOfDay(trim(input.time));
        const auto step = reminderStepFrom(std::string(trim(input.days)) + " " + input.unit +
                                           (input.after ? " after 09:00" : " 09:00"));
        if (!time || !step) {
            if (input.after) check.fail("after", "error.reminders.after");
            else check.fail("reminders", "error.reminders.step");
            continue;
        }
        steps.push_back(*step);
        steps.back().time = *time;
        names += (names.empty() ? "" : "; ") + steps.back().name();
    }
    if (steps.size() > 10) check.fail("reminders", "error.reminders.too_many");
    if (std::count_if(steps.begin(), steps.end(), [](const auto& step) { return step.after; }) > 1)
        check.fail("after", "error.reminders.one_after");
    const std::string lateAnswers = check.text("late_answers", rules.lateAnswers, 500);
    if (!check.ok()) return check.error();
    const ReminderPlan stored{sqlite::reminderStepsOf(tx, id), sqlite::reminderRulesOf(tx, id)};
    if (shownOf(stored) == shownOf(ReminderPlan{steps, {rules.remindDrafting, lateAnswers}})) return Done{};
    if (const auto same = unchangedSince(shown, shownOf(stored)); !same) return same;
    sqlite::replaceReminderSteps(tx, id, steps);
    sqlite::setReminderRules(tx, id, {rules.remindDrafting, lateAnswers});
    acted(tx, actor, id, "reminders.planned",
          {{"steps", names}, {"remind_drafting", rules.remindDrafting ? "true" : "false"}});
    return Done{};
}

std::optional<ConsultationDesk> loadConsultation(sqlite::ReadTx& tx, std::int64_t id) {
    auto consultation = sqlite::findConsultation(tx, id);
    if (!consultation) return std::nullopt;
    return ConsultationDesk{std::move(*consultation),
                            sqlite::enclosuresOf(tx, id),
                            sqlite::partiesOf(tx, id),
                            {sqlite::reminderStepsOf(tx, id), sqlite::reminderRulesOf(tx, id)},
                            sqlite::deadlineChangesOf(tx, id)};
}

} // namespace hoering

#include "cli/demo_story.h"

#include "blobs/file_text.h"
#include "blobs/inspect.h"
#include "common/id.h"
#include "common/strings.h"
#include "sqlite/consultations.h"
#include "sqlite/drafts.h"
#include "sqlite/letters.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "sqlite/reminders.h"
#include "sqlite/users.h"
#include "usecases/edit_consultation.h"
#include "usecases/manage_users.h"
#include "usecases/open_link.h"
#include "usecases/publish_consultation.h"
#include "usecases/save_draft.h"
#include "usecases/submit_response.h"

namespace hoering::cli {

namespace {

/// The example follows the rules: a "no" here is a fault of the program.
template <class T> T must(Result<T> result) {
    if (result.ok()) return std::move(result).value();
    std::string why = result.error().key;
    for (const auto& field : result.error().fields) why += " " + field.field + ":" + field.key;
    throw std::logic_error("the demo was refused: " + why);
}

} // namespace

template <class F> auto Story::act(F&& f) { return must(parts_.database.write(std::forward<F>(f))); }

void Story::runDue() {
    parts_.clockwork.runClockOnce();
    while (parts_.outbox.runOnce()) {
    }
}

void Story::at(Instant target) {
    runDue();
    while (true) {
        const auto now = clock_.now();
        const auto due = parts_.database.read([&](sqlite::ReadTx& tx) {
            std::optional<Instant> first;
            for (const auto& next :
                 {sqlite::nextReminderDue(tx), sqlite::nextDeadline(tx, now), sqlite::nextLetterDue(tx)})
                if (next && (!first || *next < *first)) first = next;
            return first;
        });
        if (!due || *due > target || *due <= now) break;
        clock_.set(*due);
        runDue();
    }
    if (target > clock_.now()) clock_.set(target);
    runDue();
}

void Story::at(LocalDate date, std::chrono::minutes time) { at(toInstant(atTime(date, time))); }

User Story::user(const std::string& email, const std::string& name, Role role, const std::string& password) {
    const auto& office = parts_.office;
    const auto first = parts_.database.write([](sqlite::Tx& tx) { return firstAdministratorToken(tx); });
    const ChosenPassword chosen{
        first ? *first : act([&](sqlite::Tx& tx) {
                             return addUser(tx, office, Actor::operations("demo"), {email, name, role, "da"});
                         }).passwordToken,
        name, email, password, password};
    must(checkChosenPassword(office, chosen, first.has_value()));
    const std::string hash = hashPassword(password, office.passwordCost);
    return act([&](sqlite::Tx& tx) { return choosePassword(tx, office, chosen, hash); });
}

std::int64_t Story::draft(const User& officer, const DemoText& text, LocalDate decided, const std::string& deadline) {
    ConsultationInput input;
    const std::pair<const char*, std::string ConsultationInput::*> fields[] = {
        {"title", &ConsultationInput::title},
        {"summary", &ConsultationInput::summary},
        {"journal_number", &ConsultationInput::journalNumber},
        {"unit", &ConsultationInput::unit},
        {"committee", &ConsultationInput::committee},
        {"officer_name", &ConsultationInput::officerName},
        {"officer_phone", &ConsultationInput::officerPhone},
        {"officer_mail", &ConsultationInput::officerMail},
        {"afterwards", &ConsultationInput::afterwards}};
    for (const auto& [name, member] : fields) input.*member = text.field(name);
    input.body = text.body;
    input.decisionDate = isoDate(decided);
    input.deadlineDate = deadline;
    input.language = "da";
    const auto id =
        act([&](sqlite::Tx& tx) { return createConsultation(tx, parts_.office, officer.actor(), input, newKey()); });
    for (const auto& line : text.all("party")) {
        const auto cells = split(line, '|');
        const PartyInput party{std::string(trim(cells.at(1))), std::string(trim(cells.at(0))), "da",
                               std::string(trim(cells.at(2)))};
        act([&](sqlite::Tx& tx) { return addParty(tx, officer.actor(), id, party); });
    }
    return id;
}

StoredFile Story::store(const std::string& fileName, const std::string& bytes) {
    const auto blob = parts_.blobs.put(bytes);
    const auto path = parts_.blobs.pathOf(blob.sha256);
    const auto facts = must(blobs::inspect(path, fileName));
    StoredFile file;
    file.search = blobs::searchFile(path, facts.extension, std::chrono::seconds{20}).search;
    file.sha256 = blob.sha256;
    file.size = blob.size;
    file.name = blobs::displayName(fileName);
    file.contentType = facts.contentType;
    file.pages = facts.pages;
    return file;
}

void Story::enclose(const User& officer, std::int64_t consultation, const std::string& fileName,
                    const std::string& bytes, const std::string& title) {
    const auto file = store(fileName, bytes);
    act([&](sqlite::Tx& tx) { return addEnclosure(tx, officer.actor(), consultation, file, title); });
}

void Story::publish(const User& officer, std::int64_t id) {
    act([&](sqlite::Tx& tx) {
        const auto version = sqlite::findConsultation(tx, id)->version;
        return publishConsultation(tx, parts_.office, officer.actor(), id, version);
    });
    runDue();
}

Party Story::party(std::int64_t consultation, std::string_view part) {
    const auto parties = parts_.database.read([&](sqlite::ReadTx& tx) { return sqlite::partiesOf(tx, consultation); });
    for (const auto& each : parties)
        if (each.name.find(part) != std::string::npos) return each;
    throw std::logic_error("the demo has no party " + std::string(part));
}

std::string Story::tokenOf(const Party& party) {
    const auto link =
        parts_.database.read([&](sqlite::ReadTx& tx) { return sqlite::currentLinkOf(tx, party.contacts.at(0).id); });
    return parts_.office.keys.linkToken(link.value().nonce);
}

PartyVisit Story::open(const Party& party) {
    const std::string token = tokenOf(party);
    act([&](sqlite::Tx& tx) { return openLink(tx, parts_.office, token); });
    auto look =
        parts_.database.read([&](sqlite::ReadTx& tx) { return lookAtLink(tx, parts_.office, token, nowFrom(clock_)); });
    return std::move(look.value().visit);
}

void Story::write(const PartyVisit& visit, const std::string& text) {
    act([&](sqlite::Tx& tx) {
        const auto draft = sqlite::findDraft(tx, visit.party.id);
        return saveDraft(tx, visit, {text, draft ? draft->version : 0});
    });
}

void Story::attach(const PartyVisit& visit, const std::string& fileName, const std::string& bytes) {
    const auto file = store(fileName, bytes);
    act([&](sqlite::Tx& tx) { return attachFile(tx, parts_.office, visit, file); });
}

void Story::submit(const PartyVisit& visit) {
    act([&](sqlite::Tx& tx) {
        const auto draft = sqlite::findDraft(tx, visit.party.id).value();
        return submitResponse(
            tx, visit, {ResponseKind::remarks, draft.text, draft.version, draft.submissionKey, tx.now().instant});
    });
    runDue();
}

void Story::noRemarks(const PartyVisit& visit) {
    act([&](sqlite::Tx& tx) {
        return submitResponse(tx, visit, {ResponseKind::noRemarks, "", 0, newKey(), tx.now().instant});
    });
    runDue();
}

void Story::correct(const PartyVisit& visit, const std::string& text) {
    act([&](sqlite::Tx& tx) { return startCorrection(tx, visit); });
    write(visit, text);
    submit(visit);
}

} // namespace hoering::cli

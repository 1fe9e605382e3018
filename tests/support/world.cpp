#include "support/world.h"

#include <cstdlib>
#include <stdexcept>

#include "common/id.h"
#include "sqlite/consultations.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "usecases/publish_consultation.h"
#include "usecases/submit_response.h"
#include "usecases/write_receipts.h"

namespace hoering::testing {

TempFolder::TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "hoering-test-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    path_ = pattern;
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

namespace {

LocalTime localFrom(std::string_view text) {
    const auto date = parseIsoDate(text.substr(0, 10));
    if (!date || text.size() < 16) throw std::invalid_argument("not a local time: " + std::string(text));
    const auto time = parseTimeOfDay(text.substr(11, 5));
    const int seconds = text.size() >= 19 ? std::stoi(std::string(text.substr(17, 2))) : 0;
    return atTime(*date, *time) + std::chrono::seconds{seconds};
}

/// Makes the library ready before any member asks it for something.
Instant started() {
    initCrypto();
    return toInstant(localFrom("2026-11-02 09:00:00"));
}

} // namespace

World::World()
    : clock(started()), office{texts,
                               {"Prøve Kommune", "#1a5276", "https://hoering.example", "hoering.example",
                                "Sekretariatet", "12 34 56 78", "sekretariat@hoering.example"},
                               Keys(std::string(32, 'k')),
                               {},
                               {{10, true, std::chrono::hours{9}},
                                {3, true, std::chrono::hours{9}},
                                {0, false, std::chrono::hours{8}}},
                               30,
                               10,
                               std::chrono::minutes{60},
                               std::chrono::hours{10},
                               12,
                               {1, 8192}},
      database({.folder = folder.path()}, clock) {}

std::int64_t World::usualConsultation() {
    return consultation()
        .openUntil("2026-12-01")
        .with("LokalMED")
        .with("Rådet")
        .with("Politiet", PartyRole::informed)
        .publish();
}

Result<Response> World::submit(std::int64_t consultation, std::size_t party, const std::string& text,
                               std::optional<Instant> received) {
    const auto at = visit(consultation, party);
    return answer(database.write([&](sqlite::Tx& tx) {
        return submitResponse(tx, at, {ResponseKind::remarks, text, 0, newKey(), received.value_or(tx.now().instant)});
    }));
}

Result<Response> World::answer(const Result<std::int64_t>& filed) {
    if (!filed) return filed.error();
    return database.read([&](sqlite::ReadTx& tx) { return *sqlite::findResponse(tx, *filed); });
}

void World::at(std::string_view local) { clock.set(toInstant(localFrom(local))); }

Consultation World::find(std::int64_t id) {
    return *database.read([&](sqlite::ReadTx& tx) { return sqlite::findConsultation(tx, id); });
}

std::vector<Party> World::parties(std::int64_t consultation) {
    return database.read([&](sqlite::ReadTx& tx) { return sqlite::partiesOf(tx, consultation); });
}

PartyVisit World::visit(std::int64_t consultation, std::size_t n) {
    PartyVisit visit;
    visit.consultation = find(consultation);
    visit.party = parties(consultation).at(n);
    visit.contact = visit.party.contacts.at(0);
    const auto link = database.read([&](sqlite::ReadTx& tx) { return sqlite::currentLinkOf(tx, visit.contact.id); });
    if (link) visit.link = link->id;
    return visit;
}

std::string World::tokenOf(const PartyVisit& visit) {
    const auto link = database.read([&](sqlite::ReadTx& tx) { return sqlite::currentLinkOf(tx, visit.contact.id); });
    return office.keys.linkToken(link.value().nonce);
}

std::vector<std::string> World::acts() {
    return database.read([](sqlite::ReadTx& tx) {
        std::vector<std::string> acts;
        auto row = tx.sql("SELECT act FROM journal ORDER BY id");
        while (row.step()) acts.push_back(row.text(0));
        return acts;
    });
}

std::vector<Letter> World::letters() {
    database.write([&](sqlite::Tx& tx) {
        tx.housekeeping("the outbox has looked");
        queueReceipts(tx, office, writeReceipts(tx, office, now().instant, 1000));
    });
    return database.read([](sqlite::ReadTx& tx) {
        std::vector<std::int64_t> ids;
        {
            auto row = tx.sql("SELECT id FROM letters ORDER BY id");
            while (row.step()) ids.push_back(row.integer(0));
        }
        std::vector<Letter> letters;
        for (const auto id : ids) letters.push_back(*sqlite::findLetter(tx, id));
        return letters;
    });
}

std::int64_t World::count(const std::string& table) {
    const std::string sql = "SELECT count(*) FROM " + table;
    return database.read([&](sqlite::ReadTx& tx) {
        auto row = tx.sql(sql);
        row.step();
        return row.integer(0);
    });
}

ConsultationBuilder::ConsultationBuilder(World& world) : world_(world) {
    input_.title = "Ændret organisering";
    input_.summary = "Vi foreslår at samle indsatsen ét sted.";
    input_.body = "# Baggrund\n\nUdvalget har besluttet at høre parterne.";
    input_.journalNumber = "26/1234";
    input_.unit = "Center for Børn";
    input_.committee = "Økonomiudvalget";
    input_.officerName = "Anne Andersen";
    input_.officerMail = "anne@hoering.example";
    input_.language = "da";
}

ConsultationBuilder& ConsultationBuilder::titled(std::string title) {
    input_.title = std::move(title);
    return *this;
}

ConsultationBuilder& ConsultationBuilder::openUntil(std::string date, std::string time) {
    input_.deadlineDate = std::move(date);
    input_.deadlineTime = std::move(time);
    return *this;
}

ConsultationBuilder& ConsultationBuilder::acceptingLate() {
    input_.acceptLate = true;
    return *this;
}

ConsultationBuilder& ConsultationBuilder::with(std::string party, PartyRole role) {
    const std::string number = std::to_string(parties_.size() + 1);
    parties_.push_back({std::move(party), std::string(roleName(role)), "da",
                        "Kontakt " + number + " <kontakt@part" + number + ".example>"});
    return *this;
}

ConsultationBuilder& ConsultationBuilder::sparingDrafts() {
    rules_.remindDrafting = false;
    return *this;
}

ConsultationBuilder& ConsultationBuilder::sayingHowToAnswerLate(std::string how) {
    rules_.lateAnswers = std::move(how);
    return *this;
}

ConsultationBuilder& ConsultationBuilder::remindedBy(std::vector<ReminderStep> steps) {
    ownSteps_ = true;
    for (const auto& step : steps)
        steps_.push_back({std::to_string(step.days), step.workingDays ? "workdays" : "days",
                          step.name().substr(step.name().size() - 5), step.after});
    return *this;
}

std::int64_t ConsultationBuilder::draft() {
    return *world_.database.write([&](sqlite::Tx& tx) -> Result<std::int64_t> {
        auto made = createConsultation(tx, world_.office, world_.officer, input_, randomToken(24));
        if (!made) throw std::logic_error("the test's consultation was refused: " + made.error().key);
        for (const auto& party : parties_)
            if (auto added = addParty(tx, world_.officer, *made, party); !added)
                throw std::logic_error("the test's party was refused: " + added.error().fields.at(0).key);
        if (ownSteps_ && !saveReminderPlan(tx, world_.officer, *made, steps_, rules_))
            throw std::logic_error("the plan was refused");
        return made;
    });
}

std::int64_t ConsultationBuilder::publish() {
    const auto id = draft();
    const auto version = world_.find(id).version;
    const auto done = world_.database.write(
        [&](sqlite::Tx& tx) { return publishConsultation(tx, world_.office, world_.officer, id, version); });
    if (!done) throw std::logic_error("the test's consultation was not published: " + done.error().key);
    return id;
}

} // namespace hoering::testing

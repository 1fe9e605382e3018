// every_letter DATA [parties=16]: fills a data folder with every kind of letter there is, as files in DATA/mail, and
// prints what a reader must know to judge them, as JSON.
// Not here: what happens (support/every_letter.h), what is expected (tests/end_to_end/every_letter.test.mjs).
#include <cstdlib>
#include <iostream>

#include <nlohmann/json.hpp>

#include "common/log.h"
#include "sqlite/parties.h"
#include "support/every_letter.h"

namespace {

using namespace hoering;

nlohmann::json kinds() {
    auto all = nlohmann::json::array();
    for (int n = 0; !kindName(static_cast<LetterKind>(n)).empty(); ++n)
        all.push_back(kindName(static_cast<LetterKind>(n)));
    return all;
}

/// Every link a contact ever had, the closed ones too.
nlohmann::json linksOf(sqlite::ReadTx& tx, const Office& office, std::int64_t contact) {
    auto links = nlohmann::json::array();
    auto row = tx.sql("SELECT nonce FROM links WHERE contact_id = ? ORDER BY id");
    row.bind(contact);
    while (row.step()) links.push_back("/svar/" + office.keys.linkToken(row.text(0)));
    return links;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: every_letter DATA [parties]\n";
        return 2;
    }
    log::setLevel(log::Level::warn);
    Settings settings;
    settings.mail.fromAddress = "hoering@example.dk";
    settings.server.publicUrl = "https://hoering.example";
    settings.consultations.releaseAbove = 4; // more wait for a colleague, who hears of it
    ManualClock clock(toInstant(atTime(parseIsoDate("2026-11-02").value(), std::chrono::hours{8})));
    App app(settings, DataFolder{argv[1]}, clock);
    testing::EveryLetter everything(app, clock, argc > 2 ? std::atoi(argv[2]) : 16);
    everything.run();

    auto& parts = app.parts();
    auto parties = nlohmann::json::array(), staff = nlohmann::json::array();
    parts.database.read([&](sqlite::ReadTx& tx) {
        for (int consultation = 1; consultation <= 3; ++consultation)
            for (const auto& party : sqlite::partiesOf(tx, consultation))
                parties.push_back({{"id", party.id},
                                   {"consultation", consultation},
                                   {"language", party.language},
                                   {"mail", party.contacts.at(0).mail},
                                   {"links", linksOf(tx, parts.office, party.contacts.at(0).id)}});
    });
    for (const auto& user : everything.staff()) staff.push_back({{"id", user.id}, {"mail", user.email}});
    std::cout << nlohmann::json{{"kinds", kinds()}, {"parties", parties}, {"staff", staff}}.dump() << std::endl;
}

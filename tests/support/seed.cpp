#include "support/seed.h"

#include <iterator>
#include <stdexcept>

#include "app_parts.h"
#include "common/calendar.h"
#include "common/crypto.h"
#include "common/id.h"
#include "sqlite/consultations.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "sqlite/sessions.h"
#include "usecases/edit_consultation.h"
#include "usecases/open_link.h"
#include "usecases/publish_consultation.h"

namespace hoering::testing {
namespace {

template <class T> T must(Result<T> result) {
    if (!result.ok()) throw std::logic_error("the seed was refused: " + result.error().key);
    return std::move(result).value();
}

std::int64_t publishOne(App::Parts& parts, const Actor& officer, int number, const SeedPlan& plan, LocalDate today) {
    return must(parts.database.write([&](sqlite::Tx& tx) -> Result<std::int64_t> {
        auto input = inputOf(number, today);
        if (plan.hostile) makeHostile(input);
        const auto id = must(createConsultation(tx, parts.office, officer, input, newKey()));
        for (int n = 1; n <= plan.parties; ++n) {
            const std::string contact = "kontakt" + std::to_string(n) + "@part" + std::to_string(number) + ".example";
            const std::string name = "Part " + std::to_string(number) + "-" + std::to_string(n);
            must(addParty(tx, officer, id,
                          {plan.hostile ? hostile(name, n) : name, "consulted", "da",
                           "Kontakt " + std::to_string(n) + " <" + contact + ">"}));
        }
        must(publishConsultation(tx, parts.office, officer, id, sqlite::findConsultation(tx, id)->version));
        return id;
    }));
}

} // namespace

std::string hostile(const std::string& honest, int field) {
    static const std::string tails[] = {"\r\nBcc: ond@ond.example\r\n",
                                        "\r\n.\r\nMAIL FROM:<ond@ond.example>\r\nRCPT TO:<ond@ond.example>\r\n",
                                        "\nX-Ond: ja\n\n<script>1</script>",
                                        "\" <ond@ond.example>, \"",
                                        "=?utf-8?q?=0D=0ABcc:_ond@ond.example?=",
                                        "\xE2\x80\xA8"
                                        "Bcc: ond@ond.example {{link}}"};
    return honest + tails[field % std::size(tails)];
}

void makeHostile(ConsultationInput& input) {
    int field = 0;
    for (auto* text : {&input.officerPhone, &input.title, &input.summary, &input.body, &input.journalNumber,
                       &input.unit, &input.committee, &input.officerName, &input.afterwards})
        *text = hostile(*text, field++);
}

ConsultationInput inputOf(int number, LocalDate today) {
    ConsultationInput input;
    input.title = "Høring nummer " + std::to_string(number);
    input.summary = "Vi foreslår at samle indsatsen ét sted.";
    for (int n = 0; n < 12; ++n)
        input.body += "# Afsnit " + std::to_string(n + 1) +
                      "\n\nUdvalget har besluttet at høre parterne om forslaget, før det behandles igen. "
                      "Forslaget samler den forebyggende indsats ét sted og ændrer vagtplanen om aftenen.\n\n";
    input.journalNumber = "26/" + std::to_string(1000 + number);
    input.unit = "Center for Børn";
    input.committee = "Økonomiudvalget";
    input.officerName = "Anne Andersen";
    input.officerMail = "anne@hoering.example";
    input.deadlineDate = isoDate(addDays(today, 40));
    input.language = "da";
    return input;
}

std::vector<SeededParty> seed(App& app, const SeedPlan& plan) {
    auto& parts = app.parts();
    const Actor officer{ActorKind::user, 1, "Karen Kontor"};
    const LocalDate today = dateOf(toLocal(parts.clock.now()));
    std::vector<SeededParty> seeded;
    for (int number = 1; number <= plan.consultations; ++number) {
        const auto id = publishOne(parts, officer, number, plan, today);
        parts.database.write([&](sqlite::Tx& tx) {
            const auto address = "/hoering/" + sqlite::findConsultation(tx, id)->slug;
            for (const auto& party : sqlite::partiesOf(tx, id)) {
                const auto link = sqlite::currentLinkOf(tx, party.contacts.at(0).id);
                const std::string token = parts.office.keys.linkToken(link.value().nonce);
                seeded.push_back({id, party.id, party.name, address, "/svar/" + token, "", ""});
                if (!plan.open) continue;
                seeded.back().session = must(openLink(tx, parts.office, token));
                seeded.back().csrf = sqlite::findSession(tx, sha256Hex(seeded.back().session)).value().csrf;
            }
        });
    }
    if (plan.deliver)
        while (parts.outbox.runOnce()) {
        }
    return seeded;
}

} // namespace hoering::testing

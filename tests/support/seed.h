// Open consultations with parties that are signed in, put into an App's data folder by the real use cases: for load,
// crash and idle tests, which talk to the service from outside.
// Not here: worlds for tests inside the process (support/world.h), the worked example (server/cli/demo_example.h).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app.h"
#include "common/calendar.h"
#include "usecases/edit_consultation.h"

namespace hoering::testing {

struct SeedPlan {
    int consultations = 1;
    int parties = 16;     // of each consultation
    bool hostile = false; // every text holds line breaks, SMTP commands, headers and markup
    bool open = true;     // every party has opened its link
    bool deliver = false; // bring the invitations too, so that nothing waits in the outbox
};
struct SeededParty {
    std::int64_t consultation = 0, party = 0;
    std::string name, address; // path of the consultation's public page
    std::string link;          // path of the personal link
    std::string session, csrf; // if it opened the link: value of the cookie "svar", token of its forms
};
/// What somebody might type after honest words to get a command, a header, a recipient or a tag of their own into a
/// mail; `field` says which kind.
std::string hostile(const std::string& honest, int field);
/// In every text of a consultation.
void makeHostile(ConsultationInput& input);
/// What an officer would type: a consultation with a text of some length and a deadline 40 days after `today`.
ConsultationInput inputOf(int number, LocalDate today);
/// Publishes the consultations with a deadline 40 days ahead. The App must not be started.
std::vector<SeededParty> seed(App& app, const SeedPlan& plan);

} // namespace hoering::testing

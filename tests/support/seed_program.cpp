// seed DATA [consultations=1] [parties=16] [deliver] [hostile] [unopened]: fills a data folder and prints its parties
// as JSON. What the tests in JavaScript begin with. Not here: what is put in (support/seed.h).
#include <cstdlib>
#include <iostream>
#include <string_view>

#include <nlohmann/json.hpp>

#include "app_parts.h"
#include "common/log.h"
#include "support/seed.h"

int main(int argc, char** argv) {
    using namespace hoering;
    if (argc < 2) {
        std::cerr << "usage: seed DATA [consultations] [parties] [deliver] [hostile] [unopened]\n";
        return 2;
    }
    testing::SeedPlan plan;
    if (argc > 2) plan.consultations = std::atoi(argv[2]);
    if (argc > 3) plan.parties = std::atoi(argv[3]);
    for (int n = 4; n < argc; ++n) {
        plan.deliver = plan.deliver || std::string_view(argv[n]) == "deliver";
        plan.open = plan.open && std::string_view(argv[n]) != "unopened";
        plan.hostile = plan.hostile || std::string_view(argv[n]) == "hostile";
    }
    log::setLevel(log::Level::warn);
    Settings settings;
    settings.mail.fromAddress = "hoering@example.dk";
    const SystemClock clock;
    App app(settings, DataFolder{argv[1]}, clock);
    auto list = nlohmann::ordered_json::array();
    for (const auto& party : testing::seed(app, plan))
        list.push_back({{"consultation", party.consultation},
                        {"party", party.party},
                        {"name", party.name},
                        {"address", party.address},
                        {"link", party.link},
                        {"session", party.session},
                        {"csrf", party.csrf}});
    std::cout << list.dump() << std::endl;
}

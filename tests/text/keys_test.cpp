// Every key written in the code has a text: read from the sources, so that a new one is not forgotten.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "text/words.h"

using namespace hoering::text;

namespace {

/// What stands in quotes and begins with one of these rooms, in every source file of the server, with its file.
std::vector<std::pair<std::string, std::string>> keysInSources(const std::string& rooms, const std::string& folder) {
    const std::regex pattern("\"((?:" + rooms + ")\\.[a-z_.]*[a-z_])\"");
    std::vector<std::pair<std::string, std::string>> keys;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(HOERING_SOURCE_DIR "/server/" + folder)) {
        if (entry.path().extension() != ".cpp") continue;
        std::stringstream source;
        source << std::ifstream(entry.path()).rdbuf();
        for (std::string line; std::getline(source, line);)
            for (std::sregex_iterator it(line.begin(), line.end(), pattern), end; it != end; ++it)
                keys.emplace_back((*it)[1].str(), entry.path().filename().string());
    }
    return keys;
}

TEST(KeysInTheCode, OfErrorsFindingsAndReasonsHaveTexts) {
    const Catalogue catalogue;
    const auto keys = keysInSources("error|finding|reminder_reason|holiday", "");
    EXPECT_GT(keys.size(), 50u); // it does read the sources
    for (const auto& [key, file] : keys) EXPECT_TRUE(catalogue.of("da").contains(key)) << key << " in " << file;
}

TEST(KeysInTheCode, OfActsHaveTexts) {
    const Catalogue catalogue;
    const auto keys = keysInSources(
        "consultation|party|enclosure|draft|response|reminder|letter|link|user|digest|backup", "usecases");
    EXPECT_GT(keys.size(), 20u);
    for (const auto& [act, file] : keys) // a letter's text is no act
        EXPECT_TRUE(catalogue.of("da").contains("act." + act) || catalogue.of("da").contains(act))
            << act << " in " << file;
}

} // namespace

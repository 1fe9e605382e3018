#include <fstream>
#include <iostream>
#include <iterator>

#include "cli/commands.h"

namespace hoering::cli {

std::optional<Settings> loadSettings(const Place& place, std::optional<unsigned short> port) {
    std::filesystem::path file = place.config;
    if (file.empty() && std::filesystem::exists(place.data / "hoering.toml")) file = place.data / "hoering.toml";
    std::string text;
    if (!file.empty()) {
        std::ifstream in(file);
        if (!in) {
            std::cerr << "hoering: cannot read " << file.string() << "\n";
            return std::nullopt;
        }
        text.assign(std::istreambuf_iterator<char>(in), {});
    }
    auto read = readSettings(text);
    if (auto* problems = std::get_if<std::vector<ConfigProblem>>(&read)) {
        std::cerr << describe(*problems, file.empty() ? "settings" : file.string());
        std::cerr << "hoering: " << problems->size() << " problem(s) in the settings; nothing was started\n";
        return std::nullopt;
    }
    auto settings = std::get<Settings>(std::move(read));
    if (port) settings.server.port = *port;
    return settings;
}

} // namespace hoering::cli

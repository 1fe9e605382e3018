// How to get into the worked example, as the service prints it on each start.
// Not here: the example (cli/demo_example.h).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace hoering::cli {

/// DATA/demo.txt with the address of the service in it; "" for a folder without the example.
std::string demoNote(const std::filesystem::path& data, std::string_view url);

} // namespace hoering::cli

// The table of every key in the configuration file and how its value is read and checked.
// Not here: checks that need more than one key, secrets (server/settings.cpp).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <toml++/toml.h>

#include "settings.h"

namespace hoering {

/// What the file says but Settings does not keep: where secrets lie.
struct SecretFiles {
    std::string smtpPassword, metricsToken;
};

struct SettingKey {
    std::string name; // "server.port"
    /// Puts the value into place, or says what it must be.
    std::function<std::optional<std::string>(const toml::node&, Settings&, SecretFiles&)> read;
};

/// In the order of config/example.toml.
const std::vector<SettingKey>& settingTable();

bool isLoopbackHost(std::string_view host);
/// The host of "http(s)://host[:port]", lower case; nullopt for anything else (a path, a user, a query …).
std::optional<std::string> hostOfUrl(std::string_view url);

} // namespace hoering

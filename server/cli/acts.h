// What an operator may ask of an open data folder: add a user, reset a user's second step, make a one-time link,
// take a backup, take in a returned mail. The same code runs in the command and in the service it asks.
// Not here: who runs it (cli/service_request.h), flags (cli/run.cpp).
#pragma once

#include <functional>
#include <string>

#include <nlohmann/json.hpp>

#include "app.h"

namespace hoering::cli {

nlohmann::json userAddRequest(const std::string& email, const std::string& name, const std::string& role,
                              const std::string& language);
nlohmann::json resetTwoStepsRequest(const std::string& email);
/// `email` "": for the first administrator.
nlohmann::json tokenRequest(const std::string& email);
/// `target`: absolute.
nlohmann::json backupRequest(const std::string& target);

/// The facts of a returned mail, as server/bounces read them.
nlohmann::json bounceRequest(const std::vector<std::string>& messageIds, const std::string& action,
                             const std::string& status, const std::string& diagnostic, const std::string& recipient,
                             const std::string& fingerprint);

/// Does it. The answer: {"ok": bool, "lines": [for stdout], "errors": [sentences for stderr]}.
/// `progress` gets a sentence now and then. Never throws.
nlohmann::json act(App& app, const nlohmann::json& request, const std::function<void(const std::string&)>& progress);

} // namespace hoering::cli

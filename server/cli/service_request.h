// How a command gets something done in a data folder whether or not a service runs on it: only the process that holds
// the folder's lock may use its database. If that is a running service, the command leaves a request file in the folder
// (0600), sends SIGUSR1 and waits for the answer file; if nobody has the folder, the command opens it itself.
// Not here: what is done (cli/acts.h), the copy (App::backupTo).
#pragma once

#include <filesystem>

#include <nlohmann/json.hpp>

#include "app.h"
#include "cli/commands.h"

namespace hoering::cli {

/// In the service, on SIGUSR1: does what the request files in `data` ask for and answers each. Never throws.
void answerRequests(App& app, const std::filesystem::path& data);

/// In a command: has `request` done (see acts.h) and prints its lines and progress. The command's exit code. The
/// settings are read only when no service has the folder.
int perform(const Place& place, const nlohmann::json& request);

} // namespace hoering::cli

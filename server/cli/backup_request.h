// How the backup command asks a running service for a copy: a request file, SIGUSR1, a progress file to read.
// Only the running service may touch the database's writer, and so only it makes the copy.
// Not here: the copy itself (App::backupTo).
#pragma once

#include <filesystem>
#include <string>

#include "app.h"

namespace hoering::cli {

/// In the service: reads DATA/backup-request.json, copies, writes DATA/backup-answer.json. Never throws.
void answerBackupRequest(App& app, const std::filesystem::path& data);
/// In the command: asks the process that holds the folder's lock and waits for its answer. "" when it is done, else why not.
std::string requestBackup(const std::filesystem::path& data, const std::filesystem::path& target, int pid);

} // namespace hoering::cli

// hoering backup.
#include <iostream>

#include "cli/acts.h"
#include "cli/commands.h"
#include "cli/service_request.h"

namespace hoering::cli {

int backup(const BackupFlags& flags) {
    // The service has a working folder of its own: it needs the whole path.
    auto target = std::filesystem::absolute(flags.target).lexically_normal();
    if (target.filename().empty()) target = target.parent_path(); // "copy/" is "copy"
    const int code = perform(flags.place, backupRequest(target.string()));
    if (code == 0 && !std::filesystem::exists(target)) {
        std::cerr << "hoering: the service sees another " << target.string()
                  << " than you do (PrivateTmp); name a folder in its ReadWritePaths\n";
        return 1;
    }
    return code;
}

} // namespace hoering::cli

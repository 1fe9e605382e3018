// The proof that a data folder is whole, read only: the database, its schema with the triggers that keep journal and
// responses as they are, the journal's chain, every file, every response's checksum against its words and files, and
// all that the journal said of it when it came in, and of its withdrawal. Not here: printing it (cli/verify.cpp), what
// else may go wrong (cli/doctor.cpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app.h"

namespace hoering::cli {

struct Verification {
    std::int64_t journalEntries = 0;
    std::string journalHead; // "" when the journal could not be read
    std::optional<std::int64_t>
        keptHeadEntry; // the entry of the head asked for, all before it being whole; 0: none yet
    std::size_t files = 0, responses = 0, links = 0;
    std::uint64_t fileBytes = 0;
    std::vector<std::string> wrong; // sentences; empty: all is well
};

/// Works while a service runs on the folder. `keptHead`: a head that was kept elsewhere and must be in the journal, or
/// "". Never throws for what is wrong with the data: that is what it tells.
Verification verifyData(const DataFolder& folder, const std::string& keptHead = "");

} // namespace hoering::cli

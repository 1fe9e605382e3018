// One line of the doctor's: what was looked at, how it stands, what to do about it.
// Not here: the looking (cli/doctor.cpp, cli/doctor_data.cpp).
#pragma once

#include <string>
#include <vector>

#include "app.h"
#include "settings.h"

namespace hoering::cli {

enum class Standing { ok, warn, fail };
struct Line {
    Standing standing = Standing::ok;
    std::string what, detail; // `detail` says what to do, unless all is well
};
using Lines = std::vector<Line>;

/// The data folder: who may read it, the key and whether it fits, the lock, the disk, the log's size, the clock against
/// the journal. A folder without a database is fine: the service has not been started yet.
void lookAtData(const DataFolder& folder, Instant now, Lines& lines);
/// What the machine must have: the time zone, what documents are made with, pdftotext and pdfinfo, a clock that is not
/// in the past.
void lookAtMachine(Instant now, Lines& lines);
/// The address people use and the mail server, as set.
void lookAtOutside(const Settings& settings, Lines& lines);

} // namespace hoering::cli

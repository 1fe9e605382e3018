// Adding enclosures while a consultation is open: those who can still answer are told what is new.
// Not here: enclosures of a draft (edit_consultation.h), the steps from form to journal (acts.h), files on a form
// (act_files.h). An enclosure that parties have seen is never removed.
#pragma once

#include "usecases/acts.h"

namespace hoering {

/// Fields: "file" (ids of act_files, one or more), "title_<id>" (of each; its name without the extension when blank),
/// "reason" (what is new). Writes to every contact of every party that may still answer.
extern const Act addEnclosureAct;

} // namespace hoering

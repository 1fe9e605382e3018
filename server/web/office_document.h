// What every document the office downloads has around its content: title, house, colour, and the time it stands for.
// Not here: the content (digest_document, proof_document), bytes (server/documents).
#pragma once

#include <string>

#include "common/clock.h"
#include "documents/document.h"
#include "text/words.h"

namespace hoering::web {

/// Without blocks. `asOf` is the only time in it: the same data give the same bytes.
documents::Document officeDocument(const text::Words& words, std::string title, const std::string& municipality,
                                   const std::string& colour, Instant asOf);

} // namespace hoering::web

// The digest (høringsnotat) as a neutral document, section by section (product.md "What the digest is").
// (preliminaryText and digestBars, which the page shows too: digest_words.cpp)
// Not here: its figures and order (server/domain/digest.h), bytes (server/documents), the page (digest_pages.cpp).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "documents/document.h"
#include "domain/digest.h"
#include "text/words.h"

namespace hoering::web {

/// The same digest, words and house give the same document, whenever it is asked for.
documents::Document digestDocument(const text::Words& words, const Digest& digest, const std::string& municipality,
                                   const std::string& colour);

/// Of a preliminary digest: why it is one.
std::string preliminaryText(const text::Words& words, const Digest& digest);

/// The figures of the summary in reading order, as shown in the chart.
std::vector<std::pair<std::string, long>> digestBars(const text::Words& words, const DigestFigures& figures);

} // namespace hoering::web

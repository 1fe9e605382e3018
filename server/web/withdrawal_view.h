// How a withdrawn answer is told on pages: the facts that the party and the office both see.
// Not here: the pages themselves (withdraw_pages.cpp, responses_pages.cpp), letters (server/text).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "domain/response.h"
#include "text/words.h"
#include "web/html.h"

namespace hoering::web {

/// Rows for `facts`, of an answer with a withdrawal: its receipt, when, by whom or how it came, and which answer it
/// was.
std::vector<std::pair<std::string, Markup>> withdrawalRows(const text::Words& words, const Response& withdrawn);

} // namespace hoering::web

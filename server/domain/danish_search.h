// How words are compared when somebody searches: capitals do not matter, nor whether å is written aa.
// Not here: the order of names (digest.h), which rows are looked at (server/sqlite).
#pragma once

#include <string>
#include <string_view>

namespace hoering {

/// The text (UTF-8) in one form for all spellings that are the same to a searcher: "Ældre på Åboulevarden" and "ÆLDRE
/// PÅ AABOULEVARDEN" are equal. Not for showing.
std::string foldedForSearch(std::string_view text);

} // namespace hoering

#include "domain/danish_search.h"

#include <unicode/unistr.h>

namespace hoering {

std::string foldedForSearch(std::string_view text) {
    auto folded = icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())});
    folded.foldCase().findAndReplace(u"å", u"aa");
    std::string out;
    return folded.toUTF8String(out);
}

} // namespace hoering

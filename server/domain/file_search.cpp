#include "domain/file_search.h"

#include <algorithm>

#include "common/strings.h"
#include "domain/consultation.h"
#include "domain/personal_data.h"

namespace hoering {
namespace {

constexpr std::size_t pieceBytes = 64 * 1024;

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isGap(char c) { return c == ' ' || c == '\n'; }

/// Where a text may be cut without cutting a number: after a word of letters. All of it if there is no such place.
std::size_t cutOf(std::string_view text) {
    for (std::size_t at = text.size(); at > 1; --at)
        if (isGap(text[at - 1]) && isLetter(text[at - 2])) return at;
    return text.size();
}

} // namespace

std::string_view readingName(Reading reading) {
    switch (reading) {
    case Reading::notYet: return "";
    case Reading::whole: return "whole";
    case Reading::partly: return "partly";
    case Reading::nothing: return "nothing";
    }
    return "";
}

Reading readingFrom(std::string_view name) {
    for (const auto reading : {Reading::whole, Reading::partly, Reading::nothing})
        if (readingName(reading) == name) return reading;
    return Reading::notYet;
}

void FileSearcher::page(int number) {
    look(kept_);
    kept_.clear();
    if (page_ != 0 && !textHere_) missed_ = true; // a page without a word is most often a scanned one
    page_ = number;
    textHere_ = false;
}

void FileSearcher::add(std::string_view text) {
    while (!text.empty()) {
        const auto part = text.substr(0, pieceBytes);
        text.remove_prefix(part.size());
        kept_ += part;
        if (kept_.size() < pieceBytes) continue;
        const auto cut = cutOf(kept_);
        look(std::string_view(kept_).substr(0, cut));
        kept_.erase(0, cut);
    }
}

void FileSearcher::property(std::string_view text) {
    look(kept_);
    kept_.clear();
    property_ = true;
    add(text);
    look(kept_);
    kept_.clear();
    property_ = false;
}

void FileSearcher::look(std::string_view text) {
    if (!property_ && !textHere_ && !isBlank(text)) anyText_ = textHere_ = true;
    if (cpr_ < hitsPerFile) note(FileHit::Kind::cpr, cpr_, cprNumbersIn(text));
    if (placeholders_ >= hitsPerFile) return;
    auto marks = placeholdersIn(text);
    // A line to write on belongs to many a form.
    std::erase_if(marks, [](const auto& mark) { return mark.find_first_not_of('_') == std::string::npos; });
    note(FileHit::Kind::placeholder, placeholders_, std::move(marks));
}

void FileSearcher::note(FileHit::Kind kind, std::size_t& count, std::vector<std::string> found) {
    for (auto& what : found) {
        if (count >= hitsPerFile) return;
        const std::string shown = isUtf8(what) ? cleanLine(firstCodePoints(what, 80)) : "?";
        FileHit hit{kind, shown, page_};
        if (std::find(result_.hits.begin(), result_.hits.end(), hit) != result_.hits.end()) continue;
        result_.hits.push_back(std::move(hit));
        ++count;
    }
}

FileSearch FileSearcher::finish() {
    page(0);
    result_.reading = !anyText_ ? Reading::nothing : missed_ ? Reading::partly : Reading::whole;
    return std::move(result_);
}

} // namespace hoering

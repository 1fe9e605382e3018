#include "text/words.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "common/embedded.h"
#include "common/strings.h"

namespace hoering {
std::span<const EmbeddedFile> textFiles(); // made by CMake from server/text/*.json
}

namespace hoering::text {
namespace {

Texts read(std::string_view path) {
    for (const auto& file : textFiles())
        if (file.path == path) {
            Texts texts;
            const auto json = nlohmann::json::parse(file.bytes);
            for (const auto& [key, value] : json.items()) texts.emplace(key, value.get<std::string>());
            return texts;
        }
    throw std::runtime_error("no texts in " + std::string(path));
}

std::string missing(const Texts& from, const Texts& in, std::string_view language) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : from)
        if (!in.contains(key)) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    return keys.empty() ? "" : " missing in " + std::string(language) + ": " + join(keys, ", ") + ".";
}

/// Where the hole starting at `at` ends (behind its brace), or 0 if there is none.
std::size_t holeEnd(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    while (end < text.size() && ((text[end] >= 'a' && text[end] <= 'z') || text[end] == '_')) ++end;
    return end > at + 1 && end < text.size() && text[end] == '}' ? end + 1 : 0;
}

/// Values that are keys stand for words; only these, so that a title "error.form" stays a title.
bool isVocabulary(std::string_view value) {
    static constexpr std::string_view rooms[] = {"holiday.",     "state.",           "party_role.",   "party_status.",
                                                 "channel.",     "response_kind.",   "letter_state.", "role.",
                                                 "letter_kind.", "reminder_reason.", "label."};
    return std::any_of(std::begin(rooms), std::end(rooms), [&](auto room) { return startsWith(value, room); });
}

} // namespace

std::vector<std::string> holesIn(std::string_view text) {
    std::vector<std::string> holes;
    for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1))
        if (const auto end = holeEnd(text, at)) holes.emplace_back(text.substr(at + 1, end - at - 2));
    return holes;
}

std::string fill(std::string_view text, const Args& args) {
    std::string filled;
    filled.reserve(text.size() + 32);
    std::size_t done = 0;
    for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
        const auto end = holeEnd(text, at);
        if (!end) continue;
        const auto name = text.substr(at + 1, end - at - 2);
        const auto arg = std::find_if(args.begin(), args.end(), [&](const auto& a) { return a.first == name; });
        if (arg == args.end()) continue;
        filled.append(text.substr(done, at - done)).append(arg->second);
        done = end;
    }
    return filled.append(text.substr(done));
}

Catalogue::Catalogue() : danish_(read("da.json")), english_(read("en.json")) {
    const auto trouble = missing(danish_, english_, "en.json") + missing(english_, danish_, "da.json");
    if (!trouble.empty()) throw std::runtime_error("texts" + trouble);
}

const Texts& Catalogue::of(std::string_view language) const { return language == "en" ? english_ : danish_; }

Words::Words(const Catalogue& catalogue, std::string_view language)
    : texts_(&catalogue.of(language)), language_(language == "en" ? "en" : "da") {}

const std::string& Words::text(std::string_view key) const {
    const auto found = texts_->find(key);
    if (found == texts_->end()) throw std::logic_error("no text with the key " + std::string(key));
    return found->second;
}

std::string Words::operator()(std::string_view key, const Args& args) const {
    const auto& raw = text(key);
    return args.empty() ? raw : fill(raw, args);
}

bool Words::has(std::string_view key) const { return texts_->contains(key); }

std::string Words::count(std::string_view key, long long n, Args args) const {
    args.emplace_back("n", number(n));
    return fill(text(std::string(key) + (n == 1 ? ".one" : ".other")), args);
}

std::string Words::sentence(std::string_view key, const Args& args) const {
    Args inWords = args;
    for (auto& [name, value] : inWords) {
        if (const auto day = parseIsoDate(value)) value = weekdayDate(*day);
        else if (isVocabulary(value) && has(value)) value = text(value);
        else if (startsWith(value, "deadline."))
            if (const auto due = Deadline::fromStored(std::string_view(value).substr(9))) value = deadline(*due);
    }
    return fill(text(key), inWords);
}

} // namespace hoering::text

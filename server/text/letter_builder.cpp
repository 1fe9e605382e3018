#include "text/letter_builder.h"

#include <algorithm>
#include <iterator>

#include "common/strings.h"
#include "domain/letter.h"

namespace hoering::text {
namespace {

/// What an inbox has room for after the subject.
constexpr std::size_t longestPreheader = 140;

/// A link mark from outside must not become a link: only the builder's own may.
std::string unmarked(std::string_view cleaned) { return replaceAll(std::string(trim(cleaned)), linkMark, "(link)"); }
std::string withoutMarks(std::string_view text) { return unmarked(cleanText(text)); }

/// The first blank or end of line from `at` on.
std::size_t endOfWord(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] != ' ' && text[at] != '\n') ++at;
    return at;
}

} // namespace

std::string wrapText(std::string_view text, std::size_t width) {
    std::string wrapped;
    wrapped.reserve(text.size() + 16);
    std::size_t used = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\n') {
            wrapped += '\n';
            used = 0;
        }
        if (text[at] == '\n' || text[at] == ' ') {
            ++at;
            continue;
        }
        const auto word = text.substr(at, endOfWord(text, at) - at);
        const auto length = countCodePoints(word);
        if (used > 0 && used + 1 + length > width) {
            wrapped += '\n';
            used = 0;
        }
        if (used > 0) wrapped += ' ';
        wrapped.append(word);
        used += length + (used > 0 ? 1 : 0);
        at += word.size();
    }
    return wrapped;
}

std::string LetterBuilder::text() const {
    std::string out;
    for (const auto& [part, words] : parts_) {
        switch (part.kind) {
        case LetterPart::Kind::head: out += part.words; break;
        case LetterPart::Kind::text:
        case LetterPart::Kind::small: out += wrapText(part.words); break;
        case LetterPart::Kind::facts:
            for (const auto& [name, value] : part.rows) {
                if (&part.rows.front().first != &name) out += '\n';
                out += wrapText(name + ": " + value);
            }
            break;
        case LetterPart::Kind::button: out.append(part.words).append(":\n").append(part.address); break;
        }
        out += "\n\n";
    }
    return out;
}

void LetterBuilder::letterhead(std::string_view sender) {
    parts_.push_back({{LetterPart::Kind::head, withoutMarks(sender), {}, {}}});
}

std::vector<LetterBuilder::Part> LetterBuilder::paragraphsOf(std::string_view given, bool words) {
    std::vector<Part> parts;
    std::string paragraph;
    const auto close = [&] {
        auto lines = unmarked(paragraph);
        if (!lines.empty()) parts.push_back({{LetterPart::Kind::text, std::move(lines), {}, {}}, words});
        paragraph.clear();
    };
    const std::string cleaned = cleanText(given);
    for (const auto line : split(cleaned, '\n'))
        if (trim(line).empty()) close();
        else paragraph.append(line).append("\n");
    close();
    return parts;
}

void LetterBuilder::paragraph(std::string_view given) {
    for (auto& part : paragraphsOf(given, false)) parts_.push_back(std::move(part));
}

void LetterBuilder::words(std::string_view given) {
    for (auto& part : paragraphsOf(given, true)) parts_.push_back(std::move(part));
}

void LetterBuilder::reword(std::string_view body) {
    auto own = paragraphsOf(body, true);
    const auto isWords = [](const Part& part) { return part.words; };
    const auto first = std::find_if(parts_.begin(), parts_.end(), isWords);
    const auto place = first - parts_.begin();
    parts_.erase(std::remove_if(first, parts_.end(), isWords), parts_.end());
    parts_.insert(parts_.begin() + place, std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
}

void LetterBuilder::facts(const std::vector<std::pair<std::string, std::string>>& rows) {
    LetterPart part{LetterPart::Kind::facts, {}, {}, {}};
    for (const auto& [name, given] : rows)
        if (auto value = withoutMarks(given); !value.empty()) part.rows.emplace_back(name, std::move(value));
    if (!part.rows.empty()) parts_.push_back({std::move(part)});
}

void LetterBuilder::linkButton(std::string_view label) {
    parts_.push_back({{LetterPart::Kind::button, std::string(label), std::string(linkMark), {}}});
}

void LetterBuilder::officeButton(std::string_view label, std::string_view address) {
    parts_.push_back({{LetterPart::Kind::button, std::string(label), withoutMarks(address), {}}});
}

void LetterBuilder::small(std::string_view given) {
    if (auto words = withoutMarks(given); !words.empty())
        parts_.push_back({{LetterPart::Kind::small, std::move(words), {}, {}}});
}

std::string LetterBuilder::preheader() const {
    for (const auto& [part, words] : parts_)
        if (words) {
            const std::string line = cleanLine(part.words);
            return std::string(firstCodePoints(line, longestPreheader));
        }
    return "";
}

std::string LetterBuilder::parts() const {
    LetterParts all{colour_, preheader(), {}, {}};
    for (const auto& [part, words] : parts_) all.list.push_back(part);
    return stored(all);
}

} // namespace hoering::text

#include "text/letter_builder.h"

#include <algorithm>
#include <iterator>

#include "common/strings.h"
#include "domain/letter.h"
#include "text/letter_html.h"

namespace hoering::text {
namespace {

/// What an inbox has room for after the subject.
constexpr std::size_t longestPreheader = 140;

/// A link mark from outside must not become a link: only the builder's own may.
std::string withoutMarks(std::string_view text) {
    return replaceAll(std::string(trim(cleanText(text))), linkMark, "(link)");
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
        const auto word = text.substr(at, text.find_first_of(" \n", at) - at);
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

LetterBuilder::LetterBuilder(std::string_view language, std::string_view colour)
    : language_(language), colour_(colour) {}

void LetterBuilder::add(std::string plain, std::string html) { parts_.push_back({std::move(plain), std::move(html)}); }

std::string LetterBuilder::text() const {
    std::string out;
    for (const auto& part : parts_) out.append(part.plain).append("\n\n");
    return out;
}

void LetterBuilder::letterhead(std::string_view sender) {
    const auto words = withoutMarks(sender);
    add(words, bandRow(words, colour_));
}

std::vector<LetterBuilder::Part> LetterBuilder::paragraphsOf(std::string_view given, bool words) {
    std::vector<Part> parts;
    std::string paragraph;
    const auto close = [&] {
        const auto lines = withoutMarks(paragraph);
        if (!lines.empty()) parts.push_back({wrapText(lines), paragraphRow(lines), words});
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
    std::string plain;
    std::vector<std::pair<std::string, std::string>> kept;
    for (const auto& [name, given] : rows) {
        auto value = withoutMarks(given);
        if (value.empty()) continue;
        plain += wrapText(name + ": " + value) + "\n";
        kept.emplace_back(name, std::move(value));
    }
    if (kept.empty()) return;
    plain.pop_back();
    add(std::move(plain), factsRow(kept, colour_));
}

void LetterBuilder::linkButton(std::string_view label) { button(label, linkMark); }

void LetterBuilder::officeButton(std::string_view label, std::string_view address) {
    button(label, withoutMarks(address));
}

void LetterBuilder::button(std::string_view label, std::string_view address) {
    add(std::string(label) + ":\n" + std::string(address), buttonRow(label, address, colour_));
}

void LetterBuilder::small(std::string_view given) {
    const auto words = withoutMarks(given);
    if (!words.empty()) add(wrapText(words), smallRow(words));
}

std::string LetterBuilder::preheader() const {
    for (const auto& part : parts_)
        if (part.words) {
            const std::string line = cleanLine(part.plain);
            return std::string(firstCodePoints(line, longestPreheader));
        }
    return "";
}

std::string LetterBuilder::html(std::string_view title) const {
    std::string rows;
    for (const auto& part : parts_) rows += part.html;
    return letterFrame(language_, title, preheader(), rows);
}

} // namespace hoering::text

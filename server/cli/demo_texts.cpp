#include "cli/demo_texts.h"

#include <span>
#include <stdexcept>

#include "common/embedded.h"
#include "common/strings.h"
#include "text/words.h"

namespace hoering {
std::span<const EmbeddedFile> demoTexts();
}

namespace hoering::cli {

namespace {

documents::Spans spansOf(std::string_view line) {
    documents::Spans spans;
    bool strong = false;
    while (!line.empty()) {
        const auto mark = line.find("**");
        if (mark != 0) spans.push_back({std::string(line.substr(0, mark)), strong});
        if (mark == std::string_view::npos) break;
        line.remove_prefix(mark + 2);
        strong = !strong;
    }
    return spans;
}

std::vector<std::string> cellsOf(std::string_view row) {
    std::vector<std::string> cells;
    for (const auto cell : split(row.substr(1, row.size() - 2), '|')) cells.emplace_back(trim(cell));
    return cells;
}

bool isNumeric(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789.,") == text.npos; }

/// A line's kind, and what is left of it without its mark.
struct Marked {
    enum Kind { blank, heading, bullet, number, row, plain } kind = plain;
    std::string_view rest;
};
Marked markOf(std::string_view line) {
    if (line.empty()) return {Marked::blank, {}};
    if (startsWith(line, "# ")) return {Marked::heading, line.substr(2)};
    if (startsWith(line, "- ")) return {Marked::bullet, line.substr(2)};
    if (line.front() == '|') return {Marked::row, line};
    const auto digits = line.find_first_not_of("0123456789");
    if (digits != 0 && digits != line.npos && line.substr(digits, 2) == ". ")
        return {Marked::number, line.substr(digits + 2)};
    return {Marked::plain, line};
}

} // namespace

std::string DemoText::field(std::string_view key) const {
    for (const auto& [name, value] : fields)
        if (name == key) return value;
    return "";
}

std::vector<std::string> DemoText::all(std::string_view key) const {
    std::vector<std::string> values;
    for (const auto& [name, value] : fields)
        if (name == key) values.push_back(value);
    return values;
}

DemoText demoText(std::string_view name, const Args& holes) {
    for (const auto& file : demoTexts()) {
        if (file.path != name) continue;
        DemoText found;
        const std::string text = text::fill(file.bytes, holes);
        const auto cut = text.find("---\n");
        if (cut == std::string::npos) {
            found.body = text;
            return found;
        }
        for (const auto line : split(std::string_view(text).substr(0, cut), '\n'))
            if (const auto colon = line.find(": "); colon != line.npos)
                found.fields.emplace_back(line.substr(0, colon), line.substr(colon + 2));
        found.body = text.substr(cut + 4);
        return found;
    }
    throw std::logic_error("the demo has no text " + std::string(name));
}

documents::Document documentFrom(std::string_view markdown, std::string title, std::string subject,
                                 std::string author) {
    documents::Document document;
    document.title = std::move(title);
    document.subject = std::move(subject);
    document.author = std::move(author);
    document.headerText = document.title;
    auto& blocks = document.blocks;
    Marked::Kind before = Marked::blank;
    for (const auto raw : split(markdown, '\n')) {
        const auto [kind, rest] = markOf(trim(raw));
        const bool goesOn = kind == before;
        switch (kind) {
        case Marked::blank: break;
        case Marked::heading: blocks.push_back(documents::Heading{1, std::string(rest)}); break;
        case Marked::plain: blocks.push_back(documents::Paragraph{spansOf(rest)}); break;
        case Marked::bullet:
        case Marked::number:
            if (!goesOn) blocks.push_back(documents::List{kind == Marked::number, {}});
            std::get<documents::List>(blocks.back()).items.push_back(spansOf(rest));
            break;
        case Marked::row:
            if (!goesOn) {
                documents::Table table;
                table.head = cellsOf(rest);
                blocks.push_back(std::move(table));
            } else if (!startsWith(rest, "|---")) {
                std::vector<documents::Cell> row;
                for (auto& cell : cellsOf(rest)) row.push_back({{{cell}}, isNumeric(cell)});
                std::get<documents::Table>(blocks.back()).rows.push_back(std::move(row));
            }
            break;
        }
        before = kind;
    }
    return document;
}

} // namespace hoering::cli

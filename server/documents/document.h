// A neutral document: what a writer (pdf, docx, html) needs, and nothing about høringer.
// Not here: the digest's content (server/web/digest_document), page layout (the writers).
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hoering::documents {

/// A run of text inside a paragraph.
struct Span {
    std::string text;
    bool strong = false;
    bool muted = false;    // smaller, grey
    std::string href = {}; // link target, "" for none
};
using Spans = std::vector<Span>;

struct Heading {
    int level = 1; // 1-4; becomes H1-H4 in tags and an outline entry
    std::string text;
};
struct Paragraph {
    Spans spans;
};
/// A person's words, kept word for word: line breaks count, blank lines part paragraphs.
struct Quote {
    std::string text;
};
struct List {
    bool numbered = false;
    std::vector<Spans> items;
};
struct Cell {
    Spans spans;
    bool numeric = false; // right-aligned
};
struct Table {
    std::string caption;
    std::vector<std::string> head;
    std::vector<double> widths; // shares of the line, same count as head; empty: equal
    std::vector<std::vector<Cell>> rows;
};
/// Label and value side by side ("Frist", "mandag den …").
struct Facts {
    std::vector<std::pair<std::string, std::string>> rows;
};
/// A horizontal bar chart; `description` is its text alternative.
struct Chart {
    std::string title, description;
    std::vector<std::pair<std::string, long>> bars;
};
struct PageBreak {};

using Block = std::variant<Heading, Paragraph, Quote, List, Table, Facts, Chart, PageBreak>;

struct Document {
    std::string title, language = "da"; // BCP 47
    std::string author, subject;
    std::string headerText, footerText;            // small, on each page; pages are numbered "n / m"
    std::string pageWord = "Side";                 // before the page number
    std::string numbersWord = "Tallene som tabel"; // opens the numbers under a chart, where they are folded away
    std::string brandColour = "#1a5276";           // of rules and bars
    std::chrono::sys_seconds asOf{};               // the only time in the bytes: same data, same bytes
    std::vector<Block> blocks;
};

/// Where the blocks to write begin: every writer sets the title itself, so a first Heading that repeats it is skipped.
inline std::size_t firstBlock(const Document& document) {
    const auto* first = document.blocks.empty() ? nullptr : std::get_if<Heading>(&document.blocks.front());
    return first != nullptr && first->text == document.title ? 1 : 0;
}

} // namespace hoering::documents

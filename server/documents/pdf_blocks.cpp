#include "documents/pdf_blocks.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "documents/chart.h"
#include "documents/sanitize.h"

namespace hoering::documents {
namespace {

constexpr TextStyle body{10, 14.5, false, ink, false, 0};
constexpr double paragraphGap = 7, quoteIndent = 14, listIndent = 18;

TextStyle headingStyle(int level, Colour brand) {
    switch (level) {
    case 1: return {16, 20, true, brand, false, 0};
    case 2: return {13, 17, true, brand, false, 0};
    case 3: return {11, 15, true, brand, false, 0};
    default: return {10, 14.5, true, ink, false, 0};
    }
}
double headingGap(int level) { return level == 1 ? 24 : level == 2 ? 18 : level == 3 ? 13 : 10; }

} // namespace

BlockWriter::BlockWriter(Pages& pages, Typesetter& typesetter, Colour brand)
    : pages_(pages), typesetter_(typesetter), brand_(brand) {}

void BlockWriter::title(const Document& document) {
    pages_.rule(margin, bodyTop, 48, 4, brand_);
    pages_.moveTo(bodyTop + 18);
    const TextStyle large{24, 29, true, brand_, false, 8};
    pages_.flow(typesetter_.set(richFrom(sanitizeLine(document.title)), large, lineWidth), margin, "H1");
    const std::string under = sanitizeLine(document.subject);
    if (!under.empty()) {
        pages_.moveTo(pages_.y() + 5);
        pages_.flow(typesetter_.set(richFrom(under), {12, 16, false, grey, false, 6}, lineWidth), margin, "P");
    }
    const std::string author = sanitizeLine(document.author);
    if (!author.empty()) {
        pages_.moveTo(pages_.y() + 3);
        pages_.flow(typesetter_.set(richFrom(author), {10, 14, false, grey, false, 2}, lineWidth), margin, "P");
    }
    pages_.moveTo(pages_.y() + 12);
    pages_.rule(margin, pages_.y(), lineWidth, 0.5, hairline);
    pages_.moveTo(pages_.y() + 2);
}

/// What must fit under a heading for it to stay on the page.
double BlockWriter::leastUnder(std::span<const Block> after) {
    if (after.empty() || std::holds_alternative<PageBreak>(after[0])) return 0;
    if (std::holds_alternative<Heading>(after[0])) return 70;
    if (const auto* chart = std::get_if<Chart>(&after[0]))
        return std::min(bodyBottom - bodyTop - 100, 40 + 30.0 * static_cast<double>(chart->bars.size()));
    if (const auto* table = std::get_if<Table>(&after[0])) return topOf(*table);
    if (const auto* text = std::get_if<Paragraph>(&after[0]); text && after.size() > 1) {
        // A few words that only lead to a table stay with it.
        const auto set = typesetter_.set(inPieces(richFrom(text->spans)).front(), body, lineWidth);
        if (set.lines().size() <= 3 && std::holds_alternative<Table>(after[1]))
            return set.height() + paragraphGap + topOf(std::get<Table>(after[1]));
    }
    return 2 * body.leading + 8;
}

void BlockWriter::heading(const Heading& heading, std::span<const Block> after) {
    const int level = std::clamp(heading.level, 1, 4);
    TextStyle style = headingStyle(level, brand_);
    style.mostLines = 12;
    const std::string text = sanitizeLine(heading.text);
    const auto block = typesetter_.set(richFrom(text), style, lineWidth);
    pages_.gap(headingGap(level));
    const double gapUnder = level <= 2 ? 6 : 3;
    pages_.need(block.height() + gapUnder + leastUnder(after));
    pages_.outline(level, text);
    static constexpr const char* tags[] = {"H1", "H2", "H3", "H4"};
    pages_.flow(block, margin, tags[level - 1]);
    pages_.moveTo(pages_.y() + gapUnder);
}

void BlockWriter::paragraph(const Paragraph& paragraph) {
    for (const Rich& piece : inPieces(richFrom(paragraph.spans)))
        pages_.flow(typesetter_.set(piece, body, lineWidth), margin, "P");
    pages_.moveTo(pages_.y() + paragraphGap);
}

void BlockWriter::quote(const Quote& quote) {
    const std::string text = richFrom(quote.text).text;
    std::vector<Rich> paragraphs;
    std::string open;
    const auto closeParagraph = [&] {
        if (open.empty()) return;
        for (Rich& piece : inPieces({std::move(open), {}})) paragraphs.push_back(std::move(piece));
        open.clear();
    };
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find('\n', from), text.size());
        const std::string_view line(text.data() + from, to - from);
        if (line.find_first_not_of(" \t") == std::string_view::npos) closeParagraph();
        else (open += open.empty() ? "" : "\n") += line;
        from = to + 1;
    }
    closeParagraph();
    if (paragraphs.empty()) return;

    pages_.moveTo(pages_.y() + 2);
    pages_.need(2 * body.leading);
    pages_.open("BlockQuote");
    pages_.beginSide(margin, brand_);
    for (std::size_t i = 0; i < paragraphs.size(); ++i) {
        if (i > 0) pages_.gap(paragraphGap);
        pages_.flow(typesetter_.set(paragraphs[i], body, lineWidth - quoteIndent), margin + quoteIndent, "P");
    }
    pages_.endSide();
    pages_.close("BlockQuote");
    pages_.moveTo(pages_.y() + paragraphGap + 3);
}

void BlockWriter::list(const List& list) {
    if (list.items.empty()) return;
    pages_.open("L");
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        const auto pieces = inPieces(richFrom(list.items[i]));
        const auto mark =
            typesetter_.set(richFrom(list.numbered ? fmt::format("{}.", i + 1) : "•"), body, listIndent + 8);
        pages_.need(body.leading);
        pages_.open("LI");
        for (std::size_t k = 0; k < pieces.size(); ++k) {
            const auto text = typesetter_.set(pieces[k], body, lineWidth - listIndent);
            if (Pages::fitting(text, 0, pages_.room()) == 0) pages_.need(pageHeight);
            if (k == 0) pages_.drawLines(mark, 0, 1, margin + (list.numbered ? 0 : 5), pages_.y(), "Lbl");
            pages_.flow(text, margin + listIndent, "LBody");
        }
        pages_.close("LI");
        pages_.moveTo(pages_.y() + 2.5);
    }
    pages_.close("L");
    pages_.moveTo(pages_.y() + paragraphGap - 2.5);
}

void BlockWriter::facts(const Facts& facts) {
    if (facts.rows.empty()) return;
    constexpr double labelWidth = 0.3 * lineWidth, valueAt = labelWidth + 12;
    TextStyle label = body;
    label.strong = true;
    label.mostLines = 4;
    pages_.open("L");
    for (const auto& [name, value] : facts.rows) {
        const auto left = typesetter_.set(richFrom(sanitizeLine(name)), label, labelWidth);
        const auto pieces = inPieces(richFrom(value));
        pages_.need(left.height() + 2);
        pages_.open("LI");
        double foot = 0;
        for (std::size_t k = 0; k < pieces.size(); ++k) {
            const auto right = typesetter_.set(pieces[k], body, lineWidth - valueAt);
            if (k == 0) {
                if (Pages::fitting(right, 0, pages_.room()) == 0) pages_.need(pageHeight);
                pages_.drawLines(left, 0, left.lines().size(), margin, pages_.y(), "Lbl");
                if (right.height() <= pages_.room()) foot = pages_.y() + left.height();
            }
            pages_.flow(right, margin + valueAt, "LBody");
        }
        pages_.close("LI");
        pages_.moveTo(std::max(pages_.y(), foot) + 2.5);
    }
    pages_.close("L");
    pages_.moveTo(pages_.y() + paragraphGap);
}

void BlockWriter::chartPiece(const Chart& chart, std::size_t first, std::size_t count) {
    const ChartLayout layout = layoutChart(chart, lineWidth, first, count);
    const std::string name = sanitizeLine(chart.title);
    TextStyle strong = body;
    strong.strong = true;
    strong.mostLines = 3;
    const TextStyle small{layout.fontSize, 12, false, ink, false, 1}, number{layout.fontSize, 12, true, ink, false, 1};
    const auto title = typesetter_.set(richFrom(name), strong, lineWidth);
    const double titleHeight = name.empty() ? 0 : title.height() + 4;
    pages_.need(titleHeight + layout.height);
    const double top = pages_.y() + titleHeight;
    cairo_t* cr = pages_.cr();
    pages_.open("Figure");
    if (!name.empty())
        for (std::size_t i = 0; i < title.lines().size(); ++i)
            title.drawLine(cr, i, margin, pages_.y() + title.height(0, i));
    for (const ChartBar& bar : layout.bars) {
        const auto label = typesetter_.set(richFrom(bar.label), small, lineWidth);
        const auto value = typesetter_.set(richFrom(bar.value), number, lineWidth - bar.valueX);
        label.drawLine(cr, 0, margin, top + bar.labelY - label.lines()[0].baseline);
        cairo_set_source_rgb(cr, brand_.red, brand_.green, brand_.blue);
        cairo_rectangle(cr, margin, top + bar.barY, bar.barWidth, bar.barHeight);
        cairo_fill(cr);
        value.drawLine(cr, 0, margin + bar.valueX, top + bar.valueY - value.lines()[0].baseline);
    }
    pages_.close("Figure");
    const std::string alt = sanitize(chart.description);
    figures_.push_back(!alt.empty() ? alt : !name.empty() ? name : "Diagram");
    pages_.moveTo(top + layout.height + paragraphGap);
}

void BlockWriter::chart(const Chart& chart) {
    if (chart.bars.empty()) return;
    constexpr std::size_t mostOnAPage = 20;
    for (std::size_t first = 0; first < chart.bars.size(); first += mostOnAPage) chartPiece(chart, first, mostOnAPage);
}

void BlockWriter::pageBreak() {
    if (!pages_.atTop()) pages_.newPage();
}

} // namespace hoering::documents

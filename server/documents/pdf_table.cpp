#include <algorithm>
#include <numeric>

#include "documents/pdf_blocks.h"
#include "documents/sanitize.h"

namespace hoering::documents {
namespace {

constexpr TextStyle cellStyle{9, 12.5, false, ink, false, 0};
constexpr double padding = 4, columnGap = 8, gapAfter = 12;
/// A row as high as this is not divided.
constexpr double wholeRow = (bodyBottom - bodyTop) / 3;

struct Column {
    double x = 0, width = 0;
    bool numeric = false;
};

std::vector<Column> columnsOf(const Table& table) {
    std::size_t count = table.head.size();
    for (const auto& row : table.rows) count = std::max(count, row.size());
    std::vector<double> shares(count, 1.0);
    if (table.widths.size() == count) {
        const bool good =
            std::all_of(table.widths.begin(), table.widths.end(), [](double w) { return w > 0 && w < 1e6; });
        if (good) shares = table.widths;
    }
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    const double gap = count > 20 ? 1 : columnGap;
    std::vector<Column> columns(count);
    double x = margin;
    for (std::size_t i = 0; i < count; ++i) {
        const double share = lineWidth * shares[i] / sum;
        columns[i] = {x, i + 1 < count ? std::max(1.0, share - gap) : share, !table.rows.empty()};
        for (const auto& row : table.rows)
            if (i < row.size() && !row[i].numeric) columns[i].numeric = false;
        x += share;
    }
    return columns;
}

using Row = std::vector<TextBlock>;

double heightOf(const Row& row) {
    double height = 0;
    for (const auto& cell : row) height = std::max(height, cell.height());
    return height;
}

/// One row, over as many pages as it takes: what does not fit goes on in a new row under the repeated head.
void drawRow(Pages& pages, const std::vector<Column>& columns, const Row& row) {
    std::vector<std::size_t> from(row.size(), 0);
    const double whole = heightOf(row) + 2 * padding;
    if (whole <= wholeRow) pages.need(whole);
    for (bool done = false; !done;) {
        std::vector<std::size_t> to(row.size());
        double height = 0;
        done = true;
        for (std::size_t i = 0; i < row.size(); ++i) {
            to[i] = from[i] + Pages::fitting(row[i], from[i], pages.room() - 2 * padding);
            height = std::max(height, row[i].height(from[i], to[i]));
            done = done && to[i] == row[i].lines().size();
        }
        if (height <= 0 && !done) { // not even two lines: a fresh page, where at least one is forced
            const double before = pages.room();
            if (before < 120) {
                pages.newPage();
                if (pages.room() > before) {
                    done = false;
                    continue;
                }
            }
            for (std::size_t i = 0; i < row.size(); ++i) {
                to[i] = std::min(from[i] + 1, row[i].lines().size());
                height = std::max(height, row[i].height(from[i], to[i]));
            }
        }
        pages.open("TR");
        for (std::size_t i = 0; i < row.size(); ++i) {
            pages.drawLines(row[i], from[i], to[i], columns[i].x, pages.y() + padding, "TD");
            from[i] = to[i];
        }
        pages.close("TR");
        pages.moveTo(pages.y() + height + 2 * padding);
        pages.rule(margin, pages.y(), lineWidth, 0.5, hairline);
        if (!done) pages.newPage();
    }
}

Row headOf(const Table& table, const std::vector<Column>& columns, Typesetter& typesetter, Colour brand) {
    Row head;
    for (std::size_t i = 0; i < table.head.size(); ++i) {
        const TextStyle style{8.5, 11.5, true, brand, columns[i].numeric, 6};
        head.push_back(typesetter.set(richFrom(sanitizeLine(table.head[i])), style, columns[i].width));
    }
    return head;
}

TextBlock captionOf(const Table& table, Typesetter& typesetter) {
    return typesetter.set(richFrom(sanitizeLine(table.caption)), {9.5, 13.5, true, ink, false, 4}, lineWidth);
}

/// A row as set: more than one only for enormous text.
std::vector<Row> rowsOf(const std::vector<Cell>& cells, const std::vector<Column>& columns, Typesetter& typesetter) {
    std::vector<std::vector<Rich>> pieces(columns.size(), {Rich{}});
    for (std::size_t i = 0; i < cells.size(); ++i) pieces[i] = inPieces(richFrom(cells[i].spans));
    std::size_t count = 1;
    for (const auto& cell : pieces) count = std::max(count, cell.size());
    std::vector<Row> rows(count);
    for (std::size_t k = 0; k < count; ++k)
        for (std::size_t i = 0; i < columns.size(); ++i) {
            TextStyle style = cellStyle;
            style.rightAligned = i < cells.size() && cells[i].numeric;
            rows[k].push_back(typesetter.set(k < pieces[i].size() ? pieces[i][k] : Rich{}, style, columns[i].width));
        }
    return rows;
}

} // namespace

double BlockWriter::topOf(const Table& table) {
    const auto columns = columnsOf(table);
    if (columns.empty()) return 0;
    const Row head = headOf(table, columns, typesetter_, brand_);
    double height = head.empty() ? 0 : heightOf(head) + 2 * padding + 1;
    if (!sanitizeLine(table.caption).empty()) height += captionOf(table, typesetter_).height() + 3;
    if (table.rows.empty()) return height;
    // Of a row that may be divided, two lines are enough.
    const double first = heightOf(rowsOf(table.rows.front(), columns, typesetter_).front()) + 2 * padding;
    return height + (first <= wholeRow ? first : 2 * cellStyle.leading + 2 * padding);
}

void BlockWriter::table(const Table& table) {
    const auto columns = columnsOf(table);
    if (columns.empty()) return;
    const Row head = headOf(table, columns, typesetter_, brand_);
    const double headHeight = head.empty() ? 0 : heightOf(head) + 2 * padding;
    const auto drawHead = [&](bool first) {
        if (head.empty()) return;
        // Repeated heads are for the eye only; the tags hold the head once.
        pages_.open(first ? "TR" : artifactTag);
        for (std::size_t i = 0; i < head.size(); ++i) {
            const double y = pages_.y() + headHeight - padding - head[i].height(); // on one foot
            if (first) pages_.drawLines(head[i], 0, head[i].lines().size(), columns[i].x, y, "TH");
            else
                for (std::size_t k = 0; k < head[i].lines().size(); ++k)
                    head[i].drawLine(pages_.cr(), k, columns[i].x, y + head[i].height(0, k));
        }
        pages_.close(first ? "TR" : artifactTag);
        pages_.moveTo(pages_.y() + headHeight);
        pages_.rule(margin, pages_.y(), lineWidth, 1, brand_);
        pages_.moveTo(pages_.y() + 1);
    };

    pages_.need(topOf(table));
    pages_.open("Table");
    if (!sanitizeLine(table.caption).empty()) {
        pages_.flow(captionOf(table, typesetter_), margin, "Caption");
        pages_.moveTo(pages_.y() + 3);
    }
    drawHead(true);
    pages_.onNewPage([&] { drawHead(false); });
    for (const auto& cells : table.rows)
        for (const Row& row : rowsOf(cells, columns, typesetter_)) drawRow(pages_, columns, row);
    pages_.onNewPage(nullptr);
    pages_.close("Table");
    pages_.moveTo(pages_.y() + gapAfter);
}

} // namespace hoering::documents

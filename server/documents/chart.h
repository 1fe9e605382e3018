// How a bar chart is laid out, once for all writers: a label over its bar, the number at the bar's end.
// Not here: drawing it (pdf_blocks, html, docx), what is counted (digest_document).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "documents/document.h"

namespace hoering::documents {

/// One bar; x and y in points from the chart's upper left corner, y of texts is the baseline.
struct ChartBar {
    std::string label; // sanitized, one line
    std::string value; // the number with thousands parted as Danish does: "1.234"
    double labelY = 0;
    double barY = 0, barHeight = 0, barWidth = 0; // the bar starts at x = 0
    double share = 0;                             // of the longest bar, 0-1
    double valueX = 0, valueY = 0;
};
struct ChartLayout {
    double width = 0, height = 0, fontSize = 0;
    std::vector<ChartBar> bars;
};

/// Places bars [first, first + count) of the chart in `width` points; lengths are to the scale of all its bars, so that
/// a chart in pieces stays comparable. Negative numbers have no bar but keep their number.
ChartLayout layoutChart(const Chart& chart, double width, std::size_t first = 0, std::size_t count = std::size_t(-1));

} // namespace hoering::documents

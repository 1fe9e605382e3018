#include "documents/chart.h"

#include <algorithm>

#include "documents/sanitize.h"

namespace hoering::documents {
namespace {

constexpr double fontSize = 9, labelBaseline = 10, barTop = 14, barHeight = 9, rowHeight = 30;
constexpr double roomForValue = 70; // at the right of the longest bar

std::string withDots(long number) {
    std::string digits = std::to_string(number);
    for (int at = static_cast<int>(digits.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3)
        digits.insert(static_cast<std::size_t>(at), 1, '.');
    return digits;
}

} // namespace

ChartLayout layoutChart(const Chart& chart, double width, std::size_t first, std::size_t count) {
    ChartLayout layout{width, 0, fontSize, {}};
    long most = 0;
    for (const auto& bar : chart.bars) most = std::max(most, bar.second);
    const std::size_t end = first + std::min(count, chart.bars.size() - std::min(first, chart.bars.size()));
    double y = 0;
    for (std::size_t i = first; i < end; ++i, y += rowHeight) {
        ChartBar bar;
        bar.label = sanitizeLine(chart.bars[i].first);
        bar.value = withDots(chart.bars[i].second);
        bar.share = most > 0 ? static_cast<double>(std::max(0L, chart.bars[i].second)) / static_cast<double>(most) : 0;
        bar.labelY = y + labelBaseline;
        bar.barY = y + barTop;
        bar.barHeight = barHeight;
        bar.barWidth = bar.share * std::max(10.0, width - roomForValue);
        bar.valueX = bar.barWidth + (bar.barWidth > 0 ? 6 : 0);
        bar.valueY = bar.barY + barHeight - 1;
        layout.bars.push_back(std::move(bar));
    }
    layout.height = y;
    return layout;
}

} // namespace hoering::documents

#include "web/svg.h"

#include <algorithm>

#include "common/crypto.h"

namespace hoering::web {
namespace {

/// Ids must be unique on a page: derived from what is drawn.
std::string idFor(std::string_view title, std::string_view more) {
    return "svg-" + sha256Hex(std::string(title) + "\n" + std::string(more)).substr(0, 10);
}

} // namespace

Markup barChartSvg(std::string_view title, std::string_view description,
                   const std::vector<std::pair<std::string, long>>& bars) {
    // The label stands over its bar: beside it, it would be too small to read on a phone.
    constexpr long row = 44, barWidth = 330, numberWidth = 50;
    long most = 1;
    for (const auto& bar : bars) most = std::max(most, bar.second);
    Markup drawn;
    long y = 0;
    for (const auto& [label, value] : bars) {
        const long width = value * barWidth / most;
        drawn += el("text", {{"x", 0L}, {"y", y + 15}, {"class", "chart-label"}}, label);
        if (width > 0)
            drawn += el("rect", {{"x", 0L}, {"y", y + 21}, {"width", width}, {"height", 16L}, {"class", "chart-bar"}});
        drawn += el("text", {{"x", width + (width > 0 ? 8 : 0)}, {"y", y + 34}, {"class", "chart-number"}},
                    std::to_string(value));
        y += row;
    }
    const std::string id = idFor(title, description);
    return el("svg",
              {{"viewBox", "0 0 " + std::to_string(barWidth + numberWidth) + " " + std::to_string(y)},
               {"role", "img"},
               {"aria-labelledby", id + " " + id + "d"},
               {"class", "bar-chart"}},
              el("title", {{"id", id}}, title), el("desc", {{"id", id + "d"}}, description), drawn);
}

Markup stackSvg(std::string_view title, const std::vector<long>& parts) {
    constexpr long width = 120, height = 12;
    long total = 0;
    for (const long part : parts) total += part;
    Markup drawn = el("rect", {{"x", 0L}, {"y", 0L}, {"width", width}, {"height", height}, {"class", "part-none"}});
    long before = 0;
    std::string spread;
    for (std::size_t i = 0; i < parts.size() && total > 0; ++i) {
        const long from = before * width / total, to = (before + parts[i]) * width / total;
        before += parts[i];
        spread += std::to_string(parts[i]) + ",";
        if (to > from)
            drawn += el("rect", {{"x", from},
                                 {"y", 0L},
                                 {"width", to - from},
                                 {"height", height},
                                 {"class", "part-" + std::to_string(i)}});
    }
    return el("svg", {{"viewBox", "0 0 120 12"}, {"role", "img"}, {"aria-label", title}, {"class", "stack-chart"}},
              drawn);
}

} // namespace hoering::web

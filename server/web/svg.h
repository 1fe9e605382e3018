// Small drawings as inline SVG; the numbers always stand beside them as text.
// Not here: charts in documents (server/documents/chart.h).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/html.h"

namespace hoering::web {

/// Horizontal bars with label and number, with <title> and <desc>. Scales to its column.
Markup barChartSvg(std::string_view title, std::string_view description,
                   const std::vector<std::pair<std::string, long>>& bars);
/// One bar in parts, e.g. answered / no remarks / drafting / missing; `title` says it in words. Colours by css class
/// "part-N".
Markup stackSvg(std::string_view title, const std::vector<long>& parts);

} // namespace hoering::web

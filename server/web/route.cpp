#include "web/route.h"

namespace hoering::web {
namespace {

/// Segment by segment; fills `holes`.
bool fits(std::string_view pattern, std::string_view path, std::vector<std::string_view>& holes) {
    holes.clear();
    while (true) {
        const auto patternEnd = pattern.find('/', 1), pathEnd = path.find('/', 1);
        const auto want = pattern.substr(0, patternEnd), have = path.substr(0, pathEnd);
        if (want.size() > 2 && want[1] == '{') {
            if (have.size() < 2) return false;
            holes.push_back(have.substr(1));
        } else if (want != have) {
            return false;
        }
        if ((patternEnd == std::string_view::npos) != (pathEnd == std::string_view::npos)) return false;
        if (patternEnd == std::string_view::npos) return true;
        pattern.remove_prefix(patternEnd);
        path.remove_prefix(pathEnd);
    }
}

} // namespace

Match match(http::Method method, std::string_view path) {
    if (method == http::Method::head) method = http::Method::get;
    Match found;
    std::vector<std::string_view> holes;
    for (const Route& route : routes()) {
        if (!fits(route.path, path, holes)) continue;
        if (route.method != method) {
            found.otherMethod = true;
            continue;
        }
        found.route = &route;
        found.holes = std::move(holes);
        return found;
    }
    return found;
}

} // namespace hoering::web

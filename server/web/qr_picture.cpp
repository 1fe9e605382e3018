#include "web/qr_picture.h"

#include <qrcodegen/qrcodegen.hpp>

namespace hoering::web {
namespace {

constexpr int quietZone = 4; // light modules on each side, as the standard asks

/// One path of horizontal runs: far smaller than a square for each module.
std::string darkRuns(const qrcodegen::QrCode& code) {
    std::string path;
    for (int y = 0; y < code.getSize(); ++y)
        for (int x = 0; x < code.getSize(); ++x) {
            if (!code.getModule(x, y)) continue;
            const int from = x;
            while (x + 1 < code.getSize() && code.getModule(x + 1, y)) ++x;
            path += "M" + std::to_string(from + quietZone) + " " + std::to_string(y + quietZone) + "h" +
                    std::to_string(x + 1 - from) + "v1h-" + std::to_string(x + 1 - from) + "z";
        }
    return path;
}

} // namespace

Markup qrPicture(const std::string& text, std::string_view description) {
    const auto code = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
    const std::string side = std::to_string(code.getSize() + 2 * quietZone);
    return el("svg",
              {{"viewBox", "0 0 " + side + " " + side},
               {"role", "img"},
               {"aria-label", description},
               {"class", "qr-picture"},
               {"shape-rendering", "crispEdges"}},
              el("rect", {{"width", side}, {"height", side}, {"fill", "#fff"}}),
              el("path", {{"d", darkRuns(code)}, {"fill", "#000"}}));
}

} // namespace hoering::web

#include "http/encoding.h"

#include <algorithm>

namespace hoering::http {
namespace {

bool isSpace(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
    return text;
}
bool same(std::string_view a, std::string_view lower) {
    return a.size() == lower.size() && std::equal(a.begin(), a.end(), lower.begin(), [](char x, char y) {
               return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y;
           });
}

/// "q=0.8" in thousandths; 1000 without q, 0 when it is no number.
int quality(std::string_view parameters) {
    while (!parameters.empty()) {
        const std::size_t end = parameters.find(';');
        const std::string_view one = trimmed(parameters.substr(0, end));
        parameters = end == std::string_view::npos ? std::string_view{} : parameters.substr(end + 1);
        if (one.size() < 2 || (one[0] != 'q' && one[0] != 'Q') || one[1] != '=') continue;
        const std::string_view number = one.substr(2);
        if (number.empty() || number.size() > 5 || (number[0] != '0' && number[0] != '1')) return 0;
        int value = (number[0] - '0') * 1000, weight = 100;
        if (number.size() > 1 && number[1] != '.') return 0;
        for (char c : number.substr(std::min<std::size_t>(2, number.size()))) {
            if (c < '0' || c > '9') return 0;
            value += (c - '0') * weight;
            weight /= 10;
        }
        return std::min(value, 1000);
    }
    return 1000;
}

} // namespace

Coding chooseCoding(std::string_view header, bool hasGzip, bool hasBrotli) {
    int gzip = -1, brotli = -1, identity = -1, any = -1; // -1: not named
    while (!header.empty()) {
        const std::size_t comma = header.find(',');
        const std::string_view item = header.substr(0, comma);
        header = comma == std::string_view::npos ? std::string_view{} : header.substr(comma + 1);
        const std::size_t semicolon = item.find(';');
        const std::string_view name = trimmed(item.substr(0, semicolon));
        const int q = semicolon == std::string_view::npos ? 1000 : quality(item.substr(semicolon + 1));
        if (same(name, "br")) brotli = q;
        else if (same(name, "gzip") || same(name, "x-gzip")) gzip = q;
        else if (same(name, "identity")) identity = q;
        else if (name == "*") any = q;
    }
    if (brotli < 0) brotli = std::max(any, 0);
    if (gzip < 0) gzip = std::max(any, 0);
    if (identity < 0) identity = any >= 0 ? any : 1; // always allowed unless excluded, wished for last
    if (!hasBrotli) brotli = 0;
    if (!hasGzip) gzip = 0;
    if (brotli > 0 && brotli >= gzip && brotli >= identity) return Coding::brotli;
    if (gzip > 0 && gzip >= identity) return Coding::gzip;
    return Coding::identity;
}

bool matchesEtag(std::string_view ifNoneMatch, std::string_view etag) {
    ifNoneMatch = trimmed(ifNoneMatch);
    if (ifNoneMatch == "*") return true;
    while (!ifNoneMatch.empty()) {
        const std::size_t open = ifNoneMatch.find('"');
        if (open == std::string_view::npos) return false;
        const std::size_t close = ifNoneMatch.find('"', open + 1);
        if (close == std::string_view::npos) return false;
        if (ifNoneMatch.substr(open, close - open + 1) == etag) return true;
        ifNoneMatch.remove_prefix(close + 1);
    }
    return false;
}

} // namespace hoering::http

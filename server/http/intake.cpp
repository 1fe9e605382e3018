#include "http/intake.h"

#include <algorithm>

#include "common/strings.h"
#include "http/form.h"

namespace hoering::http {
namespace {

void assignLower(std::string& to, std::string_view from) {
    to.assign(from);
    for (char& c : to)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
}

/// The last entry of a comma-separated list: the one our own proxy wrote.
std::string_view lastHop(std::string_view list) {
    const std::size_t comma = list.rfind(',');
    return trim(comma == std::string_view::npos ? list : list.substr(comma + 1));
}

bool looksLikeAddress(std::string_view text) {
    return !text.empty() && text.size() <= 45 &&
           text.find_first_not_of("0123456789abcdefABCDEF.:") == std::string_view::npos;
}

} // namespace

void parseCookies(std::string_view field, Pairs& cookies) {
    for (std::string_view part : split(field, ';')) {
        part = trim(part);
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos || equals == 0) continue;
        std::string_view value = part.substr(equals + 1);
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
        cookies.emplace_back(part.substr(0, equals), value);
    }
}

void takeIn(const RawHead& head, std::string_view peer, const std::vector<std::string>& trustedProxies,
            Request& request) {
    request.method = head.method == "GET" ? Method::get : head.method == "HEAD" ? Method::head : Method::post;
    request.target.assign(head.target);
    const std::size_t mark = head.target.find('?');
    const std::string_view path = head.target.substr(0, mark);
    if (path.find('%') == std::string_view::npos) request.path.assign(path);
    else request.path = percentDecode(path, false);
    request.query.clear();
    if (mark != std::string_view::npos) parseUrlEncoded(head.target.substr(mark + 1), request.query);
    request.cookies.clear();
    request.body.clear();
    request.form.clear();
    request.uploads = Uploads{};
    request.peer.assign(peer);
    request.secure = false;
    request.headers.resize(head.fields.size());
    const bool proxied = std::find(trustedProxies.begin(), trustedProxies.end(), peer) != trustedProxies.end();
    for (std::size_t i = 0; i < head.fields.size(); ++i) {
        auto& [name, value] = request.headers[i];
        assignLower(name, head.fields[i].first);
        value.assign(head.fields[i].second);
        if (name == "cookie") parseCookies(value, request.cookies);
        if (!proxied) continue;
        if (name == "x-forwarded-for" && looksLikeAddress(lastHop(value))) request.peer.assign(lastHop(value));
        else if (name == "x-forwarded-proto") request.secure = lowerAscii(lastHop(value)) == "https";
    }
}

Request headOnly(const Request& request) {
    Request copy;
    copy.number = request.number;
    copy.received = request.received;
    copy.method = request.method;
    copy.path = request.path;
    copy.target = request.target;
    copy.query = request.query;
    copy.cookies = request.cookies;
    copy.peer = request.peer;
    copy.secure = request.secure;
    return copy;
}

} // namespace hoering::http

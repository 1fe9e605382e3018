#include "http/reply_head.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <utility>

#include "common/log.h"
#include "common/strings.h"

namespace hoering::http {
namespace {

struct FixedField {
    std::string_view name, lower, value;
};
constexpr std::array<FixedField, 7> securitySet{{
    {"Content-Security-Policy", "content-security-policy",
     "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
     "form-action 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "x-content-type-options", "nosniff"},
    {"Referrer-Policy", "referrer-policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "cross-origin-opener-policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "cross-origin-resource-policy", "same-origin"},
    {"Permissions-Policy", "permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"X-Frame-Options", "x-frame-options", "DENY"},
}};
constexpr FixedField hstsField{"Strict-Transport-Security", "strict-transport-security",
                               "max-age=63072000; includeSubDomains"};

void add(std::string& to, std::string_view name, std::string_view value) {
    to.append(name).append(": ").append(value).append("\r\n");
}

/// Fields only the edge may write: a second one of these would change the framing.
bool isFraming(std::string_view lowerName) {
    return lowerName == "content-length" || lowerName == "transfer-encoding" || lowerName == "connection" ||
           lowerName == "date";
}

} // namespace

std::string_view pagePolicy() { return securitySet[0].value; }

std::string_view reasonPhrase(int status) {
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Other";
    }
}

bool isFieldName(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

bool isFieldValue(std::string_view value) {
    return std::all_of(value.begin(), value.end(),
                       [](unsigned char c) { return c == '\t' || (c >= 0x20 && c != 0x7f); });
}

std::string statusLine(int status) {
    // A status that is none would break the framing; a 500 does not.
    if (status < 200 || status > 599) status = 500;
    return "HTTP/1.1 " + std::to_string(status) + " " + std::string(reasonPhrase(status)) + "\r\n";
}

std::string securityHeaders(bool hsts) {
    std::string block;
    for (const auto& field : securitySet) add(block, field.name, field.value);
    if (hsts) add(block, hstsField.name, hstsField.value);
    return block;
}

std::string httpDate(Instant instant) {
    const std::time_t seconds = toMillis(instant) / 1000;
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char text[64]; // names are English whatever the locale
    std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[utc.tm_wday], utc.tm_mday,
                  months[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
    return text;
}

std::string replyHead(const Reply& reply, bool hsts, bool withType, std::int64_t length) {
    std::string head = statusLine(reply.status);
    head.reserve(1024);
    std::vector<std::string> own;
    for (const auto& [name, value] : reply.headers) {
        std::string lower = lowerAscii(name);
        if (!isFieldName(name) || !isFieldValue(value) || isFraming(lower)) {
            log::error("reply_header_refused", {{"name", isFieldName(name) ? name : std::string("?")}});
            continue;
        }
        add(head, name, value);
        own.push_back(std::move(lower));
    }
    auto replaced = [&](std::string_view name) { // in lower case
        return std::find(own.begin(), own.end(), name) != own.end();
    };
    for (const auto& field : securitySet)
        if (!replaced(field.lower)) add(head, field.name, field.value);
    if (hsts && !replaced(hstsField.lower)) add(head, hstsField.name, hstsField.value);
    if (!reply.cacheable && !reply.prepared && !replaced("cache-control")) add(head, "Cache-Control", "no-store");
    if (withType && !reply.contentType.empty() && !replaced("content-type"))
        add(head, "Content-Type", isFieldValue(reply.contentType) ? reply.contentType : "application/octet-stream");
    if (length >= 0) add(head, "Content-Length", std::to_string(length));
    return head;
}

} // namespace hoering::http

#include "http/reply.h"

#include <stdexcept>

#include "common/strings.h"
#include "http/reply_head.h"

namespace hoering::http {
namespace {

Reply make(std::string body, std::string_view contentType, int status) {
    Reply reply;
    reply.status = status;
    reply.contentType = std::string(contentType);
    reply.body = std::move(body);
    return reply;
}

void asAttachment(Reply& reply, std::string_view fileName) {
    reply.headers.emplace_back("Content-Disposition", attachmentHeader(fileName));
    // Were it opened in the browser after all, it could run and load nothing.
    reply.headers.emplace_back("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
}

std::string asciiName(std::string_view name) {
    std::string ascii = replaceAll(std::string(name), "æ", "ae");
    for (auto [from, to] : {std::pair{"ø", "oe"}, {"å", "aa"}, {"Æ", "Ae"}, {"Ø", "Oe"}, {"Å", "Aa"}, {"é", "e"}})
        ascii = replaceAll(std::move(ascii), from, to);
    std::string safe;
    for (unsigned char c : ascii) {
        if (c >= 0x80 && c < 0xc0) continue; // rest of a character already replaced
        const bool plain = c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '/' && c != '%' && c != ';';
        safe += plain ? static_cast<char>(c) : '_';
    }
    return safe;
}

bool isCookieOctets(std::string_view value) {
    for (unsigned char c : value) // RFC 6265 section 4.1.1
        if (c <= 0x20 || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\') return false;
    return true;
}

} // namespace

Reply Reply::html(std::string body, int status) { return make(std::move(body), "text/html; charset=utf-8", status); }
Reply Reply::text(std::string body, int status) { return make(std::move(body), "text/plain; charset=utf-8", status); }
Reply Reply::json(std::string body, int status) { return make(std::move(body), "application/json", status); }

Reply Reply::seeOther(std::string location) {
    return make({}, "text/plain; charset=utf-8", 303).with("Location", std::move(location));
}

Reply Reply::givenLater(std::function<void(const Give&)> later) {
    Reply reply;
    reply.later = std::move(later);
    return reply;
}

Reply Reply::download(std::string bytes, std::string contentType, std::string_view fileName) {
    Reply reply = make(std::move(bytes), contentType, 200);
    asAttachment(reply, fileName);
    return reply;
}

Reply Reply::downloadFile(std::filesystem::path path, std::string contentType, std::string_view fileName) {
    Reply reply = make({}, contentType, 200);
    reply.file = std::move(path);
    asAttachment(reply, fileName);
    return reply;
}

Reply&& Reply::with(std::string name, std::string value) && {
    if (!isFieldName(name) || !isFieldValue(value)) throw std::invalid_argument("header that cannot be sent");
    headers.emplace_back(std::move(name), std::move(value));
    return std::move(*this);
}

Reply&& Reply::cookie(std::string_view name, std::string_view value, bool secure, long maxAgeSeconds) && {
    if (!isFieldName(name) || !isCookieOctets(value)) throw std::invalid_argument("cookie that cannot be sent");
    std::string field = cookieName(name, secure) + "=" + std::string(value) + "; Path=/; HttpOnly; SameSite=Lax";
    field += "; Max-Age=" + std::to_string(maxAgeSeconds);
    if (secure) field += "; Secure";
    return std::move(*this).with("Set-Cookie", std::move(field));
}

std::string attachmentHeader(std::string_view fileName) {
    std::string name;
    if (isUtf8(fileName)) name = cleanLine(fileName);
    for (char& c : name)
        if (c == '/' || c == '\\') c = '_';
    if (name.empty()) name = "fil";
    std::string extended;
    static constexpr char hex[] = "0123456789ABCDEF";
    for (unsigned char c : name) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           std::string_view("!#$&+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
        if (plain) extended += static_cast<char>(c);
        else extended.append({'%', hex[c >> 4], hex[c & 15]});
    }
    return "attachment; filename=\"" + asciiName(name) + "\"; filename*=UTF-8''" + extended;
}

std::string cookieName(std::string_view name, bool secure) { return (secure ? "__Host-" : "") + std::string(name); }

} // namespace hoering::http

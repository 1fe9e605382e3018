// An HTTP answer as a value. "Response" is always a høringssvar in this program.
// Not here: how it is written to the socket (server/http/server.cpp), pages (server/web).
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hoering::http {

/// Bytes prepared once and sent many times: public pages and static files. Make it with prepare() or seal().
struct Prepared {
    std::string_view plain, gzip, brotli; // gzip, brotli empty when not worth it
    std::shared_ptr<const void> owner;    // of what they show; nothing for bytes of the program itself
    std::string contentType;
    std::string etag;         // strong, with quotes, of the plain bytes
    std::string cacheControl; // e.g. "public, max-age=0, must-revalidate"
    /// Filled by seal(): the header fields of each form as sent, and its own ETag (RFC 9110 section 8.8.3: one per
    /// content coding).
    struct Form {
        std::string etag, fields;
    } plainForm, gzipForm, brotliForm;
};
/// Checks the fields and writes the header blocks. Throws std::invalid_argument if a field cannot be sent.
std::shared_ptr<const Prepared> seal(Prepared prepared);
/// Compresses and hashes. Level: for pages made again at run time use the quick one.
std::shared_ptr<const Prepared> prepare(std::string bytes, std::string contentType, std::string cacheControl,
                                        bool thorough);

struct Reply;
/// Takes a reply that was given later: once, from any thread; quick, does not throw.
using Give = std::function<void(Reply&&)>;

struct Reply {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers; // beyond the fixed security set
    std::string contentType = "text/html; charset=utf-8";
    std::string body;
    std::shared_ptr<const Prepared> prepared; // instead of body
    std::filesystem::path file;               // instead of body: sent from disk, in pieces
    bool cacheable = false;                   // false adds Cache-Control: no-store
    /// Instead of all else, for what waits (a commit): called on a worker, which is then free again, and sees to it
    /// that the reply is given. That reply may be one of this kind again - then it runs on a worker too - but has no
    /// file.
    std::function<void(const Give&)> later;
    /// What it was made with, if that is to end where the reply does, and not on a thread that others wait for.
    std::shared_ptr<const void> madeWith;

    static Reply html(std::string body, int status = 200);
    static Reply text(std::string body, int status = 200);
    static Reply json(std::string body, int status = 200);
    /// 303 See Other: after every successful POST.
    static Reply seeOther(std::string location);
    static Reply givenLater(std::function<void(const Give&)> later);
    /// As a download: RFC 6266 name (ASCII fallback + filename*), nosniff and a sandbox CSP.
    static Reply download(std::string bytes, std::string contentType, std::string_view fileName);
    static Reply downloadFile(std::filesystem::path path, std::string contentType, std::string_view fileName);
    /// Adds a header; one of the fixed security set is replaced by it. Throws std::invalid_argument unless the name is
    /// a token and the value free of control characters.
    Reply&& with(std::string name, std::string value) &&;
    /// Set-Cookie: `__Host-name` with Secure when `secure`, else `name`; HttpOnly, SameSite=Lax, Path=/. maxAge 0
    /// deletes.
    Reply&& cookie(std::string_view name, std::string_view value, bool secure, long maxAgeSeconds) &&;
};
/// The Content-Security-Policy every page has unless it says otherwise.
std::string_view pagePolicy();
/// Content-Disposition: attachment with an ASCII name and the real one (RFC 6266, RFC 8187).
std::string attachmentHeader(std::string_view fileName);
/// The cookie name used on this connection: "__Host-x" over TLS, "x" without.
std::string cookieName(std::string_view name, bool secure);

} // namespace hoering::http

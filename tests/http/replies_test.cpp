#include <gtest/gtest.h>
#include <zlib.h>

#include "common/crypto.h"
#include "http/encoding.h"
#include "http/reply.h"
#include "http/reply_head.h"
#include "http/static_files.h"

namespace hoering::http {
namespace {

TEST(Encoding, FollowsQValues) {
    struct {
        const char* header;
        bool gzip, brotli;
        Coding expected;
    } cases[] = {
        {"", true, true, Coding::identity},
        {"gzip, deflate, br, zstd", true, true, Coding::brotli},
        {"gzip, deflate, br", true, false, Coding::gzip},
        {"gzip, br", false, false, Coding::identity},
        {"br;q=0.5, gzip;q=0.8", true, true, Coding::gzip},
        {"br;q=0, gzip;q=0", true, true, Coding::identity},
        {"BR ; Q=1.0", true, true, Coding::brotli},
        {"*", true, true, Coding::brotli},
        {"*;q=0.1, gzip", true, true, Coding::gzip},
        {"*;q=0", true, true, Coding::identity},
        {"identity;q=1, gzip;q=0.5", true, true, Coding::identity},
        {"x-gzip", true, true, Coding::gzip},
        {"br;q=abc, gzip;q=0.001", true, true, Coding::gzip},
        {"brr, gzipp", true, true, Coding::identity},
        {",,;;,=", true, true, Coding::identity},
    };
    for (const auto& one : cases) EXPECT_EQ(chooseCoding(one.header, one.gzip, one.brotli), one.expected) << one.header;
}

TEST(Encoding, ComparesEntityTags) {
    EXPECT_TRUE(matchesEtag("\"a\"", "\"a\""));
    EXPECT_TRUE(matchesEtag("W/\"x\", W/\"a\"", "\"a\""));
    EXPECT_TRUE(matchesEtag(" * ", "\"a\""));
    EXPECT_FALSE(matchesEtag("\"ab\"", "\"a\""));
    EXPECT_FALSE(matchesEtag("a", "\"a\""));
    EXPECT_FALSE(matchesEtag("\"a", "\"a\""));
    EXPECT_FALSE(matchesEtag("", "\"a\""));
}

TEST(Reply, NeverLetsLineBreaksIntoTheHead) {
    EXPECT_THROW(Reply::seeOther("/a\r\nSet-Cookie: x=y"), std::invalid_argument);
    EXPECT_THROW(Reply::text("").with("X\r\n", "a"), std::invalid_argument);
    EXPECT_THROW(Reply::text("").cookie("a", "b; Domain=evil", false, 1), std::invalid_argument);
    Reply reply = Reply::text("x");
    reply.headers.emplace_back("X-Bad", "a\nSet-Cookie: x=y");
    reply.headers.emplace_back("Content-Length", "99");
    reply.contentType = "text/plain\r\nX-Evil: 1";
    const std::string head = replyHead(reply, false, true, 1);
    EXPECT_EQ(head.find("Set-Cookie"), std::string::npos);
    EXPECT_EQ(head.find("X-Evil"), std::string::npos);
    EXPECT_EQ(head.find("99"), std::string::npos);
    EXPECT_NE(head.find("Content-Length: 1\r\n"), std::string::npos);
    reply.status = 7;
    EXPECT_EQ(replyHead(reply, false, true, 1).substr(0, 12), "HTTP/1.1 500");
}

TEST(Reply, CarriesTheSecurityHeadersUnlessReplaced) {
    const std::string head = replyHead(Reply::html("x"), true, true, 1);
    for (const char* field : {"Content-Security-Policy: default-src 'none';", "X-Content-Type-Options: nosniff",
                              "Referrer-Policy: no-referrer", "Cross-Origin-Opener-Policy: same-origin",
                              "Cross-Origin-Resource-Policy: same-origin", "Permissions-Policy: ",
                              "Strict-Transport-Security: max-age=63072000", "Cache-Control: no-store"})
        EXPECT_NE(head.find(field), std::string::npos) << field;
    EXPECT_EQ(replyHead(Reply::html("x"), false, true, 1).find("Strict-Transport"), std::string::npos);
    const std::string download = replyHead(Reply::download("x", "application/pdf", "a.pdf"), false, true, 1);
    EXPECT_EQ(download.find("style-src"), std::string::npos);
    EXPECT_NE(download.find("sandbox"), std::string::npos);
    Reply cacheable = Reply::html("x").with("Cache-Control", "max-age=60");
    EXPECT_EQ(replyHead(cacheable, false, true, 1).find("no-store"), std::string::npos);
}

TEST(Reply, WritesCookiesAsHostCookiesUnderTls) {
    const Reply secure = Reply::text("").cookie("session", "abc", true, 3600);
    EXPECT_EQ(secure.headers.at(0).second, "__Host-session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600; Secure");
    const Reply plain = Reply::text("").cookie("session", "", false, 0);
    EXPECT_EQ(plain.headers.at(0).second, "session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
}

TEST(Reply, NamesDownloadsForOldAndNewBrowsers) {
    EXPECT_EQ(attachmentHeader("Høring \"1\".pdf"),
              "attachment; filename=\"Hoering _1_.pdf\"; filename*=UTF-8''H%C3%B8ring%20%221%22.pdf");
    EXPECT_EQ(attachmentHeader("a/b\\c\r\n.pdf").find('\r'), std::string::npos);
    EXPECT_EQ(attachmentHeader("\xff\xfe"), "attachment; filename=\"fil\"; filename*=UTF-8''fil");
}

TEST(Reply, WritesDatesInEnglish) { EXPECT_EQ(httpDate(fromMillis(784111777000)), "Sun, 06 Nov 1994 08:49:37 GMT"); }

TEST(Prepared, CompressesTextThatGainsByIt) {
    initCrypto();
    const auto page = prepare(std::string(5000, 'x'), "text/html; charset=utf-8", "no-cache", false);
    EXPECT_FALSE(page->gzip.empty());
    EXPECT_FALSE(page->brotli.empty());
    EXPECT_NE(page->plainForm.etag, page->gzipForm.etag);
    std::string back(5000, '\0');
    z_stream stream{};
    ASSERT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(page->gzip.data()));
    stream.avail_in = static_cast<uInt>(page->gzip.size());
    stream.next_out = reinterpret_cast<Bytef*>(back.data());
    stream.avail_out = static_cast<uInt>(back.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    inflateEnd(&stream);
    EXPECT_EQ(back, page->plain);
    EXPECT_TRUE(prepare(std::string(5000, 'x'), "image/png", "no-cache", true)->gzip.empty());
    EXPECT_TRUE(prepare("short", "text/html", "no-cache", true)->gzip.empty());
    EXPECT_THROW(prepare("x", "text/html\r\nX: y", "no-cache", true), std::invalid_argument);
}

TEST(StaticFiles, ServesCompressedTwinsAndVersions) {
    const EmbeddedFile files[] = {{"site.css", "body{}"},
                                  {"site.css.br", "BR"},
                                  {"site.css.gz", "GZ"},
                                  {"img/a.png", "PNG"},
                                  {"lone.gz", "archive"}};
    const StaticFiles statics(files, "/static/");
    Request request;
    request.path = "/static/site.css";
    const auto fresh = statics.find(request);
    ASSERT_TRUE(fresh);
    EXPECT_EQ(fresh->brotli, "BR");
    EXPECT_EQ(fresh->gzip, "GZ");
    EXPECT_EQ(fresh->contentType, "text/css; charset=utf-8");
    EXPECT_EQ(fresh->cacheControl, "public, max-age=0, must-revalidate");
    const std::string url = statics.url("site.css");
    request.query = {{"v", url.substr(url.find("?v=") + 3)}};
    EXPECT_EQ(statics.find(request)->cacheControl, "public, max-age=31536000, immutable");
    request.query = {{"v", "wrong"}};
    EXPECT_EQ(statics.find(request)->cacheControl, "public, max-age=0, must-revalidate");
    request.path = "/static/site.css.br";
    EXPECT_FALSE(statics.find(request));
    request.path = "/static/lone.gz";
    EXPECT_TRUE(statics.find(request));
    request.path = "/other/site.css";
    EXPECT_FALSE(statics.find(request));
    EXPECT_THROW(statics.url("none.css"), std::out_of_range);
}

} // namespace
} // namespace hoering::http

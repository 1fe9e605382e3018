#include "http/gate.h"

#include <gtest/gtest.h>

namespace hoering::http {
namespace {

using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

struct Case {
    const char* name;
    int version;
    std::string_view method, target;
    Fields fields;
    int status;
};

const Fields ours{{"Host", "hoering.test"}};
Fields with(std::initializer_list<std::pair<std::string_view, std::string_view>> more) {
    Fields all = ours;
    all.insert(all.end(), more);
    return all;
}

TEST(Gate, LetsInAndRefusesByFraming) {
    const std::string longTarget = "/" + std::string(8000, 'a');
    const Case cases[] = {
        {"plain get", 11, "GET", "/", ours, 0},
        {"host with port", 11, "GET", "/", {{"host", "HOERING.test:8080"}}, 0},
        {"ipv6 host not ours", 11, "GET", "/", {{"host", "[::1]:80"}}, 421},
        {"ipv6 host ours", 11, "GET", "/", {{"host", "[::2]:80"}}, 0},
        {"post with length", 11, "POST", "/a", with({{"Content-Length", "3"}}), 0},
        {"post chunked", 11, "POST", "/a", with({{"Transfer-Encoding", "Chunked"}}), 0},
        {"expect", 11, "POST", "/a", with({{"Expect", "100-Continue"}, {"Content-Length", "3"}}), 0},
        {"zero length get", 11, "GET", "/", with({{"Content-Length", "0"}}), 0},
        {"escapes and query", 11, "GET", "/a/%C3%A6?x=%0A&y=1+2", ours, 0},
        {"dots in names", 11, "GET", "/a/..b/c..d/.well-known", ours, 0},
        {"three dots", 11, "GET", "/.../x", ours, 0},

        {"no host", 11, "GET", "/", {}, 400},
        {"no host on 1.0", 10, "GET", "/", {}, 400},
        {"two hosts", 11, "GET", "/", with({{"HOST", "hoering.test"}}), 400},
        {"empty host", 11, "GET", "/", {{"Host", ""}}, 400},
        {"host with user", 11, "GET", "/", {{"Host", "a@hoering.test"}}, 400},
        {"host with path", 11, "GET", "/", {{"Host", "hoering.test/x"}}, 400},
        {"host with bad port", 11, "GET", "/", {{"Host", "hoering.test:80a"}}, 400},
        {"host list", 11, "GET", "/", {{"Host", "hoering.test, evil.test"}}, 400},
        {"other host", 11, "GET", "/", {{"Host", "evil.test"}}, 421},
        {"prefix of ours", 11, "GET", "/", {{"Host", "hoering.tes"}}, 421},

        {"te and length", 11, "POST", "/", with({{"Transfer-Encoding", "chunked"}, {"Content-Length", "3"}}), 400},
        {"te gzip", 11, "POST", "/", with({{"Transfer-Encoding", "gzip"}}), 501},
        {"te chunked gzip", 11, "POST", "/", with({{"Transfer-Encoding", "chunked, gzip"}}), 501},
        {"te gzip chunked", 11, "POST", "/", with({{"Transfer-Encoding", "gzip, chunked"}}), 501},
        {"te twice", 11, "POST", "/", with({{"Transfer-Encoding", "chunked"}, {"transfer-encoding", "chunked"}}), 400},
        {"te tab", 11, "POST", "/", with({{"Transfer-Encoding", "\tchunked"}}), 501},
        {"te empty", 11, "POST", "/", with({{"Transfer-Encoding", ""}}), 501},
        {"te on 1.0", 10, "POST", "/", with({{"Transfer-Encoding", "chunked"}}), 400},
        {"two lengths", 11, "POST", "/", with({{"Content-Length", "3"}, {"Content-Length", "3"}}), 400},
        {"length list", 11, "POST", "/", with({{"Content-Length", "3, 3"}}), 400},
        {"length plus", 11, "POST", "/", with({{"Content-Length", "+3"}}), 400},
        {"length hex", 11, "POST", "/", with({{"Content-Length", "0x3"}}), 400},
        {"length negative", 11, "POST", "/", with({{"Content-Length", "-1"}}), 400},
        {"length empty", 11, "POST", "/", with({{"Content-Length", ""}}), 400},
        {"length huge", 11, "POST", "/", with({{"Content-Length", "99999999999999999999"}}), 400},
        {"body on get", 11, "GET", "/", with({{"Content-Length", "3"}}), 400},
        {"chunked head", 11, "HEAD", "/", with({{"Transfer-Encoding", "chunked"}}), 400},
        {"two types", 11, "POST", "/", with({{"Content-Type", "a/b"}, {"Content-Type", "c/d"}}), 400},
        {"folded", 11, "GET", "/", with({{"X", "\r\n a"}}), 400},
        {"nul in value", 11, "GET", "/", with({{"X", std::string_view("a\0b", 3)}}), 400},
        {"space in name", 11, "GET", "/", with({{"X y", "a"}}), 400},
        {"other expectation", 11, "POST", "/", with({{"Expect", "200-ok"}}), 417},

        {"put", 11, "PUT", "/", ours, 405},
        {"options star", 11, "OPTIONS", "*", ours, 405},
        {"connect", 11, "CONNECT", "a:1", ours, 405},
        {"lower case", 11, "get", "/", ours, 501},
        {"unknown", 11, "BREW", "/", ours, 501},
        {"version", 20, "GET", "/", ours, 505},
        {"star", 11, "GET", "*", ours, 400},
        {"absolute form", 11, "GET", "http://hoering.test/", ours, 400},
        {"empty target", 11, "GET", "", ours, 400},
        {"too long", 11, "GET", longTarget, ours, 414},
        {"bad escape", 11, "GET", "/%zz", ours, 400},
        {"cut escape", 11, "GET", "/%2", ours, 400},
        {"nul", 11, "GET", "/a%00", ours, 400},
        {"nul in query", 11, "GET", "/a?x=%00", ours, 400},
        {"bad escape in query", 11, "GET", "/a?x=%", ours, 400},
        {"line break in path", 11, "GET", "/a%0d%0ab", ours, 400},
        {"raw control", 11, "GET", "/a\x01", ours, 400},
        {"raw high byte", 11, "GET", "/\xc3\xa6", ours, 400},
        {"fragment", 11, "GET", "/a#b", ours, 400},
        {"dot dot", 11, "GET", "/a/../b", ours, 400},
        {"dot dot at the end", 11, "GET", "/a/..", ours, 400},
        {"encoded dot dot", 11, "GET", "/a/%2e%2E/b", ours, 400},
        {"encoded slashes", 11, "GET", "/a%2f..%2fb", ours, 400},
        {"dot", 11, "GET", "/./a", ours, 400},
        {"double slash", 11, "GET", "//evil.test/", ours, 400},
        {"inner double slash", 11, "GET", "/a//b", ours, 400},
        {"backslash", 11, "GET", "/\\evil.test", ours, 400},
    };
    const std::vector<std::string> hosts{"hoering.test", "[::2]"};
    for (const Case& one : cases) {
        const Verdict verdict = gate({one.version, one.method, one.target, one.fields}, hosts);
        EXPECT_EQ(verdict.status, one.status) << one.name << ": " << verdict.why;
        EXPECT_EQ(verdict.close, one.status != 0) << one.name;
    }
}

TEST(Gate, RefusesAFloodOfFields) {
    Fields fields = ours;
    for (int i = 0; i < 100; ++i) fields.emplace_back("X", "y");
    EXPECT_EQ(gate({11, "GET", "/", fields}, {"hoering.test"}).status, 431);
}

TEST(Gate, LetsNobodyInWithoutHosts) { EXPECT_EQ(gate({11, "GET", "/", ours}, {}).status, 421); }

} // namespace
} // namespace hoering::http

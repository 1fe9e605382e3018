// Ordinary traffic over a real socket; hostile traffic is in server_hostile_test.cpp.
#include "http/server_fixture.h"

namespace hoering::http {
namespace {

TEST_F(OverASocket, AnswersFromAHandlerWithSecurityHeaders) {
    settings.hsts = true;
    start();
    auto c = client();
    const auto answer = c.ask(get("/hello"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "GET /hello body= peer=127.0.0.1");
    EXPECT_EQ(answer.header("cache-control"), "no-store");
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
    EXPECT_FALSE(answer.header("content-security-policy").empty());
    EXPECT_FALSE(answer.header("strict-transport-security").empty());
    EXPECT_FALSE(answer.header("date").empty());
}

TEST_F(OverASocket, EveryKindOfAnswerHasTheSecurityHeaders) {
    start();
    for (const std::string& request :
         {get("/hello"), get("/page"), get("/throw"), get("/broken-memory"), get("/nothing"),
          post("/x", std::string(2000, 'x')), std::string("GET * HTTP/1.1\r\n\r\n"),
          get("/page", "If-None-Match: *\r\n"), get("/prepared")}) {
        const auto answer = client().ask(request);
        EXPECT_NE(answer.status, 0) << request.substr(0, 40);
        for (const char* name :
             {"content-security-policy", "x-content-type-options", "referrer-policy", "cross-origin-opener-policy",
              "cross-origin-resource-policy", "permissions-policy", "cache-control", "date"})
            EXPECT_EQ(answer.count(name), 1u) << name << " of " << request.substr(0, 40);
    }
}

TEST_F(OverASocket, KeepsTheConnectionAndAnswersPipelinedRequestsInOrder) {
    start();
    auto c = client();
    std::string all;
    for (int i = 0; i < 50; ++i) {
        all += get(i % 2 ? "/page" : "/slow" + std::to_string(i));
        all += post("/form", "n=" + std::to_string(i), "Content-Type: application/x-www-form-urlencoded\r\n");
    }
    std::thread sender([&] { c.send(all); });
    for (int i = 0; i < 50; ++i) {
        const auto first = c.read();
        EXPECT_EQ(first.status, 200);
        if (i % 2 == 0) EXPECT_EQ(first.body.substr(0, 10), ("GET /slow" + std::to_string(i)).substr(0, 10));
        else EXPECT_EQ(first.body.size(), 3000u);
        const auto second = c.read();
        EXPECT_NE(second.body.find(" n=" + std::to_string(i)), std::string::npos) << second.body;
    }
    sender.join();
}

TEST_F(OverASocket, HeadIsGetWithoutABody) {
    start();
    std::ofstream(settings.incoming / "sent.bin") << std::string(1000, 'x');
    auto c = client();
    for (const char* path : {"/page", "/hello", "/file"}) {
        const auto toGet = c.ask(get(path));
        const auto toHead = c.ask("HEAD" + get(path).substr(3), true);
        EXPECT_EQ(toHead.status, 200);
        EXPECT_EQ(toHead.header("content-length"), std::to_string(toGet.body.size())) << path;
    }
    EXPECT_EQ(c.ask(get("/hello")).status, 200); // nothing was left over
}

TEST_F(OverASocket, PreparedPagesAreNegotiatedAndRevalidated) {
    start();
    auto c = client();
    const auto plain = c.ask(get("/page"));
    EXPECT_EQ(plain.body, page->plain);
    EXPECT_EQ(plain.header("vary"), "Accept-Encoding");
    EXPECT_EQ(plain.header("cache-control"), "public, max-age=0, must-revalidate");
    const auto brotli = c.ask(get("/page", "Accept-Encoding: gzip, deflate, br\r\n"));
    EXPECT_EQ(brotli.header("content-encoding"), "br");
    EXPECT_EQ(brotli.body, page->brotli);
    const auto gzip = c.ask(get("/page", "Accept-Encoding: gzip, br;q=0\r\n"));
    EXPECT_EQ(gzip.header("content-encoding"), "gzip");
    EXPECT_EQ(gzip.body, page->gzip);
    EXPECT_NE(gzip.header("etag"), brotli.header("etag"));
    const auto same = c.ask(get("/page", "Accept-Encoding: br\r\nIf-None-Match: " + brotli.header("etag") + "\r\n"));
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(same.header("etag"), brotli.header("etag"));
    EXPECT_EQ(same.header("vary"), "Accept-Encoding");
    EXPECT_EQ(same.header("content-length"), "");
    EXPECT_EQ(c.ask(get("/page", "If-None-Match: \"old\"\r\n")).status, 200);
    const auto handled = c.ask(get("/prepared", "Accept-Encoding: br\r\n"));
    EXPECT_EQ(handled.body, page->brotli);
    EXPECT_EQ(handled.header("x-own"), "1");
    EXPECT_EQ(c.ask(get("/prepared", "If-None-Match: " + plain.header("etag") + "\r\n")).status, 304);
}

TEST_F(OverASocket, SendsFilesInPiecesAndBigRepliesToSlowReaders) {
    start();
    std::string bytes(3'000'001, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31);
    std::ofstream(settings.incoming / "sent.bin", std::ios::binary) << bytes;
    RawClient c(server->port(), 8 * 1024);
    const auto file = c.ask(get("/file"));
    EXPECT_TRUE(file.body == bytes);
    EXPECT_EQ(file.header("content-disposition"), "attachment; filename=\"ae.pdf\"; filename*=UTF-8''%C3%A6.pdf");
    EXPECT_NE(file.header("content-security-policy").find("sandbox"), std::string::npos);
    EXPECT_TRUE(c.ask(get("/big")).body == big->plain);
    std::filesystem::remove(settings.incoming / "sent.bin");
    EXPECT_EQ(c.ask(get("/file")).status, 500);
}

TEST_F(OverASocket, ReadsBodiesWithLengthAndInChunks) {
    start();
    auto c = client();
    EXPECT_EQ(c.ask(post("/x", "{\"a\":1}", "Content-Type: application/json\r\n")).body,
              "POST /x body={\"a\":1} peer=127.0.0.1");
    EXPECT_EQ(c.ask("POST /x HTTP/1.1\r\nHost: hoering.test\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "3;ext=\"x\"\r\nabc\r\n2\r\nde\r\n0\r\nHost: evil.test\r\nContent-Type: x\r\n\r\n")
                  .body,
              "POST /x body=abcde peer=127.0.0.1");
    const std::string twice = post("/x", "") + get("/y");
    c.send(twice);
    EXPECT_EQ(c.read().body, "POST /x body= peer=127.0.0.1");
    EXPECT_EQ(c.read().body, "GET /y body= peer=127.0.0.1");
}

TEST_F(OverASocket, SaysContinueOnlyToWhatItWillRead) {
    start();
    auto c = client();
    c.send("POST /x HTTP/1.1\r\nHost: hoering.test\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(c.read().status, 100);
    EXPECT_EQ(c.ask("abc").body, "POST /x body=abc peer=127.0.0.1");
    c.send("POST /x HTTP/1.1\r\nHost: hoering.test\r\nContent-Length: 3000\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(c.read().status, 413);
    auto d = client();
    d.send("POST /x HTTP/1.1\r\nHost: evil.test\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(d.read().status, 421);
}

TEST_F(OverASocket, BelievesATrustedProxyAndNobodyElse) {
    const std::string forwarded = "X-Forwarded-For: 6.6.6.6, 10.0.0.9\r\nX-Forwarded-Proto: https\r\n";
    start();
    EXPECT_EQ(client().ask(get("/x", forwarded)).body, "GET /x body= peer=127.0.0.1");
    settings.trustedProxies = {"127.0.0.1"};
    server.reset();
    start();
    EXPECT_EQ(client().ask(get("/x", forwarded)).body, "GET /x body= peer=10.0.0.9 secure");
}

TEST_F(OverASocket, AHandlerThatThrowsIsA500AndTheConnectionGoesOn) {
    start();
    auto c = client();
    const auto answer = c.ask(get("/throw"));
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.body, "problem 500 /throw");
    EXPECT_EQ(c.ask(get("/hello")).status, 200);
    EXPECT_EQ(c.ask(get("/broken-memory")).status, 500);
    EXPECT_EQ(server->counters().errors, 2u);
}

TEST_F(OverASocket, AReplyGivenLaterKeepsNoWorkerWaiting) {
    settings.workers = 1;
    start();
    auto patient = client(), other = client();
    patient.send(get("/later") + get("/hello")); // the second one waits its turn
    const Give give = shelf.take();
    EXPECT_EQ(other.ask(get("/hello")).status, 200); // by the only worker
    give(Reply::text("at last", 202));
    const auto answer = patient.read();
    EXPECT_EQ(answer.status, 202);
    EXPECT_EQ(answer.body, "at last");
    EXPECT_EQ(patient.read().status, 200);
}

TEST_F(OverASocket, WhatIsGivenLaterMayNeedAWorkerAgainAndMayFail) {
    start();
    auto c = client();
    c.send(get("/later"));
    shelf.take()(Reply::givenLater([](Give give) { give(Reply::text("made by a worker")); }));
    EXPECT_EQ(c.read().body, "made by a worker");
    c.send(get("/later"));
    shelf.take()(Reply::givenLater([](const Give&) { throw std::runtime_error("later"); }));
    const auto failed = c.read();
    EXPECT_EQ(failed.status, 500);
    EXPECT_EQ(failed.body, "problem 500 /later");
}

TEST_F(OverASocket, AReplyGivenToAStoppedServerHarmsNobody) {
    start();
    auto c = client();
    c.send(get("/later"));
    const Give give = shelf.take();
    server->stop(std::chrono::milliseconds(0));
    EXPECT_TRUE(c.closed());
    server.reset();
    give(Reply::text("too late"));
}

TEST_F(OverASocket, ClosesWhenAsked) {
    start();
    auto c = client();
    const auto answer = c.ask(get("/hello", "Connection: Keep-Alive, Close\r\n"));
    EXPECT_EQ(answer.header("connection"), "close");
    EXPECT_TRUE(c.closed());
    auto old = client();
    EXPECT_EQ(old.ask("GET /page HTTP/1.0\r\nHost: hoering.test\r\n\r\n").header("connection"), "close");
    EXPECT_TRUE(old.closed());
}

TEST_F(OverASocket, StopsAfterRunningRequestsAndClosesIdleConnectionsAtOnce) {
    start();
    auto idle = client();
    EXPECT_EQ(idle.ask(get("/hello")).status, 200);
    auto busy = client();
    busy.send(get("/wait"));
    door.awaitWaiting(1);
    std::thread stopper([&] { server->stop(std::chrono::minutes(1)); });
    EXPECT_TRUE(idle.closed()); // while the other still runs
    door.open();
    const auto answer = busy.read();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("connection"), "close");
    EXPECT_TRUE(busy.closed());
    stopper.join();
    EXPECT_EQ(server->counters().open, 0u);
    EXPECT_THROW(client(), std::runtime_error);
}

TEST_F(OverASocket, StopCutsWhatOutlivesItsPatience) {
    start();
    auto stuck = client();
    stuck.send(get("/wait"));
    door.awaitWaiting(1);
    auto half = client();
    half.send("POST /x HTTP/1.1\r\nHost: hoering.test\r\nContent-Length: 10\r\n\r\nabc");
    std::thread stopper([&] { server->stop(std::chrono::milliseconds(20)); });
    EXPECT_TRUE(stuck.closed());
    EXPECT_TRUE(half.closed());
    door.open(); // stop() waits for the handler's thread
    stopper.join();
}

TEST_F(OverASocket, WorksWithSeveralIoThreadsAndManyClients) {
    settings.ioThreads = 2;
    settings.workers = 8;
    start();
    std::atomic<int> good{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i)
        clients.emplace_back([&, i] {
            auto c = client();
            for (int n = 0; n < 50; ++n) {
                const std::string path = "/c" + std::to_string(i) + "n" + std::to_string(n);
                good += c.ask(get(path)).body == "GET " + path + " body= peer=127.0.0.1";
                good += c.ask(get("/page")).status == 200;
            }
        });
    for (auto& thread : clients) thread.join();
    EXPECT_EQ(good, 800);
    server->stop(std::chrono::minutes(1)); // a reply is counted when it has left: its client may be quicker
    EXPECT_EQ(server->counters().requests, 800u);
    EXPECT_EQ(server->counters().byStatusClass[2], 800u);
}

TEST_F(OverASocket, APortThatIsTakenIsAnError) {
    start();
    settings.port = server->port();
    Server second(settings, program);
    EXPECT_THROW(second.start(), std::system_error);
}

} // namespace
} // namespace hoering::http

// Hostile, broken and slow clients over a real socket. Timeouts are short here; tests wait for the server's answer.
#include "http/server_fixture.h"
#include "http/session_parts.h"

namespace hoering::http {
namespace {

using namespace std::chrono_literals;

std::string repeated(std::string_view text, int n) {
    std::string all;
    for (int i = 0; i < n; ++i) all += text;
    return all;
}

TEST_F(OverASocket, AnswersASmuggledRequestOnceAndCloses) {
    start();
    const std::string inner = "GET /smuggled HTTP/1.1\r\nHost: hoering.test\r\n\r\n";
    const std::string host = "Host: hoering.test\r\n";
    struct {
        const char* name;
        std::string request;
        int status;
    } cases[] = {
        {"chunked, gzip", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 501},
        {"te and cl", "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
        {"cl and te", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
         400},
        {"two cl", "POST / HTTP/1.1\r\n" + host + "Content-Length: 0\r\nContent-Length: 48\r\n\r\n", 400},
        {"equal cl", "POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400},
        {"te on 1.0", "POST / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"te spelled", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501},
        {"space before colon", "POST / HTTP/1.1\r\n" + host + "Content-Length : 0\r\n\r\n", 400},
        {"obs-fold", "GET / HTTP/1.1\r\n" + host + "X: a\r\n b\r\n\r\n", 400},
        {"folded te", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 400},
        {"two hosts", "GET / HTTP/1.1\r\n" + host + host + "\r\n", 400},
        {"empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
        {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
        {"star", "GET * HTTP/1.1\r\n" + host + "\r\n", 400},
        {"body on get", "GET / HTTP/1.1\r\n" + host + "Content-Length: 48\r\n\r\n", 400},
        {"bare lf in a field", "GET / HTTP/1.1\r\n" + host + "X: a\nY: b\r\n\r\n", 400},
        {"nul", "GET / HTTP/1.1\r\n" + host + "X: a" + std::string(1, '\0') + "\r\n\r\n", 400},
        {"http/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"nonsense", "\x16\x03\x01\r\n\r\n", 400},
        {"bad chunk size", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", 400},
        {"chunk overflow",
         "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n10000000000000003\r\nabc\r\n0\r\n\r\n", 400},
        {"chunk without end", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcX0\r\n\r\n",
         400},
        {"length in trailer",
         "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 9\r\n\r\n", 400},
    };
    for (const auto& one : cases) {
        auto c = client();
        const auto answer = c.ask(one.request + inner);
        EXPECT_EQ(answer.status, one.status) << one.name;
        EXPECT_EQ(answer.header("connection"), "close") << one.name;
        EXPECT_TRUE(c.closed()) << one.name; // nothing after it: the inner request was not answered
    }
    EXPECT_EQ(client().ask(get("/hello")).status, 200);
}

TEST_F(OverASocket, RefusesHeadsThatAreTooLong) {
    start();
    EXPECT_EQ(client().ask(get("/", "X: " + std::string(15'000, 'x') + "\r\n")).status, 200);
    EXPECT_EQ(client().ask(get("/", "X: " + std::string(17'000, 'x') + "\r\n")).status, 431);
    EXPECT_EQ(client().ask(std::string(20'000, 'x')).status, 431);
    EXPECT_EQ(client().ask(get("/", repeated("X: y\r\n", 150))).status, 431);
    EXPECT_EQ(client().ask(get("/" + std::string(9000, 'x'))).status, 414);
}

TEST_F(OverASocket, ASlowHeadIsAnswered408) {
    settings.headerTimeout = 100ms;
    start();
    auto never = client();
    EXPECT_TRUE(never.closed()); // sent nothing at all
    auto slow = client();
    std::atomic<bool> over{false};
    std::thread drip([&] { // each byte is in time; the head as a whole is not
        slow.send("GET / HTTP/1.1\r\nX: ");
        while (!over && slow.send("x")) std::this_thread::yield();
    });
    const auto answer = slow.read();
    over = true;
    drip.join();
    EXPECT_TRUE(answer.status == 408 || answer.status == 431) << answer.status;
    auto stuck = client();
    EXPECT_EQ(stuck.ask("GET / HT").status, 408);
    EXPECT_TRUE(stuck.closed());
}

TEST_F(OverASocket, AnIdleConnectionIsClosedWithoutAWord) {
    settings.idleTimeout = 60ms;
    start();
    auto c = client();
    EXPECT_EQ(c.ask(get("/hello")).status, 200);
    EXPECT_TRUE(c.closed());
}

TEST_F(OverASocket, ABodyThatStopsOrCrawlsIsAnswered408) {
    settings.bodyTimeout = 60ms;
    start();
    auto stuck = client();
    EXPECT_EQ(stuck.ask("POST /x HTTP/1.1\r\nHost: hoering.test\r\nContent-Length: 10\r\n\r\nabc").status, 408);
    EXPECT_TRUE(stuck.closed());
    server.reset();
    settings.bodyTimeout = 30s;
    settings.rateWindow = 50ms;
    settings.minBodyBytesPerSecond = 100'000'000;
    start();
    auto crawling = client();
    std::atomic<bool> over{false};
    std::thread drip([&] {
        crawling.send("POST /upload HTTP/1.1\r\nHost: hoering.test\r\nContent-Length: 30000000\r\n"
                      "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
                      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n");
        while (!over && crawling.send("x")) std::this_thread::yield();
    });
    EXPECT_EQ(crawling.read().status, 408);
    over = true;
    drip.join();
}

TEST_F(OverASocket, AQuickBeginningBuysNoSlowEnd) {
    settings.rateWindow = 200ms;
    settings.minBodyBytesPerSecond = 100'000;
    start();
    auto c = client();
    // As much as the rate asks of 200 seconds.
    c.send("POST /upload HTTP/1.1\r\nHost: hoering.test\r\nContent-Length: 30000000\r\n"
           "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
           "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n");
    c.send(std::string(20'000'000, 'x'));
    int more = 0;
    while (more < 1500 && !c.hears(10ms) && c.send("x")) ++more;
    EXPECT_LT(more, 1500);
    EXPECT_EQ(c.read().status, 408);
}

TEST(Pace, AsksItsShareOfEachStretchOfWaiting) {
    Pace pace(1000, 10s);
    EXPECT_FALSE(pace.tooSlow(1'000'000, 1s));
    EXPECT_FALSE(pace.tooSlow(0, 8s)); // a stretch is judged as a whole
    EXPECT_FALSE(pace.tooSlow(1, 2s)); // eleven seconds brought far more than their share
    EXPECT_FALSE(pace.tooSlow(1, 9s));
    EXPECT_TRUE(pace.tooSlow(1, 1s)); // and those buy nothing
    EXPECT_FALSE(pace.tooSlow(20'000, 20s));
    EXPECT_TRUE(pace.tooSlow(19'999, 20s));
    for (int i = 0; i < 1000; ++i) ASSERT_FALSE(pace.tooSlow(1, 1us)); // hardly waited for: slow is somebody else
}

TEST_F(OverASocket, AReaderThatStopsIsCut) {
    settings.writeTimeout = 60ms;
    start();
    RawClient c(server->port(), 4096);
    c.send(repeated(get("/big"), 4));
    while (server->counters().open > 0) std::this_thread::yield(); // the test's own time limit ends this
    EXPECT_EQ(server->counters().open, 0u);
}

TEST_F(OverASocket, ATooLargeBodyIsAnswered413WhileItIsStillComing) {
    start();
    auto c = client();
    std::thread sender([&] { c.send(post("/x", std::string(4 << 20, 'x'))); });
    const auto answer = c.read();
    EXPECT_EQ(answer.status, 413);
    EXPECT_EQ(answer.body, "problem 413 /x");
    sender.join();
    c.endSending();
    EXPECT_TRUE(c.closed());
    auto chunked = client();
    EXPECT_EQ(chunked
                  .ask("POST /x HTTP/1.1\r\nHost: hoering.test\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" +
                       std::string(1001, 'x') + "\r\n0\r\n\r\n")
                  .status,
              413);
    EXPECT_EQ(client().ask(post("/x", std::string(1000, 'x'))).status, 200);
}

TEST_F(OverASocket, EndlessTrailersAndChunkExtensionsAreRefused) {
    start();
    const std::string head = "POST /x HTTP/1.1\r\nHost: hoering.test\r\nTransfer-Encoding: chunked\r\n\r\n";
    EXPECT_EQ(client().ask(head + "1;" + std::string(100'000, 'x')).status, 400);
    EXPECT_EQ(client().ask(head + "0\r\n" + repeated("X: y\r\n", 20'000)).status, 400);
}

TEST_F(OverASocket, UploadsGoToDiskAndAreGoneAfterwards) {
    start();
    auto c = client();
    const std::string bytes(100'000, 'u');
    const std::string body = "--XX\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nhello\r\n"
                             "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.pdf\"\r\n\r\n" +
                             bytes + "\r\n--XX--\r\n";
    const std::string type = "Content-Type: multipart/form-data; boundary=XX\r\n";
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(c.ask(post("/upload", body, type)).body,
                  "POST /upload body= peer=127.0.0.1 t=hello a.pdf:100000:" + sha256Hex(bytes));
    EXPECT_EQ(filesLeft(), 0u);
    EXPECT_EQ(client().ask(post("/x", body.substr(0, 900), type)).status, 415);
    EXPECT_EQ(client().ask(post("/upload", body.substr(0, 90'000), type)).status, 400);
    EXPECT_EQ(client().ask(post("/upload", "x", "Content-Type: multipart/form-data\r\n")).status, 400);
    {
        auto leaves = client();
        leaves.send(post("/upload", body, type).substr(0, 90'000));
    }
    while (server->counters().open > 1) std::this_thread::yield();
    EXPECT_EQ(filesLeft(), 0u);
}

std::size_t residentKiB() {
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line))
        if (line.rfind("VmHWM:", 0) == 0) return std::stoul(line.substr(6));
    return 0;
}

TEST_F(OverASocket, TwentyMegabytesInChunksNeverStandInMemory) {
    start();
    auto c = client();
    const std::string piece(8192, 'z');
    std::ofstream("/proc/self/clear_refs") << "5"; // the peak starts anew
    const std::size_t before = residentKiB();
    c.send("POST /upload HTTP/1.1\r\nHost: hoering.test\r\nTransfer-Encoding: chunked\r\n"
           "Content-Type: multipart/form-data; boundary=XX\r\n\r\n");
    const std::string open = "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.pdf\"\r\n\r\n";
    auto chunk = [&](std::string_view bytes) {
        char size[16];
        std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
        c.send(size + std::string(bytes) + "\r\n");
    };
    Sha256 hash;
    chunk(open);
    for (int i = 0; i < 2560; ++i) {
        chunk(piece);
        hash.update(piece);
    }
    chunk("\r\n--XX--\r\n");
    const auto answer = c.ask("0\r\n\r\n");
    EXPECT_EQ(answer.body, "POST /upload body= peer=127.0.0.1 a.pdf:20971520:" + hash.hex());
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // their bookkeeping is not ours
    EXPECT_LT(residentKiB() - before, 6 * 1024u);
#else
    EXPECT_GT(before, 0u);
#endif
}

TEST_F(OverASocket, ADiskThatTakesNoFileStillLetsTheWordsThrough) {
    start();
    std::filesystem::remove_all(settings.incoming);
    const std::string body = "--XX\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nord\r\n"
                             "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nx\r\n--XX--";
    EXPECT_EQ(client().ask(post("/upload", body, "Content-Type: multipart/form-data; boundary=XX\r\n")).body,
              "POST /upload body= peer=127.0.0.1 t=ord a:1:lost");
}

TEST_F(OverASocket, ConnectionsBeyondTheCapsAreTurnedAway) {
    settings.connectionsPerAddress = 2;
    start();
    auto first = client(), second = client();
    EXPECT_EQ(first.ask(get("/hello")).status, 200);
    EXPECT_EQ(second.ask(get("/hello")).status, 200);
    {
        auto third = client();
        EXPECT_EQ(third.read().status, 503);
        EXPECT_TRUE(third.closed());
    }
    first.ask(get("/hello", "Connection: close\r\n"));
    while (server->counters().open > 1) std::this_thread::yield();
    EXPECT_EQ(client().ask(get("/hello")).status, 200);

    server.reset();
    settings.connectionsPerAddress = 1;
    settings.trustedProxies = {"127.0.0.1"}; // everybody comes from the proxy: only the total counts
    settings.connections = 2;
    start();
    auto a = client(), b = client();
    EXPECT_EQ(a.ask(get("/hello")).status, 200);
    EXPECT_EQ(b.ask(get("/hello")).status, 200);
    EXPECT_EQ(client().read().status, 503);
}

TEST_F(OverASocket, AFullQueueIsA503ThatKeepsTheConnection) {
    settings.workers = 2;
    settings.queue = 1;
    start();
    auto a = client(), b = client(), queued = client(), refused = client();
    a.send(get("/wait"));
    b.send(get("/wait"));
    door.awaitWaiting(2);
    queued.send(get("/queued"));
    while (server->counters().queued < 1) std::this_thread::yield();
    const std::string session = "Cookie: svar=x\r\n";
    const std::string plain = session + "Content-Type: application/x-www-form-urlencoded\r\n";
    const auto busy = refused.ask(post("/refused", "text=%C3%A6+b&key=k", plain));
    EXPECT_EQ(busy.status, 503);
    EXPECT_EQ(busy.header("retry-after"), "2");
    EXPECT_EQ(busy.body, "problem 503 /refused text=æ b key=k") << "what was typed is given back";
    const std::string parts = "--XX\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nord\r\n"
                              "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nx\r\n--XX--";
    EXPECT_EQ(refused.ask(post("/upload", parts, session + "Content-Type: multipart/form-data; boundary=XX\r\n")).body,
              "problem 503 /upload text=ord a");
    EXPECT_EQ(refused.ask(post("/stranger", "text=x", "Content-Type: application/x-www-form-urlencoded\r\n")).body,
              "problem 503 /stranger")
        << "for whom nobody knows no work is done";
    EXPECT_EQ(refused.ask(get("/page")).status, 200); // memory still answers
    door.open();
    EXPECT_EQ(a.read().status, 200);
    EXPECT_EQ(b.read().status, 200);
    EXPECT_EQ(queued.read().status, 200);
    EXPECT_EQ(server->counters().busy, 3u);
}

} // namespace
} // namespace hoering::http

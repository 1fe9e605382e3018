// What a stranger may bring where only some are let in: small forms as ever, but no files and no long texts.
#include <atomic>

#include "http/server_fixture.h"

namespace hoering::http {
namespace {

struct AtADoorkeeper : OverASocket {
    std::atomic<int> asked{0};

    void SetUp() override {
        OverASocket::SetUp();
        program.plan = [this](const Request& request) {
            BodyPlan plan{1'000'000, request.path == "/upload", 500'000, 3, 300'000};
            plan.strangerLimit = 1000;
            plan.admit = [this](const Request& who) {
                ++asked;
                if (who.cookie("session") == "broken") throw std::runtime_error("the database is away");
                return who.cookie("session") == "good";
            };
            return plan;
        };
        start();
    }
    static std::string multipart(std::size_t words, std::size_t bytes) {
        return "--XX\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\n" + std::string(words, 't') +
               "\r\n--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.pdf\"\r\n\r\n" +
               std::string(bytes, 'u') + "\r\n--XX--\r\n";
    }
    RawAnswer upload(std::size_t words, std::size_t bytes, const std::string& cookie = "") {
        return client().ask(
            post("/upload", multipart(words, bytes), "Content-Type: multipart/form-data; boundary=XX\r\n" + cookie));
    }
    const std::string good = "Cookie: session=good\r\n", wrong = "Cookie: session=wrong\r\n",
                      broken = "Cookie: session=broken\r\n";
};

TEST_F(AtADoorkeeper, AStrangersFilesNeverReachTheDisk) {
    EXPECT_EQ(upload(5, 400'000, good).body,
              "POST /upload body= peer=127.0.0.1 t=ttttt a.pdf:400000:" + sha256Hex(std::string(400'000, 'u')));
    std::filesystem::remove_all(settings.incoming); // whoever opens a file there fails
    EXPECT_EQ(upload(5, 400'000, good).body, "POST /upload body= peer=127.0.0.1 t=ttttt a.pdf:400000:lost");
    for (const auto& cookie : {std::string(), wrong}) // the words are kept, for the page that says so
        EXPECT_EQ(upload(5, 400'000, cookie).body, "POST /upload body= peer=127.0.0.1 t=ttttt a.pdf:0:");
    std::filesystem::create_directory(settings.incoming);
}

TEST_F(AtADoorkeeper, AStrangersWordsAreFew) {
    EXPECT_EQ(upload(1000, 10, wrong).status, 413);
    EXPECT_EQ(upload(1000, 10, good).status, 200);
    EXPECT_EQ(client().ask(post("/form", std::string(1001, 'x'))).status, 413);
    EXPECT_EQ(client().ask(post("/form", std::string(1001, 'x'), wrong)).status, 413);
    EXPECT_EQ(client().ask(post("/form", std::string(1001, 'x'), good)).status, 200);
    const auto chunked = [&](const std::string& cookie) {
        return client()
            .ask("POST /form HTTP/1.1\r\nHost: hoering.test\r\n" + cookie +
                 "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + std::string(1001, 'x') + "\r\n0\r\n\r\n")
            .status;
    };
    EXPECT_EQ(chunked(wrong), 413);
    EXPECT_EQ(chunked(good), 200);
}

TEST_F(AtADoorkeeper, ASmallFormIsNotAskedAbout) {
    EXPECT_EQ(client().ask(post("/form", std::string(1000, 'x'))).status, 200);
    EXPECT_EQ(client().ask(post("/upload", std::string(1000, 'x'))).status, 200);
    EXPECT_EQ(asked, 0);
}

TEST_F(AtADoorkeeper, WhoCannotBeAskedAboutComesAgainLater) {
    EXPECT_EQ(upload(5, 10, broken).status, 503);
    EXPECT_EQ(filesLeft(), 0u);
}

} // namespace
} // namespace hoering::http

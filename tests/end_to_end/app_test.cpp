// The whole service on a real port, with real threads: many parties at once, pages meanwhile, a stop in the middle.
#include "app.h"

#include <gmock/gmock.h>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "app_parts.h"
#include "common/id.h"
#include "common/strings.h"
#include "sqlite/consultations.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "sqlite/responses.h"
#include "support/raw_client.h"
#include "support/world.h"
#include "usecases/publish_consultation.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;
using testing::RawAnswer;
using testing::RawClient;

struct WholeApp : ::testing::Test {
    static constexpr int parties = 12;
    testing::TempFolder folder;
    SystemClock clock;
    std::unique_ptr<App> app;
    std::int64_t consultation = 0;

    void SetUp() override {
        initCrypto();
        Settings settings;
        settings.server.port = 0;
        settings.server.hosts = {"localhost", "127.0.0.1"};
        app = std::make_unique<App>(settings, DataFolder{folder.path()}, clock);
        app->start();
        auto& parts = app->parts();
        const Actor officer{ActorKind::user, 1, "Karen"};
        const auto today = dateOf(toLocal(clock.now()));
        parts.database.write([&](sqlite::Tx& tx) {
            ConsultationInput input;
            input.title = "En høring under pres";
            input.summary = "Alle svarer på én gang.";
            input.officerName = "Anne";
            input.officerMail = "anne@hoering.example";
            input.deadlineDate = isoDate(addDays(today, 40));
            consultation = createConsultation(tx, parts.office, officer, input, newKey()).value();
            for (int i = 0; i < parties; ++i)
                (void)addParty(
                    tx, officer, consultation,
                    {"Part " + std::to_string(i), "consulted", "da", "p" + std::to_string(i) + "@part.example"});
        });
        const auto version = parts.database.read(
            [&](sqlite::ReadTx& tx) { return sqlite::findConsultation(tx, consultation)->version; });
        const auto done = parts.database.write(
            [&](sqlite::Tx& tx) { return publishConsultation(tx, parts.office, officer, consultation, version); });
        ASSERT_TRUE(done.ok()) << done.error().key;
    }
    std::string tokenOf(std::size_t party) {
        auto& parts = app->parts();
        return parts.database.read([&](sqlite::ReadTx& tx) {
            const auto contact = sqlite::partiesOf(tx, consultation).at(party).contacts.at(0).id;
            return parts.office.keys.linkToken(sqlite::currentLinkOf(tx, contact)->nonce);
        });
    }
    static std::string form(const std::vector<std::pair<std::string, std::string>>& fields) {
        std::string body;
        for (const auto& [name, value] : fields)
            body += (body.empty() ? "" : "&") + percentEncode(name) + "=" + percentEncode(value);
        return body;
    }
    static RawAnswer get(RawClient& client, const std::string& path, const std::string& cookie = "") {
        return client.ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" +
                          (cookie.empty() ? "" : "Cookie: " + cookie + "\r\n") + "\r\n");
    }
    static RawAnswer post(RawClient& client, const std::string& path, const std::string& cookie,
                          const std::string& body) {
        return client.ask(
            "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + (cookie.empty() ? "" : "Cookie: " + cookie + "\r\n") +
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(body.size()) +
            "\r\n\r\n" + body);
    }
    static std::string hiddenValue(const std::string& page, const std::string& name) {
        const std::string mark = "name=\"" + name + "\" value=\"";
        const auto at = page.find(mark);
        return at == std::string::npos
                   ? ""
                   : page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size());
    }
    /// From the mail's link to a session cookie; "" when the service is gone.
    std::string openLink(RawClient& client, std::size_t party) {
        const std::string path = "/svar/" + tokenOf(party);
        const auto page = get(client, path);
        const auto opened = post(client, path, "", form({{"csrf", hiddenValue(page.body, "csrf")}}));
        if (opened.status != 303) return ""; // stopped meanwhile
        const auto cookie = opened.header("set-cookie");
        return cookie.substr(0, cookie.find(';'));
    }
};

TEST_F(WholeApp, AStrangersFileIsNeverWrittenAndItsWordsComeBack) {
    RawClient client(app->port());
    const auto cookie = openLink(client, 0);
    const auto csrf = hiddenValue(get(client, "/mit-svar/skriv", cookie).body, "csrf");
    const auto upload = [&](const std::string& with) {
        std::string body;
        for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
                 {"csrf", csrf}, {"version", "0"}, {"text", "Vi mener, at stien skal være bred."}})
            body += "--XX\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
        body += "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n" +
                std::string(300'000, 'a') + "\r\n--XX--\r\n";
        return RawClient(app->port())
            .ask("POST /mit-svar/filer HTTP/1.1\r\nHost: localhost\r\nCookie: " + with +
                 "\r\nContent-Type: multipart/form-data; boundary=XX\r\nContent-Length: " +
                 std::to_string(body.size()) + "\r\n\r\n" + body);
    };
    const std::string forged = cookie.substr(0, cookie.find('=') + 1) + std::string(43, 'x');
    const auto incoming = app->parts().folder.incoming();
    std::filesystem::remove_all(incoming); // whoever writes there now gets a 503
    EXPECT_EQ(upload(cookie).status, 503);
    for (const std::string& with : {std::string("sprog=da"), forged}) {
        const auto refused = upload(with);
        EXPECT_EQ(refused.status, 403);
        EXPECT_THAT(refused.body, HasSubstr("Vi mener, at stien skal være bred.</textarea>"));
    }
    std::filesystem::create_directory(incoming);
    EXPECT_EQ(upload(cookie).status, 303);
}

TEST_F(WholeApp, TakesEveryPartysAnswerAtOnceWhilePagesAreRead) {
    std::atomic<bool> reading{true};
    std::atomic<int> pages{0};
    std::thread reader([&] {
        RawClient client(app->port());
        while (reading) {
            EXPECT_EQ(get(client, "/").status, 200);
            ++pages;
        }
    });
    std::vector<std::thread> answering;
    std::atomic<int> receipts{0};
    for (int i = 0; i < parties; ++i)
        answering.emplace_back([&, i] {
            RawClient client(app->port());
            const auto cookie = openLink(client, static_cast<std::size_t>(i));
            EXPECT_FALSE(cookie.empty());
            const auto page = get(client, "/mit-svar/ingen-bemaerkninger", cookie);
            const auto fields =
                form({{"csrf", hiddenValue(page.body, "csrf")}, {"key", hiddenValue(page.body, "key")}});
            // A double click: the same form twice.
            for (int click = 0; click < 2; ++click) {
                const auto sent = post(client, "/mit-svar/ingen-bemaerkninger", cookie, fields);
                EXPECT_EQ(sent.status, 303) << sent.body.substr(0, 300);
                if (sent.status == 303) ++receipts;
            }
        });
    for (auto& thread : answering) thread.join();
    reading = false;
    reader.join();
    EXPECT_EQ(receipts, 2 * parties);
    EXPECT_GT(pages, 0);
    const auto stored =
        app->parts().database.read([&](sqlite::ReadTx& tx) { return sqlite::responsesOf(tx, consultation); });
    EXPECT_EQ(stored.size(), static_cast<std::size_t>(parties));
    const auto proof = app->parts().database.read([](sqlite::ReadTx& tx) { return sqlite::verifyJournal(tx); });
    EXPECT_FALSE(proof.broken);
    EXPECT_GT(proof.count, parties);
}

TEST_F(WholeApp, APublicPageIsMadeAnewByTheCommitThatChangesIt) {
    RawClient client(app->port());
    const auto first = get(client, "/");
    EXPECT_NE(first.body.find("En høring under pres"), std::string::npos);
    const auto etag = first.header("etag");
    ASSERT_FALSE(etag.empty());
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + etag + "\r\n\r\n").status, 304);
    app->parts().database.write([&](sqlite::Tx& tx) {
        sqlite::changeState(tx, consultation, ConsultationState::open, ConsultationState::closed);
        tx.touchesPublicPages();
        tx.housekeeping("test");
    });
    const auto after = get(client, "/");
    EXPECT_NE(after.header("etag"), etag);
}

TEST_F(WholeApp, StopsWhileAnswersComeInAndLosesNoneItAcknowledged) {
    std::mutex mutex;
    int acknowledged = 0;
    std::vector<std::thread> answering;
    for (int i = 0; i < parties; ++i)
        answering.emplace_back([&, i] {
            RawClient client(app->port());
            const auto cookie = openLink(client, static_cast<std::size_t>(i));
            const auto page = get(client, "/mit-svar/ingen-bemaerkninger", cookie);
            if (page.status != 200) return; // stopped meanwhile
            const auto sent =
                post(client, "/mit-svar/ingen-bemaerkninger", cookie,
                     form({{"csrf", hiddenValue(page.body, "csrf")}, {"key", hiddenValue(page.body, "key")}}));
            const std::lock_guard lock(mutex);
            if (sent.status == 303) ++acknowledged;
        });
    answering[0].join(); // at least one is through
    app->stop();
    for (std::size_t i = 1; i < answering.size(); ++i) answering[i].join();
    const auto stored =
        app->parts().database.read([&](sqlite::ReadTx& tx) { return sqlite::responsesOf(tx, consultation); });
    EXPECT_GE(static_cast<int>(stored.size()), acknowledged);
    EXPECT_GE(acknowledged, 1);
}

} // namespace
} // namespace hoering

// What it costs to take in answers: our whole service receiving høringssvar of 4 KB, next to the least that could
// store them, a bare Beast server whose one thread of writing commits up to 64 rows together (SQLite, WAL,
// synchronous=FULL). Between the two stands the same bare server with our store: it writes what an answer leaves
// with us (the answer, the journal's line, the receipt that is owed) and checks nothing, so that it shows what the
// rows cost and what the form with its checks does. Each runs in a child process, the same load (64 keep-alive
// connections, over which 2,048 parties answer in turn) is put on them in turn. Ours also brings letters as .eml
// files, each with its own commits and fsyncs: as the service does, a few a second while so many people wait, the
// rest when the last answer is in. The load is made of parts encoded beforehand: what it costs, it takes from the same
// processors, and encoding each text anew held the bare server back by a third. Both rates are printed, that of the
// answers and that of answers with all their letters; nothing else is measured before the last letter is brought.
//   bench_submit [rounds=7] [requests=4000] [folder=/tmp]
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <poll.h>
#include <sqlite3.h>
#include <thread>

#include "app_parts.h"
#include "bench/load_client.h"
#include "common/id.h"
#include "common/log.h"
#include "common/strings.h"
#include "sqlite/letters.h"
#include "sqlite/receipts.h"
#include "sqlite/responses.h"
#include "support/seed.h"
#include "usecases/open_link.h"
#include "usecases/submit_response.h"

namespace {

namespace beast = boost::beast;
namespace fs = std::filesystem;
namespace net = boost::asio;
using Tcp = net::ip::tcp;

constexpr int connections = 64, consultations = 16, partiesOfEach = 128;
constexpr std::size_t textBytes = 4096, groupLimit = 64;

// --- the bare one
// -----------------------------------------------------------------------------------------------------

/// An answer that came in. Its timer is cancelled when it is on disk.
struct Row {
    std::string key, text;
    net::steady_timer* done = nullptr;
};
using Store = std::function<void(Row)>;

/// Rows come in and are inserted in groups.
class GroupedWriter {
  public:
    GroupedWriter(const fs::path& file, net::io_context& context) : context_(context) {
        check(sqlite3_open(file.c_str(), &database_));
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA page_size=8192; "
            "CREATE TABLE answers(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, text TEXT NOT NULL) STRICT");
        check(sqlite3_prepare_v2(database_, "INSERT INTO answers(key, text) VALUES (?, ?)", -1, &insert_, nullptr));
        std::thread([this] { loop(); }).detach(); // ends with its process
    }
    void store(Row row) {
        {
            const std::lock_guard lock(mutex_);
            queue_.push_back(std::move(row));
        }
        wake_.notify_one();
    }

  private:
    static void check(int code) {
        if (code != SQLITE_OK && code != SQLITE_DONE) bench::fail(sqlite3_errstr(code));
    }
    void run(const char* sql) { check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr)); }
    void loop() {
        while (true) {
            std::vector<Row> group;
            {
                std::unique_lock lock(mutex_);
                wake_.wait(lock, [&] { return !queue_.empty(); });
                while (!queue_.empty() && group.size() < groupLimit) {
                    group.push_back(std::move(queue_.front()));
                    queue_.pop_front();
                }
            }
            run("BEGIN IMMEDIATE");
            for (const Row& row : group) {
                sqlite3_bind_text(insert_, 1, row.key.data(), static_cast<int>(row.key.size()), SQLITE_STATIC);
                sqlite3_bind_text(insert_, 2, row.text.data(), static_cast<int>(row.text.size()), SQLITE_STATIC);
                check(sqlite3_step(insert_));
                sqlite3_reset(insert_);
            }
            run("COMMIT");
            net::post(context_, [group = std::move(group)] {
                for (const Row& row : group) row.done->cancel();
            });
        }
    }

    net::io_context& context_;
    sqlite3* database_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Row> queue_;
};

std::string fieldOf(std::string_view form, std::string_view name) {
    for (const auto pair : hoering::split(form, '&'))
        if (pair.size() > name.size() && pair.substr(0, name.size()) == name && pair[name.size()] == '=')
            return hoering::percentDecode(pair.substr(name.size() + 1), true);
    return "";
}

net::awaitable<void> bareSession(beast::tcp_stream stream, const Store& store) {
    beast::flat_buffer buffer;
    net::steady_timer stored(stream.get_executor());
    try {
        while (true) {
            stream.expires_after(std::chrono::seconds(30));
            beast::http::request<beast::http::string_body> got;
            co_await beast::http::async_read(stream, buffer, got, net::use_awaitable);
            stored.expires_at(net::steady_timer::time_point::max());
            store({fieldOf(got.body(), "key"), fieldOf(got.body(), "text"), &stored});
            boost::system::error_code cancelled;
            auto wait = net::redirect_error(net::use_awaitable, cancelled);
            co_await stored.async_wait(wait);
            beast::http::response<beast::http::empty_body> answer{beast::http::status::see_other, got.version()};
            answer.set(beast::http::field::location, "/mit-svar/kvittering");
            answer.keep_alive(got.keep_alive());
            answer.prepare_payload();
            co_await beast::http::async_write(stream, answer, net::use_awaitable);
        }
    } catch (const std::exception&) { // the client left
    }
}

net::awaitable<void> bareAccept(Tcp::acceptor& acceptor, const Store& store) {
    while (true) {
        Tcp::socket socket = co_await acceptor.async_accept(net::use_awaitable);
        socket.set_option(Tcp::no_delay(true));
        auto session = bareSession(beast::tcp_stream(std::move(socket)), store);
        net::co_spawn(acceptor.get_executor(), std::move(session), net::detached);
    }
}

void serveBare(int reportPort, net::io_context& context, const Store& store) {
    Tcp::acceptor acceptor(context, {net::ip::make_address("127.0.0.1"), 0});
    bench::tellPort(reportPort, acceptor.local_endpoint().port());
    net::co_spawn(context, bareAccept(acceptor, store), net::detached);
    context.run();
}

void runBare(int reportPort, const fs::path& folder) {
    net::io_context context{1};
    GroupedWriter writer(folder / "bare.sqlite3", context);
    serveBare(reportPort, context, [&](Row row) { writer.store(std::move(row)); });
}

// --- ours
// -------------------------------------------------------------------------------------------------------------

hoering::Settings ourSettings() {
    hoering::Settings settings;
    settings.server.port = 0;
    settings.server.hosts = {"127.0.0.1"};
    settings.mail.fromAddress = "hoering@example.dk";
    return settings;
}

using Parties = std::vector<hoering::testing::SeededParty>;

/// What an answer leaves behind, written as we write it, and nothing looked at before: a pattern with another text,
/// key, receipt number and party each time.
class OurStore {
  public:
    OurStore(hoering::App::Parts& parts, const Parties& parties, net::io_context& context)
        : parts_(parts), context_(context), now_(hoering::nowFrom(parts.clock)),
          pattern_(parts.database.read([&](hoering::sqlite::ReadTx& tx) {
              for (const auto& party : parties)
                  visits_.push_back(hoering::partySession(tx, parts.office, party.session, now_).value().visit);
              return hoering::prepareResponse(visits_[0], std::nullopt,
                                              {hoering::ResponseKind::remarks, "x", 0, hoering::newKey(), now_.instant})
                  .value();
          })) {}
    void store(Row row) {
        const auto number = turn_++;
        const auto write = [this, number, key = std::move(row.key),
                            text = std::move(row.text)](hoering::sqlite::Tx& tx) -> hoering::Result<hoering::Done> {
            const auto& visit = visits_[number % visits_.size()];
            hoering::Response response = pattern_.response;
            response.consultation = visit.consultation.id;
            response.party = visit.party.id;
            response.text = text;
            response.receipt = hoering::newReceiptNumber(hoering::SystemClock().now());
            response.id =
                insertResponse(tx, response, static_cast<int>(number / visits_.size()) + 1, visit.contact.id, key);
            tx.record({visit.actor(),
                       "response.submitted",
                       response.consultation,
                       response.party,
                       {{"version", "1"},
                        {"receipt", response.receipt},
                        {"checksum", response.checksum},
                        {"files", "0"},
                        {"late", "false"}}});
            hoering::sqlite::queueReceipt(tx, response.id, visit.link);
            return hoering::Done{};
        };
        parts_.database.writeThen(write, [this, done = row.done](std::exception_ptr trouble, auto&&) {
            if (trouble) bench::fail("not stored");
            net::post(context_, [done] { done->cancel(); });
        });
    }

  private:
    hoering::App::Parts& parts_;
    net::io_context& context_;
    const hoering::Now now_;
    std::vector<hoering::PartyVisit> visits_;
    const hoering::PreparedResponse pattern_;
    std::size_t turn_ = 0;
};

void runStore(int reportPort, const fs::path& folder, const Parties& parties) {
    const hoering::SystemClock clock;
    hoering::App app(ourSettings(), {folder}, clock);
    net::io_context context{1};
    OurStore store(app.parts(), parties, context);
    serveBare(reportPort, context, [&](Row row) { store.store(std::move(row)); });
}

/// Serves; each time it hears something, it says how many letters wait, and 0 when none does any more.
void runOurs(int reportPort, const fs::path& folder, int hears, int says) {
    hoering::log::setLevel(hoering::log::Level::info); // as it is run
    const hoering::SystemClock clock;
    hoering::App app(ourSettings(), {folder / "data"}, clock);
    app.start();
    bench::tellPort(reportPort, app.port());
    auto& parts = app.parts();
    const auto waits = [](hoering::sqlite::ReadTx& tx) { return hoering::sqlite::nextLetterDue(tx).has_value(); };
    while (true) {
        bench::hear(hears);
        bench::say(says, static_cast<double>(parts.database.read([](hoering::sqlite::ReadTx& tx) {
                       return hoering::sqlite::countLetters(tx, std::nullopt).queued;
                   })));
        while (parts.database.read(waits) || parts.outbox.underWay() > 0) ::poll(nullptr, 0, 5);
        bench::say(says, 0);
    }
}

// --- measuring
// --------------------------------------------------------------------------------------------------------

/// As browsers send a form's field: a space is a plus.
std::string formEncode(std::string_view text) { return hoering::replaceAll(hoering::percentEncode(text), "%20", "+"); }

/// The form of the page "Tjek dit svar", sent by this party.
std::string requestOf(const hoering::testing::SeededParty& party, const std::string& encodedText) {
    const std::string body = "csrf=" + formEncode(party.csrf) + "&text=" + encodedText +
                             "&version=0&key=" + hoering::newKeyAt(hoering::SystemClock().now());
    return "POST /mit-svar/tjek HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n"
           "Accept: text/html,application/xhtml+xml\r\nAccept-Language: da,en;q=0.5\r\nSec-Fetch-Site: same-origin\r\n"
           "Cookie: svar=" +
           party.session +
           "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

std::string answerText() {
    std::string text;
    while (text.size() < textBytes)
        text += "Vi støtter forslaget, men ønsker at vagtplanen om aftenen bliver, som den er. ";
    text.resize(textBytes);
    return text;
}

struct Measured : bench::LoadResult {
    double lettersLeft = 0, rateWithLetters = 0;
    std::map<std::string, bench::ThreadTime> time; // by thread, until the last answer was in
};

void printSpread(const char* what, std::vector<double> values) {
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    std::printf("%-28s median %9.3f  (min %.3f, max %.3f)\n", what, bench::median(values), *low, *high);
}

} // namespace

int main(int argc, char** argv) {
    hoering::log::setLevel(hoering::log::Level::warn);
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 7;
    const int requests = argc > 2 ? std::atoi(argv[2]) : 4000;
    std::string pattern = std::string(argc > 3 ? argv[3] : "/tmp") + "/bench-submit-XXXXXX";
    if (!::mkdtemp(pattern.data())) bench::fail("no folder " + pattern);
    const fs::path folder = pattern;
    Parties parties;
    {
        const hoering::SystemClock clock;
        hoering::App app(ourSettings(), {folder / "data"}, clock);
        parties = hoering::testing::seed(app, {consultations, partiesOfEach, true});
    }
    fs::copy(folder / "data", folder / "store", fs::copy_options::recursive);
    const auto bare = bench::startChild([&](int port) { runBare(port, folder); }, folder / "bare.log");
    const auto rows =
        bench::startChild([&](int port) { runStore(port, folder / "store", parties); }, folder / "store.log");
    int toOurs[2], fromOurs[2];
    if (::pipe(toOurs) != 0 || ::pipe(fromOurs) != 0) bench::fail("no pipe");
    const auto ours =
        bench::startChild([&](int port) { runOurs(port, folder, toOurs[0], fromOurs[1]); }, folder / "ours.log");
    ::close(fromOurs[1]); // so that we hear when it ends
    const std::string text = formEncode(answerText());
    std::size_t turn = 0;
    const auto measure = [&](const bench::Child& child, int total) {
        const auto next = [&](int) { return requestOf(parties[turn++ % parties.size()], text); };
        const double begin = bench::secondsNow();
        auto before = bench::timeByThread(child.pid);
        Measured measured{bench::put({child.port, connections, total, next, "303"}), 0, 0, {}};
        for (const auto& [name, spent] : bench::timeByThread(child.pid))
            measured.time[name] = {spent.ran - before[name].ran, spent.waited - before[name].waited};
        bench::say(toOurs[1], 0);
        measured.lettersLeft = bench::hear(fromOurs[0]);
        bench::hear(fromOurs[0]);
        measured.rateWithLetters = total / (bench::secondsNow() - begin);
        return measured;
    };
    measure(bare, requests / 4); // warm
    measure(rows, requests / 4);
    measure(ours, requests / 4);
    std::vector<double> ratios, rowRatios, bareRates, rowRates, ourRates, bareLate, ourHalf, ourLate, withLetters,
        brought;
    std::map<std::string, bench::ThreadTime> time;
    std::printf("%-6s %9s %9s %9s %11s %11s %11s %11s %11s\n", "round", "bare /s", "rows /s", "ours /s", "ours : bare",
                "ours : rows", "bare p99 ms", "ours p50 ms", "ours p99 ms");
    for (int round = 0; round < rounds; ++round) {
        Measured theirs, mine;
        if (round % 2 == 0) theirs = measure(bare, requests);
        mine = measure(ours, requests);
        for (const auto& [name, spent] : mine.time) {
            time[name].ran += spent.ran;
            time[name].waited += spent.waited;
        }
        rowRates.push_back(measure(rows, requests).rate());
        if (round % 2 != 0) theirs = measure(bare, requests); // who goes first changes: drift hits both alike
        withLetters.push_back(mine.rateWithLetters);
        brought.push_back(requests - mine.lettersLeft);
        bareRates.push_back(theirs.rate());
        ourRates.push_back(mine.rate());
        ratios.push_back(mine.rate() / theirs.rate());
        rowRatios.push_back(mine.rate() / rowRates.back());
        bareLate.push_back(theirs.percentile(.99) * 1e3);
        ourHalf.push_back(mine.percentile(.5) * 1e3);
        ourLate.push_back(mine.percentile(.99) * 1e3);
        std::printf("%-6d %9.0f %9.0f %9.0f %11.3f %11.3f %11.2f %11.2f %11.2f\n", round + 1, theirs.rate(),
                    rowRates.back(), mine.rate(), ratios.back(), rowRatios.back(), bareLate.back(), ourHalf.back(),
                    ourLate.back());
        std::fflush(stdout);
    }
    printSpread("bare answers/s", bareRates);
    printSpread("bare with our rows, /s", rowRates);
    printSpread("ours answers/s", ourRates);
    printSpread("ours : bare (target >= 0.7)", ratios);
    printSpread("ours : bare with our rows", rowRatios);
    printSpread("bare p99 ms", bareLate);
    printSpread("ours p50 ms", ourHalf);
    printSpread("ours p99 ms (target < 60)", ourLate);
    printSpread("ours with letters /s", withLetters);
    printSpread("letters brought meanwhile", brought);
    const double each = rounds * requests / 1e6;
    std::printf("our threads until the last answer was in, us per answer (and ready, but others ran):");
    for (const auto& [name, spent] : time)
        if (spent.ran / each >= .1)
            std::printf("  %s %.0f (%.0f)", name.c_str(), spent.ran / each, spent.waited / each);
    std::printf("\n");
    bench::endChild(bare);
    bench::endChild(rows);
    bench::endChild(ours);
    fs::remove_all(folder);
    return 0;
}

// What a big mailing costs: one publish that queues thousands of invitations, and bringing them over several sessions
// to postfix's smtp-sink, next to postfix's own smtp-source sending as many mails of the same size to the same sink.
// All the while a public page is asked for at a steady pace; its latency is compared with that before the mailing.
//   bench_mail [rounds=5] [letters=5000] [sessions=8] [folder=/tmp]      needs Debian's package postfix
#include <atomic>
#include <cmath>
#include <filesystem>
#include <poll.h>
#include <thread>

#include "app_parts.h"
#include "bench/load_client.h"
#include "common/calendar.h"
#include "common/id.h"
#include "common/log.h"
#include "common/thread_rank.h"
#include "sqlite/consultations.h"
#include "sqlite/letters.h"
#include "sqlite/parties.h"
#include "support/seed.h"
#include "usecases/publish_consultation.h"

namespace {

namespace fs = std::filesystem;
using namespace hoering;

constexpr int domains = 50;

Settings ourSettings(int sinkPort, int sessions) {
    Settings settings;
    settings.server.port = 0;
    settings.server.hosts = {"127.0.0.1"};
    settings.mail.fromAddress = "hoering@example.dk";
    if (sinkPort == 0) return settings;
    settings.mail.mode = MailSettings::Mode::smtp;
    settings.mail.host = "127.0.0.1";
    settings.mail.port = static_cast<unsigned short>(sinkPort);
    settings.mail.tls = MailSettings::Tls::none;
    settings.mail.helloName = "kommune.example.dk";
    settings.mail.sessions = sessions;
    return settings;
}

void pauseFor(int milliseconds) { ::poll(nullptr, 0, milliseconds); }

/// A draft with so many parties. Straight into the tables: typing in thousands of parties is not what is measured.
std::int64_t draft(App::Parts& parts, int letters) {
    const Actor officer{ActorKind::user, 1, "Karen Kontor"};
    return *parts.database.write([&](sqlite::Tx& tx) -> Result<std::int64_t> {
        auto id = createConsultation(tx, parts.office, officer, testing::inputOf(1, dateOf(toLocal(parts.clock.now()))),
                                     newKey());
        for (int n = 1; n <= letters; ++n) {
            Party party;
            party.name = "Part " + std::to_string(n);
            party.contacts = {{0, 0, "Kontakt " + std::to_string(n),
                               "kontakt" + std::to_string(n) + "@part" + std::to_string(n % domains) + ".example"}};
            sqlite::insertParty(tx, *id, party);
        }
        return id;
    });
}

double publish(App::Parts& parts, std::int64_t id) {
    const Actor officer{ActorKind::user, 1, "Karen Kontor"};
    const auto version =
        parts.database.read([&](sqlite::ReadTx& tx) { return sqlite::findConsultation(tx, id)->version; });
    const double begin = bench::secondsNow();
    const auto done = parts.database.write(
        [&](sqlite::Tx& tx) { return publishConsultation(tx, parts.office, officer, id, version); });
    if (!done) bench::fail("the publish was refused: " + done.error().key);
    return bench::secondsNow() - begin;
}

/// Serves; for each number of letters it hears: makes a draft, says so; when it hears another word: publishes, says how
/// long that took, and after the last letter was brought how long that took.
void runOurs(int reportPort, const fs::path& folder, int sinkPort, int sessions, int hears, int says) {
    log::setLevel(log::Level::info); // as it is run
    const SystemClock clock;
    App app(ourSettings(sinkPort, sessions), {folder / "data"}, clock);
    app.start();
    bench::tellPort(reportPort, app.port());
    auto& parts = app.parts();
    while (true) {
        const auto id = draft(parts, static_cast<int>(bench::hear(hears)));
        bench::say(says, 0);
        bench::hear(hears);
        const double took = publish(parts, id), begin = bench::secondsNow();
        bench::say(says, took);
        while (parts.database.read([](sqlite::ReadTx& tx) { return sqlite::nextLetterDue(tx).has_value(); }) ||
               parts.outbox.underWay() > 0)
            pauseFor(5);
        bench::say(says, bench::secondsNow() - begin);
    }
}

/// Asks for a page every 4 ms, whatever the last answer took, until it is told to stop.
class SteadyVisitor {
  public:
    SteadyVisitor(unsigned short port, const std::string& path) : thread_([this, port, path] { run(port, path); }) {}
    /// 99th percentile in milliseconds.
    double stop() {
        stopping_ = true;
        thread_.join();
        std::sort(late_.begin(), late_.end());
        return late_[static_cast<std::size_t>(.99 * static_cast<double>(late_.size() - 1))] * 1e3;
    }

  private:
    void run(unsigned short port, const std::string& path) {
        const std::string request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: da\r\n\r\n";
        double due = bench::secondsNow();
        // A visitor has a machine of its own: where that is allowed, it waits for no processor of this one.
        const sched_param first{1};
        if (::pthread_setschedparam(::pthread_self(), SCHED_FIFO, &first) != 0) goFirst();
        while (!stopping_) {
            // One more request on a connection of its own; the time counts from when it was due.
            const timespec at{static_cast<time_t>(due), static_cast<long>((due - std::floor(due)) * 1e9)};
            ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, nullptr);
            bench::put({port, 1, 1, [&](int) { return request; }, "200"});
            late_.push_back(bench::secondsNow() - due);
            due += .004;
        }
    }
    std::atomic<bool> stopping_{false};
    std::vector<double> late_;
    std::thread thread_;
};

/// Seconds that a program takes. Its output goes where ours goes.
double run(const std::vector<std::string>& command) {
    const double begin = bench::secondsNow();
    const pid_t pid = ::fork();
    if (pid == 0) {
        std::vector<char*> words;
        for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
        words.push_back(nullptr);
        ::execvp(words[0], words.data());
        std::_Exit(127);
    }
    int status = 0;
    ::waitpid(pid, &status, 0);
    if (status != 0) bench::fail(command[0] + " failed; it is in the package postfix");
    return bench::secondsNow() - begin;
}

int freePort() {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(fd, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(fd);
    return ntohs(address.sin_port);
}

pid_t startSink(int port) {
    const pid_t pid = ::fork();
    if (pid == 0) {
        const std::string where = "127.0.0.1:" + std::to_string(port);
        if (::geteuid() == 0)
            ::execl("/usr/sbin/smtp-sink", "smtp-sink", "-u", "nobody", where.c_str(), "256", nullptr);
        else ::execl("/usr/sbin/smtp-sink", "smtp-sink", where.c_str(), "256", nullptr);
        std::_Exit(127);
    }
    return pid;
}

/// Bytes of one invitation of this mailing.
std::uintmax_t mailSize(const fs::path& folder) {
    const SystemClock clock;
    App app(ourSettings(0, 1), {folder / "size"}, clock);
    auto& parts = app.parts();
    publish(parts, draft(parts, 1));
    if (!parts.outbox.runOnce()) bench::fail("no letter");
    for (const auto& mail : fs::directory_iterator(folder / "size" / "mail")) return mail.file_size();
    bench::fail("no mail");
}

void printSpread(const char* what, std::vector<double> values) {
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    std::printf("%-44s median %9.3f  (min %.3f, max %.3f)\n", what, bench::median(values), *low, *high);
}

} // namespace

int main(int argc, char** argv) {
    log::setLevel(log::Level::warn);
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 5;
    const int letters = argc > 2 ? std::atoi(argv[2]) : 5000;
    const int sessions = argc > 3 ? std::atoi(argv[3]) : 8;
    std::string pattern = std::string(argc > 4 ? argv[4] : "/tmp") + "/bench-mail-XXXXXX";
    if (!::mkdtemp(pattern.data())) bench::fail("no folder " + pattern);
    const fs::path folder = pattern;
    const auto size = mailSize(folder);
    std::string page;
    {
        const SystemClock clock;
        App app(ourSettings(0, 1), {folder / "data"}, clock);
        page = testing::seed(app, {1, 4, true}).at(0).address;
    }
    const int sinkPort = freePort();
    const pid_t sink = startSink(sinkPort);
    int toOurs[2], fromOurs[2];
    if (::pipe(toOurs) != 0 || ::pipe(fromOurs) != 0) bench::fail("no pipe");
    const auto serve = [&](int report) { runOurs(report, folder, sinkPort, sessions, toOurs[0], fromOurs[1]); };
    const auto ours = bench::startChild(serve, folder / "ours.log");
    const std::string sinkAddress = "127.0.0.1:" + std::to_string(sinkPort);
    std::printf("%d letters of %ju bytes to %d domains, %d sessions\n", letters, size, domains, sessions);
    std::printf("%-6s %10s %12s %12s %7s %13s %13s %7s\n", "round", "publish s", "source /s", "ours /s", "ratio",
                "idle p99 ms", "meanwhile ms", "times");
    std::vector<double> published, theirs, mine, ratios, idle, meanwhile, times, cost, control;
    for (int round = 0; round < rounds; ++round) {
        const auto reference = [&] {
            SteadyVisitor beside(ours.port, page);
            theirs.push_back(letters / run({"smtp-source", "-s", std::to_string(sessions), "-m",
                                            std::to_string(letters), "-l", std::to_string(size), sinkAddress}));
            control.push_back(beside.stop());
        };
        bench::say(toOurs[1], letters);
        bench::hear(fromOurs[0]); // the draft is there
        SteadyVisitor before(ours.port, page);
        pauseFor(4000);
        idle.push_back(before.stop());
        if (round % 2 == 0) reference(); // who goes first changes: drift hits both alike
        const double cpu = bench::cpuSeconds(ours.pid);
        SteadyVisitor during(ours.port, page);
        bench::say(toOurs[1], 1);
        published.push_back(bench::hear(fromOurs[0]));
        mine.push_back(letters / bench::hear(fromOurs[0]));
        meanwhile.push_back(during.stop());
        cost.push_back((bench::cpuSeconds(ours.pid) - cpu) / letters * 1e6);
        if (round % 2 != 0) reference();
        ratios.push_back(mine.back() / theirs.back());
        times.push_back(meanwhile.back() / idle.back());
        std::printf("%-6d %10.2f %12.0f %12.0f %7.3f %13.2f %13.2f %7.2f\n", round + 1, published.back(), theirs.back(),
                    mine.back(), ratios.back(), idle.back(), meanwhile.back(), times.back());
        std::fflush(stdout);
    }
    printSpread("publish, seconds (target <= 2)", published);
    printSpread("smtp-source mails/s", theirs);
    printSpread("ours mails/s", mine);
    printSpread("ratio (target >= 0.5)", ratios);
    printSpread("page p99 idle, ms", idle);
    printSpread("page p99 meanwhile, ms", meanwhile);
    printSpread("page p99 beside smtp-source, ms", control);
    printSpread("meanwhile / idle (target <= 2)", times);
    printSpread("our CPU with pages, us per letter", cost);
    bench::endChild(ours);
    ::kill(sink, SIGTERM);
    ::waitpid(sink, nullptr, 0);
    fs::remove_all(folder);
    return 0;
}

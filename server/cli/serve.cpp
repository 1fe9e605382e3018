#include <malloc.h>

#include <csignal>
#include <ctime>
#include <iostream>

#include <nlohmann/json.hpp>

#include "app_parts.h"
#include "cli/commands.h"
#include "cli/demo_note.h"
#include "cli/service_request.h"
#include "common/log.h"

namespace hoering::cli {
namespace {

log::Level levelFrom(const std::string& name) {
    if (name == "debug") return log::Level::debug;
    if (name == "warn") return log::Level::warn;
    return name == "error" ? log::Level::error : log::Level::info;
}

/// The signals this program waits for; blocked in every thread, taken by the main one.
sigset_t waitedSignals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGUSR1}) sigaddset(&set, signal);
    return set;
}

/// Large buffers (a long page, a document) are mapped and go back to the system when freed. Left alone, glibc takes the
/// first one as a sign to keep the like of it for good, in each thread's own heap (mallopt(3), M_MMAP_THRESHOLD).
void giveLargeBuffersBack() {
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    mallopt(M_TRIM_THRESHOLD, 1024 * 1024); // of small ones, a heap keeps this much: what a busy minute needs
}

} // namespace

int serve(const ServeFlags& flags) {
    auto settings = loadSettings(flags.place, flags.port);
    if (!settings) return 2;
    giveLargeBuffersBack();
    log::setLevel(levelFrom(settings->logLevel));
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN); // a full quota is an error of the write, not the end of the process
    const sigset_t signals = waitedSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    const SystemClock clock;
    App app(std::move(*settings), {flags.place.data}, clock);
    app.start();
    const std::string path = app.firstAdministratorPath();
    nlohmann::ordered_json ready{{"listening", "http://127.0.0.1:" + std::to_string(app.port())},
                                 {"public_url", app.publicUrl()}};
    if (!path.empty()) ready["first_administrator"] = app.publicUrl() + path;
    std::cout << ready.dump() << std::endl;
    if (!path.empty())
        std::cerr << "\nNobody can sign in yet. Create the first administrator here (works once, within 24 hours):\n  "
                  << app.publicUrl() << path << "\n\n";
    if (const auto note = demoNote(flags.place.data, app.publicUrl()); !note.empty())
        std::cerr << "\n" << note << std::endl;
    log::info("started", {{"port", static_cast<long long>(app.port())}});

    while (true) {
        int signal = 0;
        if (sigwait(&signals, &signal) != 0) continue;
        if (signal == SIGUSR1) answerRequests(app, flags.place.data);
        else break;
    }
    log::info("stopping");
    app.stop();
    log::info("stopped");
    return 0;
}

} // namespace hoering::cli

// What /health and /metrics tell an operator.
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app_parts.h"
#include "sqlite/letters.h"

namespace hoering {

namespace {

constexpr std::uintmax_t leastFreeBytes = 200ull * 1024 * 1024;

std::uintmax_t freeBytes(const DataFolder& folder) {
    std::error_code ignored;
    const auto space = std::filesystem::space(folder.root, ignored);
    return ignored ? 0 : space.available;
}

} // namespace

bool App::Parts::ready() const { return database.healthy() && freeBytes(folder) > 0; }

std::string App::Parts::healthJson() const {
    const auto counters = database.counters();
    const auto jobs = clockwork.health();
    const auto free = freeBytes(folder);
    auto& readable = const_cast<sqlite::Database&>(database);
    const auto letters = readable.read([](sqlite::ReadTx& tx) { return sqlite::countLetters(tx, std::nullopt); });
    const nlohmann::ordered_json health{
        {"ready", ready()},
        {"version", HOERING_VERSION},
        {"writer", {{"ok", database.healthy()}, {"queued", counters.queued}, {"wal_bytes", counters.walBytes}}},
        {"mail",
         {{"ok", !jobs.mailFailing},
          {"server_away", outbox.serverAway()},
          {"sending", outbox.underWay()},
          {"queued", letters.queued},
          {"refused", letters.refused},
          {"unknown", letters.unknown}}},
        {"jobs", {{"ok", !jobs.clockFailing}, {"last_step", isoUtc(jobs.lastClock)}}},
        {"disk", {{"ok", free >= leastFreeBytes}, {"free_bytes", free}}}};
    return health.dump() + "\n";
}

std::string App::Parts::metricsText() const {
    const auto http = server->counters();
    const auto writes = database.counters();
    auto& readable = const_cast<sqlite::Database&>(database);
    const auto letters = readable.read([](sqlite::ReadTx& tx) { return sqlite::countLetters(tx, std::nullopt); });
    std::string out;
    const auto metric = [&](std::string_view name, std::string_view type, std::string_view help, auto value) {
        out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n", name, help, type, value);
    };
    metric("hoering_http_requests_total", "counter", "Requests answered.", http.requests);
    metric("hoering_http_refused_total", "counter", "Requests the gate refused.", http.refused);
    metric("hoering_http_busy_total", "counter", "Requests answered 503 because the queue was full.", http.busy);
    metric("hoering_http_errors_total", "counter", "Requests that ended in a 500.", http.errors);
    metric("hoering_http_connections", "gauge", "Open connections.", http.open);
    metric("hoering_http_queued", "gauge", "Requests waiting for a worker.", http.queued);
    out += "# HELP hoering_http_replies_total Replies by class of status.\n# TYPE hoering_http_replies_total counter\n";
    for (int i = 1; i < 6; ++i)
        out += fmt::format("hoering_http_replies_total{{class=\"{}xx\"}} {}\n", i, http.byStatusClass[i]);
    metric("hoering_writer_commits_total", "counter", "Commits.", writes.commits);
    metric("hoering_writer_jobs_total", "counter", "Writes inside them.", writes.jobs);
    metric("hoering_writer_failures_total", "counter", "Commits that failed.", writes.failures);
    metric("hoering_writer_queued", "gauge", "Writes waiting.", writes.queued);
    metric("hoering_wal_bytes", "gauge", "Size of the write-ahead log.", writes.walBytes);
    metric("hoering_letters_queued", "gauge", "Letters waiting to be sent.", letters.queued);
    metric("hoering_letters_accepted", "gauge", "Letters a mail server accepted.", letters.accepted);
    metric("hoering_letters_refused", "gauge", "Letters refused for good.", letters.refused);
    metric("hoering_letters_unknown", "gauge", "Letters whose outcome is not known.", letters.unknown);
    metric("hoering_mail_sending", "gauge", "Letters under way now.", outbox.underWay());
    metric("hoering_mail_server_away", "gauge", "1 while the mail server cannot be spoken to.",
           outbox.serverAway() ? 1 : 0);
    metric("hoering_disk_free_bytes", "gauge", "Free space in the data folder.", freeBytes(folder));
    return out;
}

} // namespace hoering

#include "jobs/clockwork.h"

#include <algorithm>

#include "common/log.h"
#include "jobs/file_search_job.h"
#include "jobs/notice_job.h"
#include "jobs/upkeep_job.h"
#include "sqlite/consultations.h"
#include "sqlite/notices.h"
#include "sqlite/reminders.h"
#include "usecases/close_consultation.h"
#include "usecases/find_not_reached.h"
#include "usecases/send_reminder.h"

namespace hoering {

using namespace std::chrono_literals;

namespace {

/// The wall clock may jump and the machine may sleep: never wait longer than this before looking again.
constexpr std::chrono::milliseconds longestWait = 10s;

std::chrono::milliseconds waitUntil(std::optional<Instant> due, Instant now) {
    if (!due) return longestWait;
    return std::clamp<std::chrono::milliseconds>(*due - now, 1ms, longestWait);
}

/// A step of its own: a program that is missing keeps nobody's reminder back, and is looked for again after a while.
bool searchOneFile(sqlite::Database& database, const blobs::BlobStore& blobs, Instant now, Instant& next) {
    if (now < next) return false;
    try {
        return searchNextFile(database, blobs);
    } catch (const blobs::BlobFailed& trouble) {
        log::error("file_search_failed", {{"what", std::string(trouble.what())}});
        next = now + 10min;
        return false;
    }
}

} // namespace

Clockwork::Clockwork(sqlite::Database& database, blobs::BlobStore& blobs, const Office& office, OutboxJob& outbox,
                     const Clock& clock, std::filesystem::path incoming)
    : database_(database), blobs_(blobs), office_(office), outbox_(outbox), clock_(clock),
      incoming_(std::move(incoming)), senders_(outbox, clock) {}

Clockwork::~Clockwork() { stop(); }

void Clockwork::start() {
    clockThread_ = std::thread([this] { clockLoop(); });
    pthread_setname_np(clockThread_.native_handle(), "clock");
    senders_.start();
}

void Clockwork::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (clockThread_.joinable()) clockThread_.join();
    senders_.stop();
}

void Clockwork::wakeClock() {
    {
        const std::lock_guard lock(mutex_);
        clockWaits_ = true;
    }
    wake_.notify_all();
}

int Clockwork::runClockOnce() {
    int acts = 0;
    const auto now = clock_.now();
    const bool anyToClose = !database_.read([&](sqlite::ReadTx& tx) { return sqlite::dueToClose(tx, now); }).empty();
    if (anyToClose) acts += database_.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    while (true) {
        const auto due = database_.read([](sqlite::ReadTx& tx) { return sqlite::nextReminderDue(tx); });
        if (!due || *due > clock_.now()) break;
        if (database_.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, office_); }) ==
            ReminderOutcome::nothingDue)
            break;
        ++acts;
    }
    if (database_.read([&](sqlite::ReadTx& tx) { return anyNotReachedToTell(tx, office_, nowFrom(clock_)); }))
        database_.write([&](sqlite::Tx& tx) { tellOfNotReached(tx, office_); });
    return acts + tellColleagues(database_, office_, clock_.now());
}

template <class F> void Clockwork::guarded(F step) {
    try {
        step();
        clockFailing_ = false;
        lastClock_ = toMillis(clock_.now());
    } catch (const std::exception& trouble) {
        clockFailing_ = true;
        log::error("clock_step_failed", {{"what", std::string(trouble.what())}});
    }
}

void Clockwork::clockLoop() {
    Instant nextUpkeep = clock_.now() + 1min, nextSearch = clock_.now();
    while (true) {
        std::optional<Instant> due;
        guarded([&] {
            runClockOnce();
            if (clock_.now() >= nextUpkeep) {
                sweepOnce(database_, blobs_, incoming_, clock_.now());
                nextUpkeep = clock_.now() + 6h;
            }
            // One at a time: a deadline does not wait for a folder of files.
            const bool searched = searchOneFile(database_, blobs_, clock_.now(), nextSearch);
            due = database_.read([&](sqlite::ReadTx& tx) {
                std::optional<Instant> first;
                if (searched) first = clock_.now();
                for (const auto& each :
                     {sqlite::nextReminderDue(tx), sqlite::nextDeadline(tx, clock_.now()), sqlite::nextNoticeDue(tx)})
                    if (each && (!first || *each < *first)) first = each;
                return first;
            });
        });
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, waitUntil(due, clock_.now()), [this] { return stopping_ || clockWaits_; });
        if (stopping_) return;
        clockWaits_ = false;
    }
}

Clockwork::Health Clockwork::health() const {
    return {fromMillis(lastClock_.load()), senders_.lastStep(), clockFailing_.load(),
            senders_.failing() || outbox_.failing()};
}

} // namespace hoering

#include "jobs/clockwork.h"

#include <algorithm>

#include "common/log.h"
#include "jobs/notice_job.h"
#include "jobs/upkeep_job.h"
#include "sqlite/consultations.h"
#include "sqlite/letters.h"
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

} // namespace

Clockwork::Clockwork(sqlite::Database& database, blobs::BlobStore& blobs, const Office& office, OutboxJob& outbox,
                     const Clock& clock, std::filesystem::path incoming)
    : database_(database), blobs_(blobs), office_(office), outbox_(outbox), clock_(clock),
      incoming_(std::move(incoming)) {}

Clockwork::~Clockwork() { stop(); }

void Clockwork::start() {
    // Before any mail goes: a reminder that waited in the outbox while the service was down may have lost its reason.
    guarded("clock_step_failed", clockFailing_, lastClock_, [&] { withdrawReminders(); });
    clockThread_ = std::thread([this] { clockLoop(); });
    mailThread_ = std::thread([this] { mailLoop(); });
    pthread_setname_np(clockThread_.native_handle(), "clock");
    pthread_setname_np(mailThread_.native_handle(), "mail");
}

void Clockwork::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (clockThread_.joinable()) clockThread_.join();
    if (mailThread_.joinable()) mailThread_.join();
}

void Clockwork::wakeOutbox() {
    {
        const std::lock_guard lock(mutex_);
        mailWaits_ = true;
    }
    wake_.notify_all();
}

void Clockwork::wakeClock() {
    {
        const std::lock_guard lock(mutex_);
        clockWaits_ = true;
    }
    wake_.notify_all();
}

void Clockwork::withdrawReminders() {
    const auto now = clock_.now();
    const bool any = !database_.read([&](sqlite::ReadTx& tx) { return sqlite::staleReminderLetters(tx, now); }).empty();
    if (any) database_.write([](sqlite::Tx& tx) { return withdrawStaleReminders(tx); });
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
    withdrawReminders();
    if (database_.read([&](sqlite::ReadTx& tx) { return anyNotReachedToTell(tx, office_, nowFrom(clock_)); }))
        database_.write([&](sqlite::Tx& tx) { tellOfNotReached(tx, office_); });
    return acts + tellColleagues(database_, office_, clock_.now());
}

template <class F>
void Clockwork::guarded(const char* what, std::atomic<bool>& failing, std::atomic<std::int64_t>& last, F step) {
    try {
        step();
        failing = false;
        last = toMillis(clock_.now());
    } catch (const std::exception& trouble) {
        failing = true;
        log::error(what, {{"what", std::string(trouble.what())}});
    }
}

void Clockwork::clockLoop() {
    Instant nextUpkeep = clock_.now() + 1min;
    while (true) {
        std::optional<Instant> due;
        guarded("clock_step_failed", clockFailing_, lastClock_, [&] {
            runClockOnce();
            if (clock_.now() >= nextUpkeep) {
                sweepOnce(database_, blobs_, incoming_, clock_.now());
                nextUpkeep = clock_.now() + 6h;
            }
            due = database_.read([&](sqlite::ReadTx& tx) {
                std::optional<Instant> first;
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

void Clockwork::mailLoop() {
    guarded("mail_step_failed", mailFailing_, lastMail_, [&] { outbox_.recover(); });
    while (true) {
        std::optional<Instant> due;
        guarded("mail_step_failed", mailFailing_, lastMail_, [&] {
            while (outbox_.runOnce()) {
                const std::lock_guard lock(mutex_);
                if (stopping_) return;
            }
            due = database_.read([](sqlite::ReadTx& tx) { return sqlite::nextLetterDue(tx); });
        });
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, waitUntil(due, clock_.now()), [this] { return stopping_ || mailWaits_; });
        if (stopping_) return;
        mailWaits_ = false;
    }
}

Clockwork::Health Clockwork::health() const {
    return {fromMillis(lastClock_.load()), fromMillis(lastMail_.load()), clockFailing_.load(),
            mailFailing_.load() || outbox_.failing()};
}

} // namespace hoering

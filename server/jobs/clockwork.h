// What works without a visitor: a thread for the clock (closing, reminders, alarms, letters to colleagues, upkeep), and
// the senders of mail. Not here: what each does (outbox_job, notice_job, upkeep_job, server/usecases), the senders'
// threads (senders). Tests call those directly, with a manual clock.
#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "blobs/blob_store.h"
#include "common/clock.h"
#include "jobs/outbox_job.h"
#include "jobs/senders.h"
#include "sqlite/database.h"
#include "usecases/office.h"

namespace hoering {

class Clockwork {
  public:
    Clockwork(sqlite::Database& database, blobs::BlobStore& blobs, const Office& office, OutboxJob& outbox,
              const Clock& clock, std::filesystem::path incoming);
    ~Clockwork();
    void start();
    /// Lets the step and the letters under way finish.
    void stop();
    /// Letters were queued.
    void wakeOutbox() { senders_.wake(); }
    /// Colleagues are to be told something at once.
    void wakeClock();
    /// Everything that is due now on the clock: closes, reminders, the alarm for parties not reached, letters to
    /// colleagues. How many acts, the alarms not counted.
    int runClockOnce();

    struct Health {
        Instant lastClock{}, lastMail{}; // of the last step that ended well
        bool clockFailing = false, mailFailing = false;
    };
    Health health() const;

  private:
    void clockLoop();
    template <class F> void guarded(F step);

    sqlite::Database& database_;
    blobs::BlobStore& blobs_;
    const Office& office_;
    OutboxJob& outbox_;
    const Clock& clock_;
    std::filesystem::path incoming_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false, clockWaits_ = false;
    std::atomic<std::int64_t> lastClock_{0};
    std::atomic<bool> clockFailing_{false};
    std::thread clockThread_;
    Senders senders_;
};

} // namespace hoering

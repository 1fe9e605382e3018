#include "sqlite/writer.h"

#include <chrono>
#include <stdexcept>

#include "common/log.h"
#include "common/thread_rank.h"

namespace hoering::sqlite {

namespace {

std::string sentenceOf(const std::exception_ptr& trouble) {
    try {
        std::rethrow_exception(trouble);
    } catch (const std::exception& e) {
        return e.what();
    } catch (...) {
        return "an exception that is none";
    }
}

int rememberFrames(void* frames, sqlite3*, const char*, int count) {
    *static_cast<int*>(frames) = count;
    return SQLITE_OK;
}

void run(Connection& connection, std::string_view sql) { Statement(connection, sql).run(); }

} // namespace

Writer::Writer(std::unique_ptr<Connection> connection, const DatabaseOptions& options, const Clock& clock)
    : connection_(std::move(connection)), options_(options), clock_(clock) {
    sqlite3_wal_hook(connection_->handle(), rememberFrames, &frames_);
    thread_ = std::thread([this] { loop(); });
    pthread_setname_np(thread_.native_handle(), "writer");
}

Writer::~Writer() {
    {
        std::lock_guard lock(lock_);
        ending_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Writer::enqueue(WriterJob job) {
    if (std::this_thread::get_id() == thread_.get_id())
        throw std::logic_error("a writer job must not wait for another one");
    bool sleeps = false;
    {
        std::lock_guard lock(lock_);
        if (queue_.size() >= options_.queueLimit) throw StorageBusy("too many changes wait to be stored");
        queue_.push_back(std::move(job));
        sleeps = std::exchange(asleep_, false);
    }
    if (sleeps) wake_.notify_one(); // a writer that works looks at the queue by itself
}

void Writer::onCommit(std::function<void(const CommitNews&)> listener) { listener_ = std::move(listener); }

DatabaseCounters Writer::counters() const {
    const auto bytes = logBytes();
    std::lock_guard lock(lock_);
    auto now = counters_;
    now.queued = queue_.size();
    now.walBytes = bytes;
    return now;
}

std::uint64_t Writer::logBytes() const {
    std::error_code absent;
    const auto size = std::filesystem::file_size(options_.folder / "hoering.sqlite3-wal", absent);
    return absent ? 0 : size;
}

bool Writer::healthy() const {
    std::lock_guard lock(lock_);
    return healthy_;
}

bool Writer::crowded() const {
    std::lock_guard lock(lock_);
    return queue_.size() + running_ >= options_.crowd;
}

void Writer::loop() {
    goFirst(); // all others wait for it
    bool tidy = false;
    for (;;) {
        WriterJob job;
        {
            std::unique_lock lock(lock_);
            const auto something = [&] { return !queue_.empty() || ending_; };
            running_ = 0;
            asleep_ = queue_.empty();
            if (tidy) wake_.wait(lock, something);
            else if (!wake_.wait_for(lock, options_.idleAfter, something)) {
                lock.unlock();
                truncateLog();
                tidy = true;
                continue;
            }
            asleep_ = false;
            if (queue_.empty()) return; // ending, and all is done
            job = std::move(queue_.front());
            queue_.pop_front();
            running_ = 1;
        }
        tidy = false;
        if (job.outside) runOutside(job);
        else runGroup(std::move(job));
        checkpointIfDue();
    }
}

void Writer::runGroup(WriterJob first) {
    std::vector<Outcome> group;
    group.reserve(options_.groupLimit);
    group.push_back({std::move(first), nullptr});
    CommitNews news;
    try {
        news = runJobs(group);
        commit(group);
    } catch (...) {
        giveUp(group, std::current_exception());
        return;
    }
    // The listener first: a caller that goes on must not be shown a page that its own change made stale.
    if (listener_ && (news.publicPages || news.letters || news.notices || news.visits)) {
        try {
            listener_(news);
        } catch (const std::exception& trouble) {
            log::error("commit_listener_failed", {{"what", std::string(trouble.what())}});
        }
    }
    for (auto& outcome : group) outcome.job.done(outcome.trouble);
}

/// Also what came while the group was already running joins it: nobody is made to wait for a second fsync.
bool Writer::takeMore(std::vector<Outcome>& group) {
    const auto before = group.size();
    std::lock_guard lock(lock_);
    while (group.size() < options_.groupLimit && !queue_.empty() && !queue_.front().outside) {
        group.push_back({std::move(queue_.front()), nullptr});
        queue_.pop_front();
    }
    running_ = group.size();
    return group.size() > before;
}

/// Throws only when the whole group is lost, as do all it calls.
CommitNews Writer::runJobs(std::vector<Outcome>& group) {
    run(*connection_, "BEGIN IMMEDIATE");
    CommitNews news;
    std::size_t next = runTogether(group, news);
    while (next < group.size() || takeMore(group)) runAlone(group[next++], news);
    return news;
}

/// A savepoint costs a copy of every page that is written after it, so the jobs that may be run again share the whole
/// transaction until one fails: then all is taken back, and each is run alone. Returns how many stand.
std::size_t Writer::runTogether(std::vector<Outcome>& group, CommitNews& news) {
    std::size_t next = 0;
    while ((next < group.size() || takeMore(group)) && group[next].job.repeatable) {
        runJob(group[next], news);
        if (group[next++].kept) continue;
        takeBack("ROLLBACK");
        run(*connection_, "BEGIN IMMEDIATE");
        news = {};
        return 0;
    }
    return next;
}

void Writer::takeBack(std::string_view sql) {
    connection_->journalHead.reset();
    run(*connection_, sql);
}

/// What it wrote can be taken back without what others wrote before it.
void Writer::runAlone(Outcome& outcome, CommitNews& news) {
    run(*connection_, "SAVEPOINT job");
    runJob(outcome, news);
    if (!outcome.kept) takeBack("ROLLBACK TO job");
    run(*connection_, "RELEASE job");
}

void Writer::runJob(Outcome& outcome, CommitNews& news) {
    Tx tx(*connection_, nowFrom(clock_));
    outcome.trouble = nullptr;
    try {
        outcome.kept = outcome.job.run(tx);
        if (outcome.kept && tx.changedInSilence())
            throw std::logic_error("a job changed rows without record() or housekeeping()");
    } catch (...) {
        outcome.kept = false;
        outcome.trouble = std::current_exception();
    }
    // After trouble with the disk SQLite may have ended the transaction; and even if not, nothing in it is to be
    // trusted.
    if (connection_->broken() || !connection_->inTransaction()) {
        if (outcome.trouble) std::rethrow_exception(outcome.trouble);
        throw StorageFailed("the transaction was lost, and the job did not say so");
    }
    if (!outcome.kept) return;
    news.publicPages |= tx.publicPages_;
    news.letters |= tx.letters_;
    news.notices |= tx.notices_;
    news.visits |= connection_->takeVisitsChanged();
}

void Writer::commit(const std::vector<Outcome>& group) {
    const auto start = std::chrono::steady_clock::now();
    run(*connection_, "COMMIT");
    const auto took = std::chrono::steady_clock::now() - start;
    std::lock_guard lock(lock_);
    ++counters_.commits;
    for (const auto& outcome : group) counters_.jobs += outcome.kept;
    counters_.lastCommit = std::chrono::duration_cast<std::chrono::milliseconds>(took);
    healthy_ = true;
}

void Writer::giveUp(std::vector<Outcome>& group, std::exception_ptr trouble) {
    const std::string why = sentenceOf(trouble);
    endIfUnsynced(trouble);
    connection_->setBroken(false);
    connection_->journalHead.reset();
    if (connection_->inTransaction()) {
        try {
            takeBack("ROLLBACK");
        } catch (const std::exception& e) {
            log::error("rollback_failed", {{"what", std::string(e.what())}});
        }
        connection_->setBroken(false);
    }
    {
        std::lock_guard lock(lock_);
        ++counters_.failures;
        healthy_ = false;
    }
    log::error("commit_failed", {{"what", why}, {"jobs", static_cast<long long>(group.size())}});
    const auto answer = std::make_exception_ptr(StorageFailed(why));
    for (auto& outcome : group) outcome.job.done(answer);
}

void Writer::runOutside(WriterJob& job) {
    std::exception_ptr trouble;
    try {
        job.outside(*connection_);
    } catch (...) {
        trouble = std::current_exception();
        endIfUnsynced(trouble);
    }
    connection_->setBroken(false);
    job.done(trouble);
}

void Writer::endIfUnsynced(std::exception_ptr trouble) {
    try {
        std::rethrow_exception(trouble);
    } catch (const SyncFailed& failed) {
        options_.onSyncFailure(failed.what());
    } catch (...) {
    }
}

void Writer::checkpointIfDue() {
    if (frames_ < framesTried_) framesTried_ = 0; // the log began anew
    if (frames_ - framesTried_ < options_.checkpointPages) return;
    framesTried_ = frames_;
    const int code =
        sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED) return;
    try {
        throwFor(connection_->handle(), code, "copying the log into the database");
    } catch (const std::exception& trouble) {
        // Nothing is lost: the log has it all, and the next attempt copies it again.
        log::error("checkpoint_failed", {{"what", std::string(trouble.what())}});
        endIfUnsynced(std::current_exception());
    }
}

void Writer::truncateLog() {
    if (logBytes() <= options_.truncateAbove) return;
    // Readers are waited for only a moment: a change may come.
    sqlite3_busy_timeout(connection_->handle(), 50);
    const int code =
        sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(connection_->handle(), 5000);
    if (code == SQLITE_OK) {
        frames_ = framesTried_ = 0;
        return;
    }
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) return;
    try {
        throwFor(connection_->handle(), code, "cutting the log back");
    } catch (const std::exception& trouble) {
        log::error("checkpoint_failed", {{"what", std::string(trouble.what())}});
        endIfUnsynced(std::current_exception());
    }
}

} // namespace hoering::sqlite

// The writer lane: the one thread and the one connection that write, checkpoint and back up. Jobs are run in groups
// of one transaction each, so that each can be taken back alone, and answered after the group is on disk.
// Not here: how callers wait (server/sqlite/database.h), readers (same).
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "common/clock.h"
#include "sqlite/connection.h"
#include "sqlite/options.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

struct WriterJob {
    std::function<bool(Tx&)> run;                 // false: take this job back
    std::function<void(Connection&)> outside;     // instead of `run`: outside any transaction (backup)
    std::function<void(std::exception_ptr)> done; // after the commit, or with what went wrong; must not throw
    bool repeatable = false;                      // `run` may be called again after what it wrote was taken back
};

class Writer {
  public:
    Writer(std::unique_ptr<Connection> connection, const DatabaseOptions& options, const Clock& clock);
    ~Writer(); // finishes what is queued, checkpoints, closes
    Writer(const Writer&) = delete;

    /// Throws StorageBusy when the queue is full, std::logic_error when called from a job.
    void enqueue(WriterJob job);
    void onCommit(std::function<void(const CommitNews&)> listener);
    DatabaseCounters counters() const;
    bool healthy() const;
    bool crowded() const;

  private:
    struct Outcome {
        WriterJob job;
        std::exception_ptr trouble; // this job's own
        bool kept = false;
    };
    void loop();
    void runGroup(WriterJob first);
    CommitNews runJobs(std::vector<Outcome>& group);
    std::size_t runTogether(std::vector<Outcome>& group, CommitNews& news);
    void runAlone(Outcome& outcome, CommitNews& news);
    void runJob(Outcome& outcome, CommitNews& news);
    void takeBack(std::string_view sql);
    void runOutside(WriterJob& job);
    bool takeMore(std::vector<Outcome>& group);
    void commit(const std::vector<Outcome>& group);
    void giveUp(std::vector<Outcome>& group, std::exception_ptr trouble);
    void endIfUnsynced(std::exception_ptr trouble);
    void checkpointIfDue();
    void truncateLog();
    std::uint64_t logBytes() const;

    std::unique_ptr<Connection> connection_;
    const DatabaseOptions& options_;
    const Clock& clock_;
    int frames_ = 0, framesTried_ = 0; // in the write-ahead log: now, and at the last attempt to checkpoint
    std::function<void(const CommitNews&)> listener_;

    mutable std::mutex lock_; // guards all below
    std::condition_variable wake_;
    std::deque<WriterJob> queue_;
    std::size_t running_ = 0; // jobs of the group that is being stored
    bool asleep_ = false, ending_ = false, healthy_ = true;
    DatabaseCounters counters_;
    std::thread thread_; // last: starts when all else is there
};

} // namespace hoering::sqlite

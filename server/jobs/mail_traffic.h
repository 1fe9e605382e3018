// Which letters may go now: how many sessions one domain may hold, how many letters a minute, and whether the mail
// server is there at all. Letters are claimed a little before there is a session for them, so that no session waits for
// a commit and one commit serves many. Plain values and a lock: the time is an argument, no thread, no database.
// Not here: claiming and bringing a letter (outbox_job), the threads (senders), when one letter is tried again
// (server/domain/letter.h retryAfter).
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "common/clock.h"

namespace hoering {

struct TrafficLimits {
    int sessions = 4;           // letters that speak with the mail server at the same time
    int perMinute = 0;          // letters begun in any minute; 0: no limit
    int perDomainPerMinute = 0; // the same, to one domain
};

class MailTraffic {
  public:
    /// Letters claimed for each session: the one that is sent, and those that are ready after it.
    static constexpr int perSession = 4;

    explicit MailTraffic(TrafficLimits limits);

    /// What a claim has to keep to.
    struct View {
        bool open = false;                // false: nothing may be claimed
        std::vector<std::string> closed;  // domains that must wait
        std::vector<std::string> crowded; // domains with half of the letters that may be claimed: others go first
    };
    View look(Instant now);

    /// A letter under way. Every one that begins ends once, by `end` or `takeBack`.
    struct Ticket {
        std::string domain;
        bool alone = false;  // no other domain waited when it was claimed
        bool probe = false;  // the one letter that looks whether the mail server is back
        bool speaks = false; // has a session
    };
    Ticket begin(const std::string& domain, Instant now, bool alone = false);
    enum class Turn {
        now,  // it has a session until its end
        wait, // all are taken, or half of them by its domain; all but one by a domain that was alone
        no    // the mail server is away: take it back
    };
    Turn turn(Ticket& ticket);
    /// `serverAway`: the mail server could not be spoken to. While others speak with it, it only takes fewer sessions:
    /// so many are used from then on, one more each minute. When nobody does, it is away: one letter tries after 15 s,
    /// then after twice as long each time, at most 5 minutes, until one gets through.
    void end(const Ticket& ticket, bool serverAway, Instant now);
    /// It had no turn after all, or the claim was not stored.
    void takeBack(const Ticket& ticket);

    /// When something that time alone opens will open: the next probe, a rate. nullopt: nothing is closed by time.
    std::optional<Instant> opensAt(Instant now) const;
    bool away() const;

  private:
    struct Domain {
        int underWay = 0, speaking = 0;
        std::vector<Instant> begun; // within the last minute
    };
    static void forget(std::vector<Instant>& begun, Instant now);
    void release(const Ticket& ticket);

    const TrafficLimits limits_;
    mutable std::mutex mutex_; // guards all below
    int underWay_ = 0, speaking_ = 0, sessions_;
    Instant changedSessions_{};
    std::map<std::string, Domain> domains_;
    std::vector<Instant> begun_;
    bool away_ = false, probing_ = false;
    std::chrono::milliseconds wait_{};
    Instant awaySince_{}; // of the last try that found nobody
};

} // namespace hoering

// Brings queued letters: claim (committed), hand to the postman, write down what became of it (committed).
// Not here: SMTP (server/smtp), what a letter says (server/text/letters), when a letter is queued (server/usecases),
// which may go now (mail_traffic), the threads (senders).
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "jobs/mail_traffic.h"
#include "smtp/mime.h"
#include "smtp/postman.h"
#include "sqlite/database.h"
#include "usecases/office.h"

namespace hoering {

struct Sender {
    std::string name, address; // From
};

/// Any thread, several at once: each call brings its own letters.
class OutboxJob {
  public:
    OutboxJob(sqlite::Database& database, const Office& office, smtp::Postman& postman, Sender sender,
              TrafficLimits limits = {});
    /// Letters found claimed were cut off in the middle. Invitations go again under the same Message-ID. A reminder
    /// that was about to be handed over is unknown and shown to staff; any other surely did not leave and waits for its
    /// next try. Call once, before the first letter is brought.
    void recover();
    /// One letter, if one may go now. False: nothing to do now.
    bool runOnce();
    /// Letter after letter until none may go. The outcome of one and the claim of the next are one commit. Before each
    /// claim it asks `stopping`; it calls `more` when another letter could go at the same time. Throws what the
    /// database throws; an outcome that could not be stored is kept and stored before the next claim.
    void run(const std::function<bool()>& stopping, const std::function<void()>& more);
    /// When a letter may go: `now` or earlier for at once; nullopt: not before something ends or is queued.
    std::optional<Instant> nextLook(Instant now);
    /// Nothing is under way and nothing is to come for a while.
    void rest() { postman_.rest(); }

    /// The mail server is away, the last letter was not taken, or an outcome could not be stored.
    bool failing() const;
    bool serverAway() const { return traffic_.away(); }
    int underWay() const { return traffic_.underWay(); }
    int sessions() const { return sessions_; } // letters under way at most

  private:
    struct Claimed {
        Letter letter;
        MailTraffic::Ticket ticket;
        bool more = false;
    };
    struct Brought {
        Letter letter;
        smtp::Delivery delivery;
    };
    std::optional<Claimed> claimIn(sqlite::Tx& tx);
    std::optional<Claimed> claim();
    smtp::Delivery bring(const Letter& letter);
    smtp::Delivery deliver(const Letter& letter);
    Result<smtp::Message> messageOf(Letter letter);
    /// Stores what became of it and, if `another`, claims the next.
    std::optional<Claimed> settle(Claimed claimed, const smtp::Delivery& delivery, bool another);
    static void settleIn(sqlite::Tx& tx, const Brought& brought);
    void settleKept();

    sqlite::Database& database_;
    const Office& office_;
    smtp::Postman& postman_;
    Sender sender_;
    const int sessions_;
    MailTraffic traffic_;
    std::atomic<bool> lastNotTaken_{false};
    mutable std::mutex mutex_;  // guards kept_
    std::vector<Brought> kept_; // outcomes that are not stored yet
};

} // namespace hoering

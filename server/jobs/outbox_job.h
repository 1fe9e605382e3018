// Brings queued letters: claim (committed), hand to the postman, write down what became of it (committed).
// Not here: SMTP (server/smtp), what a letter says (server/text/letters), when a letter is queued (server/usecases),
// which may go now (mail_traffic), the threads (senders).
#pragma once

#include <atomic>
#include <limits>
#include <mutex>
#include <optional>
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

/// Any thread, several at once.
class OutboxJob {
  public:
    OutboxJob(sqlite::Database& database, const Office& office, smtp::Postman& postman, const Clock& clock,
              Sender sender, TrafficLimits limits = {});
    /// Letters found claimed were cut off in the middle. Invitations go again under the same Message-ID. A reminder
    /// that was about to be handed over is unknown and shown to staff; any other surely did not leave and waits for its
    /// next try. Call once, before the first letter is brought.
    void recover();

    /// A claimed letter. Each one is brought or put back, once.
    struct Claimed {
        Letter letter;
        MailTraffic::Ticket ticket;
    };
    /// Stores what became of all letters brought so far, writes receipts and claims up to `most` letters, in one
    /// commit; no more than the traffic allows. Throws what the database throws: then nothing is claimed, and what
    /// became of them is kept for the next time.
    std::vector<Claimed> next(std::size_t most = std::numeric_limits<std::size_t>::max());
    /// Whether there is a session for it; `now`: it must be brought.
    MailTraffic::Turn turn(Claimed& claimed) { return traffic_.turn(claimed.ticket); }
    /// Blocks until the mail server has answered; what became of it is stored by `next`. A reminder that was overtaken
    /// before it left goes back, and is cancelled when it is claimed.
    void bring(Claimed claimed);
    /// It had no turn; back to its old place in the queue by `next`.
    void putBack(Claimed claimed);
    /// What became of some letter is not stored yet.
    bool anyToStore() const;
    /// One letter from claim to its outcome, if one may go now. False: nothing to do now.
    bool runOnce();

    /// When a letter may go: `now` or earlier for at once; nullopt: not before something ends or is queued.
    std::optional<Instant> nextLook(Instant now);
    /// So many people wait for their changes to be stored that letters should come later.
    bool shouldWait() const { return database_.crowded(); }
    /// Nothing is under way and nothing is to come for a while.
    void rest() { postman_.rest(); }

    /// The mail server is away, the last letter was not taken, or an outcome could not be stored.
    bool failing() const { return traffic_.away() || lastNotTaken_ || notStored_; }
    bool serverAway() const { return traffic_.away(); }
    int underWay() const { return underWay_; } // claimed, and what became of them is not stored
    int sessions() const { return sessions_; } // letters that speak with the mail server at the same time

  private:
    struct Ended {
        Letter letter;
        std::optional<smtp::Delivery> delivery; // nullopt: it goes back as if it had not been claimed
    };
    std::optional<Claimed> claimIn(sqlite::Tx& tx);
    std::optional<smtp::Delivery> deliver(const Letter& letter);
    Result<smtp::Message> messageOf(Letter letter);
    static void settleIn(sqlite::Tx& tx, const Letter& letter, const smtp::Delivery& delivery);
    void keep(Ended ended);

    sqlite::Database& database_;
    const Office& office_;
    smtp::Postman& postman_;
    const Clock& clock_;
    Sender sender_;
    const int sessions_;
    MailTraffic traffic_;
    std::atomic<bool> lastNotTaken_{false}, notStored_{false};
    std::atomic<int> underWay_{0};
    mutable std::mutex mutex_; // guards toStore_
    std::vector<Ended> toStore_;
};

} // namespace hoering

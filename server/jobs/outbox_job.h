// Brings queued letters: claim (committed), hand to the postman, write down what became of it (committed).
// Not here: SMTP (server/smtp), what a letter says (server/text/letters), when a letter is queued (server/usecases).
#pragma once

#include <atomic>
#include <string>

#include "smtp/postman.h"
#include "sqlite/database.h"
#include "usecases/office.h"

namespace hoering {

struct Sender {
    std::string name, address; // From
};

class OutboxJob {
  public:
    OutboxJob(sqlite::Database& database, const Office& office, smtp::Postman& postman, Sender sender);
    /// Letters found claimed were cut off in the middle: their outcome is unknown. Invitations go again under the same
    /// Message-ID, reminders are shown to staff. Call once, before the first runOnce.
    void recover();
    /// One letter, if one is due. False: nothing to do now.
    bool runOnce();
    /// The last letter was not taken, though not because of the letter: the mail server is away or ill. Any thread.
    bool failing() const { return failing_.load(std::memory_order_relaxed); }

  private:
    smtp::Delivery bring(const Letter& letter);
    void settle(const Letter& letter, const smtp::Delivery& delivery);
    sqlite::Database& database_;
    const Office& office_;
    smtp::Postman& postman_;
    Sender sender_;
    std::atomic<bool> failing_{false};
};

} // namespace hoering

#include "jobs/outbox_job.h"

#include "common/crypto.h"
#include "common/log.h"
#include "common/mail_address.h"
#include "common/strings.h"
#include "sqlite/letters.h"
#include "sqlite/links.h"
#include "sqlite/receipts.h"
#include "text/letter_html.h"
#include "usecases/overtaken_letter.h"
#include "usecases/queue_letter.h"
#include "usecases/write_receipts.h"

namespace hoering {

using namespace std::chrono_literals;

namespace {

/// Written into one commit.
constexpr int mostReceipts = 32;

const char* nameOf(smtp::Outcome outcome) {
    switch (outcome) {
    case smtp::Outcome::sent: return "sent";
    case smtp::Outcome::tryLater: return "try_later";
    case smtp::Outcome::refused: return "refused";
    case smtp::Outcome::unknown: return "unknown";
    }
    return "";
}

/// Where the letter goes next, and when it is tried again.
struct Next {
    LetterState state;
    std::optional<Instant> attempt;
};
Next after(const Letter& letter, smtp::Outcome outcome, Instant now) {
    switch (outcome) {
    case smtp::Outcome::sent: return {LetterState::accepted, {}};
    case smtp::Outcome::refused: return {LetterState::refused, {}};
    case smtp::Outcome::unknown:
        if (!sendAgainWhenUnknown(letter.kind)) return {LetterState::unknown, {}};
        [[fallthrough]];
    case smtp::Outcome::tryLater: break;
    }
    if (const auto wait = retryAfter(letter.attempts, letter.createdAt, now)) return {LetterState::queued, now + *wait};
    return {outcome == smtp::Outcome::unknown ? LetterState::unknown : LetterState::refused, {}};
}

AuditEvent event(const Letter& letter, std::string act, std::vector<std::pair<std::string, std::string>> details) {
    details.insert(details.begin(),
                   {{"letter", std::to_string(letter.id)}, {"kind", std::string(kindName(letter.kind))}});
    return {Actor::clockwork(), std::move(act), letter.consultation, letter.party, std::move(details)};
}

std::string fileNameOf(const Letter& letter) {
    const std::string number = std::to_string(letter.id);
    return std::string(6 - std::min<std::size_t>(6, number.size()), '0') + number + "-" +
           std::string(kindName(letter.kind));
}

} // namespace

OutboxJob::OutboxJob(sqlite::Database& database, const Office& office, smtp::Postman& postman, const Clock& clock,
                     Sender sender, TrafficLimits limits)
    : database_(database), office_(office), postman_(postman), clock_(clock), sender_(std::move(sender)),
      sessions_(limits.sessions), traffic_(limits) {}

// --- claim

std::optional<OutboxJob::Claimed> OutboxJob::claimIn(sqlite::Tx& tx) {
    const Instant now = tx.now().instant;
    while (true) {
        const auto view = traffic_.look(now);
        if (!view.open) return std::nullopt;
        auto passOver = view.closed;
        passOver.insert(passOver.end(), view.crowded.begin(), view.crowded.end());
        auto letter = sqlite::claimLetter(tx, passOver);
        const bool alone = !letter && !view.crowded.empty();
        if (alone) letter = sqlite::claimLetter(tx, view.closed);
        if (!letter) return std::nullopt;
        tx.housekeeping("the outbox claims a letter");
        if (const auto reason = overtakenBecause(tx, *letter, tx.now()); !reason.empty()) {
            sqlite::settleLetter(tx, letter->id, {now, "overtaken", 0, "", ""}, LetterState::cancelled, {});
            tx.record(event(*letter, "letter.overtaken", {{"reason", std::string(reason)}}));
            continue;
        }
        auto ticket = traffic_.begin(mailDomain(letter->toMail), now, alone);
        return Claimed{std::move(*letter), std::move(ticket)};
    }
}

std::vector<OutboxJob::Claimed> OutboxJob::next(std::size_t most) {
    std::vector<Ended> ended;
    {
        const std::lock_guard lock(mutex_);
        ended.swap(toStore_);
    }
    std::vector<Claimed> claimed;
    try {
        std::vector<WrittenReceipt> receipts;
        if (most > 0)
            receipts = database_.read(
                [&](sqlite::ReadTx& tx) { return writeReceipts(tx, office_, clock_.now(), mostReceipts); });
        database_.write([&](sqlite::Tx& tx) {
            for (const auto& [letter, delivery] : ended) {
                if (delivery) {
                    settleIn(tx, letter, *delivery);
                } else {
                    sqlite::unclaimLetter(tx, letter.id);
                    tx.housekeeping("a claimed letter was not sent");
                }
            }
            queueReceipts(tx, office_, receipts);
            while (claimed.size() < most) {
                auto one = claimIn(tx);
                if (!one) break;
                claimed.push_back(std::move(*one));
            }
        });
    } catch (...) {
        for (const auto& each : claimed) traffic_.takeBack(each.ticket);
        notStored_ = !ended.empty();
        const std::lock_guard lock(mutex_);
        toStore_.insert(toStore_.begin(), std::make_move_iterator(ended.begin()), std::make_move_iterator(ended.end()));
        throw;
    }
    notStored_ = false;
    underWay_ += static_cast<int>(claimed.size()) - static_cast<int>(ended.size());
    return claimed;
}

// --- bring

Result<smtp::Message> OutboxJob::messageOf(Letter letter) {
    std::string address, before;
    bool opens = true;
    database_.read([&](sqlite::ReadTx& tx) {
        sqlite::readBodies(tx, letter);
        if (letter.link) {
            const auto link = sqlite::findLink(tx, *letter.link);
            // A restored database with another key file would mail links that open nothing.
            opens = link && sha256Hex(office_.keys.linkToken(link->nonce)) == link->tokenHash;
            if (opens) address = linkAddress(office_, link->nonce);
        }
        if (letter.contact) before = sqlite::letterBefore(tx, *letter.contact, letter.id);
    });
    if (!opens) return Error{ErrorKind::invalid, "the key file does not fit the database; send the link again", {}, {}};
    smtp::Message message;
    message.from = {sender_.name, sender_.address};
    message.to = {letter.toName, letter.toMail};
    message.replyTo = {letter.replyName, letter.replyMail};
    message.subject = letter.subject;
    message.text = replaceAll(letter.text, linkMark, address);
    message.html = replaceAll(text::letterHtml(letter), linkMark, address);
    message.calendar = std::move(letter.calendar);
    message.messageId = letter.messageId;
    if (!letter.thread.empty() && letter.thread != letter.messageId) message.references = {letter.thread};
    if (!before.empty() && before != letter.thread) message.references.push_back(before);
    message.date = letter.createdAt;
    message.language = letter.language;
    return message;
}

/// nullopt: it was overtaken before it left.
std::optional<smtp::Delivery> OutboxJob::deliver(const Letter& letter) {
    const auto refused = [](std::string why) { return smtp::Delivery{smtp::Outcome::refused, 0, "", std::move(why)}; };
    const auto message = messageOf(letter);
    if (!message) return refused(message.error().key);
    const auto bytes = smtp::toBytes(*message);
    if (!bytes) return refused("the letter cannot be written as a mail: " + bytes.error().key);
    smtp::Envelope envelope{sender_.address, letter.toMail, bytes.value(), fileNameOf(letter), {}};
    bool overtaken = false;
    // What is never sent twice costs one more commit, so that a try cut off before it leaves no doubt.
    if (!sendAgainWhenUnknown(letter.kind))
        envelope.beforeHandingOver = [&] {
            database_.write([&](sqlite::Tx& tx) {
                // It may have waited for a slow server since it was claimed. What throws here does not leave; its next
                // claim cancels it.
                overtaken = !overtakenBecause(tx, letter, tx.now()).empty();
                if (overtaken) throw std::runtime_error("overtaken while it was being sent");
                sqlite::markHandedOver(tx, letter.id);
                tx.housekeeping("a letter is about to leave");
            });
        };
    auto delivery = postman_.deliver(envelope);
    if (overtaken) return std::nullopt;
    return delivery;
}

void OutboxJob::bring(Claimed claimed) {
    const Letter& letter = claimed.letter;
    std::optional<smtp::Delivery> delivery;
    try {
        delivery = deliver(letter);
    } catch (const std::exception& trouble) { // before the postman had it: he never throws
        delivery = smtp::Delivery{smtp::Outcome::tryLater, 0, "", trouble.what()};
    }
    traffic_.end(claimed.ticket, delivery && delivery->serverAway, clock_.now());
    if (delivery)
        lastNotTaken_ = delivery->outcome == smtp::Outcome::tryLater || delivery->outcome == smtp::Outcome::unknown;
    if (delivery && delivery->outcome != smtp::Outcome::sent)
        log::warn("letter_not_accepted", {{"letter", static_cast<long long>(letter.id)},
                                          {"outcome", std::string(nameOf(delivery->outcome))},
                                          {"code", static_cast<long long>(delivery->code)},
                                          {"server_away", delivery->serverAway}});
    keep({std::move(claimed.letter), std::move(delivery)});
}

void OutboxJob::putBack(Claimed claimed) {
    traffic_.takeBack(claimed.ticket);
    keep({std::move(claimed.letter), std::nullopt});
}

// --- what became of it

void OutboxJob::keep(Ended ended) {
    const std::lock_guard lock(mutex_);
    toStore_.push_back(std::move(ended));
}

bool OutboxJob::anyToStore() const {
    const std::lock_guard lock(mutex_);
    return !toStore_.empty();
}

void OutboxJob::settleIn(sqlite::Tx& tx, const Letter& letter, const smtp::Delivery& delivery) {
    const Instant now = tx.now().instant;
    const sqlite::Attempt attempt{now, nameOf(delivery.outcome), delivery.code, delivery.server, delivery.reply};
    tx.housekeeping("a letter waits for its next try");
    if (delivery.serverAway) return sqlite::putBackLetter(tx, letter.id, attempt);
    const Next next = after(letter, delivery.outcome, now);
    sqlite::settleLetter(tx, letter.id, attempt, next.state, next.attempt);
    if (next.state == LetterState::queued) return;
    const bool inFolder = next.state == LetterState::accepted && delivery.server.empty();
    tx.record(event(letter, inFolder ? "letter.laid_in_folder" : "letter." + std::string(stateName(next.state)),
                    {{"message_id", letter.messageId},
                     {"server", delivery.server},
                     {"code", delivery.code ? std::to_string(delivery.code) : ""}}));
}

void OutboxJob::recover() {
    const auto claimed = database_.read([](sqlite::ReadTx& tx) { return sqlite::claimedLetters(tx); });
    for (const auto& [letter, marked] : claimed) {
        const bool mayHaveLeft = marked || sendAgainWhenUnknown(letter.kind);
        const smtp::Delivery delivery =
            mayHaveLeft
                ? smtp::Delivery{smtp::Outcome::unknown, 0, "", "the service stopped while the letter was being sent"}
                : smtp::Delivery{smtp::Outcome::tryLater, 0, "", "the service stopped before the letter left"};
        database_.write([&](sqlite::Tx& tx) { settleIn(tx, letter, delivery); });
    }
}

bool OutboxJob::runOnce() {
    auto claimed = next(1);
    if (claimed.empty()) return false;
    if (turn(claimed[0]) == MailTraffic::Turn::now) bring(std::move(claimed[0]));
    else putBack(std::move(claimed[0]));
    next(0);
    return true;
}

// --- when

std::optional<Instant> OutboxJob::nextLook(Instant now) {
    if (notStored_) return now + 1s;
    const auto view = traffic_.look(now);
    return database_.read([&](sqlite::ReadTx& tx) -> std::optional<Instant> {
        const auto due = sqlite::nextLetterDue(tx);
        if (!due || *due > now) return due;
        if (!sqlite::receiptsDue(tx, now, 1).empty()) return now;
        if (view.open && sqlite::letterDueOutside(tx, now, view.closed)) return now;
        const auto opens = traffic_.opensAt(now), later = sqlite::nextLetterDue(tx, now);
        return !opens || (later && *later < *opens) ? later : opens;
    });
}

} // namespace hoering

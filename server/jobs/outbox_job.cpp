#include "jobs/outbox_job.h"

#include "common/crypto.h"
#include "common/log.h"
#include "common/strings.h"
#include "smtp/mime.h"
#include "sqlite/letters.h"
#include "sqlite/links.h"
#include "text/calendar_entry.h"
#include "usecases/queue_letter.h"

namespace hoering {
namespace {

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

} // namespace

OutboxJob::OutboxJob(sqlite::Database& database, const Office& office, smtp::Postman& postman, Sender sender)
    : database_(database), office_(office), postman_(postman), sender_(std::move(sender)) {}

smtp::Delivery OutboxJob::bring(const Letter& letter) {
    std::string address;
    if (letter.link) {
        const auto link = database_.read([&](sqlite::ReadTx& tx) { return sqlite::findLink(tx, *letter.link); });
        const std::string token = link ? office_.keys.linkToken(link->nonce) : "";
        // A restored database with another key file would mail links that open nothing.
        if (!link || sha256Hex(token) != link->tokenHash)
            return {smtp::Outcome::refused, 0, "", "the key file does not fit the database; send the link again"};
        address = linkAddress(office_, link->nonce);
    }
    smtp::Message message;
    message.from = {sender_.name, sender_.address};
    message.to = {letter.toName, letter.toMail};
    message.replyTo = {letter.replyName, letter.replyMail};
    message.subject = letter.subject;
    message.text = replaceAll(letter.text, linkMark, address);
    message.html = replaceAll(letter.html, linkMark, address);
    message.messageId = letter.messageId;
    if (!letter.thread.empty() && letter.thread != letter.messageId) message.references = {letter.thread};
    message.date = letter.createdAt;
    message.language = letter.language;
    if (!letter.calendar.empty())
        message.attachments = {
            {office_.words(letter.language)("calendar.file"), text::calendarType(letter.calendar), letter.calendar}};
    const auto bytes = smtp::toBytes(message);
    if (!bytes) return {smtp::Outcome::refused, 0, "", "the letter cannot be written as a mail: " + bytes.error().key};
    const std::string number = std::to_string(letter.id);
    const std::string fileName = std::string(6 - std::min<std::size_t>(6, number.size()), '0') + number + "-" +
                                 std::string(kindName(letter.kind));
    return postman_.deliver({sender_.address, letter.toMail, bytes.value(), fileName});
}

void OutboxJob::settle(const Letter& letter, const smtp::Delivery& delivery) {
    database_.write([&](sqlite::Tx& tx) {
        const Next next = after(letter, delivery.outcome, tx.now().instant);
        sqlite::settleLetter(
            tx, letter.id, {tx.now().instant, nameOf(delivery.outcome), delivery.code, delivery.server, delivery.reply},
            next.state, next.attempt);
        if (next.state == LetterState::queued) {
            tx.housekeeping("a letter waits for its next try");
        } else {
            tx.record({Actor::clockwork(),
                       "letter." + std::string(stateName(next.state)),
                       letter.consultation,
                       letter.party,
                       {{"letter", std::to_string(letter.id)},
                        {"kind", std::string(kindName(letter.kind))},
                        {"message_id", letter.messageId},
                        {"server", delivery.server},
                        {"code", std::to_string(delivery.code)}}});
        }
    });
}

void OutboxJob::recover() {
    const auto claimed = database_.read([](sqlite::ReadTx& tx) { return sqlite::claimedLetters(tx); });
    for (const auto& letter : claimed)
        settle(letter, {smtp::Outcome::unknown, 0, "", "the service stopped while the letter was being sent"});
}

bool OutboxJob::runOnce() {
    const auto letter = database_.write([](sqlite::Tx& tx) {
        auto claimed = sqlite::claimLetter(tx);
        if (claimed) tx.housekeeping("the outbox claims a letter");
        return claimed;
    });
    if (!letter) return false;
    const auto delivery = bring(*letter);
    failing_ = delivery.outcome == smtp::Outcome::tryLater || delivery.outcome == smtp::Outcome::unknown;
    if (delivery.outcome != smtp::Outcome::sent)
        log::warn("letter_not_accepted", {{"letter", static_cast<long long>(letter->id)},
                                          {"outcome", std::string(nameOf(delivery.outcome))},
                                          {"code", static_cast<long long>(delivery.code)}});
    settle(*letter, delivery);
    return true;
}

} // namespace hoering

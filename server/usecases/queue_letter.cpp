#include "usecases/queue_letter.h"

#include "common/crypto.h"
#include "common/id.h"
#include "sqlite/letters.h"
#include "sqlite/links.h"
#include "text/calendar_entry.h"

namespace hoering {

std::int64_t queueLetter(sqlite::Tx& tx, const Office& office, Letter letter, const LetterTo& to) {
    letter.consultation = to.consultation;
    letter.party = to.party;
    letter.contact = to.contact;
    letter.link = to.link;
    letter.mailing = to.mailing;
    letter.messageId = messageIdOf(office, to.key.empty() ? newKeyAt(tx.now().instant) : to.key);
    letter.thread = sqlite::threadOf(tx, to.contact);
    letter.calendar = text::stamped(std::move(letter.calendar), tx.now().instant);
    return sqlite::insertLetter(tx, letter);
}

std::int64_t newLinkFor(sqlite::Tx& tx, const Office& office, std::int64_t contact) {
    const std::string nonce = randomToken(18);
    return sqlite::insertLink(tx, contact, nonce, sha256Hex(office.keys.linkToken(nonce)));
}

std::int64_t linkFor(sqlite::Tx& tx, const Office& office, std::int64_t contact) {
    const auto link = sqlite::currentLinkOf(tx, contact);
    return link ? link->id : newLinkFor(tx, office, contact);
}

std::int64_t queueStaffLetter(sqlite::Tx& tx, const Office& office, Letter letter, std::int64_t user) {
    letter.user = user;
    letter.calendar = text::stamped(std::move(letter.calendar), tx.now().instant);
    if (letter.messageId.empty()) letter.messageId = messageIdOf(office, newKeyAt(tx.now().instant));
    return sqlite::insertLetter(tx, letter);
}

std::string messageIdOf(const Office& office, std::string_view key) {
    return std::string(key) + "@" + office.house.mailDomain;
}

std::string linkAddress(const Office& office, std::string_view nonce) {
    return office.house.publicUrl + "/svar/" + office.keys.linkToken(nonce);
}

} // namespace hoering

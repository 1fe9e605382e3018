#include "usecases/queue_letter.h"

#include "common/id.h"
#include "sqlite/letters.h"
#include "text/calendar_entry.h"

namespace hoering {

std::int64_t queueLetter(sqlite::Tx& tx, const Office& office, Letter letter, const LetterTo& to) {
    letter.consultation = to.consultation;
    letter.party = to.party;
    letter.contact = to.contact;
    letter.link = to.link;
    letter.mailing = to.mailing;
    letter.messageId = newKey() + "@" + office.house.mailDomain;
    letter.thread = sqlite::threadOf(tx, to.contact);
    letter.calendar = text::stamped(std::move(letter.calendar), tx.now().instant);
    return sqlite::insertLetter(tx, letter);
}

std::int64_t queueStaffLetter(sqlite::Tx& tx, const Office& office, Letter letter, std::int64_t user) {
    letter.user = user;
    letter.calendar = text::stamped(std::move(letter.calendar), tx.now().instant);
    if (letter.messageId.empty()) letter.messageId = newKey() + "@" + office.house.mailDomain;
    return sqlite::insertLetter(tx, letter);
}

std::string linkAddress(const Office& office, std::string_view nonce) {
    return office.house.publicUrl + "/svar/" + office.keys.linkToken(nonce);
}

} // namespace hoering

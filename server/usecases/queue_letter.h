// A rendered letter gets its queue fields and becomes a row, in the transaction of the act it tells of.
// Not here: its words (server/text/letters), bringing it (server/jobs/outbox_job).
#pragma once

#include "domain/letter.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

struct LetterTo {
    std::int64_t consultation = 0, party = 0, contact = 0;
    std::optional<std::int64_t> link{}; // whose token goes where linkMark stands
    std::optional<std::int64_t> mailing{};
    std::string key{}; // a form's: becomes the left side of the Message-ID, which is unique
};
std::int64_t queueLetter(sqlite::Tx& tx, const Office& office, Letter letter, const LetterTo& to);
/// The link a letter to this contact carries: the one it has, or a new one.
std::int64_t linkFor(sqlite::Tx& tx, const Office& office, std::int64_t contact);
std::int64_t newLinkFor(sqlite::Tx& tx, const Office& office, std::int64_t contact);
/// To a colleague: no link, no thread; `letter.consultation` as it stands, `letter.messageId` if it has one.
std::int64_t queueStaffLetter(sqlite::Tx& tx, const Office& office, Letter letter, std::int64_t user);

/// "key@domain", as Message-IDs of this house are.
std::string messageIdOf(const Office& office, std::string_view key);

/// The address of a personal link: public URL + "/svar/" + token.
std::string linkAddress(const Office& office, std::string_view nonce);

} // namespace hoering

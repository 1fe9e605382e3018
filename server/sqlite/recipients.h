// What the letters table knows of addresses: which ones failed, and whom an earlier mailing wrote to.
// Not here: letters as a queue (letters.h) and as a ledger (ledger.h), what a failure means
// (server/usecases/send_gate.h).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/clock.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

struct FailedAddress {
    bool bounced = false; // accepted and came back; else refused at once
    Instant at{};
};
/// Of these addresses (in lower case) those whose last settled letter, in any consultation, was refused or came back;
/// one that a later letter reached is not among them.
std::map<std::string, FailedAddress> failedAddresses(ReadTx& tx, const std::vector<std::string>& addresses);

struct Recipient {
    std::int64_t contact = 0, party = 0;
    std::string partyName, mail;
};
/// Whom a mailing wrote to, by contact.
std::vector<Recipient> recipientsOf(ReadTx& tx, std::int64_t mailing);

} // namespace hoering::sqlite

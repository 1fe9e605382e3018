#include "sqlite/recipients.h"

#include <algorithm>

#include "common/strings.h"

namespace hoering::sqlite {

std::map<std::string, FailedAddress> failedAddresses(ReadTx& tx, const std::vector<std::string>& addresses) {
    std::map<std::string, FailedAddress> failed;
    std::map<std::string, std::int64_t> lastFailure;
    for (const auto& address : addresses) {
        auto row = tx.sql("SELECT id, state, bounced_at, done_at FROM letters WHERE to_mail = ? COLLATE NOCASE "
                          "AND (state IN ('refused', 'unknown') OR bounced_at IS NOT NULL) ORDER BY id DESC LIMIT 1");
        if (!row.bind(address).step() || row.text(1) == "unknown") continue;
        const bool bounced = !row.isNull(2);
        failed[address] = {bounced, fromMillis(row.maybeInteger(bounced ? 2 : 3).value_or(0))};
        lastFailure[address] = row.integer(0);
    }
    if (failed.empty()) return failed;
    std::int64_t first = INT64_MAX;
    for (const auto& [address, id] : lastFailure) first = std::min(first, id);
    auto row = tx.sql("SELECT id, to_mail FROM letters WHERE id > ? AND state = 'accepted' AND bounced_at IS NULL");
    row.bind(first);
    while (row.step())
        if (const auto known = lastFailure.find(lowerAscii(row.text(1)));
            known != lastFailure.end() && row.integer(0) > known->second)
            failed.erase(known->first);
    return failed;
}

std::vector<Recipient> recipientsOf(ReadTx& tx, std::int64_t mailing) {
    auto row =
        tx.sql("SELECT l.contact_id, l.party_id, p.name, l.to_mail FROM letters l JOIN parties p ON p.id = l.party_id "
               "WHERE l.mailing_id = ? AND l.contact_id IS NOT NULL ORDER BY l.id");
    row.bind(mailing);
    std::vector<Recipient> list;
    while (row.step()) list.push_back({row.integer(0), row.integer(1), row.text(2), row.text(3)});
    return list;
}

} // namespace hoering::sqlite

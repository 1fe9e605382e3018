#include "sqlite/mailing_ends.h"

namespace hoering::sqlite {

std::vector<std::int64_t> mailingsThatEnded(ReadTx& tx) {
    auto row = tx.sql("SELECT id FROM mailings m WHERE finished_at IS NULL AND NOT EXISTS (SELECT 1 FROM letters l "
                      "WHERE l.mailing_id = m.id AND l.state IN ('queued', 'claimed')) ORDER BY id");
    std::vector<std::int64_t> ids;
    while (row.step()) ids.push_back(row.integer(0));
    return ids;
}

bool markMailingFinished(Tx& tx, std::int64_t mailing) {
    tx.sql("UPDATE mailings SET finished_at = ? WHERE id = ? AND finished_at IS NULL")
        .bind(toMillis(tx.now().instant), mailing)
        .run();
    return tx.changes() == 1;
}

std::optional<MailingOutcome> outcomeOf(ReadTx& tx, std::int64_t mailing) {
    auto row = tx.sql("SELECT m.id, m.consultation_id, m.act, m.at, m.finished_at, count(l.id), "
                      "sum(l.state = 'accepted' AND l.server <> '' AND l.bounced_at IS NULL), "
                      "sum(l.state = 'accepted' AND l.server = '' AND l.bounced_at IS NULL), "
                      "sum(l.state = 'refused' OR l.bounced_at IS NOT NULL), sum(l.state = 'unknown'), "
                      "sum(l.state = 'cancelled') FROM mailings m LEFT JOIN letters l ON l.mailing_id = m.id "
                      "WHERE m.id = ? GROUP BY m.id");
    if (!row.bind(mailing).step()) return std::nullopt;
    MailingOutcome found{row.integer(0), row.integer(1), row.text(2), fromMillis(row.integer(3)), {}};
    if (const auto finished = row.maybeInteger(4)) found.finishedAt = fromMillis(*finished);
    const auto count = [&](int column) { return row.maybeInteger(column).value_or(0); };
    found.letters = count(5);
    found.accepted = count(6);
    found.laidInFolder = count(7);
    found.refused = count(8);
    found.unknown = count(9);
    found.cancelled = count(10);
    return found;
}

} // namespace hoering::sqlite

#include "sqlite/bounces.h"

namespace hoering::sqlite {
namespace {

Bounce read(Statement& row) {
    return {row.maybeInteger(0), fromMillis(row.integer(1)), row.text(2), row.text(3), row.text(4), row.text(5),
            row.text(6)};
}

} // namespace

bool insertBounce(Tx& tx, const Bounce& bounce) {
    tx.sql("INSERT INTO bounces(letter_id, at, action, status, diagnostic, recipient, fingerprint) "
           "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (fingerprint) DO NOTHING")
        .bind(bounce.letter, toMillis(tx.now().instant), bounce.action, bounce.status, bounce.diagnostic,
              bounce.recipient, bounce.fingerprint)
        .run();
    return tx.changes() == 1;
}

std::vector<Bounce> bouncesOf(ReadTx& tx, std::int64_t letter) {
    auto row = tx.sql("SELECT letter_id, at, action, status, diagnostic, recipient, fingerprint FROM bounces "
                      "WHERE letter_id = ? ORDER BY id");
    row.bind(letter);
    std::vector<Bounce> list;
    while (row.step()) list.push_back(read(row));
    return list;
}

std::vector<Bounce> strayBounces(ReadTx& tx, int limit) {
    auto row = tx.sql("SELECT letter_id, at, action, status, diagnostic, recipient, fingerprint FROM bounces "
                      "WHERE letter_id IS NULL ORDER BY id DESC LIMIT ?");
    row.bind(limit);
    std::vector<Bounce> list;
    while (row.step()) list.push_back(read(row));
    return list;
}

bool markBounced(Tx& tx, std::int64_t letter) {
    tx.sql("UPDATE letters SET bounced_at = ? WHERE id = ? AND bounced_at IS NULL")
        .bind(toMillis(tx.now().instant), letter)
        .run();
    return tx.changes() == 1;
}

} // namespace hoering::sqlite

#include "sqlite/links.h"

namespace hoering::sqlite {
namespace {

constexpr std::string_view columns =
    "SELECT id, contact_id, nonce, token_hash, opened_at, revoked_at, replaced_at FROM links ";

std::optional<Link> read(Statement&& row) {
    const auto maybe = [&](int column) -> std::optional<Instant> {
        if (auto ms = row.maybeInteger(column)) return fromMillis(*ms);
        return std::nullopt;
    };
    if (!row.step()) return std::nullopt;
    return Link{row.integer(0), row.integer(1), row.text(2), row.text(3), maybe(4), maybe(5), maybe(6)};
}

} // namespace

std::int64_t insertLink(Tx& tx, std::int64_t contact, std::string_view nonce, std::string_view tokenHash) {
    tx.sql("INSERT INTO links(contact_id, nonce, token_hash, created_at) VALUES (?, ?, ?, ?)")
        .bind(contact, nonce, tokenHash, toMillis(tx.now().instant))
        .run();
    return tx.lastInsertId();
}

std::optional<Link> findLink(ReadTx& tx, std::int64_t id) {
    static const std::string sql = std::string(columns) + "WHERE id = ?";
    auto row = tx.sql(sql);
    row.bind(id);
    return read(std::move(row));
}

std::optional<Link> findLinkByToken(ReadTx& tx, std::string_view tokenHash) {
    static const std::string sql = std::string(columns) + "WHERE token_hash = ?";
    auto row = tx.sql(sql);
    row.bind(tokenHash);
    return read(std::move(row));
}

std::optional<Link> currentLinkOf(ReadTx& tx, std::int64_t contact) {
    static const std::string sql =
        std::string(columns) +
        "WHERE contact_id = ? AND revoked_at IS NULL AND replaced_at IS NULL ORDER BY id DESC LIMIT 1";
    auto row = tx.sql(sql);
    row.bind(contact);
    return read(std::move(row));
}

bool markOpened(Tx& tx, std::int64_t link) {
    tx.sql("UPDATE links SET opened_at = ? WHERE id = ? AND opened_at IS NULL")
        .bind(toMillis(tx.now().instant), link)
        .run();
    return tx.changes() == 1;
}

void revokeLink(Tx& tx, std::int64_t link) {
    tx.sql("UPDATE links SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL")
        .bind(toMillis(tx.now().instant), link)
        .run();
}

void revokeLinksOf(Tx& tx, std::int64_t contact) {
    tx.sql("UPDATE links SET revoked_at = ? WHERE contact_id = ? AND revoked_at IS NULL")
        .bind(toMillis(tx.now().instant), contact)
        .run();
}

bool isCutOff(ReadTx& tx, std::int64_t contact) {
    auto row = tx.sql("SELECT count(*) > 0 AND sum(revoked_at IS NULL) = 0 FROM links WHERE contact_id = ?");
    row.bind(contact).step();
    return row.flag(0);
}

std::set<std::int64_t> contactsCutOff(ReadTx& tx, std::int64_t consultation) {
    auto row = tx.sql("SELECT l.contact_id FROM links l JOIN contacts c ON c.id = l.contact_id "
                      "JOIN parties p ON p.id = c.party_id WHERE p.consultation_id = ? GROUP BY l.contact_id "
                      "HAVING sum(l.revoked_at IS NULL) = 0");
    row.bind(consultation);
    std::set<std::int64_t> contacts;
    while (row.step()) contacts.insert(row.integer(0));
    return contacts;
}

void replaceLinksOf(Tx& tx, std::int64_t contact) {
    tx.sql("UPDATE links SET replaced_at = ? WHERE contact_id = ? AND replaced_at IS NULL AND revoked_at IS NULL")
        .bind(toMillis(tx.now().instant), contact)
        .run();
}

} // namespace hoering::sqlite

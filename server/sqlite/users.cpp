#include "sqlite/users.h"

namespace hoering::sqlite {
namespace {

constexpr std::string_view columns =
    "SELECT id, email, name, role, language, disabled_at IS NOT NULL, notify, "
    "EXISTS (SELECT 1 FROM second_steps WHERE user_id = users.id AND nonce IS NOT NULL) FROM users ";

User read(Statement& row) {
    return {row.integer(0),
            row.text(1),
            row.text(2),
            roleFrom(row.text(3)).value_or(Role::reader),
            row.text(4),
            row.flag(5),
            notifyFrom(row.text(6)).value_or(Notify::daily),
            row.flag(7)};
}

} // namespace

std::int64_t insertUser(Tx& tx, const User& user) {
    tx.sql("INSERT INTO users(email, name, role, language, created_at) VALUES (?, ?, ?, ?, ?)")
        .bind(user.email, user.name, roleName(user.role), user.language, toMillis(tx.now().instant))
        .run();
    return tx.lastInsertId();
}

std::optional<User> findUser(ReadTx& tx, std::int64_t id) {
    static const std::string sql = std::string(columns) + "WHERE id = ?";
    auto row = tx.sql(sql);
    if (!row.bind(id).step()) return std::nullopt;
    return read(row);
}

std::optional<User> findUserByEmail(ReadTx& tx, std::string_view email) {
    static const std::string sql = std::string(columns) + "WHERE email = ?";
    auto row = tx.sql(sql);
    if (!row.bind(email).step()) return std::nullopt;
    return read(row);
}

std::vector<User> listUsers(ReadTx& tx) {
    static const std::string sql = std::string(columns) + "ORDER BY disabled_at IS NOT NULL, name, id";
    auto row = tx.sql(sql);
    std::vector<User> users;
    while (row.step()) users.push_back(read(row));
    return users;
}

std::int64_t countUsers(ReadTx& tx) {
    auto row = tx.sql("SELECT count(*) FROM users");
    row.step();
    return row.integer(0);
}

std::optional<std::string> passwordHashOf(ReadTx& tx, std::int64_t user) {
    auto row = tx.sql("SELECT password_hash FROM users WHERE id = ?");
    if (!row.bind(user).step()) return std::nullopt;
    return row.maybeText(0);
}

void setPasswordHash(Tx& tx, std::int64_t user, std::string_view hash) {
    tx.sql("UPDATE users SET password_hash = ? WHERE id = ?").bind(hash, user).run();
}

void setDisabled(Tx& tx, std::int64_t user, bool disabled) {
    std::optional<std::int64_t> at;
    if (disabled) at = toMillis(tx.now().instant);
    tx.sql("UPDATE users SET disabled_at = ? WHERE id = ?").bind(at, user).run();
}

void setUserLanguage(Tx& tx, std::int64_t user, std::string_view language) {
    tx.sql("UPDATE users SET language = ? WHERE id = ?").bind(language, user).run();
}

void setUserNotify(Tx& tx, std::int64_t user, Notify notify) {
    tx.sql("UPDATE users SET notify = ? WHERE id = ?").bind(notifyName(notify), user).run();
}

void insertPasswordLink(Tx& tx, std::string_view tokenHash, std::optional<std::int64_t> user, Instant expiresAt) {
    tx.sql("INSERT INTO password_links(token_hash, user_id, created_at, expires_at) VALUES (?, ?, ?, ?)")
        .bind(tokenHash, user, toMillis(tx.now().instant), toMillis(expiresAt))
        .run();
}

std::optional<PasswordLink> findPasswordLink(ReadTx& tx, std::string_view tokenHash) {
    auto row = tx.sql("SELECT user_id, expires_at, used_at IS NOT NULL FROM password_links WHERE token_hash = ?");
    if (!row.bind(tokenHash).step()) return std::nullopt;
    return PasswordLink{row.maybeInteger(0), fromMillis(row.integer(1)), row.flag(2)};
}

bool usePasswordLink(Tx& tx, std::string_view tokenHash) {
    tx.sql("UPDATE password_links SET used_at = ?1 WHERE token_hash = ?2 AND used_at IS NULL AND expires_at > ?1")
        .bind(toMillis(tx.now().instant), tokenHash)
        .run();
    return tx.changes() == 1;
}

void endPasswordLinksOf(Tx& tx, std::int64_t user) {
    tx.sql("UPDATE password_links SET used_at = ? WHERE user_id = ? AND used_at IS NULL")
        .bind(toMillis(tx.now().instant), user)
        .run();
}

void dropFirstAdministratorLinks(Tx& tx) {
    tx.sql("DELETE FROM password_links WHERE user_id IS NULL AND used_at IS NULL").run();
}

void insertSignInFailure(Tx& tx, std::string_view who) {
    tx.sql("INSERT INTO sign_in_failures(who, at) VALUES (?, ?)").bind(who, toMillis(tx.now().instant)).run();
}

int signInFailuresSince(ReadTx& tx, std::string_view who, Instant since) {
    auto row = tx.sql("SELECT count(*) FROM sign_in_failures WHERE who = ? AND at >= ?");
    row.bind(who, toMillis(since)).step();
    return static_cast<int>(row.integer(0));
}

void clearSignInFailures(Tx& tx, std::string_view who) {
    tx.sql("DELETE FROM sign_in_failures WHERE who = ?").bind(who).run();
}

void sweepSignInFailures(Tx& tx, Instant before) {
    tx.sql("DELETE FROM sign_in_failures WHERE at < ?").bind(toMillis(before)).run();
}

} // namespace hoering::sqlite

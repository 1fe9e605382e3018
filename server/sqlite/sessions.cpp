#include "sqlite/sessions.h"

namespace hoering::sqlite {

void insertSession(Tx& tx, const Session& session) {
    tx.sql("INSERT INTO sessions(token_hash, user_id, link_id, csrf, created_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(session.tokenHash, session.user, session.link, session.csrf, toMillis(session.createdAt),
              toMillis(session.seenAt))
        .run();
}

std::optional<Session> findSession(ReadTx& tx, std::string_view tokenHash) {
    auto row = tx.sql("SELECT user_id, link_id, csrf, created_at, seen_at FROM sessions "
                      "WHERE token_hash = ? AND ended_at IS NULL");
    if (!row.bind(tokenHash).step()) return std::nullopt;
    return Session{std::string(tokenHash),     row.maybeInteger(0),       row.maybeInteger(1), row.text(2),
                   fromMillis(row.integer(3)), fromMillis(row.integer(4))};
}

void touchSession(Tx& tx, std::string_view tokenHash) {
    tx.sql("UPDATE sessions SET seen_at = ? WHERE token_hash = ?").bind(toMillis(tx.now().instant), tokenHash).run();
}

void endSession(Tx& tx, std::string_view tokenHash) {
    tx.sql("UPDATE sessions SET ended_at = ? WHERE token_hash = ?").bind(toMillis(tx.now().instant), tokenHash).run();
}

void endSessionsOfUser(Tx& tx, std::int64_t user) { endOtherSessionsOfUser(tx, user, ""); }

void endOtherSessionsOfUser(Tx& tx, std::int64_t user, std::string_view tokenHash) {
    tx.sql("UPDATE sessions SET ended_at = ? WHERE user_id = ? AND token_hash <> ? AND ended_at IS NULL")
        .bind(toMillis(tx.now().instant), user, tokenHash)
        .run();
    tx.sql("DELETE FROM half_sessions WHERE user_id = ?").bind(user).run();
}

void insertHalfSession(Tx& tx, std::string_view tokenHash, std::int64_t user) {
    tx.sql("INSERT INTO half_sessions(token_hash, user_id, created_at) VALUES (?, ?, ?)")
        .bind(tokenHash, user, toMillis(tx.now().instant))
        .run();
}

std::optional<HalfSession> findHalfSession(ReadTx& tx, std::string_view tokenHash) {
    auto row = tx.sql("SELECT user_id, created_at FROM half_sessions WHERE token_hash = ?");
    if (!row.bind(tokenHash).step()) return std::nullopt;
    return HalfSession{row.integer(0), fromMillis(row.integer(1))};
}

void endHalfSession(Tx& tx, std::string_view tokenHash) {
    tx.sql("DELETE FROM half_sessions WHERE token_hash = ?").bind(tokenHash).run();
}

void sweepSessions(Tx& tx, Instant before) {
    tx.sql("DELETE FROM sessions WHERE ended_at IS NOT NULL OR seen_at < ?").bind(toMillis(before)).run();
    tx.sql("DELETE FROM half_sessions WHERE created_at < ?").bind(toMillis(before)).run();
}

} // namespace hoering::sqlite

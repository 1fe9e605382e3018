// Table sessions: of staff, and of a party that opened its link; table half_sessions: staff between password and code.
// Rules: server/usecases/sign_in, finish_sign_in, open_link.
// Not here: the cookie (server/web/visitor).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sqlite/tx.h"

namespace hoering::sqlite {

struct Session {
    std::string tokenHash;
    std::optional<std::int64_t> user, link; // exactly one
    std::string csrf;
    Instant createdAt{}, seenAt{};
};
void insertSession(Tx& tx, const Session& session);
/// One that has not been ended. Time limits are the caller's.
std::optional<Session> findSession(ReadTx& tx, std::string_view tokenHash);
void touchSession(Tx& tx, std::string_view tokenHash);
void endSession(Tx& tx, std::string_view tokenHash);
/// Half ones too.
void endSessionsOfUser(Tx& tx, std::int64_t user);
/// All of the user's but the one with this hash; half ones too.
void endOtherSessionsOfUser(Tx& tx, std::int64_t user, std::string_view tokenHash);

/// A right password that waits for its code: opens nothing else.
struct HalfSession {
    std::int64_t user = 0;
    Instant createdAt{};
};
void insertHalfSession(Tx& tx, std::string_view tokenHash, std::int64_t user);
/// Time limits are the caller's.
std::optional<HalfSession> findHalfSession(ReadTx& tx, std::string_view tokenHash);
void endHalfSession(Tx& tx, std::string_view tokenHash);

/// Ended, or not seen since `before`.
void sweepSessions(Tx& tx, Instant before);

} // namespace hoering::sqlite

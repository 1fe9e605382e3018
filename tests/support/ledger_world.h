// A world whose letters have met every fate: what the outbox would write down, without an outbox.
// Not here: bringing letters (tests/jobs), the builders (world.h).
#pragma once

#include <string>

#include "domain/user.h"
#include "sqlite/letters.h"
#include "sqlite/users.h"
#include "support/world.h"

namespace hoering::testing {

/// The next letter due is claimed, and settled as told.
inline std::int64_t settleNext(World& world, LetterState state, const std::string& outcome, int code,
                               const std::string& reply, const std::string& server = "mx.example:25") {
    return world.database.write([&](sqlite::Tx& tx) {
        const auto letter = sqlite::claimLetter(tx).value();
        std::optional<Instant> next;
        if (state == LetterState::queued) next = tx.now().instant + std::chrono::minutes{5};
        sqlite::settleLetter(tx, letter.id, {tx.now().instant, outcome, code, server, reply}, state, next);
        tx.housekeeping("test");
        return letter.id;
    });
}
inline std::int64_t acceptNext(World& world) {
    return settleNext(world, LetterState::accepted, "sent", 250, "2.0.0 Ok: queued as 4F2");
}
/// Without a mail server.
inline std::int64_t layNextInFolder(World& world) {
    return settleNext(world, LetterState::accepted, "sent", 0, "", "");
}
inline std::int64_t refuseNext(World& world) {
    return settleNext(world, LetterState::refused, "refused", 550, "5.1.1 no such user");
}
inline std::int64_t deferNext(World& world) {
    return settleNext(world, LetterState::queued, "try_later", 451, "4.7.1 greylisted");
}
inline std::int64_t loseNext(World& world) { return settleNext(world, LetterState::unknown, "unknown", 354, ""); }

/// A returned message (RFC 3464) came for the letter.
inline void bounce(World& world, std::int64_t letter) {
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql("UPDATE letters SET bounced_at = ? WHERE id = ?").bind(toMillis(tx.now().instant), letter).run();
        tx.sql("INSERT INTO bounces(letter_id, at, action, status, diagnostic, recipient, fingerprint) "
               "VALUES (?, ?, 'failed', '5.2.2', 'mailbox full', 'x@example', ?)")
            .bind(letter, toMillis(tx.now().instant), "f" + std::to_string(letter))
            .run();
        tx.housekeeping("test");
    });
}

inline User addUser(World& world, const std::string& name, Role role = Role::secretariat) {
    return world.database.write([&](sqlite::Tx& tx) {
        User user{0, name + "@hoering.example", name, role, "da", false};
        user.id = sqlite::insertUser(tx, user);
        tx.housekeeping("test");
        return user;
    });
}

} // namespace hoering::testing

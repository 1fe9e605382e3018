#include "usecases/manage_users.h"

#include <algorithm>

#include "common/strings.h"
#include "sqlite/sessions.h"
#include "sqlite/users.h"
#include "usecases/check.h"

namespace hoering {

using namespace std::chrono_literals;

std::optional<std::string> firstAdministratorToken(sqlite::Tx& tx) {
    if (sqlite::countUsers(tx) > 0) return std::nullopt;
    sqlite::dropFirstAdministratorLinks(tx);
    std::string token = randomToken();
    sqlite::insertPasswordLink(tx, sha256Hex(token), std::nullopt, tx.now().instant + 24h);
    tx.record({Actor::operations("serve"), "system.first_start", {}, {}, {}});
    return token;
}

Result<UserAdded> addUser(sqlite::Tx& tx, const Office&, const Actor& actor, const NewUser& input) {
    Check check;
    User user;
    user.name = check.line("name", input.name, 120, true);
    user.email = check.mail("email", input.email, true);
    user.role = input.role;
    user.language = input.language == "en" ? "en" : "da";
    if (!check.ok()) return check.error();
    if (const auto there = sqlite::findUserByEmail(tx, user.email)) {
        const bool same = there->name == user.name && there->role == user.role && there->language == user.language;
        if (!same || there->disabled || sqlite::passwordHashOf(tx, there->id)) {
            check.fail("email", "error.email.taken");
            return check.error();
        }
        auto token = newPasswordToken(tx, actor, there->id);
        if (!token) return token.error();
        return UserAdded{there->id, std::move(*token)};
    }
    UserAdded added;
    added.id = sqlite::insertUser(tx, user);
    added.passwordToken = randomToken();
    sqlite::insertPasswordLink(tx, sha256Hex(added.passwordToken), added.id, tx.now().instant + 7 * 24h);
    tx.record({actor, "user.added", {}, {}, {{"user", user.name}, {"role", std::string(roleName(user.role))}}});
    return added;
}

Result<std::string> newPasswordToken(sqlite::Tx& tx, const Actor& actor, std::int64_t id) {
    const auto user = sqlite::findUser(tx, id);
    if (!user) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    sqlite::endPasswordLinksOf(tx, id); // the newest is the one that works
    std::string token = randomToken();
    sqlite::insertPasswordLink(tx, sha256Hex(token), id, tx.now().instant + 7 * 24h);
    tx.record({actor, "user.password_link", {}, {}, {{"user", user->name}}});
    return token;
}

std::optional<PasswordLinkFacts> lookAtPasswordLink(sqlite::ReadTx& tx, std::string_view token, Now now) {
    const auto link = sqlite::findPasswordLink(tx, sha256Hex(token));
    if (!link || link->used || link->expiresAt <= now.instant) return std::nullopt;
    if (!link->user) return sqlite::countUsers(tx) == 0 ? std::optional(PasswordLinkFacts{}) : std::nullopt;
    auto user = sqlite::findUser(tx, *link->user);
    if (!user || user->disabled) return std::nullopt;
    return PasswordLinkFacts{std::move(user)};
}

Result<Done> checkChosenPassword(const Office& office, const ChosenPassword& input, bool first) {
    Check check;
    if (first) {
        check.line("name", input.name, 120, true);
        check.mail("email", input.email, true);
    }
    if (!isUtf8(input.password) || countCodePoints(input.password) < office.passwordMinLength)
        check.fail("password", "error.password.short", {{"limit", std::to_string(office.passwordMinLength)}});
    else if (input.password.size() > 1000) check.fail("password", "error.password.long");
    else if (input.password != input.again) check.fail("again", "error.password.differs");
    if (!check.ok()) return check.error();
    return Done{};
}

Result<User> choosePassword(sqlite::Tx& tx, const Office& office, const ChosenPassword& input,
                            const std::string& hash) {
    const auto facts = lookAtPasswordLink(tx, input.token, tx.now());
    if (!facts || !sqlite::usePasswordLink(tx, sha256Hex(input.token)))
        return Error{ErrorKind::notFound, "error.password_link.used", {}, {}};
    User user;
    if (facts->user) {
        user = *facts->user;
    } else {
        auto added = addUser(tx, office, Actor::operations("first administrator"),
                             {input.email, input.name, Role::administrator, "da"});
        if (!added) return added.error();
        user = *sqlite::findUser(tx, added->id);
    }
    sqlite::setPasswordHash(tx, user.id, hash);
    sqlite::endPasswordLinksOf(tx, user.id);
    sqlite::endSessionsOfUser(tx, user.id);
    tx.record({user.actor(), "user.password_set", {}, {}, {}});
    return user;
}

Result<Done> setUserDisabled(sqlite::Tx& tx, const Actor& actor, std::int64_t id, bool disabled) {
    const auto user = sqlite::findUser(tx, id);
    if (!user) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    const auto users = sqlite::listUsers(tx);
    const auto administrators = std::count_if(users.begin(), users.end(), [](const User& each) {
        return each.role == Role::administrator && !each.disabled;
    });
    if (disabled && user->role == Role::administrator && !user->disabled && administrators == 1)
        return Error{ErrorKind::conflict, "error.user.last_administrator", {}, {}};
    sqlite::setDisabled(tx, id, disabled);
    if (disabled) {
        sqlite::endSessionsOfUser(tx, id);
        sqlite::endPasswordLinksOf(tx, id);
    }
    tx.record({actor, disabled ? "user.disabled" : "user.enabled", {}, {}, {{"user", user->name}}});
    return Done{};
}

} // namespace hoering

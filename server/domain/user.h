// People with a password: administrator, secretariat, reader.
// Not here: parties, who have a link and no account (party.h); who may do what (access.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/audit.h"

namespace hoering {

enum class Role { reader, secretariat, administrator }; // each may what the ones before it may

/// How a colleague hears of answers that came in; as stored.
enum class Notify { atOnce, daily, never };
std::string_view notifyName(Notify notify); // "at_once", "daily", "never"; text key "notify.…"
std::optional<Notify> notifyFrom(std::string_view name);

struct User {
    std::int64_t id = 0;
    std::string email, name;
    Role role = Role::reader;
    std::string language = "da";
    bool disabled = false;
    Notify notify = Notify::daily;
    bool twoSteps = false; // signs in with a code beside the password

    Actor actor() const { return {ActorKind::user, id, name}; }
};

std::string_view roleName(Role role); // "reader", "secretariat", "administrator": as stored and as text key "role.…"
std::optional<Role> roleFrom(std::string_view name);

} // namespace hoering

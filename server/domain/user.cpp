#include "domain/user.h"

namespace hoering {

std::string_view roleName(Role role) {
    switch (role) {
    case Role::administrator: return "administrator";
    case Role::secretariat: return "secretariat";
    case Role::reader: return "reader";
    }
    return "";
}

std::optional<Role> roleFrom(std::string_view name) {
    for (Role role : {Role::reader, Role::secretariat, Role::administrator})
        if (roleName(role) == name) return role;
    return std::nullopt;
}

std::string_view notifyName(Notify notify) {
    switch (notify) {
    case Notify::atOnce: return "at_once";
    case Notify::daily: return "daily";
    case Notify::never: return "never";
    }
    return "";
}

std::optional<Notify> notifyFrom(std::string_view name) {
    for (Notify notify : {Notify::atOnce, Notify::daily, Notify::never})
        if (notifyName(notify) == name) return notify;
    return std::nullopt;
}

} // namespace hoering

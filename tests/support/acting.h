// Acts of the office as a person does them: looked at, then confirmed with the fingerprint that was shown.
// Not here: the world they happen in (world.h), pages (web_world.h).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "common/id.h"
#include "common/strings.h"
#include "sqlite/users.h"
#include "support/world.h"
#include "usecases/acts.h"

namespace hoering::testing {

class Acting {
  public:
    explicit Acting(World& world) : karen(user(world, "karen@hoering.example", "Karen Kontor")), world_(world) {}

    static User user(World& world, const std::string& email, const std::string& name) {
        User made{0, email, name, Role::secretariat, "da", false};
        world.database.write([&](sqlite::Tx& tx) {
            made.id = sqlite::insertUser(tx, made);
            tx.housekeeping("test");
        });
        return made;
    }

    Result<ActPlan> plan(const Act& act, std::int64_t consultation, const ActInput& input) {
        return world_.database.read(
            [&](sqlite::ReadTx& tx) { return planAct(tx, world_.office, act, consultation, input, world_.now()); });
    }
    Result<ActDone> confirm(const Act& act, std::int64_t consultation, const ActInput& input,
                            const std::string& fingerprint, const std::string& key = newKey()) {
        return world_.database.write([&](sqlite::Tx& tx) {
            return performAct(tx, world_.office, karen, act, consultation, input, fingerprint, key);
        });
    }
    /// Looked at and confirmed.
    Result<ActDone> run(const Act& act, std::int64_t consultation, const ActInput& input) {
        const auto shown = plan(act, consultation, input);
        if (!shown) return shown.error();
        return confirm(act, consultation, input, shown->fingerprint);
    }

    /// "field key", sorted as found: what is wrong with what was typed.
    static std::vector<std::string> wrong(const Error& error) {
        std::vector<std::string> found;
        for (const auto& each : error.fields) found.push_back(each.field + " " + each.key);
        return found;
    }
    static std::vector<std::string> keysOf(const std::vector<Finding>& findings) {
        std::vector<std::string> found;
        for (const auto& each : findings) found.push_back(each.key);
        return found;
    }
    static std::vector<std::string> keysOf(const std::vector<std::pair<std::string, Args>>& effects) {
        std::vector<std::string> found;
        for (const auto& [key, args] : effects) found.push_back(key);
        return found;
    }

    User karen;

  private:
    World& world_;
};

/// A letter's text without its line ends.
inline std::string flat(const std::string& text) { return replaceAll(text, "\n", " "); }

/// The fields of an act that moves a deadline.
inline ActInput moveTo(std::string date, std::string reason = "Materialet kom sent", std::string time = "",
                       std::string which = "") {
    return {{{"deadline_date", std::move(date)},
             {"deadline_time", std::move(time)},
             {"deadline_which", std::move(which)},
             {"reason", std::move(reason)}}};
}
inline ActInput with(ActInput input, std::string field, std::int64_t id) {
    input.fields.emplace_back(std::move(field), std::to_string(id));
    return input;
}

} // namespace hoering::testing

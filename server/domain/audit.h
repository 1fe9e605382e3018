// An act, as it goes into the journal: who, what, on what.
// Not here: the chain and the table (server/sqlite/journal), how it reads on a page (server/text keys "act.<act>").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hoering {

enum class ActorKind { user, party, clockwork, operations };

struct Actor {
    ActorKind kind = ActorKind::clockwork;
    std::int64_t id = 0; // user id, or contact id of a party
    std::string name;    // as shown in the journal: the user's name, the party's (and contact's) name

    static Actor clockwork() { return {ActorKind::clockwork, 0, "clockwork"}; }
    static Actor operations(std::string what) { return {ActorKind::operations, 0, std::move(what)}; }
};

struct AuditEvent {
    Actor actor;
    std::string act; // dotted, past tense: "consultation.published"; text key "act." + act
    std::optional<std::int64_t> consultation, party;
    std::vector<std::pair<std::string, std::string>> details; // no texts of answers, no tokens
};

} // namespace hoering

// Deadlines that were moved and extensions that were asked for, as facts; who may move one and who may ask.
// Not here: moving (server/usecases/extend_deadline, extend_party), asking and answering
// (server/usecases/ask_extension, answer_extension), the tables (server/sqlite/extensions).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/consultation.h"
#include "domain/party.h"

namespace hoering {

/// One move of a deadline, for everybody or for one party. Never changed afterwards.
struct DeadlineChange {
    std::int64_t id = 0, consultation = 0;
    std::optional<std::int64_t> party{}; // nothing: for all
    std::string partyName{};             // of that party
    Instant at{};
    Deadline from{}, to{};
    std::string reason{}, byName{};
};

/// What a reader may know: the public (nothing) only the moves for all; a party those and its own.
std::vector<DeadlineChange> changesSeenBy(const std::vector<DeadlineChange>& all, std::optional<std::int64_t> party);

enum class RequestState { asked, granted, refused };
std::string_view stateName(RequestState state); // as stored; text key "request_state.…"
RequestState requestStateFrom(std::string_view name);

struct ExtensionRequest {
    std::int64_t id = 0, consultation = 0, party = 0, contact = 0;
    std::string partyName, askedBy; // by: the contact's name, or its address
    Instant askedAt{};
    Deadline wanted{};
    std::string reason;
    RequestState state = RequestState::asked;
    std::optional<Instant> answeredAt;
    std::optional<Deadline> granted;
    std::string answer; // the office's reason
};

/// While it is open, and again once it has closed, by itself or by hand; never as a draft or when it has ended.
bool mayExtend(const Consultation& consultation);
/// For one party: also after it has closed by itself. Closed by hand it is closed for everybody (access.h mayAnswer).
bool mayExtendOne(const Consultation& consultation);

enum class Asking {
    inTime,
    afterDeadline, // up to the link's grace: the office decides, and nothing can be sent meanwhile
    no,
};
/// `graceDays`: how long the party's link works after its deadline.
Asking mayAskExtension(const Consultation& consultation, const Party& party, Instant now, int graceDays);

} // namespace hoering

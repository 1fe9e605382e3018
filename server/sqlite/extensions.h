// Tables deadline_changes (every move of a deadline) and extension_requests (what parties asked for, and the answer).
// Not here: the deadlines themselves (consultations.h, parties.h), the rules (server/domain/extension.h).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/extension.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

/// Id, party's name and `at` are ignored: it happened now.
void insertDeadlineChange(Tx& tx, const DeadlineChange& change);
/// The deadline `now` of this party came about after `since`: its own was moved to it, or the consultation's.
bool deadlineMovedSince(ReadTx& tx, std::int64_t consultation, std::int64_t party, const Deadline& now, Instant since);
std::vector<DeadlineChange> deadlineChangesOf(ReadTx& tx, std::int64_t consultation); // oldest first

/// Asked now, by `request.contact`, for `request.wanted`. `key`: the form's idempotency key.
std::int64_t insertExtensionRequest(Tx& tx, const ExtensionRequest& request, std::string_view key);
std::optional<ExtensionRequest> findExtensionRequest(ReadTx& tx, std::int64_t id);
std::optional<ExtensionRequest> findExtensionRequestByKey(ReadTx& tx, std::string_view key);
std::vector<ExtensionRequest> extensionRequestsOf(ReadTx& tx, std::int64_t consultation); // newest first
/// The party's newest, answered or not.
std::optional<ExtensionRequest> lastExtensionRequestOf(ReadTx& tx, std::int64_t party);
/// Not answered, in consultations that can still be extended, oldest first.
std::vector<ExtensionRequest> waitingExtensionRequests(ReadTx& tx);
/// Answered now. True for the one call that took it out of `asked`.
bool answerExtensionRequest(Tx& tx, std::int64_t id, RequestState state, std::int64_t user,
                            const std::optional<Deadline>& granted, std::string_view answer);

} // namespace hoering::sqlite

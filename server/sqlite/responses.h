// Tables responses and response_files: submitted, immutable (triggers see to it), read with the withdrawal if there is
// one. Rules: server/usecases/submit_response.
// Not here: drafts (drafts.h), writing a withdrawal (withdrawals.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/response.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

std::int64_t insertResponse(Tx& tx, const Response& response, std::optional<std::int64_t> contact,
                            std::string_view key);
std::optional<Response> findResponse(ReadTx& tx, std::int64_t id);
std::optional<Response> findResponseByKey(ReadTx& tx, std::string_view key);
std::optional<Response> findResponseByReceipt(ReadTx& tx, std::string_view receipt);
/// The last version, withdrawn or not.
std::optional<Response> lastResponseOf(ReadTx& tx, std::int64_t party);
/// How many versions the party has submitted, withdrawn ones too; the last one's number.
int versionsOf(ReadTx& tx, std::int64_t party);
/// Whether an answer of the party stands: the rule of standingAnswer (server/domain/response.h).
bool hasAnswered(ReadTx& tx, std::int64_t party);
/// All that decides about a party's next answer (mayAnswer, the draft, the number), as it is stored.
struct Basis {
    std::string state, deadline, ownDeadline; // of the consultation; deadlines "" if there is none
    std::optional<std::int64_t> closedAt;     // milliseconds
    bool acceptLate = false;
    std::int64_t draftVersion = 0; // 0: no draft
    int versions = 0;
    std::optional<std::int64_t> jointWith; // the party whose answer it has joined
    bool operator==(const Basis&) const = default;
};
Basis basisOf(ReadTx& tx, std::int64_t party);
/// All versions of all parties, by party and version.
std::vector<Response> responsesOf(ReadTx& tx, std::int64_t consultation);
std::vector<Response> versionsOfParty(ReadTx& tx, std::int64_t party);

} // namespace hoering::sqlite

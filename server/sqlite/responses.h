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

/// `version`: the number it gets; that of the response is not looked at. Returns its id.
std::int64_t insertResponse(Tx& tx, const Response& response, int version, std::optional<std::int64_t> contact,
                            std::string_view key);
std::optional<Response> findResponse(ReadTx& tx, std::int64_t id);
std::optional<Response> findResponseByReceipt(ReadTx& tx, std::string_view receipt);
/// The last version, withdrawn or not.
std::optional<Response> lastResponseOf(ReadTx& tx, std::int64_t party);
/// How many versions the party has submitted, withdrawn ones too; the last one's number.
int versionsOf(ReadTx& tx, std::int64_t party);
/// Whether an answer of the party stands: the rule of standingAnswer (server/domain/response.h).
bool hasAnswered(ReadTx& tx, std::int64_t party);
/// All that decides about a party's next answer (mayAnswer, the draft), as it is stored.
struct Basis {
    std::string state, deadline, ownDeadline; // of the consultation; deadlines "" if there is none
    std::optional<std::int64_t> closedAt;     // milliseconds
    bool acceptLate = false;
    std::int64_t draftVersion = 0;         // 0: no draft
    std::optional<std::int64_t> jointWith; // the party whose answer it has joined
    bool operator==(const Basis&) const = default;
};
struct Footing {
    Basis basis;
    int versions = 0;                  // the last one's number
    std::optional<std::int64_t> filed; // the answer that was sent with this key, anybody's
};
/// What there is to know before an answer is filed under the key, in one look.
Footing footingOf(ReadTx& tx, std::int64_t party, std::string_view key);
/// All versions of all parties, by party and version.
std::vector<Response> responsesOf(ReadTx& tx, std::int64_t consultation);
std::vector<Response> versionsOfParty(ReadTx& tx, std::int64_t party);

} // namespace hoering::sqlite

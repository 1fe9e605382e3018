// Table withdrawals: answers taken back, one row each, immutable (triggers see to it). Rules:
// server/usecases/withdraw_response.
// Not here: reading one, which comes with its answer (responses.h).
#pragma once

#include <optional>
#include <string_view>

#include "domain/response.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

/// `contact`: who withdrew it online; nobody when `withdrawal.registrar` wrote it in.
void insertWithdrawal(Tx& tx, std::int64_t response, const Withdrawal& withdrawal, std::optional<std::int64_t> contact,
                      std::string_view key);
/// The id of the response that was withdrawn by this form, or whose withdrawal has this receipt number.
std::optional<std::int64_t> withdrawnByKey(ReadTx& tx, std::string_view key);
std::optional<std::int64_t> withdrawnByReceipt(ReadTx& tx, std::string_view receipt);

} // namespace hoering::sqlite

#include "web/withdrawal_view.h"

namespace hoering::web {
namespace {

std::pair<std::string, Markup> whoSaidIt(const text::Words& words, const Withdrawal& withdrawal) {
    if (!withdrawal.registeredAt) return {words("letter.fact.withdrawn_by"), join(withdrawal.withdrawnBy)};
    return {words("letter.fact.registered_by"),
            join(words("page.response.registered_as",
                       {{"channel", words("channel." + std::string(channelName(withdrawal.channel)))},
                        {"name", withdrawal.registeredBy},
                        {"moment", words.moment(*withdrawal.registeredAt)}}))};
}

} // namespace

std::vector<std::pair<std::string, Markup>> withdrawalRows(const text::Words& words, const Response& withdrawn) {
    const Withdrawal& withdrawal = *withdrawn.withdrawal;
    return {{words("letter.fact.receipt"), el("code", {}, withdrawal.receipt)},
            {words("letter.fact.withdrawn"), join(words.momentExact(withdrawal.at))},
            whoSaidIt(words, withdrawal),
            {words("letter.fact.withdrawn_version"), join(std::to_string(withdrawn.version))},
            {words("letter.fact.withdrawn_receipt"), el("code", {}, withdrawn.receipt)}};
}

} // namespace hoering::web

#include "usecases/register_withdrawal.h"

#include <algorithm>

#include "common/id.h"
#include "domain/access.h"
#include "domain/digest.h"
#include "sqlite/parties.h"
#include "sqlite/responses.h"
#include "sqlite/withdrawals.h"
#include "usecases/came_otherwise.h"
#include "usecases/extend_party.h"
#include "usecases/join_answer.h"
#include "usecases/withdraw_response.h"

namespace hoering {
namespace {

/// The form as it will be stored: the answer with its withdrawal.
struct Registered {
    Party party;
    std::vector<Party> followers;
    Response response;
};

/// The chosen answer; one that was corrected or withdrawn since it was shown is none to choose.
std::optional<StandingAnswer> chosen(sqlite::ReadTx& tx, const Consultation& consultation, const ActInput& input,
                                     Check& check) {
    auto response = sqlite::findResponse(tx, idIn(input, "response"));
    const auto last = response ? sqlite::lastResponseOf(tx, response->party) : std::nullopt;
    if (!response || response->consultation != consultation.id || last->id != response->id || last->withdrawal) {
        check.fail("response", response ? "error.withdrawal.stale" : "error.withdrawal.choose");
        return std::nullopt;
    }
    return StandingAnswer{sqlite::findParty(tx, response->party).value(), std::move(*response)};
}

Withdrawal readWithdrawal(sqlite::ReadTx& tx, const Consultation& consultation, const Response& response,
                          const ActInput& input, Now now, Check& check) {
    Withdrawal withdrawal;
    withdrawal.channel = channelFrom(input.get("channel"));
    if (withdrawal.channel == Channel::online) check.fail("channel", "error.withdrawal.channel");
    withdrawal.at = readReceived(consultation, input, now, check);
    // Whole minutes are typed.
    if (check.ok() && withdrawal.at + std::chrono::minutes{1} <= response.receivedAt)
        check.fail("received_date", "error.withdrawal.before");
    withdrawal.reason = check.text("reason", input.get("reason"), longestWithdrawalReason, true);
    withdrawal.receipt = input.get("receipt");
    if (!isReceiptNumber(withdrawal.receipt) || sqlite::withdrawnByReceipt(tx, withdrawal.receipt) ||
        sqlite::findResponseByReceipt(tx, withdrawal.receipt))
        check.fail("response", "error.form.key");
    return withdrawal;
}

Result<Registered> read(sqlite::ReadTx& tx, const Consultation& consultation, const ActInput& input, Now now) {
    if (consultation.state != ConsultationState::open && consultation.state != ConsultationState::closed)
        return Error{ErrorKind::closed, "error.act.not_sent", {}, {}};
    Check check;
    auto found = chosen(tx, consultation, input, check);
    const Response none;
    auto withdrawal = readWithdrawal(tx, consultation, found ? found->response : none, input, now, check);
    if (!check.ok()) return check.error();
    found->response.withdrawal = std::move(withdrawal);
    auto followers = followersOf(sqlite::partiesOf(tx, consultation.id), found->party.id);
    return Registered{std::move(found->party), std::move(followers), std::move(found->response)};
}

void describe(ActPlan& plan, const Consultation& consultation, const Registered& made, Now now) {
    const auto& [party, followers, response] = made;
    plan.effects.push_back({"plan.withdraw.answer",
                            {{"party", party.name},
                             {"version", std::to_string(response.version)},
                             {"channel", "channel." + std::string(channelName(response.withdrawal->channel))},
                             {"receipt", response.withdrawal->receipt}}});
    plan.effects.push_back({"plan.withdraw.kept", {}});
    const bool inTime = mayAnswer(consultation, party, now.instant) == Answering::inTime;
    if (!inTime) plan.effects.push_back({"plan.withdraw.no_answer", {{"party", party.name}}});
    else if (party.role == PartyRole::consulted) plan.effects.push_back({"plan.withdraw.again", {}});
    else plan.effects.push_back({"plan.withdraw.again_informed", {}});
    for (const auto& follower : followers)
        plan.effects.push_back({"plan.withdraw.follower", {{"party", follower.name}, {"other", party.name}}});
    plan.quote = response.withdrawal->reason;
}

Result<ActPlan> plan(sqlite::ReadTx& tx, const Office& office, const Consultation& consultation, const ActInput& input,
                     Now now) {
    const auto made = read(tx, consultation, input, now);
    if (!made) return made.error();
    ActPlan plan;
    describe(plan, consultation, *made, now);
    const auto write = [&](const Party& party, bool another) {
        if (party.contacts.empty()) plan.leftOut.push_back({party.name, "left_out.no_contact"});
        const text::WithdrawnFor told{another, mayAnswer(consultation, party, now.instant),
                                      ruleLink({}, consultation, party, now.instant, office.linkGraceDays) ==
                                          LinkRuling::valid};
        writeTo(plan.letters, party, [&](const Party& to, const Contact& contact) {
            return text::withdrawnLetter(office.words(to.language), {office.house, consultation, to, contact},
                                         made->response, told);
        });
    };
    write(made->party, false);
    for (const auto& follower : made->followers) write(follower, true);
    return plan;
}

Result<Done> perform(sqlite::Tx& tx, const Office&, const Actor& actor, const ActPlan& plan, const ActInput& input) {
    auto made = read(tx, plan.consultation, input, tx.now());
    if (!made) return std::move(made).error();
    Withdrawal& withdrawal = *made->response.withdrawal;
    withdrawal.registrar = actor.id;
    withdrawal.registeredAt = tx.now().instant;
    storeWithdrawal(tx, actor, "response.withdrawal_registered", made->response, std::nullopt, newKey(),
                    {{"letters", std::to_string(plan.letters.size())}});
    return Done{};
}

} // namespace

std::vector<StandingAnswer> standingAnswers(sqlite::ReadTx& tx, std::int64_t consultation) {
    std::vector<StandingAnswer> standing;
    for (auto& party : sqlite::partiesOf(tx, consultation))
        if (auto last = sqlite::lastResponseOf(tx, party.id); last && !last->withdrawal)
            standing.push_back({std::move(party), std::move(*last)});
    std::sort(standing.begin(), standing.end(),
              [](const auto& a, const auto& b) { return danishLess(a.party.name, b.party.name); });
    return standing;
}

const Act registerWithdrawalAct{"register_withdrawal", plan, perform};

} // namespace hoering

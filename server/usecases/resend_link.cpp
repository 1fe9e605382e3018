#include "usecases/resend_link.h"

#include <charconv>

#include "common/crypto.h"
#include "common/strings.h"
#include "domain/access.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "usecases/check.h"

namespace hoering {
namespace {

struct Whose {
    Party party;
    Contact contact;
};

/// The contact a form names, if it is one of this consultation's and there is a link to speak of.
Result<Whose> whose(sqlite::ReadTx& tx, const Consultation& consultation, const ActInput& input) {
    const auto typed = input.get("contact");
    std::int64_t id = 0;
    std::from_chars(typed.data(), typed.data() + typed.size(), id);
    const auto contact = sqlite::findContact(tx, id);
    auto party = contact ? sqlite::findParty(tx, contact->party) : std::nullopt;
    if (!party || party->consultation != consultation.id) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    if (consultation.state == ConsultationState::draft) return Error{ErrorKind::closed, "error.act.not_now", {}, {}};
    return Whose{std::move(*party), *contact};
}

Result<ActPlan> planResend(sqlite::ReadTx& tx, const Office& office, const Consultation& consultation,
                           const ActInput& input, Now now) {
    const auto to = whose(tx, consultation, input);
    if (!to) return to.error();
    if (ruleLink({}, consultation, to->party, now.instant, office.linkGraceDays) != LinkRuling::valid)
        return Error{ErrorKind::closed, "error.link.expired", {}, {}};
    ActPlan plan;
    plan.effects.push_back({"plan.resend.new", {{"mail", to->contact.mail}}});
    plan.effects.push_back({"plan.resend.old", {}});
    plan.letters.push_back({to->party.id, to->contact.id, to->party.name, to->party.role,
                            text::linkAgainLetter(office.words(to->party.language),
                                                  {office.house, consultation, to->party, to->contact})});
    return plan;
}

Result<Done> performResend(sqlite::Tx& tx, const Office& office, const Actor& actor, const ActPlan& plan,
                           const ActInput& input) {
    const auto to = whose(tx, plan.consultation, input);
    if (!to) return to.error();
    sqlite::replaceLinksOf(tx, to->contact.id);
    const std::string nonce = randomToken(18);
    sqlite::insertLink(tx, to->contact.id, nonce, sha256Hex(office.keys.linkToken(nonce)));
    tx.record({actor, "link.sent_again", plan.consultation.id, to->party.id, {{"mail", to->contact.mail}}});
    return Done{};
}

Result<ActPlan> planRevoke(sqlite::ReadTx& tx, const Office&, const Consultation& consultation, const ActInput& input,
                           Now) {
    const auto from = whose(tx, consultation, input);
    if (!from) return from.error();
    if (!sqlite::currentLinkOf(tx, from->contact.id)) return Error{ErrorKind::closed, "error.link.none", {}, {}};
    Check check;
    check.text("reason", input.get("reason"), 2'000, true);
    if (!check.ok()) return check.error();
    ActPlan plan;
    plan.effects.push_back({"plan.revoke.link", {{"mail", from->contact.mail}, {"party", from->party.name}}});
    plan.effects.push_back({"plan.revoke.kept", {}});
    plan.effects.push_back({"plan.revoke.again", {}});
    return plan;
}

Result<Done> performRevoke(sqlite::Tx& tx, const Office&, const Actor& actor, const ActPlan& plan,
                           const ActInput& input) {
    const auto from = whose(tx, plan.consultation, input);
    if (!from) return from.error();
    sqlite::revokeLinksOf(tx, from->contact.id);
    tx.record({actor,
               "link.revoked",
               plan.consultation.id,
               from->party.id,
               {{"mail", from->contact.mail}, {"reason", cleanText(input.get("reason"))}}});
    return Done{};
}

} // namespace

const Act resendLinkAct{"resend_link", planResend, performResend};
const Act revokeLinkAct{"revoke_link", planRevoke, performRevoke};

} // namespace hoering

#include "usecases/acts.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "common/crypto.h"
#include "common/id.h"
#include "common/strings.h"
#include "sqlite/consultations.h"
#include "sqlite/links.h"
#include "sqlite/mailings.h"
#include "sqlite/users.h"
#include "usecases/add_enclosure.h"
#include "usecases/answer_extension.h"
#include "usecases/cancel_consultation.h"
#include "usecases/close_early.h"
#include "usecases/conclude_consultation.h"
#include "usecases/extend_deadline.h"
#include "usecases/extend_party.h"
#include "usecases/publish_consultation.h"
#include "usecases/queue_letter.h"
#include "usecases/register_response.h"
#include "usecases/register_withdrawal.h"
#include "usecases/resend_link.h"
#include "usecases/tell_staff.h"

namespace hoering {

std::string_view ActInput::get(std::string_view name) const {
    for (const auto& [each, value] : fields)
        if (each == name) return value;
    return {};
}

std::vector<std::string_view> ActInput::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [each, value] : fields)
        if (each == name) values.push_back(value);
    return values;
}

std::string ActInput::toJson() const {
    auto list = nlohmann::json::array();
    for (const auto& [name, value] : fields) list.push_back({name, value});
    return list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

ActInput ActInput::fromJson(std::string_view json) {
    ActInput input;
    for (const auto& pair : nlohmann::json::parse(json)) input.fields.emplace_back(pair.at(0), pair.at(1));
    return input;
}

std::span<const Act* const> allActs() {
    static constexpr std::array acts{&publishAct,     &cancelAct,         &closeEarlyAct,         &extendAct,
                                     &extendPartyAct, &grantExtensionAct, &refuseExtensionAct,    &addEnclosureAct,
                                     &concludeAct,    &registerAct,       &registerWithdrawalAct, &resendLinkAct,
                                     &revokeLinkAct};
    return acts;
}

const Act* findAct(std::string_view name) {
    for (const Act* act : allActs())
        if (act->name == name) return act;
    return nullptr;
}

namespace {

std::string fingerprintOf(const Act& act, const ActPlan& plan) {
    Sha256 hash;
    const auto add = [&](std::string_view part) {
        hash.update(std::to_string(part.size()) + ":");
        hash.update(part);
    };
    add(act.name);
    add(std::to_string(plan.consultation.id));
    add(std::to_string(plan.consultation.version));
    for (const auto& out : plan.letters) {
        add(kindName(out.letter.kind));
        add(out.letter.toMail);
        add(out.letter.subject);
        add(out.letter.text);
    }
    for (const auto& out : plan.leftOut) {
        add(out.partyName);
        add(out.reason);
    }
    return hash.hex();
}

/// The link a letter carries: the one the contact has, or a new one; nothing for a letter without one.
std::optional<std::int64_t> linkOf(sqlite::Tx& tx, const Office& office, const Letter& letter, std::int64_t contact) {
    if (letter.text.find(linkMark) == std::string::npos) return std::nullopt;
    return linkFor(tx, office, contact);
}

Result<ActDone> carryOut(sqlite::Tx& tx, const Office& office, const Act& act, const ActPlan& plan,
                         const ActInput& input, const Actor& by, std::optional<std::int64_t> user,
                         std::optional<std::int64_t> releasedBy, std::string_view key) {
    if (auto done = act.perform(tx, office, by, plan, input); !done) return std::move(done).error();
    const auto mailing = sqlite::insertMailing(tx,
                                               {0,
                                                plan.consultation.id,
                                                std::string(act.name),
                                                {},
                                                user,
                                                releasedBy,
                                                static_cast<std::int64_t>(plan.letters.size()),
                                                plan.fingerprint,
                                                {}},
                                               key);
    for (const auto& out : plan.letters)
        queueLetter(
            tx, office, out.letter,
            {plan.consultation.id, out.party, out.contact, linkOf(tx, office, out.letter, out.contact), mailing});
    return ActDone{mailing, 0};
}

/// Planned anew, and still what was shown.
Result<ActPlan> planAsShown(sqlite::ReadTx& tx, const Office& office, const Act& act, std::int64_t consultation,
                            const ActInput& input, std::string_view fingerprint, Now now) {
    auto plan = planAct(tx, office, act, consultation, input, now);
    if (!plan) return plan;
    if (anyStops(plan->findings)) return Error{ErrorKind::invalid, "error.act.stopped", {}, {}};
    if (anyUndecided(plan->findings)) return Error{ErrorKind::invalid, "error.act.undecided", {}, {}};
    if (plan->fingerprint != fingerprint) return Error{ErrorKind::conflict, "error.act.changed", {}, {}};
    return plan;
}

/// What is typed for an act is read by the parties, and mostly by everyone. Not looked at: an answer that is
/// registered, which stays as it came.
void lookAtInput(const ActInput& input, std::vector<Finding>& found) {
    for (const auto& [name, value] : input.fields) {
        if (startsWith(name, "title_")) lookAtTyped("label.enclosure_title", value, found);
        for (const std::string_view typed : {"reason", "outcome", "committee", "party_name"})
            if (name == typed) lookAtTyped("label." + name, value, found);
    }
}

/// Whoever had its link taken back gets no letter by the way: it would carry a fresh one. Only sending the link again
/// opens that door.
void leaveOutCutOff(sqlite::ReadTx& tx, ActPlan& plan) {
    const auto cutOff = sqlite::contactsCutOff(tx, plan.consultation.id);
    if (cutOff.empty()) return;
    const auto kept = [&](const Outgoing& out) {
        return out.letter.kind == LetterKind::linkAgain || !cutOff.contains(out.contact);
    };
    for (const auto& out : plan.letters)
        if (!kept(out)) plan.leftOut.push_back({out.partyName, "left_out.revoked"});
    std::erase_if(plan.letters, [&](const Outgoing& out) { return !kept(out); });
}

} // namespace

Result<ActPlan> planAct(sqlite::ReadTx& tx, const Office& office, const Act& act, std::int64_t consultation,
                        const ActInput& input, Now now) {
    const auto about = sqlite::findConsultation(tx, consultation);
    if (!about) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    auto plan = act.plan(tx, office, *about, input, now);
    if (plan) {
        plan->consultation = *about;
        lookAtInput(input, plan->findings);
        if (input.get("seen") == "1")
            for (auto& finding : plan->findings)
                if (finding.toDecide) finding.stops = false;
        leaveOutCutOff(tx, *plan);
        plan->gate = lookAtSendGate(tx, *plan);
        plan->fingerprint = fingerprintOf(act, *plan);
    }
    return plan;
}

Result<ActDone> performAct(sqlite::Tx& tx, const Office& office, const User& user, const Act& act,
                           std::int64_t consultation, const ActInput& input, std::string_view fingerprint,
                           std::string_view key) {
    if (const auto mailing = sqlite::findMailingByKey(tx, key)) return ActDone{*mailing, 0};
    if (const auto release = sqlite::findReleaseByKey(tx, key)) return ActDone{0, *release};
    if (key.size() != 32) return Error{ErrorKind::invalid, "error.form.key", {}, {}};
    auto plan = planAsShown(tx, office, act, consultation, input, fingerprint, tx.now());
    if (!plan) return std::move(plan).error();
    if (office.releaseAbove == 0 || plan->letters.size() <= office.releaseAbove)
        return carryOut(tx, office, act, *plan, input, user.actor(), user.id, {}, key);
    for (const auto& waiting : sqlite::waitingReleases(tx))
        if (waiting.consultation == consultation && waiting.act == act.name && waiting.fingerprint == fingerprint &&
            waiting.fields == input.toJson())
            return ActDone{0, waiting.id};
    const auto letters = static_cast<std::int64_t>(plan->letters.size());
    const auto release = sqlite::insertRelease(
        tx,
        {0, consultation, std::string(act.name), input.toJson(), plan->fingerprint, letters, user.id, {}, {}, {}, {}},
        key);
    tx.record({user.actor(),
               "release.asked",
               consultation,
               {},
               {{"act", std::string(act.name)}, {"letters", std::to_string(letters)}}});
    tellStaff(tx, {LetterKind::staffRelease, consultation, {}, user.id});
    return ActDone{0, release};
}

Result<ActDone> releaseAct(sqlite::Tx& tx, const Office& office, const User& user, std::int64_t id) {
    const auto release = sqlite::findRelease(tx, id);
    const Act* act = release ? findAct(release->act) : nullptr;
    if (!act) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    if (release->askedBy == user.id) return Error{ErrorKind::forbidden, "error.release.own", {}, {}};
    if (!sqlite::decideRelease(tx, id, "released", user.id))
        return Error{ErrorKind::closed, "error.release.decided", {}, {}};
    const auto input = ActInput::fromJson(release->fields);
    auto plan = planAsShown(tx, office, *act, release->consultation, input, release->fingerprint, tx.now());
    if (!plan) return std::move(plan).error();
    tx.record({user.actor(),
               "release.given",
               release->consultation,
               {},
               {{"act", release->act}, {"letters", std::to_string(release->letters)}}});
    User asker = user; // the journal names who wanted it; the entry above, who let it go
    asker.id = release->askedBy;
    if (const auto found = sqlite::findUser(tx, release->askedBy)) asker = *found;
    return carryOut(tx, office, *act, *plan, input, asker.actor(), asker.id, user.id, "release-" + std::to_string(id));
}

Result<Done> dropRelease(sqlite::Tx& tx, const User& user, std::int64_t id) {
    const auto release = sqlite::findRelease(tx, id);
    if (!release) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    if (!sqlite::decideRelease(tx, id, "dropped", user.id))
        return Error{ErrorKind::closed, "error.release.decided", {}, {}};
    tx.record({user.actor(), "release.dropped", release->consultation, {}, {{"act", release->act}}});
    return Done{};
}

Result<ActDone> doActNow(sqlite::Tx& tx, const Office& office, const Actor& actor, const Act& act,
                         std::int64_t consultation, const ActInput& input) {
    auto plan = planAct(tx, office, act, consultation, input, tx.now());
    if (!plan) return std::move(plan).error();
    if (anyStops(plan->findings)) return Error{ErrorKind::invalid, "error.act.stopped", {}, {}};
    std::optional<std::int64_t> user;
    if (actor.kind == ActorKind::user && sqlite::findUser(tx, actor.id)) user = actor.id;
    return carryOut(tx, office, act, *plan, input, actor, user, {}, newKey());
}

} // namespace hoering

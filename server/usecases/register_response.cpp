#include "usecases/register_response.h"

#include <algorithm>
#include <charconv>

#include "common/id.h"
#include "common/strings.h"
#include "domain/access.h"
#include "domain/personal_data.h"
#include "sqlite/mailings.h"
#include "sqlite/parties.h"
#include "sqlite/responses.h"
#include "usecases/act_files.h"
#include "usecases/came_otherwise.h"
#include "usecases/check.h"
#include "usecases/join_answer.h"

namespace hoering {
namespace {

/// The form as it will be stored. A party without an id is to be added.
struct Registered {
    Party party;
    std::vector<Party> joint;
    Response response;
};

Party readParty(const std::vector<Party>& all, const Consultation& consultation, const ActInput& input, Check& check) {
    Party party;
    const auto typed = input.get("party");
    if (typed == newParty) {
        party.consultation = consultation.id;
        party.role = PartyRole::informed;
        party.language = consultation.text.language;
        party.unsolicited = true;
        party.name = check.line("party_name", input.get("party_name"), 160, true);
        for (const auto& other : all)
            if (other.name == party.name) check.fail("party_name", "error.name.twice", {{"name", party.name}});
        return party;
    }
    std::int64_t id = 0;
    std::from_chars(typed.data(), typed.data() + typed.size(), id);
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.id == id; });
    if (found == all.end()) check.fail("party", "error.party.choose");
    else party = *found;
    return party;
}

std::vector<Party> readJoint(sqlite::ReadTx& tx, const std::vector<Party>& all, const Party& self,
                             const ActInput& input, Check& check) {
    std::vector<Party> joint;
    for (const auto& other : all) {
        const std::string field = "joint_" + std::to_string(other.id);
        if (input.get(field).empty() || other.id == self.id) continue;
        if (sqlite::hasAnswered(tx, other.id)) check.fail(field, "error.joint.has_answered", {{"party", other.name}});
        else if (!followersOf(all, other.id).empty())
            check.fail(field, "error.joint.has_followers", {{"party", other.name}});
        joint.push_back(other);
    }
    return joint;
}

Result<Registered> read(sqlite::ReadTx& tx, const Consultation& consultation, const ActInput& input, Now now) {
    if (consultation.state != ConsultationState::open && consultation.state != ConsultationState::closed)
        return Error{ErrorKind::closed, "error.act.not_sent", {}, {}};
    Check check;
    const auto all = sqlite::partiesOf(tx, consultation.id);
    Registered made;
    made.party = readParty(all, consultation, input, check);
    made.joint = readJoint(tx, all, made.party, input, check);
    Response& response = made.response;
    response.consultation = consultation.id;
    response.party = made.party.id;
    response.version = made.party.id == 0 ? 1 : sqlite::versionsOf(tx, made.party.id) + 1;
    response.channel = channelFrom(input.get("channel"));
    if (response.channel == Channel::online || response.channel == Channel::phone)
        check.fail("channel", "error.channel.choose");
    response.kind = responseKindFrom(input.get("kind"));
    if (kindName(response.kind) != input.get("kind")) check.fail("kind", "error.kind.choose");
    response.receivedAt = readReceived(consultation, input, now, check);
    response.late = cameLate(consultation, made.party, response.receivedAt);
    auto files = actFilesOf(tx, consultation.id, input);
    if (!files) check.fail("file", files.error().fields.at(0).key, files.error().fields.at(0).args);
    else response.files = std::move(*files);
    const bool remarks = response.kind == ResponseKind::remarks;
    response.text = check.text("text", input.get("text"), longestResponse);
    if (remarks && trim(input.get("text")).empty() && response.files.empty())
        check.fail("text", "error.registered_text.missing");
    if (!remarks && (!response.text.empty() || !response.files.empty())) check.fail("kind", "error.kind.has_text");
    response.receipt = input.get("receipt");
    if (!isReceiptNumber(response.receipt) || sqlite::findResponseByReceipt(tx, response.receipt))
        check.fail("party", "error.form.key");
    if (!check.ok()) return check.error();
    response.checksum = responseChecksum(response.kind, response.text, response.files);
    return made;
}

void describe(ActPlan& plan, sqlite::ReadTx& tx, const Registered& made) {
    const auto& [party, joint, response] = made;
    if (party.id == 0) plan.effects.push_back({"plan.register.new_party", {{"party", party.name}}});
    plan.effects.push_back({response.version > 1 ? "plan.register.version" : "plan.register.answer",
                            {{"party", party.name},
                             {"version", std::to_string(response.version)},
                             {"kind", "response_kind." + std::string(kindName(response.kind))},
                             {"channel", "channel." + std::string(channelName(response.channel))},
                             {"receipt", response.receipt}}});
    plan.effects.push_back({response.late ? "plan.register.late" : "plan.register.in_time", {}});
    for (const auto& file : response.files) plan.effects.push_back({"plan.register.file", {{"file", file.name}}});
    plan.quote = response.text;
    for (const auto& number : cprNumbersIn(response.text))
        plan.findings.push_back({false, "finding.act.cpr", {{"number", number}}, ""});
    for (const auto& file : response.files) lookAtAnswerFile(file, "", plan.findings);
    for (const auto& other : joint)
        plan.effects.push_back({"plan.register.joint", {{"party", other.name}, {"other", party.name}}});
    if (const auto last = party.id ? sqlite::lastResponseOf(tx, party.id) : std::nullopt; last && !last->withdrawal) {
        plan.findings.push_back({false,
                                 "finding.act.register_again",
                                 {{"party", party.name},
                                  {"date", isoDate(dateOf(toLocal(last->receivedAt)))},
                                  {"version", std::to_string(response.version)}},
                                 ""});
        if (last->receivedAt > response.receivedAt)
            plan.findings.push_back({false, "finding.act.register_older", {{"party", party.name}}, ""});
    }
}

Result<ActPlan> plan(sqlite::ReadTx& tx, const Office& office, const Consultation& consultation, const ActInput& input,
                     Now now) {
    const auto made = read(tx, consultation, input, now);
    if (!made) return made.error();
    ActPlan plan;
    describe(plan, tx, *made);
    const auto write = [&](const Party& party, bool another) {
        if (party.contacts.empty()) plan.leftOut.push_back({party.name, "left_out.no_contact"});
        writeTo(plan.letters, party, [&](const Party& to, const Contact& contact) {
            text::RegisteredFor told;
            told.another = another;
            told.others = made->joint.size();
            told.mayCorrect = !another && mayAnswer(consultation, to, now.instant) == Answering::inTime;
            told.linkWorks = ruleLink({}, consultation, to, now.instant, office.linkGraceDays) == LinkRuling::valid;
            return text::registeredLetter(office.words(to.language), {office.house, consultation, to, contact},
                                          made->response, told);
        });
    };
    write(made->party, false);
    for (const auto& other : made->joint) write(other, true);
    return plan;
}

Result<Done> perform(sqlite::Tx& tx, const Office&, const Actor& actor, const ActPlan& plan, const ActInput& input) {
    auto made = read(tx, plan.consultation, input, tx.now());
    if (!made) return std::move(made).error();
    auto& [party, joint, response] = *made;
    const auto about = plan.consultation.id;
    if (party.id == 0) {
        party.id = response.party = sqlite::insertParty(tx, about, party);
        tx.record({actor, "party.unsolicited", about, party.id, {{"name", party.name}}});
    }
    response.registrar = actor.id;
    response.registeredAt = tx.now().instant;
    sqlite::insertResponse(tx, response, response.version, std::nullopt, newKey());
    for (const auto& file : response.files) sqlite::takeActFile(tx, file.id);
    if (party.jointWith) sqlite::setJointWith(tx, party.id, std::nullopt); // it speaks for itself now
    std::vector<std::string> names;
    for (const auto& other : joint) {
        sqlite::setJointWith(tx, other.id, party.id);
        names.push_back(other.name);
    }
    tx.record({actor,
               "response.registered",
               about,
               party.id,
               {{"version", std::to_string(response.version)},
                {"kind", std::string(kindName(response.kind))},
                {"channel", std::string(channelName(response.channel))},
                {"received", isoLocal(toLocal(response.receivedAt))},
                {"receipt", response.receipt},
                {"checksum", response.checksum},
                {"files", std::to_string(response.files.size())},
                {"late", response.late ? "true" : "false"},
                {"joint", hoering::join(names, ", ")},
                {"letters", std::to_string(plan.letters.size())}}});
    return Done{};
}

} // namespace

const Act registerAct{"register_response", plan, perform};

} // namespace hoering

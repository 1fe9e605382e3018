#include "usecases/send_gate.h"

#include <algorithm>
#include <set>

#include "common/mail_address.h"
#include "common/strings.h"
#include "sqlite/mailings.h"
#include "sqlite/parties.h"
#include "sqlite/recipients.h"
#include "usecases/acts.h"
#include "usecases/check.h"

namespace hoering {
namespace {

constexpr std::size_t mostOfAKind = 25; // findings; a list nobody reads to its end protects nobody

bool isDraft(const ActPlan& plan) { return plan.consultation.state == ConsultationState::draft; }

std::string placeOf(const ActPlan& plan, std::int64_t contact) {
    return isDraft(plan) ? "parties" : "contact." + std::to_string(contact);
}

std::string domainOf(std::string_view address) {
    const auto at = address.rfind('@');
    return at == std::string_view::npos ? "" : lowerAscii(address.substr(at + 1));
}

const char* keyOf(DomainAnswer answer) {
    switch (answer) {
    case DomainAnswer::nullMx: return "finding.gate.domain_no_mail";
    case DomainAnswer::lostExchangers: return "finding.gate.domain_lost";
    default: return "finding.gate.domain_missing";
    }
}

/// The first of a kind one by one, the rest as a number.
void add(ActPlan& plan, std::vector<Finding> kind) {
    const std::size_t all = kind.size();
    for (std::size_t i = 0; i < std::min(all, mostOfAKind); ++i) plan.findings.push_back(std::move(kind[i]));
    if (all > mostOfAKind)
        plan.findings.push_back(
            {kind[0].stops, "finding.gate.more", {{"n", std::to_string(all - mostOfAKind)}}, kind[0].field});
}

struct Address {
    std::string written; // as in the first letter
    std::vector<const Outgoing*> letters;
};
using Addresses = std::map<std::string, Address>; // by the address in lower case

std::string namesOf(const Address& address) {
    std::string names;
    for (const auto* each : address.letters) names += (names.empty() ? "" : ", ") + each->partyName;
    return names;
}

void checkAddresses(sqlite::ReadTx& tx, ActPlan& plan, const Addresses& addresses) {
    std::vector<Finding> malformed, twice, failed;
    std::vector<std::string> all;
    for (const auto& [address, about] : addresses) {
        all.push_back(address);
        const auto& first = *about.letters.front();
        if (!isMailAddress(about.written))
            malformed.push_back({isDraft(plan),
                                 "finding.gate.syntax",
                                 {{"mail", about.written}, {"party", first.partyName}},
                                 placeOf(plan, first.contact)});
        if (about.letters.size() > 1)
            twice.push_back({false,
                             "finding.gate.twice",
                             {{"mail", about.written}, {"parties", namesOf(about)}},
                             placeOf(plan, about.letters[1]->contact)});
    }
    for (const auto& [address, failure] : sqlite::failedAddresses(tx, all)) {
        const auto& about = addresses.at(address);
        failed.push_back({false,
                          failure.bounced ? "finding.gate.bounced_before" : "finding.gate.refused_before",
                          {{"mail", about.written}, {"date", isoDate(dateOf(nowFrom(failure.at).local))}},
                          placeOf(plan, about.letters.front()->contact)});
    }
    add(plan, std::move(malformed));
    add(plan, std::move(twice));
    add(plan, std::move(failed));
}

/// A mailing to all that leaves out whoever has no address. A letter to a few is no such mailing.
void checkPartyList(sqlite::ReadTx& tx, ActPlan& plan, const std::set<std::int64_t>& written) {
    if (isDraft(plan) || plan.letters.empty()) return; // a draft's readiness says it
    std::set<std::string> leftOut;
    for (const auto& each : plan.leftOut) leftOut.insert(each.partyName);
    std::vector<Finding> missing;
    for (const auto& party : sqlite::partiesOf(tx, plan.consultation.id)) {
        if (written.contains(party.id) || leftOut.contains(party.name)) continue;
        if (!party.contacts.empty()) return;
        missing.push_back({false, "finding.gate.no_letter", {{"party", party.name}}, ""});
    }
    add(plan, std::move(missing));
}

/// `parties`: whom it writes to. Others are not missed: an act about one party leaves the rest alone.
std::optional<SinceLast> sinceLast(sqlite::ReadTx& tx, const ActPlan& plan, const std::set<std::int64_t>& parties) {
    const auto size = static_cast<std::int64_t>(plan.letters.size());
    if (size < 2) return std::nullopt;
    for (const auto& mailing : sqlite::mailingsOf(tx, plan.consultation.id)) {
        if (mailing.letters * 2 < size) continue;
        SinceLast since{mailing.act, mailing.at, {}, 0};
        std::map<std::int64_t, sqlite::Recipient> before;
        for (auto& each : sqlite::recipientsOf(tx, mailing.id)) before.emplace(each.contact, each);
        std::set<std::int64_t> seen;
        for (const auto& out : plan.letters) {
            if (!seen.insert(out.contact).second) continue;
            const auto then = before.find(out.contact);
            if (then == before.end())
                since.changes.push_back({AddressChange::Kind::added, out.partyName, "", out.letter.toMail});
            else if (lowerAscii(then->second.mail) != lowerAscii(out.letter.toMail))
                since.changes.push_back(
                    {AddressChange::Kind::moved, out.partyName, then->second.mail, out.letter.toMail});
            else ++since.same;
        }
        for (const auto& [contact, then] : before)
            if (!seen.contains(contact) && parties.contains(then.party))
                since.changes.push_back({AddressChange::Kind::gone, then.partyName, then.mail, ""});
        return since;
    }
    return std::nullopt;
}

} // namespace

SendGate lookAtSendGate(sqlite::ReadTx& tx, ActPlan& plan) {
    SendGate gate;
    Addresses addresses;
    std::set<std::int64_t> parties;
    for (const auto& out : plan.letters) {
        auto& about = addresses[lowerAscii(out.letter.toMail)];
        if (about.letters.empty()) about.written = out.letter.toMail;
        about.letters.push_back(&out);
        parties.insert(out.party);
    }
    gate.letters = plan.letters.size();
    gate.parties = parties.size();
    gate.addresses = addresses.size();
    gate.domains = mailDomainsOf(plan).size();
    checkAddresses(tx, plan, addresses);
    checkPartyList(tx, plan, parties);
    gate.since = sinceLast(tx, plan, parties);
    std::stable_partition(plan.findings.begin(), plan.findings.end(), [](const auto& each) { return each.stops; });
    return gate;
}

std::set<std::string> mailDomainsOf(const ActPlan& plan) {
    std::set<std::string> domains;
    for (const auto& out : plan.letters)
        if (auto domain = domainOf(out.letter.toMail); !domain.empty()) domains.insert(std::move(domain));
    return domains;
}

void addDomainFindings(ActPlan& plan, const std::map<std::string, DomainAnswer>& answers) {
    std::vector<Finding> none;
    std::string unknown;
    for (const auto& [domain, answer] : answers) {
        if (answer == DomainAnswer::accepts) continue;
        if (answer == DomainAnswer::unknown) {
            unknown += (unknown.empty() ? "" : ", ") + domain;
            continue;
        }
        const auto hit = std::find_if(plan.letters.begin(), plan.letters.end(),
                                      [&](const auto& out) { return domainOf(out.letter.toMail) == domain; });
        if (hit == plan.letters.end()) continue;
        // A host without an address is often being moved: that warns, what the domain itself says stops.
        none.push_back({isDraft(plan) && answer != DomainAnswer::lostExchangers,
                        keyOf(answer),
                        {{"domain", domain}, {"mail", hit->letter.toMail}, {"party", hit->partyName}},
                        placeOf(plan, hit->contact)});
    }
    add(plan, std::move(none));
    // No answer proves nothing about the address, but says that nobody has looked.
    if (!unknown.empty()) plan.findings.push_back({false, "finding.gate.domains_unknown", {{"domains", unknown}}, ""});
    std::stable_partition(plan.findings.begin(), plan.findings.end(), [](const auto& each) { return each.stops; });
}

} // namespace hoering

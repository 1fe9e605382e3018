// The last look at a mailing's recipients: what is doubtful about an address, who is missing, what is new since last.
// Not here: the act that causes the mailing (acts.h), a draft's own readiness (server/domain/consultation.h).
//
// What stops and what warns is decided by the harm it does. An address that cannot be one, or whose domain takes no
// mail, stops a draft: the party would surely not hear of the consultation, and the draft is where it is mended, before
// anybody was written to. In a consultation that runs the same only warns: to hold a cancelled or moved deadline back
// from everybody does more harm than one letter that comes back, and the address is corrected on a page of its own.
// Mail servers of a domain that DNS has no address of may come back before the letters are tried; two letters to one
// address, an address that failed before, a party without an address: a person judges; they warn.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/mail_address.h"
#include "domain/deadline.h"
#include "sqlite/tx.h"

namespace hoering {

struct ActPlan;

struct AddressChange {
    enum class Kind { added, gone, moved } kind = Kind::added;
    std::string party, before, after; // addresses; "" where there is none
};
/// Against the newest mailing of the same consultation that was at least half as big; a letter to one party alone is
/// nothing to compare a mailing to all with.
struct SinceLast {
    std::string act; // text key "act_name.<act>"
    Instant at{};
    std::vector<AddressChange> changes;
    std::size_t same = 0; // recipients as then
};
struct SendGate {
    std::size_t letters = 0, parties = 0, addresses = 0, domains = 0;
    std::optional<SinceLast> since;
};

/// Looks at a plan's letters and adds what it finds to its findings. Pure reading; the same in the preview and in the
/// transaction that does the act. A finding's field is "parties" in a draft, "contact.<id>" otherwise.
SendGate lookAtSendGate(sqlite::ReadTx& tx, ActPlan& plan);

/// The domains a plan's letters go to, in lower case.
std::set<std::string> mailDomainsOf(const ActPlan& plan);
/// What the name service said of them. Asked outside any transaction: an answer may take seconds.
void addDomainFindings(ActPlan& plan, const std::map<std::string, DomainAnswer>& answers);

} // namespace hoering

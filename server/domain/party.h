// An invited party (høringspart): consulted, or informed with a view to remarks; its contacts; its derived status.
// Not here: its answers (response.h), its link (server/sqlite/links.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/deadline.h"

namespace hoering {

/// Informed parties may answer and are never reminded (product.md rule 7).
enum class PartyRole { consulted, informed };
std::string_view roleName(PartyRole role); // as stored; text key "party_role.…"
std::optional<PartyRole> partyRoleFrom(std::string_view name);

struct Contact {
    std::int64_t id = 0, party = 0;
    std::string name; // "" when only the address is known
    std::string mail;
};

struct Party {
    std::int64_t id = 0, consultation = 0;
    std::string name;
    PartyRole role = PartyRole::consulted;
    std::string language = "da";
    std::optional<Deadline> ownDeadline;   // later than the consultation's
    int sequence = 0;                      // added to the consultation's: changes this party alone was told of
    std::optional<std::int64_t> jointWith; // answers together with that party
    std::optional<Instant> jointAt;        // since when it does, or does no longer
    bool unsolicited = false;              // never invited: answered of its own accord, by staff's hand
    std::vector<Contact> contacts;
};

/// What is known of a party, from which its status follows; the status itself is never stored.
struct PartyFacts {
    /// Invitations by what became of them: one that was accepted and came back counts as refused.
    int letters = 0, accepted = 0, laidInFolder = 0, refused = 0, unknown = 0;
    std::optional<Instant> invitedAt, acceptedAt; // the first invitation: queued, taken by the mail server
    std::optional<Instant> openedAt, draftedAt, answeredAt;
    std::optional<Instant> withdrawnAt;       // the last version; then none stands, and there is no answeredAt
    bool noRemarks = false, declined = false; // of the answer that stands
    bool late = false;
    bool joint = false; // answers together with another party
    int versions = 0;
};

enum class PartyStatus {
    notInvited,
    invited,
    delivered,    // to the mail server
    laidInFolder, // there is none
    bounced,
    opened,
    drafting,
    answered,
    noRemarks,
    declined,
    joint,
    withdrawn, // answered, and took it back
    noAnswer
};
std::string_view statusName(PartyStatus status); // text key "party_status.…"

/// `over`: the party's deadline has passed.
PartyStatus statusOf(const PartyFacts& facts, bool over);

} // namespace hoering

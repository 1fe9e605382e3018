#include "sqlite/parties.h"

#include "sqlite/retired_ids.h"

namespace hoering::sqlite {
namespace {

constexpr std::string_view columns =
    "SELECT id, consultation_id, name, role, language, own_deadline_local, sequence, joint_with, joint_at, unsolicited "
    "FROM parties ";

std::optional<Instant> maybeInstant(Statement& row, int column) {
    if (auto ms = row.maybeInteger(column)) return fromMillis(*ms);
    return std::nullopt;
}

Party read(Statement& row) {
    Party party;
    party.id = row.integer(0);
    party.consultation = row.integer(1);
    party.name = row.text(2);
    party.role = partyRoleFrom(row.text(3)).value_or(PartyRole::consulted);
    party.language = row.text(4);
    if (auto own = row.maybeText(5)) party.ownDeadline = Deadline::fromStored(*own);
    party.sequence = static_cast<int>(row.integer(6));
    party.jointWith = row.maybeInteger(7);
    party.jointAt = maybeInstant(row, 8);
    party.unsolicited = row.flag(9);
    return party;
}

void insertContacts(Tx& tx, std::int64_t party, const std::vector<Contact>& contacts) {
    for (const auto& contact : contacts)
        tx.sql("INSERT INTO contacts(party_id, name, mail) VALUES (?, ?, ?)")
            .bind(party, contact.name, contact.mail)
            .run();
}

} // namespace

std::int64_t insertParty(Tx& tx, std::int64_t consultation, const Party& party) {
    const auto id = freshPartyId(tx);
    tx.sql("INSERT INTO parties(id, consultation_id, name, role, language, unsolicited) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(id, consultation, party.name, roleName(party.role), party.language, party.unsolicited)
        .run();
    insertContacts(tx, id, party.contacts);
    return id;
}

void updateParty(Tx& tx, const Party& party) {
    tx.sql("UPDATE parties SET name = ?, role = ?, language = ? WHERE id = ?")
        .bind(party.name, roleName(party.role), party.language, party.id)
        .run();
    tx.sql("DELETE FROM contacts WHERE party_id = ?").bind(party.id).run();
    insertContacts(tx, party.id, party.contacts);
}

void setOwnDeadline(Tx& tx, std::int64_t party, const Deadline& deadline) {
    tx.sql("UPDATE parties SET own_deadline_local = ?, own_deadline_at = ?, sequence = sequence + 1 WHERE id = ?")
        .bind(deadline.stored(), toMillis(deadline.endsAt()), party)
        .run();
}

void setJointWith(Tx& tx, std::int64_t party, std::optional<std::int64_t> other) {
    tx.sql("UPDATE parties SET joint_with = ?, joint_at = ? WHERE id = ?")
        .bind(other, toMillis(tx.now().instant), party)
        .run();
}

void removeParty(Tx& tx, std::int64_t party) {
    tx.sql("DELETE FROM contacts WHERE party_id = ?").bind(party).run();
    tx.sql("DELETE FROM parties WHERE id = ?").bind(party).run();
    retirePartyId(tx, party);
}

std::optional<Party> findParty(ReadTx& tx, std::int64_t id) {
    static const std::string sql = std::string(columns) + "WHERE id = ?";
    std::optional<Party> party;
    {
        auto row = tx.sql(sql);
        if (!row.bind(id).step()) return std::nullopt;
        party = read(row);
    }
    auto row = tx.sql("SELECT id, name, mail FROM contacts WHERE party_id = ? AND removed_at IS NULL ORDER BY id");
    row.bind(id);
    while (row.step()) party->contacts.push_back({row.integer(0), id, row.text(1), row.text(2)});
    return party;
}

std::vector<Party> partiesOf(ReadTx& tx, std::int64_t consultation) {
    static const std::string sql = std::string(columns) + "WHERE consultation_id = ? ORDER BY id";
    std::vector<Party> parties;
    std::map<std::int64_t, std::size_t> place;
    {
        auto row = tx.sql(sql);
        row.bind(consultation);
        while (row.step()) {
            parties.push_back(read(row));
            place[parties.back().id] = parties.size() - 1;
        }
    }
    auto row = tx.sql("SELECT c.id, c.party_id, c.name, c.mail FROM contacts c JOIN parties p ON p.id = c.party_id "
                      "WHERE p.consultation_id = ? AND c.removed_at IS NULL ORDER BY c.id");
    row.bind(consultation);
    while (row.step())
        parties[place.at(row.integer(1))].contacts.push_back(
            {row.integer(0), row.integer(1), row.text(2), row.text(3)});
    return parties;
}

std::optional<Contact> findContact(ReadTx& tx, std::int64_t id) {
    auto row = tx.sql("SELECT id, party_id, name, mail FROM contacts WHERE id = ? AND removed_at IS NULL");
    if (!row.bind(id).step()) return std::nullopt;
    return Contact{row.integer(0), row.integer(1), row.text(2), row.text(3)};
}

void setContactMail(Tx& tx, std::int64_t contact, std::string_view mail) {
    tx.sql("UPDATE contacts SET mail = ? WHERE id = ?").bind(mail, contact).run();
}

std::map<std::int64_t, PartyFacts> factsOf(ReadTx& tx, std::int64_t consultation) {
    std::map<std::int64_t, PartyFacts> facts;
    {
        auto row =
            tx.sql("SELECT p.id, d.updated_at, p.joint_with FROM parties p LEFT JOIN drafts d ON d.party_id = p.id "
                   "WHERE p.consultation_id = ?");
        row.bind(consultation);
        while (row.step()) {
            auto& fact = facts[row.integer(0)];
            fact.draftedAt = maybeInstant(row, 1);
            fact.joint = !row.isNull(2);
        }
    }
    {
        auto row =
            tx.sql("SELECT l.party_id, sum(k.revoked_at IS NULL AND l.state <> 'cancelled'), "
                   "sum(l.state = 'accepted' AND l.server <> '' AND l.bounced_at IS NULL AND k.revoked_at IS NULL), "
                   "sum(l.state = 'accepted' AND l.server = '' AND k.revoked_at IS NULL), "
                   "sum((l.state = 'refused' OR l.bounced_at IS NOT NULL) AND k.revoked_at IS NULL), "
                   "sum(l.state = 'unknown' AND l.bounced_at IS NULL AND k.revoked_at IS NULL), "
                   "min(CASE WHEN l.state <> 'cancelled' THEN l.created_at END), "
                   "min(CASE WHEN l.state = 'accepted' AND l.server <> '' AND l.bounced_at IS NULL "
                   "AND k.revoked_at IS NULL THEN l.done_at END) "
                   "FROM letters l LEFT JOIN links k ON k.id = l.link_id " // a revoked link went to somebody else
                   "WHERE l.consultation_id = ? AND l.party_id IS NOT NULL "
                   "AND l.kind IN ('invitation', 'informed', 'link_again') GROUP BY l.party_id");
        row.bind(consultation);
        while (row.step()) {
            auto& fact = facts[row.integer(0)];
            fact.letters = static_cast<int>(row.integer(1));
            fact.accepted = static_cast<int>(row.integer(2));
            fact.laidInFolder = static_cast<int>(row.integer(3));
            fact.refused = static_cast<int>(row.integer(4));
            fact.unknown = static_cast<int>(row.integer(5));
            fact.invitedAt = maybeInstant(row, 6);
            fact.acceptedAt = maybeInstant(row, 7);
        }
    }
    {
        auto row = tx.sql("SELECT c.party_id, min(l.opened_at) FROM links l JOIN contacts c ON c.id = l.contact_id "
                          "JOIN parties p ON p.id = c.party_id WHERE p.consultation_id = ? GROUP BY c.party_id");
        row.bind(consultation);
        while (row.step()) facts[row.integer(0)].openedAt = maybeInstant(row, 1);
    }
    auto row = tx.sql("SELECT r.party_id, r.version, r.kind, r.late, r.received_at, w.withdrawn_at FROM responses r "
                      "LEFT JOIN withdrawals w ON w.response_id = r.id WHERE r.party_id IN "
                      "(SELECT id FROM parties WHERE consultation_id = ?) ORDER BY r.party_id, r.version");
    row.bind(consultation);
    while (row.step()) {
        auto& fact = facts[row.integer(0)];
        fact.versions = static_cast<int>(row.integer(1));
        fact.withdrawnAt = maybeInstant(row, 5);
        const bool stands = !fact.withdrawnAt;
        const std::string kind = row.text(2);
        fact.noRemarks = stands && kind == "no_remarks";
        fact.declined = stands && kind == "declined";
        fact.late = stands && row.flag(3);
        fact.answeredAt = stands ? maybeInstant(row, 4) : std::nullopt;
    }
    return facts;
}

} // namespace hoering::sqlite

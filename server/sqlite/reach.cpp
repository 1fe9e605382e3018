#include "sqlite/reach.h"

#include <algorithm>

namespace hoering::sqlite {

Reach reachOf(ReadTx& tx, std::int64_t party) {
    Reach reach;
    {
        auto row = tx.sql("SELECT l.id, l.state, l.bounced_at, l.created_at, l.contact_id, l.to_mail FROM letters l "
                          "JOIN links k ON k.id = l.link_id WHERE l.party_id = ? AND k.revoked_at IS NULL "
                          "ORDER BY l.id"); // a revoked link went to somebody else
        row.bind(party);
        while (row.step()) {
            const auto state = letterStateFrom(row.text(1));
            reach.facts.letters.push_back({state, !row.isNull(2), fromMillis(row.integer(3))});
            if (state == LetterState::cancelled) continue;
            reach.lastLetter = row.integer(0);
            reach.contact = row.maybeInteger(4).value_or(0);
            reach.mail = row.text(5);
        }
    }
    auto row =
        tx.sql("SELECT EXISTS (SELECT 1 FROM links l JOIN contacts c ON c.id = l.contact_id WHERE c.party_id = ?1 "
               "AND l.opened_at IS NOT NULL AND l.revoked_at IS NULL) "
               "OR EXISTS (SELECT 1 FROM drafts WHERE party_id = ?1) "
               "OR EXISTS (SELECT 1 FROM responses WHERE party_id = ?1)");
    row.bind(party).step();
    reach.facts.showedUp = row.flag(0);
    return reach;
}

std::vector<Candidate> maybeNotReached(ReadTx& tx, Instant since, std::optional<std::int64_t> consultation) {
    // The WHERE of the first part is that of the index letters_in_trouble, word for word.
    auto row = tx.sql("WITH maybe(party) AS ("
                      "SELECT party_id FROM letters WHERE state IN ('refused', 'unknown') OR bounced_at IS NOT NULL "
                      "UNION SELECT party_id FROM letters WHERE state = 'queued' AND created_at <= ?1 "
                      "UNION SELECT party_id FROM letters WHERE state = 'claimed' AND created_at <= ?1 "
                      "UNION SELECT p.id FROM consultations c JOIN parties p ON p.consultation_id = c.id "
                      "WHERE c.state = 'open' AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.party_id = p.id)) "
                      "SELECT p.consultation_id, p.id FROM maybe m JOIN parties p ON p.id = m.party "
                      "JOIN consultations c ON c.id = p.consultation_id "
                      "WHERE c.state = 'open' AND (?2 IS NULL OR c.id = ?2) ORDER BY p.consultation_id, p.id");
    row.bind(toMillis(since), consultation);
    std::vector<Candidate> list;
    while (row.step()) list.push_back({row.integer(0), row.integer(1)});
    return list;
}

bool wasTold(ReadTx& tx, std::int64_t party, std::string_view reason, std::int64_t letter) {
    return tx.sql("SELECT 1 FROM not_reached_told WHERE party_id = ? AND reason = ? AND letter_id = ?")
        .bind(party, reason, letter)
        .step();
}

void markTold(Tx& tx, std::int64_t party, std::string_view reason, std::int64_t letter) {
    tx.sql("INSERT INTO not_reached_told(party_id, reason, letter_id, told_at) VALUES (?, ?, ?, ?)")
        .bind(party, reason, letter, toMillis(tx.now().instant))
        .run();
}

} // namespace hoering::sqlite

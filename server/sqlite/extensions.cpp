#include "sqlite/extensions.h"

namespace hoering::sqlite {
namespace {

#define REQUEST_COLUMNS                                                                                                \
    "SELECT r.id, r.consultation_id, r.party_id, r.contact_id, p.name, CASE c.name WHEN '' THEN c.mail ELSE c.name "   \
    "END, r.asked_at, r.wanted_local, r.reason, r.state, r.answered_at, r.granted_local, r.answer "                    \
    "FROM extension_requests r JOIN parties p ON p.id = r.party_id JOIN contacts c ON c.id = r.contact_id "

ExtensionRequest read(const Statement& row) {
    ExtensionRequest request{row.integer(0),
                             row.integer(1),
                             row.integer(2),
                             row.integer(3),
                             row.text(4),
                             row.text(5),
                             fromMillis(row.integer(6)),
                             Deadline::fromStored(row.text(7)).value_or(Deadline{}),
                             row.text(8),
                             requestStateFrom(row.text(9)),
                             {},
                             {},
                             row.text(12)};
    if (const auto at = row.maybeInteger(10)) request.answeredAt = fromMillis(*at);
    if (const auto granted = row.maybeText(11)) request.granted = Deadline::fromStored(*granted);
    return request;
}

std::optional<ExtensionRequest> one(Statement& bound) {
    if (!bound.step()) return std::nullopt;
    return read(bound);
}

std::vector<ExtensionRequest> all(Statement& bound) {
    std::vector<ExtensionRequest> list;
    while (bound.step()) list.push_back(read(bound));
    return list;
}

} // namespace

void insertDeadlineChange(Tx& tx, const DeadlineChange& c) {
    tx.sql("INSERT INTO deadline_changes(consultation_id, party_id, at, from_local, to_local, reason, by_name) "
           "VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(c.consultation, c.party, toMillis(tx.now().instant), c.from.stored(), c.to.stored(), c.reason, c.byName)
        .run();
}

bool deadlineMovedSince(ReadTx& tx, std::int64_t consultation, std::int64_t party, const Deadline& now, Instant since) {
    auto row = tx.sql("SELECT 1 FROM deadline_changes WHERE consultation_id = ? AND (party_id IS NULL OR party_id = ?) "
                      "AND to_local = ? AND at > ? LIMIT 1");
    return row.bind(consultation, party, now.stored(), toMillis(since)).step();
}

std::vector<DeadlineChange> deadlineChangesOf(ReadTx& tx, std::int64_t consultation) {
    auto row = tx.sql("SELECT d.id, d.consultation_id, d.party_id, ifnull(p.name, ''), d.at, d.from_local, d.to_local, "
                      "d.reason, d.by_name FROM deadline_changes d LEFT JOIN parties p ON p.id = d.party_id "
                      "WHERE d.consultation_id = ? ORDER BY d.id");
    row.bind(consultation);
    std::vector<DeadlineChange> list;
    while (row.step())
        list.push_back({row.integer(0), row.integer(1), row.maybeInteger(2), row.text(3), fromMillis(row.integer(4)),
                        Deadline::fromStored(row.text(5)).value_or(Deadline{}),
                        Deadline::fromStored(row.text(6)).value_or(Deadline{}), row.text(7), row.text(8)});
    return list;
}

std::int64_t insertExtensionRequest(Tx& tx, const ExtensionRequest& r, std::string_view key) {
    tx.sql("INSERT INTO extension_requests(consultation_id, party_id, contact_id, asked_at, wanted_local, reason, "
           "state, idempotency_key) VALUES (?, ?, ?, ?, ?, ?, 'asked', ?)")
        .bind(r.consultation, r.party, r.contact, toMillis(tx.now().instant), r.wanted.stored(), r.reason, key)
        .run();
    return tx.lastInsertId();
}

std::optional<ExtensionRequest> findExtensionRequest(ReadTx& tx, std::int64_t id) {
    auto row = tx.sql(REQUEST_COLUMNS "WHERE r.id = ?");
    return one(row.bind(id));
}

std::optional<ExtensionRequest> findExtensionRequestByKey(ReadTx& tx, std::string_view key) {
    auto row = tx.sql(REQUEST_COLUMNS "WHERE r.idempotency_key = ?");
    return one(row.bind(key));
}

std::vector<ExtensionRequest> extensionRequestsOf(ReadTx& tx, std::int64_t consultation) {
    auto row = tx.sql(REQUEST_COLUMNS "WHERE r.consultation_id = ? ORDER BY r.id DESC");
    return all(row.bind(consultation));
}

std::optional<ExtensionRequest> lastExtensionRequestOf(ReadTx& tx, std::int64_t party) {
    // Named with its consultation, for the index.
    auto row = tx.sql(REQUEST_COLUMNS "WHERE r.consultation_id = (SELECT consultation_id FROM parties WHERE id = ?1) "
                                      "AND r.party_id = ?1 ORDER BY r.id DESC LIMIT 1");
    return one(row.bind(party));
}

std::vector<ExtensionRequest> waitingExtensionRequests(ReadTx& tx) {
    auto row = tx.sql(REQUEST_COLUMNS "JOIN consultations h ON h.id = r.consultation_id "
                                      "WHERE r.state = 'asked' AND h.state IN ('open', 'closed') ORDER BY r.id");
    return all(row);
}

bool answerExtensionRequest(Tx& tx, std::int64_t id, RequestState state, std::int64_t user,
                            const std::optional<Deadline>& granted, std::string_view answer) {
    std::optional<std::string> until;
    if (granted) until = granted->stored();
    tx.sql("UPDATE extension_requests SET state = ?, answered_at = ?, answered_by = ?, granted_local = ?, answer = ? "
           "WHERE id = ? AND state = 'asked'")
        .bind(stateName(state), toMillis(tx.now().instant), user, until, answer, id)
        .run();
    return tx.changes() == 1;
}

} // namespace hoering::sqlite

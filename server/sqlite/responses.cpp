#include "sqlite/responses.h"

#include <map>
#include <stdexcept>

#include "sqlite/file_row.h"

namespace hoering::sqlite {
namespace {

constexpr std::string_view columns =
    "SELECT r.id, r.consultation_id, r.party_id, r.version, r.kind, r.channel, r.late, r.text, r.received_at, "
    "coalesce(nullif(c.name, ''), c.mail, ''), r.receipt, r.checksum, r.registered_by, "
    "coalesce(u.name, ''), r.registered_at, w.withdrawn_at, w.channel, w.reason, w.receipt, "
    "coalesce(nullif(wc.name, ''), wc.mail, ''), w.registered_by, coalesce(wu.name, ''), w.registered_at "
    "FROM responses r LEFT JOIN contacts c ON c.id = r.submitted_by LEFT JOIN users u ON u.id = r.registered_by "
    "LEFT JOIN withdrawals w ON w.response_id = r.id LEFT JOIN contacts wc ON wc.id = w.withdrawn_by "
    "LEFT JOIN users wu ON wu.id = w.registered_by ";

/// From column 15 on.
std::optional<Withdrawal> readWithdrawal(Statement& row) {
    const auto at = row.maybeInteger(15);
    if (!at) return std::nullopt;
    Withdrawal withdrawal;
    withdrawal.at = fromMillis(*at);
    withdrawal.channel = channelFrom(row.text(16));
    withdrawal.reason = row.text(17);
    withdrawal.receipt = row.text(18);
    withdrawal.withdrawnBy = row.text(19);
    withdrawal.registrar = row.maybeInteger(20);
    withdrawal.registeredBy = row.text(21);
    if (const auto registered = row.maybeInteger(22)) withdrawal.registeredAt = fromMillis(*registered);
    return withdrawal;
}

Response read(Statement& row) {
    Response response;
    response.id = row.integer(0);
    response.consultation = row.integer(1);
    response.party = row.integer(2);
    response.version = static_cast<int>(row.integer(3));
    response.kind = responseKindFrom(row.text(4));
    response.channel = channelFrom(row.text(5));
    response.late = row.flag(6);
    response.text = row.text(7);
    response.receivedAt = fromMillis(row.integer(8));
    response.submittedBy = row.text(9);
    response.receipt = row.text(10);
    response.checksum = row.text(11);
    response.registrar = row.maybeInteger(12);
    response.registeredBy = row.text(13);
    if (const auto at = row.maybeInteger(14)) response.registeredAt = fromMillis(*at);
    response.withdrawal = readWithdrawal(row);
    return response;
}

/// A SELECT of answers' files: the answer, then the file.
std::string filesWhere(std::string_view condition) {
    return "SELECT rf.response_id, " + std::string(storedFileColumns) +
           " FROM response_files rf JOIN files f ON f.id = rf.file_id " + std::string(condition);
}

template <class V> std::optional<Response> findOne(ReadTx& tx, const std::string& sql, const V& value) {
    std::optional<Response> found;
    {
        auto row = tx.sql(sql);
        if (row.bind(value).step()) found = read(row);
    }
    if (found) {
        static const std::string files = filesWhere("WHERE rf.response_id = ? ORDER BY rf.position");
        auto row = tx.sql(files);
        row.bind(found->id);
        while (row.step()) found->files.push_back(readStoredFile(row, 1));
    }
    return found;
}

std::vector<Response> findAll(ReadTx& tx, const std::string& sql, const std::string& filesSql, std::int64_t id) {
    std::vector<Response> list;
    std::map<std::int64_t, std::size_t> place;
    {
        auto row = tx.sql(sql);
        row.bind(id);
        while (row.step()) {
            list.push_back(read(row));
            place[list.back().id] = list.size() - 1;
        }
    }
    auto row = tx.sql(filesSql);
    row.bind(id);
    while (row.step()) list[place.at(row.integer(0))].files.push_back(readStoredFile(row, 1));
    return list;
}

} // namespace

std::int64_t insertResponse(Tx& tx, const Response& r, int version, std::optional<std::int64_t> contact,
                            std::string_view key) {
    std::optional<std::int64_t> registered;
    if (r.registeredAt) registered = toMillis(*r.registeredAt);
    tx.sql("INSERT INTO responses(consultation_id, party_id, version, kind, channel, late, text, received_at, "
           "submitted_by, receipt, checksum, idempotency_key, registered_by, registered_at) "
           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(r.consultation, r.party, version, kindName(r.kind), channelName(r.channel), r.late, r.text,
              toMillis(r.receivedAt), contact, r.receipt, r.checksum, key, r.registrar, registered)
        .run();
    const auto id = tx.lastInsertId();
    int position = 0;
    for (const auto& file : r.files)
        tx.sql("INSERT INTO response_files(response_id, position, file_id) VALUES (?, ?, ?)")
            .bind(id, ++position, file.id)
            .run();
    return id;
}

std::optional<Response> findResponse(ReadTx& tx, std::int64_t id) {
    static const std::string sql = std::string(columns) + "WHERE r.id = ?";
    return findOne(tx, sql, id);
}

std::optional<Response> findResponseByReceipt(ReadTx& tx, std::string_view receipt) {
    static const std::string sql = std::string(columns) + "WHERE r.receipt = ?";
    return findOne(tx, sql, receipt);
}

std::optional<Response> lastResponseOf(ReadTx& tx, std::int64_t party) {
    static const std::string sql = std::string(columns) + "WHERE r.party_id = ? ORDER BY r.version DESC LIMIT 1";
    return findOne(tx, sql, party);
}

int versionsOf(ReadTx& tx, std::int64_t party) {
    auto row = tx.sql("SELECT coalesce(max(version), 0) FROM responses WHERE party_id = ?");
    row.bind(party).step();
    return static_cast<int>(row.integer(0));
}

bool hasAnswered(ReadTx& tx, std::int64_t party) {
    auto row = tx.sql("SELECT w.id IS NULL FROM responses r LEFT JOIN withdrawals w ON w.response_id = r.id "
                      "WHERE r.party_id = ? ORDER BY r.version DESC LIMIT 1");
    return row.bind(party).step() && row.flag(0);
}

Footing footingOf(ReadTx& tx, std::int64_t party, std::string_view key) {
    auto row = tx.sql(
        "SELECT c.state, coalesce(c.deadline_local, ''), coalesce(p.own_deadline_local, ''), c.closed_at, "
        "c.accept_late, coalesce(d.version, 0), p.joint_with, "
        "(SELECT coalesce(max(version), 0) FROM responses WHERE party_id = p.id), "
        "(SELECT id FROM responses WHERE idempotency_key = ?2) FROM parties p "
        "JOIN consultations c ON c.id = p.consultation_id LEFT JOIN drafts d ON d.party_id = p.id WHERE p.id = ?1");
    if (!row.bind(party, key).step()) throw std::logic_error("an answer of a party that is not there");
    return {
        {row.text(0), row.text(1), row.text(2), row.maybeInteger(3), row.flag(4), row.integer(5), row.maybeInteger(6)},
        static_cast<int>(row.integer(7)),
        row.maybeInteger(8)};
}

std::vector<Response> responsesOf(ReadTx& tx, std::int64_t consultation) {
    static const std::string sql = std::string(columns) +
                                   "WHERE r.party_id IN (SELECT id FROM parties WHERE consultation_id = ?) "
                                   "ORDER BY r.party_id, r.version";
    static const std::string files =
        filesWhere("JOIN responses r ON r.id = rf.response_id "
                   "WHERE r.party_id IN (SELECT id FROM parties WHERE consultation_id = ?) "
                   "ORDER BY rf.response_id, rf.position");
    return findAll(tx, sql, files, consultation);
}

std::vector<Response> versionsOfParty(ReadTx& tx, std::int64_t party) {
    static const std::string sql = std::string(columns) + "WHERE r.party_id = ? ORDER BY r.version";
    static const std::string files = filesWhere("JOIN responses r ON r.id = rf.response_id WHERE r.party_id = ? "
                                                "ORDER BY rf.response_id, rf.position");
    return findAll(tx, sql, files, party);
}

} // namespace hoering::sqlite

#include "sqlite/ledger.h"

#include "common/strings.h"
#include "sqlite/letter_row.h"

namespace hoering::sqlite {
namespace {

const std::string lineColumns =
    "SELECT " + letterColumns("l") +
    ", coalesce(p.name, ''), coalesce(c.title, ''), coalesce((SELECT a.code FROM letter_attempts a "
    "WHERE a.letter_id = l.id ORDER BY a.id DESC LIMIT 1), 0) FROM letters l "
    "LEFT JOIN parties p ON p.id = l.party_id LEFT JOIN consultations c ON c.id = l.consultation_id ";

LedgerLine readLine(const Statement& row) {
    return {readLetter(row), row.text(letterColumnCount), row.text(letterColumnCount + 1),
            static_cast<int>(row.integer(letterColumnCount + 2))};
}

/// A search text as a LIKE pattern, its own wildcards meant as typed.
std::string patternOf(std::string_view search) {
    std::string pattern = "%";
    for (const char c : search) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

Returned readReturn(const Statement& row, int first) {
    return {fromMillis(row.integer(first)), row.text(first + 1), row.text(first + 2), row.text(first + 3)};
}

} // namespace

std::vector<LedgerLine> ledgerPage(ReadTx& tx, const LedgerFilter& filter) {
    // Only what is asked for stands in the statement, so that each finds its index.
    std::string where = "WHERE (?1 = 0 OR l.id < ?1)";
    where += filter.consultation ? " AND l.consultation_id = ?2" : " AND ?2 IS NULL";
    where += filter.party ? " AND l.party_id = ?3" : " AND ?3 IS NULL";
    where += filter.kind ? " AND l.kind = ?4" : " AND ?4 IS NULL";
    where += filter.search.empty() ? " AND ?5 IS NULL"
                                   : " AND (l.to_mail LIKE ?5 ESCAPE '\\' OR l.to_name LIKE ?5 ESCAPE '\\')";
    if (filter.deferred) where += " AND ?6 IS NULL AND l.state = 'queued' AND l.attempts > 0";
    else if (filter.bounced) where += " AND ?6 IS NULL AND l.bounced_at IS NOT NULL";
    else if (filter.state == LetterState::queued) where += " AND ?6 = 'queued' AND l.state IN ('queued', 'claimed')";
    else where += filter.state ? " AND l.state = ?6" : " AND ?6 IS NULL";
    if (filter.state == LetterState::accepted) where += " AND l.bounced_at IS NULL";
    const std::string sql = lineColumns + where + " ORDER BY l.id DESC LIMIT ?7";
    std::optional<std::string> kind, search, state;
    if (filter.kind) kind = kindName(*filter.kind);
    if (!filter.search.empty()) search = patternOf(filter.search);
    if (filter.state && !filter.deferred && !filter.bounced) state = stateName(*filter.state);
    auto row = tx.sql(sql);
    row.bind(filter.beforeId, filter.consultation, filter.party, kind, search, state, filter.limit);
    std::vector<LedgerLine> lines;
    while (row.step()) lines.push_back(readLine(row));
    return lines;
}

std::vector<Letter> lettersInTrouble(ReadTx& tx) {
    static const std::string sql =
        lineColumns + "WHERE (l.state IN ('refused', 'unknown') OR l.bounced_at IS NOT NULL) AND c.state = 'open' "
                      "AND NOT EXISTS (SELECT 1 FROM letters n WHERE n.contact_id = l.contact_id AND n.id > l.id "
                      "AND n.state = 'accepted' AND n.bounced_at IS NULL) ORDER BY l.id DESC";
    auto row = tx.sql(sql);
    row.bind();
    std::vector<Letter> list;
    while (row.step()) list.push_back(readLine(row).letter);
    return list;
}

std::vector<Returned> returnsOf(ReadTx& tx, std::int64_t letter) {
    auto row = tx.sql("SELECT at, action, status, diagnostic FROM bounces WHERE letter_id = ? ORDER BY id");
    row.bind(letter);
    std::vector<Returned> list;
    while (row.step()) list.push_back(readReturn(row, 0));
    return list;
}

std::map<std::int64_t, std::vector<Attempt>> attemptsIn(ReadTx& tx, std::int64_t consultation) {
    auto row = tx.sql("SELECT a.letter_id, a.at, a.outcome, a.code, a.server, a.reply FROM letters l "
                      "JOIN letter_attempts a ON a.letter_id = l.id WHERE l.consultation_id = ? ORDER BY a.id");
    row.bind(consultation);
    std::map<std::int64_t, std::vector<Attempt>> all;
    while (row.step())
        all[row.integer(0)].push_back(
            {fromMillis(row.integer(1)), row.text(2), static_cast<int>(row.integer(3)), row.text(4), row.text(5)});
    return all;
}

std::map<std::int64_t, std::vector<Returned>> returnsIn(ReadTx& tx, std::int64_t consultation) {
    auto row = tx.sql("SELECT b.letter_id, b.at, b.action, b.status, b.diagnostic FROM letters l "
                      "JOIN bounces b ON b.letter_id = l.id WHERE l.consultation_id = ? ORDER BY b.id");
    row.bind(consultation);
    std::map<std::int64_t, std::vector<Returned>> all;
    while (row.step()) all[row.integer(0)].push_back(readReturn(row, 1));
    return all;
}

bool withdrawLetter(Tx& tx, std::int64_t letter) {
    tx.sql("UPDATE letters SET state = 'cancelled', done_at = ? WHERE id = ? AND state = 'queued'")
        .bind(toMillis(tx.now().instant), letter)
        .run();
    return tx.changes() == 1;
}

std::vector<Letter> lettersToContact(ReadTx& tx, std::int64_t contact) {
    std::vector<std::int64_t> ids;
    {
        auto row = tx.sql("SELECT id FROM letters WHERE contact_id = ? ORDER BY id");
        row.bind(contact);
        while (row.step()) ids.push_back(row.integer(0));
    }
    std::vector<Letter> letters;
    for (const auto id : ids) letters.push_back(findLetter(tx, id).value());
    return letters;
}

} // namespace hoering::sqlite

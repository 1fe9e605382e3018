#include "sqlite/journal.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "common/crypto.h"
#include "common/json_text.h"
#include "sqlite/connection.h"

namespace hoering::sqlite {

namespace {

const std::string noHash(64, '0');

void put(std::string& out, std::string_view field) {
    out += std::to_string(field.size());
    out += ':';
    out += field;
}
void put(std::string& out, std::int64_t number) { put(out, std::string_view(std::to_string(number))); }
template <class T> void put(std::string& out, const std::optional<T>& field) {
    if (field) put(out, *field);
    else out += '-';
}

struct Row {
    std::int64_t id = 0, at = 0;
    std::string_view kind;
    std::optional<std::int64_t> actor;
    std::string_view name, act;
    std::optional<std::int64_t> consultation, party;
    std::string_view details, prevHash;
};

std::string hashOf(const Row& row) {
    std::string text = "hoering-journal-1\n";
    text.reserve(256 + row.details.size());
    put(text, row.id);
    put(text, row.at);
    put(text, row.kind);
    put(text, row.actor);
    put(text, row.name);
    put(text, row.act);
    put(text, row.consultation);
    put(text, row.party);
    put(text, row.details);
    put(text, row.prevHash);
    return sha256Hex(text);
}

Row rowOf(const Statement& row) { // views are valid until the next step
    return {row.integer(0),  row.integer(1),      row.textView(2),     row.maybeInteger(3), row.textView(4),
            row.textView(5), row.maybeInteger(6), row.maybeInteger(7), row.textView(8),     row.textView(9)};
}

ActorKind kindOf(std::string_view name) {
    for (const auto kind : {ActorKind::user, ActorKind::party, ActorKind::clockwork, ActorKind::operations})
        if (nameOf(kind) == name) return kind;
    throw std::runtime_error("the journal holds an unknown kind of actor: " + std::string(name));
}

/// One JSON object with sorted keys, so that equal details are equal bytes.
std::string canonical(std::vector<std::pair<std::string, std::string>> details) {
    std::ranges::stable_sort(details, {}, [](const auto& detail) -> const std::string& { return detail.first; });
    std::string object = "{";
    for (const auto& [key, value] : details) {
        if (object.size() > 1) object += ',';
        appendJson(object, key);
        object += ':';
        appendJson(object, value);
    }
    return object + "}";
}

Connection::JournalHead readHead(ReadTx& tx) {
    auto head = tx.sql("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1");
    if (!head.step()) return {0, noHash};
    return {head.integer(0), head.text(1)};
}

constexpr std::string_view columns =
    "SELECT id, at, actor_kind, actor_id, actor_name, act, consultation_id, party_id, details, prev_hash, hash"
    " FROM journal";

} // namespace

std::string_view nameOf(ActorKind kind) {
    switch (kind) {
    case ActorKind::user: return "user";
    case ActorKind::party: return "party";
    case ActorKind::clockwork: return "clockwork";
    case ActorKind::operations: return "operations";
    }
    return "";
}

void Tx::record(const AuditEvent& event) {
    auto known = std::exchange(connection_.journalHead, std::nullopt); // until this entry stands
    const auto before = known ? std::move(*known) : readHead(*this);
    const std::string details = canonical(event.details);
    Row row;
    row.id = before.id + 1;
    row.at = toMillis(now_.instant);
    row.kind = nameOf(event.actor.kind);
    if (event.actor.id != 0) row.actor = event.actor.id;
    row.name = event.actor.name;
    row.act = event.act;
    row.consultation = event.consultation;
    row.party = event.party;
    row.details = details;
    row.prevHash = before.hash;
    std::string hash = hashOf(row);
    sql("INSERT INTO journal(id, at, actor_kind, actor_id, actor_name, act, consultation_id, party_id, details,"
        " prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(row.id, row.at, row.kind, row.actor, row.name, row.act, row.consultation, row.party, row.details,
              row.prevHash, hash)
        .run();
    connection_.journalHead = {row.id, std::move(hash)};
    recorded_ = true;
}

std::vector<JournalEntry> journalPage(ReadTx& tx, const JournalFilter& filter, std::optional<std::int64_t> beforeId,
                                      int limit) {
    std::string sql(columns);
    sql += " WHERE id < ?1";
    sql += filter.consultation ? " AND consultation_id = ?2" : " AND ?2 IS NULL";
    sql += filter.party ? " AND party_id = ?3" : " AND ?3 IS NULL";
    sql += " ORDER BY id DESC LIMIT ?4";
    auto rows = tx.sql(sql);
    rows.bind(beforeId.value_or(INT64_MAX), filter.consultation, filter.party, limit);
    std::vector<JournalEntry> page;
    while (rows.step()) {
        const Row row = rowOf(rows);
        JournalEntry entry;
        entry.id = row.id;
        entry.at = fromMillis(row.at);
        entry.event.actor = {kindOf(row.kind), row.actor.value_or(0), std::string(row.name)};
        entry.event.act = row.act;
        entry.event.consultation = row.consultation;
        entry.event.party = row.party;
        const auto details = nlohmann::json::parse(row.details);
        for (const auto& [key, value] : details.items())
            entry.event.details.emplace_back(key, value.get<std::string>());
        entry.prevHash = row.prevHash;
        entry.hash = rows.text(10);
        page.push_back(std::move(entry));
    }
    return page;
}

JournalNames journalNames(ReadTx& tx, const std::vector<JournalEntry>& page) {
    auto consultations = nlohmann::json::array(), parties = consultations, letters = consultations;
    for (const auto& entry : page) {
        if (entry.event.consultation) consultations.push_back(*entry.event.consultation);
        if (entry.event.party) parties.push_back(*entry.event.party);
        for (const auto& [key, value] : entry.event.details)
            if (key == "letter" || key == "new_letter") letters.push_back(value);
    }
    auto rows = tx.sql("SELECT 1, id, title, '' FROM consultations WHERE id IN (SELECT value FROM json_each(?1))"
                       " UNION ALL SELECT 2, id, name, '' FROM parties WHERE id IN (SELECT value FROM json_each(?2))"
                       " UNION ALL SELECT 3, id, to_name, to_mail FROM letters"
                       " WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(?3))");
    rows.bind(consultations.dump(), parties.dump(), letters.dump());
    JournalNames names;
    while (rows.step()) {
        const auto id = rows.integer(1);
        if (rows.integer(0) == 3) names.letters[id] = {rows.text(2), rows.text(3)};
        else (rows.integer(0) == 1 ? names.consultations : names.parties)[id] = rows.text(2);
    }
    return names;
}

JournalProof verifyJournal(ReadTx& tx, std::string_view kept) {
    JournalProof proof;
    proof.headHash = noHash;
    if (kept == noHash) proof.keptHead = 0;
    auto rows = tx.sql(std::string(columns) + " ORDER BY id");
    while (rows.step()) {
        const Row row = rowOf(rows);
        std::string wrong;
        if (row.id != proof.count + 1) wrong = "entry " + std::to_string(proof.count + 1) + " is missing";
        else if (row.prevHash != proof.headHash) wrong = "it does not follow from the entry before it";
        else if (hashOf(row) != rows.textView(10)) wrong = "its contents do not fit its hash";
        if (!wrong.empty()) {
            proof.broken = {row.id, "Journal entry " + std::to_string(row.id) + ": " + wrong + "."};
            return proof;
        }
        ++proof.count;
        proof.headHash = rows.text(10);
        if (proof.headHash == kept) proof.keptHead = proof.count;
    }
    return proof;
}

} // namespace hoering::sqlite

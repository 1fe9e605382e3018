#include "sqlite/letters.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "common/mail_address.h"
#include "sqlite/letter_row.h"

namespace hoering::sqlite {
namespace {

const std::string whole = "SELECT " + letterColumns("letters") +
                          ", body_text, parts, calendar FROM letters JOIN letter_bodies ON letter_id = letters.id ";

Letter readWhole(const Statement& row) {
    Letter l = readLetter(row);
    l.text = row.text(letterColumnCount);
    l.parts = row.text(letterColumnCount + 1);
    l.calendar = row.text(letterColumnCount + 2);
    return l;
}

} // namespace

std::int64_t insertLetter(Tx& tx, const Letter& l) {
    const auto now = toMillis(tx.now().instant);
    tx.sql("INSERT INTO letters(kind, consultation_id, party_id, contact_id, link_id, user_id, mailing_id, language, "
           "to_name, to_mail, domain, reply_name, reply_mail, subject, message_id, thread, created_at, state, "
           "next_attempt_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)")
        .bind(kindName(l.kind), l.consultation, l.party, l.contact, l.link, l.user, l.mailing, l.language, l.toName,
              l.toMail, mailDomain(l.toMail), l.replyName, l.replyMail, l.subject, l.messageId, l.thread, now, now)
        .run();
    const auto id = tx.lastInsertId();
    tx.sql("INSERT INTO letter_bodies(letter_id, body_text, parts, calendar) VALUES (?, ?, ?, ?)")
        .bind(id, l.text, l.parts, l.calendar)
        .run();
    tx.queuedLetters();
    return id;
}

void readBodies(ReadTx& tx, Letter& letter) {
    auto row = tx.sql("SELECT body_text, parts, calendar FROM letter_bodies WHERE letter_id = ?");
    if (!row.bind(letter.id).step()) throw std::logic_error("a letter without its words");
    letter.text = row.text(0);
    letter.parts = row.text(1);
    letter.calendar = row.text(2);
}

std::optional<Letter> claimLetter(Tx& tx, const MailDomains& passOver) {
    const auto now = toMillis(tx.now().instant);
    std::int64_t id = 0;
    if (passOver.empty()) {
        auto row = tx.sql("SELECT id FROM letters WHERE state = 'queued' AND next_attempt_at <= ? "
                          "ORDER BY next_attempt_at, id LIMIT 1");
        if (!row.bind(now).step()) return std::nullopt;
        id = row.integer(0);
    } else {
        if (!letterDueOutside(tx, tx.now().instant, passOver)) return std::nullopt;
        const std::string list = nlohmann::json(passOver).dump();
        auto row = tx.sql("SELECT id FROM letters WHERE state = 'queued' AND next_attempt_at <= ? "
                          "AND domain NOT IN (SELECT value FROM json_each(?)) ORDER BY next_attempt_at, id LIMIT 1");
        if (!row.bind(now, list).step()) return std::nullopt;
        id = row.integer(0);
    }
    tx.sql("UPDATE letters SET state = 'claimed', attempts = attempts + 1, handed_at = NULL WHERE id = ?")
        .bind(id)
        .run();
    static const std::string head = "SELECT " + letterColumns("letters") + " FROM letters WHERE id = ?";
    auto row = tx.sql(head);
    row.bind(id).step();
    return readLetter(row);
}

bool letterDueOutside(ReadTx& tx, Instant now, const MailDomains& passOver) {
    // From domain to domain along the index: thousands of letters to one domain are one step.
    std::string domain;
    while (true) {
        auto row = tx.sql("SELECT domain, next_attempt_at FROM letters WHERE state = 'queued' AND domain > ? "
                          "ORDER BY domain, next_attempt_at LIMIT 1");
        if (!row.bind(std::string(domain)).step()) return false;
        domain = row.text(0);
        if (row.integer(1) <= toMillis(now) && std::find(passOver.begin(), passOver.end(), domain) == passOver.end())
            return true;
    }
}

namespace {

void insertAttempt(Tx& tx, std::int64_t letter, const Attempt& attempt) {
    tx.sql("INSERT INTO letter_attempts(letter_id, at, outcome, code, server, reply) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(letter, toMillis(attempt.at), attempt.outcome, attempt.code, attempt.server, attempt.reply)
        .run();
}

} // namespace

void settleLetter(Tx& tx, std::int64_t letter, const Attempt& attempt, LetterState state,
                  std::optional<Instant> nextAttempt) {
    insertAttempt(tx, letter, attempt);
    std::optional<std::int64_t> doneAt;
    if (state != LetterState::queued) doneAt = toMillis(tx.now().instant);
    tx.sql("UPDATE letters SET state = ?, next_attempt_at = ?, done_at = ?, server = ?, reply = ? "
           "WHERE id = ? AND state = 'claimed'")
        .bind(stateName(state), toMillis(nextAttempt.value_or(tx.now().instant)), doneAt, attempt.server, attempt.reply,
              letter)
        .run();
}

void putBackLetter(Tx& tx, std::int64_t letter, const Attempt& attempt) {
    insertAttempt(tx, letter, attempt);
    tx.sql("UPDATE letters SET state = 'queued', attempts = attempts - 1, server = ?, reply = ? "
           "WHERE id = ? AND state = 'claimed'")
        .bind(attempt.server, attempt.reply, letter)
        .run();
}

void unclaimLetter(Tx& tx, std::int64_t letter) {
    tx.sql("UPDATE letters SET state = 'queued', attempts = attempts - 1 WHERE id = ? AND state = 'claimed'")
        .bind(letter)
        .run();
}

void markHandedOver(Tx& tx, std::int64_t letter) {
    tx.sql("UPDATE letters SET handed_at = ? WHERE id = ? AND state = 'claimed'")
        .bind(toMillis(tx.now().instant), letter)
        .run();
}

std::vector<CutOff> claimedLetters(ReadTx& tx) {
    auto row = tx.sql("SELECT id, handed_at IS NOT NULL FROM letters WHERE state = 'claimed' ORDER BY id");
    std::vector<CutOff> list;
    while (row.step()) list.push_back({findLetter(tx, row.integer(0)).value(), row.integer(1) != 0});
    return list;
}

std::optional<Letter> findLetter(ReadTx& tx, std::int64_t id) {
    static const std::string sql = whole + "WHERE letters.id = ?";
    auto row = tx.sql(sql);
    if (!row.bind(id).step()) return std::nullopt;
    return readWhole(row);
}

std::optional<std::int64_t> findLetterByMessageId(ReadTx& tx, std::string_view messageId) {
    auto row = tx.sql("SELECT id FROM letters WHERE message_id = ?");
    if (!row.bind(messageId).step()) return std::nullopt;
    return row.integer(0);
}

std::vector<Letter> listLetters(ReadTx& tx, const LetterFilter& filter) {
    static const std::string sql = "SELECT " + letterColumns("letters") +
                                   " FROM letters WHERE (?1 IS NULL OR consultation_id = ?1) "
                                   "AND (?2 IS NULL OR state = ?2) AND (?3 = 0 OR id < ?3) ORDER BY id DESC LIMIT ?4";
    auto row = tx.sql(sql);
    std::optional<std::string> state;
    if (filter.state) state = stateName(*filter.state);
    row.bind(filter.consultation, state, filter.beforeId, filter.limit);
    std::vector<Letter> list;
    while (row.step()) list.push_back(readLetter(row));
    return list;
}

std::vector<Attempt> attemptsOf(ReadTx& tx, std::int64_t letter) {
    auto row = tx.sql("SELECT at, outcome, code, server, reply FROM letter_attempts WHERE letter_id = ? ORDER BY id");
    row.bind(letter);
    std::vector<Attempt> list;
    while (row.step())
        list.push_back(
            {fromMillis(row.integer(0)), row.text(1), static_cast<int>(row.integer(2)), row.text(3), row.text(4)});
    return list;
}

std::optional<Instant> nextLetterDue(ReadTx& tx, std::optional<Instant> after) {
    auto row =
        tx.sql("SELECT min(due) FROM (SELECT min(next_attempt_at) AS due FROM letters WHERE state = 'queued' AND "
               "next_attempt_at > ?1 UNION ALL SELECT min(due_at) FROM queued_receipts WHERE due_at > ?1)");
    row.bind(after ? toMillis(*after) : std::int64_t{-1}).step();
    if (auto due = row.maybeInteger(0)) return fromMillis(*due);
    return std::nullopt;
}

std::string threadOf(ReadTx& tx, std::int64_t contact) {
    auto row = tx.sql("SELECT message_id FROM letters WHERE contact_id = ? ORDER BY id LIMIT 1");
    return row.bind(contact).step() ? row.text(0) : std::string();
}

std::string letterBefore(ReadTx& tx, std::int64_t contact, std::int64_t letter) {
    auto row = tx.sql("SELECT message_id FROM letters WHERE contact_id = ? AND id < ? ORDER BY id DESC LIMIT 1");
    return row.bind(contact, letter).step() ? row.text(0) : std::string();
}

LetterCounts countLetters(ReadTx& tx, std::optional<std::int64_t> consultation) {
    auto row = tx.sql("SELECT sum(state IN ('queued', 'claimed')), sum(state = 'accepted'), sum(state = 'refused'), "
                      "sum(state = 'unknown'), (SELECT count(*) FROM queued_receipts JOIN responses r "
                      "ON r.id = response_id WHERE ?1 IS NULL OR r.consultation_id = ?1) "
                      "FROM letters WHERE ?1 IS NULL OR consultation_id = ?1");
    row.bind(consultation).step();
    const auto at = [&](int column) { return row.maybeInteger(column).value_or(0); };
    return {at(0) + at(4), at(1), at(2), at(3)};
}

} // namespace hoering::sqlite

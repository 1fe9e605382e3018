#include "sqlite/consultations.h"

#include "common/strings.h"
#include "domain/danish_search.h"
#include "domain/personal_data.h"
#include "sqlite/retired_ids.h"
#include "sqlite/wordings.h"

namespace hoering::sqlite {
namespace {

constexpr std::string_view columns =
    "SELECT id, slug, state, title, summary, body, journal_number, unit, committee, officer_name, officer_phone, "
    "officer_mail, decision_date, deadline_local, short_period_reason, afterwards, language, public, accept_late, "
    "created_at, opened_at, closed_at, version, ended_at, ended_reason, outcome, outcome_date, sequence, "
    "remind_drafting, outcome_by, EXISTS (SELECT 1 FROM letter_wordings w WHERE w.consultation_id = consultations.id) "
    "FROM consultations ";

std::optional<Instant> maybeInstant(Statement& row, int column) {
    if (auto ms = row.maybeInteger(column)) return fromMillis(*ms);
    return std::nullopt;
}

Consultation read(Statement& row) {
    Consultation c;
    c.id = row.integer(0);
    c.slug = row.text(1);
    c.state = stateFrom(row.text(2));
    auto& t = c.text;
    t.title = row.text(3);
    t.summary = row.text(4);
    t.body = row.text(5);
    t.journalNumber = row.text(6);
    t.unit = row.text(7);
    t.committee = row.text(8);
    t.officerName = row.text(9);
    t.officerPhone = row.text(10);
    t.officerMail = row.text(11);
    if (auto date = row.maybeText(12)) t.decisionDate = parseIsoDate(*date);
    if (auto deadline = row.maybeText(13)) t.deadline = Deadline::fromStored(*deadline);
    t.shortPeriodReason = row.text(14);
    t.afterwards = row.text(15);
    t.language = row.text(16);
    t.isPublic = row.flag(17);
    t.acceptLate = row.flag(18);
    c.createdAt = fromMillis(row.integer(19));
    c.openedAt = maybeInstant(row, 20);
    c.closedAt = maybeInstant(row, 21);
    c.version = row.integer(22);
    c.endedAt = maybeInstant(row, 23);
    c.endedReason = row.text(24);
    c.outcome = row.text(25);
    if (auto date = row.maybeText(26)) c.outcomeDate = parseIsoDate(*date);
    c.sequence = static_cast<int>(row.integer(27));
    c.remindDrafting = row.flag(28);
    c.outcomeBy = row.text(29);
    return c;
}

constexpr int hasWordings = 30; // column

/// The one row there is, with the words of its letters: whoever has a consultation can write its letters.
std::optional<Consultation> readOne(ReadTx& tx, Statement& row) {
    if (!row.step()) return std::nullopt;
    auto found = read(row);
    if (row.flag(hasWordings)) found.wordings = wordingsOf(tx, found.id);
    return found;
}

std::string freeSlug(ReadTx& tx, const std::string& title, std::int64_t except) {
    // The address stays when the title is mended.
    const std::string wanted = slugFrom(cprNumbersIn(title).empty() ? title : "");
    for (int n = 1;; ++n) {
        std::string slug = n == 1 ? wanted : wanted + "-" + std::to_string(n);
        auto row = tx.sql("SELECT 1 FROM consultations WHERE slug = ? AND id <> ?");
        if (!row.bind(slug, except).step()) return slug;
    }
}

struct Stored {
    std::optional<std::string> decision, deadline;
    std::optional<std::int64_t> deadlineAt;
    explicit Stored(const ConsultationText& text) {
        if (text.decisionDate) decision = isoDate(*text.decisionDate);
        if (text.deadline) {
            deadline = text.deadline->stored();
            deadlineAt = toMillis(text.deadline->endsAt());
        }
    }
};

} // namespace

std::int64_t insertConsultation(Tx& tx, const ConsultationText& text, std::string_view key) {
    const std::string slug = freeSlug(tx, text.title, 0);
    const auto id = freshConsultationId(tx);
    tx.sql("INSERT INTO consultations(id, slug, state, title, created_at, idempotency_key) "
           "VALUES (?, ?, 'draft', ?, ?, ?)")
        .bind(id, slug, text.title, toMillis(tx.now().instant), key)
        .run();
    updateConsultation(tx, id, text, 1);
    return id;
}

std::optional<std::int64_t> findConsultationByKey(ReadTx& tx, std::string_view key) {
    auto row = tx.sql("SELECT id FROM consultations WHERE idempotency_key = ?");
    if (!row.bind(key).step()) return std::nullopt;
    return row.integer(0);
}

std::optional<Consultation> findConsultation(ReadTx& tx, std::int64_t id) {
    static const std::string sql = std::string(columns) + "WHERE id = ?";
    auto row = tx.sql(sql);
    return readOne(tx, row.bind(id));
}

std::optional<Consultation> findConsultationBySlug(ReadTx& tx, std::string_view slug) {
    static const std::string sql = std::string(columns) + "WHERE slug = ?";
    auto row = tx.sql(sql);
    return readOne(tx, row.bind(slug));
}

bool updateConsultation(Tx& tx, std::int64_t id, const ConsultationText& text, std::int64_t expectedVersion) {
    const Stored stored(text);
    tx.sql("UPDATE consultations SET title = ?, summary = ?, body = ?, journal_number = ?, unit = ?, committee = ?, "
           "officer_name = ?, officer_phone = ?, officer_mail = ?, decision_date = ?, deadline_local = ?, "
           "deadline_at = ?, short_period_reason = ?, afterwards = ?, language = ?, public = ?, accept_late = ?, "
           "version = version + 1 WHERE id = ? AND version = ?")
        .bind(text.title, text.summary, text.body, text.journalNumber, text.unit, text.committee, text.officerName,
              text.officerPhone, text.officerMail, stored.decision, stored.deadline, stored.deadlineAt,
              text.shortPeriodReason, text.afterwards, text.language, text.isPublic, text.acceptLate, id,
              expectedVersion)
        .run();
    const bool saved = tx.changes() == 1;
    if (saved) {
        const std::string slug = freeSlug(tx, text.title, id);
        // The address stays once parties and the public have been given it.
        tx.sql("UPDATE consultations SET slug = ? WHERE id = ? AND state = 'draft'").bind(slug, id).run();
    }
    return saved;
}

void bumpVersion(Tx& tx, std::int64_t id) {
    tx.sql("UPDATE consultations SET version = version + 1 WHERE id = ?").bind(id).run();
}

void raiseSequence(Tx& tx, std::int64_t id) {
    tx.sql("UPDATE consultations SET sequence = sequence + 1 WHERE id = ?").bind(id).run();
}

bool moveDeadline(Tx& tx, std::int64_t id, const Deadline& deadline, std::int64_t expectedVersion) {
    tx.sql("UPDATE consultations SET deadline_local = ?, deadline_at = ?, state = 'open', closed_at = NULL, "
           "ended_reason = '', sequence = sequence + 1, version = version + 1 "
           "WHERE id = ? AND version = ? AND state IN ('open', 'closed')")
        .bind(deadline.stored(), toMillis(deadline.endsAt()), id, expectedVersion)
        .run();
    return tx.changes() == 1;
}

void setEndedReason(Tx& tx, std::int64_t id, std::string_view reason) {
    tx.sql("UPDATE consultations SET ended_reason = ? WHERE id = ?").bind(reason, id).run();
}

void setOutcome(Tx& tx, std::int64_t id, std::string_view outcome, LocalDate date, std::string_view by) {
    tx.sql("UPDATE consultations SET outcome = ?, outcome_date = ?, outcome_by = ? WHERE id = ?")
        .bind(outcome, isoDate(date), by, id)
        .run();
}

bool changeState(Tx& tx, std::int64_t id, ConsultationState from, ConsultationState to) {
    tx.sql("UPDATE consultations SET state = ?1, version = version + 1, "
           "opened_at = CASE ?1 WHEN 'open' THEN ?2 ELSE opened_at END, "
           "closed_at = CASE ?1 WHEN 'closed' THEN ?2 ELSE closed_at END, "
           "ended_at = CASE WHEN ?1 IN ('cancelled', 'concluded') THEN ?2 ELSE ended_at END WHERE id = ?3 AND state = "
           "?4")
        .bind(stateName(to), toMillis(tx.now().instant), id, stateName(from))
        .run();
    return tx.changes() == 1;
}

std::vector<Consultation> listConsultations(ReadTx& tx, const ConsultationFilter& filter) {
    static const std::string sql =
        std::string(columns) +
        "WHERE (?1 IS NULL OR state = ?1) AND (?2 = 0 OR (public = 1 AND opened_at IS NOT NULL)) "
        "AND (?3 = '' OR instr(folded(title), ?3) > 0 OR instr(folded(summary), ?3) > 0) "
        "ORDER BY CASE state WHEN 'draft' THEN 0 WHEN 'open' THEN 1 ELSE 2 END, "
        "CASE WHEN state = 'open' THEN deadline_at END, id DESC LIMIT ?4";
    std::optional<std::string> state;
    if (filter.state) state = stateName(*filter.state);
    auto row = tx.sql(sql);
    row.bind(state, filter.publicOnly, foldedForSearch(filter.search), filter.limit);
    std::vector<Consultation> list;
    while (row.step()) {
        list.push_back(read(row));
        if (row.flag(hasWordings)) list.back().wordings = wordingsOf(tx, list.back().id);
    }
    return list;
}

std::vector<std::int64_t> dueToClose(ReadTx& tx, Instant now) {
    auto row = tx.sql("SELECT id FROM consultations WHERE state = 'open' AND deadline_at <= ? ORDER BY deadline_at");
    row.bind(toMillis(now));
    std::vector<std::int64_t> ids;
    while (row.step()) ids.push_back(row.integer(0));
    return ids;
}

std::optional<Instant> nextDeadline(ReadTx& tx, Instant after) {
    auto row = tx.sql("SELECT min(deadline_at) FROM consultations WHERE state = 'open' AND deadline_at > ?");
    row.bind(toMillis(after)).step();
    return maybeInstant(row, 0);
}

} // namespace hoering::sqlite

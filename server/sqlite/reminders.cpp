#include "sqlite/reminders.h"

namespace hoering::sqlite {
namespace {

constexpr std::string_view columns =
    "SELECT r.id, r.consultation_id, r.party_id, p.name, r.step, r.due_local, r.state, r.reason, r.due_at, "
    "r.deadline_at, r.done_at, r.moved_from FROM reminders r JOIN parties p ON p.id = r.party_id ";

Reminder read(Statement& row) {
    Reminder reminder{row.integer(0),
                      row.integer(1),
                      row.integer(2),
                      row.text(3),
                      row.text(4),
                      row.text(5),
                      row.text(6),
                      row.text(7),
                      fromMillis(row.integer(8)),
                      fromMillis(row.integer(9)),
                      {},
                      row.text(11)};
    if (auto done = row.maybeInteger(10)) reminder.doneAt = fromMillis(*done);
    return reminder;
}

} // namespace

std::vector<ReminderStep> reminderStepsOf(ReadTx& tx, std::int64_t consultation) {
    auto row =
        tx.sql("SELECT days, working_days, minute_of_day, after_deadline FROM reminder_steps WHERE consultation_id = ? "
               "ORDER BY id");
    row.bind(consultation);
    std::vector<ReminderStep> steps;
    while (row.step())
        steps.push_back(
            {static_cast<int>(row.integer(0)), row.flag(1), std::chrono::minutes{row.integer(2)}, row.flag(3)});
    return steps;
}

void replaceReminderSteps(Tx& tx, std::int64_t consultation, const std::vector<ReminderStep>& steps) {
    tx.sql("DELETE FROM reminder_steps WHERE consultation_id = ?").bind(consultation).run();
    for (const auto& step : steps)
        tx.sql("INSERT INTO reminder_steps(consultation_id, days, working_days, minute_of_day, after_deadline) "
               "VALUES (?, ?, ?, ?, ?)")
            .bind(consultation, step.days, step.workingDays, static_cast<std::int64_t>(step.time.count()), step.after)
            .run();
}

ReminderRules reminderRulesOf(ReadTx& tx, std::int64_t consultation) {
    auto row = tx.sql("SELECT remind_drafting, late_answers FROM consultations WHERE id = ?");
    if (!row.bind(consultation).step()) return {};
    return {row.flag(0), row.text(1)};
}

void setReminderRules(Tx& tx, std::int64_t consultation, const ReminderRules& rules) {
    tx.sql("UPDATE consultations SET remind_drafting = ?, late_answers = ? WHERE id = ?")
        .bind(rules.remindDrafting, rules.lateAnswers, consultation)
        .run();
}

void insertReminder(Tx& tx, std::int64_t consultation, std::int64_t party, const PlannedReminder& planned,
                    Instant deadline) {
    tx.sql("INSERT INTO reminders(consultation_id, party_id, step, due_at, due_local, deadline_at, state) "
           "VALUES (?, ?, ?, ?, ?, ?, 'planned') ON CONFLICT DO NOTHING")
        .bind(consultation, party, planned.step, toMillis(planned.due), isoLocal(planned.local), toMillis(deadline))
        .run();
}

void dropPlannedReminders(Tx& tx, std::int64_t party) {
    tx.sql("DELETE FROM reminders WHERE party_id = ? AND state = 'planned'").bind(party).run();
}

std::optional<Reminder> oldestDueReminder(ReadTx& tx, Instant now) {
    static const std::string sql =
        std::string(columns) + "WHERE r.state = 'planned' AND r.due_at <= ? ORDER BY r.due_at, r.id LIMIT 1";
    auto row = tx.sql(sql);
    if (!row.bind(toMillis(now)).step()) return std::nullopt;
    return read(row);
}

bool settleReminder(Tx& tx, std::int64_t id, bool queued, std::string_view reason) {
    tx.sql("UPDATE reminders SET state = ?1, reason = CASE WHEN ?1 = 'queued' AND moved_from <> '' THEN reason ELSE ?2 "
           "END, done_at = ?3 WHERE id = ?4 AND state = 'planned'")
        .bind(queued ? "queued" : "skipped", reason, toMillis(tx.now().instant), id)
        .run();
    return tx.changes() == 1;
}

bool moveReminder(Tx& tx, std::int64_t id, LocalTime local, Instant due, std::string_view reason) {
    tx.sql("UPDATE reminders SET moved_from = CASE moved_from WHEN '' THEN due_local ELSE moved_from END, "
           "due_local = ?, due_at = ?, reason = ? WHERE id = ? AND state = 'planned'")
        .bind(isoLocal(local), toMillis(due), reason, id)
        .run();
    return tx.changes() == 1;
}

bool restoreReminder(Tx& tx, std::int64_t id) {
    tx.sql("UPDATE reminders SET state = 'planned', reason = '', done_at = NULL WHERE id = ? AND state = 'skipped'")
        .bind(id)
        .run();
    return tx.changes() == 1;
}

std::optional<Reminder> findReminder(ReadTx& tx, std::int64_t id) {
    static const std::string sql = std::string(columns) + "WHERE r.id = ?";
    auto row = tx.sql(sql);
    if (!row.bind(id).step()) return std::nullopt;
    return read(row);
}

std::vector<Reminder> remindersOf(ReadTx& tx, std::int64_t consultation) {
    static const std::string sql = std::string(columns) + "WHERE r.consultation_id = ? ORDER BY r.due_at, p.name, r.id";
    auto row = tx.sql(sql);
    row.bind(consultation);
    std::vector<Reminder> list;
    while (row.step()) list.push_back(read(row));
    return list;
}

std::optional<Instant> nextReminderDue(ReadTx& tx) {
    auto row = tx.sql("SELECT min(due_at) FROM reminders WHERE state = 'planned'");
    row.step();
    if (auto due = row.maybeInteger(0)) return fromMillis(*due);
    return std::nullopt;
}

std::optional<Instant> nextPlannedDue(ReadTx& tx, std::int64_t party, Instant due, bool afterDeadline) {
    auto row = tx.sql("SELECT min(due_at) FROM reminders WHERE party_id = ? AND state = 'planned' AND due_at > ? "
                      "AND (instr(step, ' after ') > 0) = ?");
    row.bind(party, toMillis(due), afterDeadline).step();
    if (auto next = row.maybeInteger(0)) return fromMillis(*next);
    return std::nullopt;
}

std::vector<std::int64_t> consultationsReminding(ReadTx& tx, Instant from, Instant until) {
    auto row = tx.sql("SELECT DISTINCT consultation_id FROM reminders WHERE due_at < ?2 "
                      "AND (state = 'planned' OR due_at >= ?1) ORDER BY consultation_id");
    row.bind(toMillis(from), toMillis(until));
    std::vector<std::int64_t> ids;
    while (row.step()) ids.push_back(row.integer(0));
    return ids;
}

bool cameBack(ReadTx& tx, const Contact& contact) {
    auto row = tx.sql("SELECT state = 'refused' OR bounced_at IS NOT NULL FROM letters WHERE contact_id = ? "
                      "AND to_mail = ? COLLATE NOCASE AND state IN ('accepted', 'refused') ORDER BY id DESC LIMIT 1");
    return row.bind(contact.id, contact.mail).step() && row.flag(0);
}

} // namespace hoering::sqlite

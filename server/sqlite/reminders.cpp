#include "sqlite/reminders.h"

namespace hoering::sqlite {
namespace {

constexpr std::string_view columns =
    "SELECT r.id, r.consultation_id, r.party_id, p.name, r.step, r.due_local, r.state, r.reason, r.due_at, "
    "r.deadline_at, r.done_at FROM reminders r JOIN parties p ON p.id = r.party_id ";

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
                      {}};
    if (auto done = row.maybeInteger(10)) reminder.doneAt = fromMillis(*done);
    return reminder;
}

} // namespace

std::vector<ReminderStep> reminderStepsOf(ReadTx& tx, std::int64_t consultation) {
    auto row =
        tx.sql("SELECT days, working_days, minute_of_day FROM reminder_steps WHERE consultation_id = ? ORDER BY id");
    row.bind(consultation);
    std::vector<ReminderStep> steps;
    while (row.step())
        steps.push_back({static_cast<int>(row.integer(0)), row.flag(1), std::chrono::minutes{row.integer(2)}});
    return steps;
}

void replaceReminderSteps(Tx& tx, std::int64_t consultation, const std::vector<ReminderStep>& steps) {
    tx.sql("DELETE FROM reminder_steps WHERE consultation_id = ?").bind(consultation).run();
    for (const auto& step : steps)
        tx.sql("INSERT INTO reminder_steps(consultation_id, days, working_days, minute_of_day) VALUES (?, ?, ?, ?)")
            .bind(consultation, step.days, step.workingDays, static_cast<std::int64_t>(step.time.count()))
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
    tx.sql("UPDATE reminders SET state = ?, reason = ?, done_at = ? WHERE id = ? AND state = 'planned'")
        .bind(queued ? "queued" : "skipped", reason, toMillis(tx.now().instant), id)
        .run();
    return tx.changes() == 1;
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

} // namespace hoering::sqlite

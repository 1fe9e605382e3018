#include "sqlite/letter_row.h"

#include <array>

namespace hoering::sqlite {

namespace {

constexpr std::array<std::string_view, letterColumnCount> columns = {
    "id",         "kind",    "consultation_id", "party_id",   "contact_id", "link_id",
    "language",   "to_name", "to_mail",         "reply_name", "reply_mail", "subject",
    "message_id", "thread",  "created_at",      "state",      "attempts",   "next_attempt_at",
    "done_at",    "server",  "reply",           "user_id",    "mailing_id", "bounced_at"};

} // namespace

std::string letterColumns(std::string_view table) {
    std::string list;
    for (const auto column : columns)
        list += (list.empty() ? "" : ", ") + std::string(table) + "." + std::string(column);
    return list;
}

Letter readLetter(const Statement& row) {
    Letter l;
    l.id = row.integer(0);
    l.kind = letterKindFrom(row.text(1)).value_or(LetterKind::invitation);
    l.consultation = row.maybeInteger(2);
    l.party = row.maybeInteger(3);
    l.contact = row.maybeInteger(4);
    l.link = row.maybeInteger(5);
    l.language = row.text(6);
    l.toName = row.text(7);
    l.toMail = row.text(8);
    l.replyName = row.text(9);
    l.replyMail = row.text(10);
    l.subject = row.text(11);
    l.messageId = row.text(12);
    l.thread = row.text(13);
    l.createdAt = fromMillis(row.integer(14));
    l.state = letterStateFrom(row.text(15));
    l.attempts = static_cast<int>(row.integer(16));
    l.nextAttemptAt = fromMillis(row.integer(17));
    if (auto done = row.maybeInteger(18)) l.doneAt = fromMillis(*done);
    l.server = row.text(19);
    l.reply = row.text(20);
    l.user = row.maybeInteger(21);
    l.mailing = row.maybeInteger(22);
    if (auto bounced = row.maybeInteger(23)) l.bouncedAt = fromMillis(*bounced);
    return l;
}

} // namespace hoering::sqlite

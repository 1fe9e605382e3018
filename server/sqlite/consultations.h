// Table consultations. Rules: server/domain/consultation.h; acts: server/usecases.
// Not here: its enclosures (files.h), its parties (parties.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/consultation.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

/// A new draft. `key`: the form's idempotency key. The slug is made unique.
std::int64_t insertConsultation(Tx& tx, const ConsultationText& text, std::string_view key);
std::optional<std::int64_t> findConsultationByKey(ReadTx& tx, std::string_view key);
std::optional<Consultation> findConsultation(ReadTx& tx, std::int64_t id);
std::optional<Consultation> findConsultationBySlug(ReadTx& tx, std::string_view slug);
/// False when somebody saved since `expectedVersion`.
bool updateConsultation(Tx& tx, std::int64_t id, const ConsultationText& text, std::int64_t expectedVersion);
/// Raises the version: something that belongs to it (a party, an enclosure) changed.
void bumpVersion(Tx& tx, std::int64_t id);
/// The next calendar entry replaces the ones before it (RFC 5545 3.8.7.4).
void raiseSequence(Tx& tx, std::int64_t id);
/// A new common deadline: open (again, if it had closed), the calendar's sequence and the version raised. False when it
/// is neither open nor closed, or changed since `expectedVersion`.
bool moveDeadline(Tx& tx, std::int64_t id, const Deadline& deadline, std::int64_t expectedVersion);
/// Why it was cancelled, or closed before its deadline.
void setEndedReason(Tx& tx, std::int64_t id, std::string_view reason);
/// What was decided, when and by whom.
void setOutcome(Tx& tx, std::int64_t id, std::string_view outcome, LocalDate date, std::string_view by);
/// Sets the state, and opened_at / closed_at / ended_at with it. False when it was not in `from`.
bool changeState(Tx& tx, std::int64_t id, ConsultationState from, ConsultationState to);

struct ConsultationFilter {
    std::optional<ConsultationState> state;
    bool publicOnly = false; // marked public and not a draft
    std::string search;      // in title and summary
    int limit = 500;
};
/// Open ones by deadline, then the rest newest first.
std::vector<Consultation> listConsultations(ReadTx& tx, const ConsultationFilter& filter);
/// Open, with the common deadline passed.
std::vector<std::int64_t> dueToClose(ReadTx& tx, Instant now);
std::optional<Instant> nextDeadline(ReadTx& tx, Instant after);

} // namespace hoering::sqlite

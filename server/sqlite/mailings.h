// Tables mailings (an act that wrote to parties), releases (acts that wait for a second person) and act_files.
// Not here: the letters (letters.h), what an act is (server/usecases/acts.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/consultation.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

struct Mailing {
    std::int64_t id = 0, consultation = 0;
    std::string act;
    Instant at{};
    std::optional<std::int64_t> user, releasedBy;
    std::int64_t letters = 0;
    std::string fingerprint;
    std::optional<Instant> finishedAt; // when none of its letters was waiting any more
};
/// `at` is the transaction's time. The key is the form's: the same form twice is one mailing.
std::int64_t insertMailing(Tx& tx, const Mailing& mailing, std::string_view key);
std::optional<std::int64_t> findMailingByKey(ReadTx& tx, std::string_view key);
std::vector<Mailing> mailingsOf(ReadTx& tx, std::int64_t consultation); // newest first

struct Release {
    std::int64_t id = 0, consultation = 0;
    std::string act, fields, fingerprint; // fields: the form as JSON
    std::int64_t letters = 0, askedBy = 0;
    Instant askedAt{};
    std::string state = "waiting"; // waiting, released, dropped
    std::optional<std::int64_t> decidedBy;
    std::optional<Instant> decidedAt;
};
std::int64_t insertRelease(Tx& tx, const Release& release, std::string_view key);
std::optional<Release> findRelease(ReadTx& tx, std::int64_t id);
std::optional<std::int64_t> findReleaseByKey(ReadTx& tx, std::string_view key);
/// Waiting ones of all consultations, oldest first.
std::vector<Release> waitingReleases(ReadTx& tx);
/// `state`: released or dropped. True for the one call that took it out of `waiting`.
bool decideRelease(Tx& tx, std::int64_t id, std::string_view state, std::int64_t user);

/// A file uploaded on an act's form, before the act is confirmed.
void insertActFile(Tx& tx, std::int64_t file, std::int64_t consultation, std::int64_t user);
/// It belongs to something now, and no form may name it again.
void takeActFile(Tx& tx, std::int64_t file);
/// Forgets those that no act took: uploaded before that time, and nothing of their consultation waits for release.
int sweepActFiles(Tx& tx, Instant before);
/// Only if it was uploaded for this consultation's acts.
std::optional<StoredFile> findActFile(ReadTx& tx, std::int64_t file, std::int64_t consultation);

} // namespace hoering::sqlite

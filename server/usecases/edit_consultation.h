// Writing a consultation as a draft: its words, enclosures, parties and reminder plan.
// Not here: publishing (publish_consultation.h), the answer's draft (save_draft.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.h"
#include "domain/consultation.h"
#include "domain/extension.h"
#include "domain/party.h"
#include "domain/reminder.h"
#include "sqlite/tx.h"
#include "usecases/office.h"
#include "usecases/shown.h"

namespace hoering {

/// As typed, before any check. Names are the form's.
struct ConsultationInput {
    std::string title, summary, body, journalNumber, unit, committee, officerName, officerPhone, officerMail;
    std::string decisionDate, deadlineDate, deadlineTime, deadlineWhich;
    std::string shortPeriodReason, afterwards, language;
    bool isPublic = true, acceptLate = false;
};

/// A new draft with the default reminder plan. The same `key` twice gives the same draft once.
/// Only the title is needed; a deadline may be missing but not be nonsense.
Result<std::int64_t> createConsultation(sqlite::Tx& tx, const Office& office, const Actor& actor,
                                        const ConsultationInput& input, std::string_view key);
/// Saves the words of a draft. Conflict ("error.consultation.changed") when somebody saved since `version`.
Result<Done> saveConsultation(sqlite::Tx& tx, const Actor& actor, std::int64_t id, const ConsultationInput& input,
                              std::int64_t version);

/// More are refused.
inline constexpr std::size_t enclosuresPerConsultation = 50;
/// What an enclosure is called until somebody says otherwise: its file's name without the extension.
std::string enclosureTitleFrom(std::string_view fileName);

/// A file that is on disk (blobs) becomes an enclosure, last in order, titled with its name without the extension. The
/// same file under the same name twice is one enclosure: it was sent twice.
Result<std::int64_t> addEnclosure(sqlite::Tx& tx, const Actor& actor, std::int64_t id, const StoredFile& file,
                                  std::string_view title);
/// `shown`: the title the form was shown with. Conflict "error.changed_meanwhile" when it is called otherwise by now.
Result<Done> renameEnclosure(sqlite::Tx& tx, const Actor& actor, std::int64_t id, std::int64_t enclosure,
                             std::string_view title, std::string_view shown);
Result<Done> removeEnclosure(sqlite::Tx& tx, const Actor& actor, std::int64_t id, std::int64_t enclosure);
/// `place`: where it was shown, counted from 0. Moved up from there already: it was sent twice, and nothing is done.
/// Conflict "error.changed_meanwhile" when it stands anywhere else by now.
Result<Done> moveEnclosureUp(sqlite::Tx& tx, const Actor& actor, std::int64_t id, std::int64_t enclosure,
                             std::size_t place);

/// `contacts`: one a line, "Navn <adresse>", "Navn, adresse" or the address alone; commas, semicolons or tabs part
/// them.
struct PartyInput {
    std::string name, role, language, contacts;
};
/// Exactly the same party twice is one: it was sent twice. Errors: fields name (missing, taken), role, contacts.
Result<std::int64_t> addParty(sqlite::Tx& tx, const Actor& actor, std::int64_t id, const PartyInput& input);
/// Saving what stands there changes nothing. Errors: as addParty, and conflict "error.changed_meanwhile" when the party
/// is not as it was shown.
Result<Done> saveParty(sqlite::Tx& tx, const Actor& actor, std::int64_t id, std::int64_t party, const PartyInput& input,
                       const Shown& shown);
Result<Done> removeParty(sqlite::Tx& tx, const Actor& actor, std::int64_t id, std::int64_t party);

/// Replaces the plan. Each step as the form gives it: days, "workdays" or "days", time of day, and whether it counts
/// from the deadline on. At most 10, one of them after the deadline. Errors: fields reminders, after, late_answers;
/// conflict "error.changed_meanwhile" when the plan is not as it was shown. Saving what stands there changes nothing.
struct ReminderStepInput {
    std::string days, unit, time;
    bool after = false;
};
struct ReminderRulesInput {
    bool remindDrafting = true; // also parties that have begun a draft
    std::string lateAnswers;    // how an answer can be sent after the deadline
};
Result<Done> saveReminderPlan(sqlite::Tx& tx, const Actor& actor, std::int64_t id,
                              const std::vector<ReminderStepInput>& steps, const ReminderRulesInput& rules = {},
                              const Shown& shown = {});

/// Everything an officer works on, in one read.
struct ConsultationDesk {
    Consultation consultation;
    std::vector<Enclosure> enclosures;
    std::vector<Party> parties;
    ReminderPlan reminders;
    std::vector<DeadlineChange> changes; // oldest first, also those of single parties: see changesSeenBy
};
std::optional<ConsultationDesk> loadConsultation(sqlite::ReadTx& tx, std::int64_t id);

} // namespace hoering

// A consultation (høring): what is asked, of whom, until when.
// Not here: parties (party.h), answers (response.h), publishing it (server/usecases/publish_consultation).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/clock.h"
#include "domain/deadline.h"
#include "domain/file_search.h"
#include "domain/letter.h"
#include "domain/reminder.h"

namespace hoering {

enum class ConsultationState { draft, open, closed, concluded, cancelled };
std::string_view stateName(ConsultationState state); // as stored; text key "state.…"
ConsultationState stateFrom(std::string_view name);

/// The words and facts an officer types; the rest of Consultation follows from acts.
struct ConsultationText {
    std::string title, summary, body; // body: Markdown
    std::string journalNumber, unit, committee;
    std::string officerName, officerPhone, officerMail;
    std::optional<LocalDate> decisionDate;
    std::optional<Deadline> deadline;
    std::string shortPeriodReason; // why the period is short, when it is
    std::string afterwards;        // what happens after the deadline
    std::string language = "da";
    bool isPublic = true;
    bool acceptLate = false;
};

struct Consultation {
    std::int64_t id = 0;
    std::string slug;
    ConsultationState state = ConsultationState::draft;
    ConsultationText text;
    Instant createdAt{};
    std::optional<Instant> openedAt, closedAt, endedAt; // ended: cancelled or concluded
    std::string endedReason;                            // why cancelled, or closed before the deadline
    std::string outcome, outcomeBy;                     // what was decided and by whom, once concluded
    std::optional<LocalDate> outcomeDate;
    int sequence = 0;           // of its calendar entry (RFC 5545 SEQUENCE): raised by each change a party is told of
    bool remindDrafting = true; // also parties that have begun a draft are reminded
    std::int64_t version = 1;
    std::vector<LetterWording>
        wordings; // the office's own words for its letters; those not there are the standard ones
};
/// Everyone may see it: it is marked public and has been sent. A draft that was cancelled never was.
bool isPublished(const Consultation& consultation);
/// The consultation's own words for that kind of letter, or null for the standard ones.
const LetterWording* wordingFor(const Consultation& consultation, LetterKind kind, std::string_view language);

struct StoredFile {
    std::int64_t id = 0;
    std::string sha256, name, contentType;
    std::uint64_t size = 0;
    std::optional<int> pages;
    FileSearch search{}; // what was found in it
};

struct Enclosure {
    std::int64_t id = 0;
    std::string title;
    StoredFile file;
    std::optional<Instant> addedAt{}; // after the opening; nothing: was there from the start
};

struct Party;

/// Placeholders left in a text: "(x)", "XX", "xx@…", "x@ishoj.dk", "Telefon: x", "[indsæt …]", "TODO", "____".
/// Returns each once, as found, in order.
std::vector<std::string> placeholdersIn(std::string_view text);

/// "onsdag den 25. januar 2018" where that day was a Thursday: each contradiction once, as found. Danish names.
std::vector<std::string> wrongWeekdaysIn(std::string_view text);

/// Everything that stops a publication or should be seen before it. Order: what stops first.
std::vector<Finding> readiness(const Consultation& consultation, const std::vector<Party>& parties,
                               const std::vector<Enclosure>& enclosures, const ReminderPlan& reminders, Now now,
                               const PeriodLimits& limits);
/// What must be mended; and what a person must decide about, and has not.
bool anyStops(const std::vector<Finding>& findings);
bool anyUndecided(const std::vector<Finding>& findings);
/// What may be a CPR number or a placeholder in `typed`, for a person to decide about. `where`: a text key.
void lookAtTyped(std::string_view where, std::string_view typed, std::vector<Finding>& found);
/// The same of an enclosure's name and contents, and what could not be searched.
void lookAtFile(const StoredFile& file, std::vector<Finding>& found);
std::vector<Finding> cprIn(const StoredFile& file);
std::optional<Finding> notSearched(const StoredFile& file);
/// Of an answer's file: placeholders are its sender's own, and nothing stops. `field`: of the form.
void lookAtAnswerFile(const StoredFile& file, std::string_view field, std::vector<Finding>& found);

} // namespace hoering

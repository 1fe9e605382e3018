// The office's own words for a kind of letter in one consultation: checked, kept, taken back to the standard.
// Not here: the fields and the standard words (server/text/wording.h), how a letter uses them
// (server/text/letter_writer).
#pragma once

#include <string>

#include "common/result.h"
#include "domain/audit.h"
#include "domain/consultation.h"
#include "domain/letter.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

struct WordingInput {
    LetterKind kind = LetterKind::invitation;
    std::string language; // "da" or "en"
    std::string subject, body;
    std::int64_t version = 0; // as versionOf when the form was shown
};

/// What a form sends back, so that two who write at once do not overwrite each other; 0 for the standard words.
std::int64_t versionOf(const LetterWording* wording);

/// The words as they would be kept. Errors: invalid at "subject" or "body": missing, too long, a field that does not
/// exist or is empty in this consultation, a placeholder such as XX or (x).
Result<LetterWording> checkWording(const Office& office, const Consultation& consultation, const WordingInput& input);

/// Keeps them; the standard words typed again are the standard words. The consultation's version is raised: what was
/// shown before it is sent is no longer what would be sent. Errors: notFound; closed once the consultation is over;
/// conflict when somebody saved meanwhile; those of checkWording.
Result<Done> saveWording(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t consultation,
                         const WordingInput& input);
/// Back to the standard words. Errors: as saveWording, without the checks of the words.
Result<Done> resetWording(sqlite::Tx& tx, const Actor& actor, std::int64_t consultation, const WordingInput& input);

} // namespace hoering

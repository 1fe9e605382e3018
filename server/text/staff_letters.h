// Letters to colleagues: what has happened, in figures and names, and where to see it. No personal link, and nothing
// of what an answer says.
// Not here: who is told, and when (server/usecases/tell_staff.h, server/domain/notice.h), letters to parties
// (letters.h).
#pragma once

#include <string>
#include <vector>

#include "domain/consultation.h"
#include "domain/letter.h"
#include "domain/party.h"
#include "domain/response.h"
#include "domain/user.h"
#include "text/letters.h"
#include "text/words.h"

namespace hoering::text {

/// Whom a letter goes to.
struct StaffFacts {
    const House& house;
    const User& to;
};

struct AnswerNews {
    std::string party;
    ResponseKind kind = ResponseKind::remarks;
    int version = 1; // more than 1: a correction
    bool late = false;
    bool withdrawn = false; // the party took it back
    Instant at{};           // when it was received, or withdrawn
};
struct ConsultationAnswers {
    Consultation consultation;
    std::vector<AnswerNews> answers;
};
/// New and withdrawn answers by consultation. `daily`: the morning's letter, else the one that goes at once.
Letter staffAnswersLetter(const Words& words, const StaffFacts& facts, const std::vector<ConsultationAnswers>& news,
                          bool daily);

struct MailingNews {
    std::string act; // text key "act_name.<act>"
    Instant at{}, finishedAt{};
    long long letters = 0, accepted = 0, laidInFolder = 0, refused = 0, unknown = 0, cancelled = 0;
};
Letter staffMailingLetter(const Words& words, const StaffFacts& facts, const Consultation& about,
                          const MailingNews& news);

/// No address of the party takes letters.
Letter staffNotReachedLetter(const Words& words, const StaffFacts& facts, const Consultation& about,
                             const Party& party);

/// Consulted parties by what they did, by name; `open`: those whose own deadline has not passed.
struct DeadlineNews {
    std::vector<std::string> answered, missing, open;
    long long informedAnswered = 0;
};
Letter staffDeadlineLetter(const Words& words, const StaffFacts& facts, const Consultation& about,
                           const DeadlineNews& news);

/// A party asks for a longer deadline.
Letter staffExtensionLetter(const Words& words, const StaffFacts& facts, const Consultation& about, const Party& party);
/// A mailing waits for a second person.
Letter staffReleaseLetter(const Words& words, const StaffFacts& facts, const Consultation& about);

} // namespace hoering::text

// The digest (høringsnotat) as facts: figures, period, ticked parties, every answer in full. One model, many formats.
// Not here: wording and layout (server/web/digest_document), loading it (server/usecases/compile_digest).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/access.h"
#include "domain/consultation.h"
#include "domain/extension.h"
#include "domain/party.h"
#include "domain/response.h"

namespace hoering {

struct DigestParty {
    Party party;
    PartyStatus status = PartyStatus::notInvited;
    std::vector<Response> versions; // oldest first; what counts is `answer()`
    bool late = false;
    std::string jointWith;      // name of the party that answers for it, "" for none; filled in by makeDigest
    bool jointAnswered = false; // and that party has answered
    bool inTime = false;        // may still answer or correct in time

    const Response* answer() const { return standingAnswer(versions); } // nullptr: none, or it was withdrawn
};

struct DigestFigures {
    int consulted = 0, informed = 0;               // invited
    int answered = 0;                              // consulted with remarks
    int noRemarks = 0, declined = 0, noAnswer = 0; // consulted
    int joint = 0;                                 // consulted, and another party's answer speaks for it too
    int informedAnswered = 0;                      // informed that answered, with or without remarks, or jointly
    int unsolicited = 0;                           // answered of their own accord; counted nowhere above
    int withdrawn = 0;                             // any role: took their answer back; consulted ones are in noAnswer
    int late = 0;                                  // any role
    int files = 0;
};

struct Digest {
    Consultation consultation;
    std::vector<Enclosure> enclosures;
    std::vector<DigestParty> parties;    // in Danish alphabetical order
    std::vector<DeadlineChange> changes; // of the deadline, oldest first
    DigestFigures figures;
    int periodDays = 0;       // from the day it opened to the day it ended: the deadline's, or before it by hand
    bool preliminary = false; // answers may still come in time
    std::optional<Deadline> runsOnTo; // it is closed, but a party's own deadline runs: the last of those
    Instant asOf{};                   // of the newest act in it: same data, same bytes
};

/// Sorts, counts and derives; `parties` in any order.
Digest makeDigest(Consultation consultation, std::vector<Enclosure> enclosures, std::vector<DigestParty> parties,
                  Instant asOf, std::vector<DeadlineChange> changes = {});

/// Danish order (ICU, locale da): æ ø å last, aa as å, case only as a tie-breaker.
bool danishLess(const std::string& a, const std::string& b);

} // namespace hoering

// The letters: one rendered for one contact, when it is queued. Text and HTML say the same.
// Not here: queueing (server/sqlite/letters), sending (server/jobs/outbox_job), MIME (server/smtp/mime).
#pragma once

#include <string>
#include <vector>

#include "domain/consultation.h"
#include "domain/letter.h"
#include "domain/party.h"
#include "domain/response.h"
#include "text/words.h"

namespace hoering::text {

/// The sender of all letters, from the settings.
struct House {
    std::string municipality; // "Ishøj Kommune"
    std::string colour;       // "#rrggbb", contrast with white checked by the settings
    std::string publicUrl;    // "https://hoering.ishoj.dk", no trailing slash; never the Host header
    std::string mailDomain;   // right side of Message-IDs
    std::string contactName, contactPhone, contactMail; // whom to call
    bool journalNumberInSubject = false;                // "[26/1234] Høring: …"
};

/// What any letter about a consultation needs to know.
struct LetterFacts {
    const House& house;
    const Consultation& consultation;
    const Party& party;
    const Contact& contact;
};

/// A letter without its queue fields: kind, language, to*, reply*, subject, text, html (with linkMark for the link).
Letter invitationLetter(const Words& words, const LetterFacts& facts); // own wording for informed parties
Letter reminderLetter(const Words& words, const LetterFacts& facts, Now now, bool hasDraft);
/// Receipt with number, time received, checksum, files; another wording for "no remarks"; says when it came late.
Letter receiptLetter(const Words& words, const LetterFacts& facts, const Response& response);
Letter linkAgainLetter(const Words& words, const LetterFacts& facts);

// act_letters.cpp: what an act of the office causes
/// `reason`: the office's, "" for none.
Letter cancelledLetter(const Words& words, const LetterFacts& facts, std::string_view reason);
/// Before its deadline.
Letter closedLetter(const Words& words, const LetterFacts& facts, std::string_view reason);

} // namespace hoering::text

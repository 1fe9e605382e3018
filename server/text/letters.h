// The letters: one rendered for one contact, when it is queued. Text and HTML say the same.
// Not here: queueing (server/sqlite/letters), sending (server/jobs/outbox_job), MIME (server/smtp/mime).
#pragma once

#include <string>
#include <vector>

#include "domain/access.h"
#include "domain/consultation.h"
#include "domain/extension.h"
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

/// A letter without its queue fields: kind, language, to*, reply*, subject, text, parts (with linkMark for the link).
Letter invitationLetter(const Words& words, const LetterFacts& facts); // own wording for informed parties
Letter reminderLetter(const Words& words, const LetterFacts& facts, Now now, bool hasDraft);
/// After the deadline: it has passed; the link where the consultation takes late answers, and `otherWay` (the office's
/// words, "" for none) on how to send one.
Letter overdueLetter(const Words& words, const LetterFacts& facts, std::string_view otherWay, bool hasDraft);
/// Receipt with number, time received, checksum, files; another wording for "no remarks"; says when it came late.
Letter receiptLetter(const Words& words, const LetterFacts& facts, const Response& response);
Letter linkAgainLetter(const Words& words, const LetterFacts& facts);

// act_letters.cpp: what an act of the office causes
/// `reason`: the office's, "" for none.
Letter cancelledLetter(const Words& words, const LetterFacts& facts, std::string_view reason);
/// Before its deadline.
Letter closedLetter(const Words& words, const LetterFacts& facts, std::string_view reason);

// deadline_letters.cpp: deadlines moved and asked for. `facts` as they will be: with the new deadline.
struct DeadlineMove {
    Deadline before; // of this party
    std::string_view reason;
    bool answered = false; // it has: its answer stands, and may be corrected
    bool reopened = false; // the consultation had closed
};
Letter deadlineChangedLetter(const Words& words, const LetterFacts& facts, const DeadlineMove& move); // for all
Letter ownDeadlineLetter(const Words& words, const LetterFacts& facts, const DeadlineMove& move);     // for one
Letter extensionGrantedLetter(const Words& words, const LetterFacts& facts, const DeadlineMove& move,
                              const Deadline& wanted);
/// `over`: the party's deadline has passed, so nothing can be sent in time.
Letter extensionRefusedLetter(const Words& words, const LetterFacts& facts, const Deadline& wanted,
                              std::string_view reason, bool over);
/// The receipt for having asked.
Letter extensionAskedLetter(const Words& words, const LetterFacts& facts, const ExtensionRequest& request, bool over);

// case_letters.cpp: what happens to the case and its answers after the opening
/// `reason`: what is new. Says that an answer already sent can be corrected.
Letter enclosureAddedLetter(const Words& words, const LetterFacts& facts, const std::vector<Enclosure>& added,
                            std::string_view reason);
/// What was decided, as `facts.consultation` says it; the page's address when it is public, the personal link while it
/// works.
Letter outcomeLetter(const Words& words, const LetterFacts& facts, bool linkWorks);
struct RegisteredFor {
    bool another = false;   // the answer is another party's, and speaks for this one too; which one is not told
    std::size_t others = 0; // how many parties it speaks for beside its own
    bool mayCorrect = false, linkWorks = false;
};
/// An answer that came another way is stored: how and when it came, its receipt and checksum.
Letter registeredLetter(const Words& words, const LetterFacts& facts, const Response& response,
                        const RegisteredFor& told);
struct WithdrawnFor {
    bool another = false; // the answer was another party's, and spoke for this one too; which one is not told
    Answering may = Answering::over; // what this party may do now
    bool linkWorks = false;
};
/// An answer was withdrawn (`response.withdrawal`): its receipt, what is kept, and whether the party may answer again.
/// The party's reason is not told.
Letter withdrawnLetter(const Words& words, const LetterFacts& facts, const Response& response,
                       const WithdrawnFor& told);

} // namespace hoering::text

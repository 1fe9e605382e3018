// What the pages of a party at its desk share: how its answer stands, its words shown back, the list of files.
// Not here: the pages (answer_pages, writing_pages, receipt_pages), what it may do (server/domain/access.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/access.h"
#include "domain/response.h"
#include "web/components.h"
#include "web/desk.h"

namespace hoering::web {

struct Standing {
    Answering may = Answering::stopped;
    std::optional<Draft> draft;
    std::vector<Response> versions; // oldest first

    bool maySend() const { return may == Answering::inTime || may == Answering::late; }
    const Response* last() const { return standingAnswer(versions); } // what stands; nullptr: nothing
    const Response* withdrawn() const { return withdrawnAnswer(versions); }
};
/// As of the moment the request was received.
Standing standingOf(Desk& desk);

/// A page in the party's room with the way back to its overview.
Page partyPage(const Desk& desk, std::string title, std::string crumb = "");

/// "Læs – Skriv – Send" with the current step (1-3; 0: none) marked.
Markup answerSteps(const Desk& desk, int current, bool written, bool sent);

/// A box for an answer that is late, over or stopped; nothing while it is in time. Says what is kept and what can be
/// done.
Markup answeringBox(const Desk& desk, Answering may, bool hasDraft);

/// The name of the party whose answer is this one's too, "" when it answers for itself.
std::string answeredWith(Desk& desk, const Standing& standing);
/// With whom the party answers, and who answers with it; nothing when it stands alone.
Markup togetherBox(Desk& desk, const Standing& standing);

inline constexpr std::string_view withdrawHref = "/mit-svar/traek-tilbage", withdrawnHref = "/mit-svar/trukket-tilbage";

/// Files with type and size, as links "<prefix><id>" (none for "").
Markup filesOf(const Desk& desk, const std::vector<StoredFile>& files, const std::string& prefix);

/// An answer word for word, marked as somebody's own text.
Markup wordForWord(std::string_view text);

/// The key a submission of this state of the draft is made with: the same for the same words and files, so that a
/// double click is one answer, and another as soon as anybody changed something.
std::string submissionKeyOf(const Draft& draft);

} // namespace hoering::web

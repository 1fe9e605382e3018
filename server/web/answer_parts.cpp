#include "web/answer_parts.h"

#include "common/crypto.h"
#include "sqlite/drafts.h"
#include "sqlite/responses.h"
#include "web/extension_parts.h"
#include "web/page_parts.h"

namespace hoering::web {

Standing standingOf(Desk& desk) {
    const PartyVisit& visit = desk.party();
    Standing standing;
    standing.may = mayAnswer(visit.consultation, visit.party, desk.request.received);
    desk.read([&](sqlite::ReadTx& tx) {
        standing.draft = sqlite::findDraft(tx, visit.party.id);
        standing.versions = sqlite::versionsOfParty(tx, visit.party.id);
    });
    return standing;
}

Page partyPage(const Desk& desk, std::string title, std::string crumb) {
    Page shown;
    shown.room = Room::partyRoom;
    shown.notice = noticeHere(desk);
    if (!crumb.empty()) shown.crumbs = {{desk.t("page.answer.overview"), "/mit-svar"}, {std::move(crumb), ""}};
    shown.title = std::move(title);
    return shown;
}

Markup answerSteps(const Desk& desk, int current, bool written, bool sent) {
    const auto step = [&](int n, const char* key, const char* href, bool done) {
        std::vector<Attr> attrs;
        if (done) attrs.emplace_back("class", "done");
        if (n == current) attrs.emplace_back("aria-current", "step");
        const std::string label = desk.t(key);
        const bool leads = n != current && (n == 1 || !sent); // what is sent is written and sent no more
        return el("li", attrs, leads ? link(label, href) : join(label),
                  done ? el("span", {{"class", "sr-only"}}, " (" + desk.t("page.answer.step_done") + ")") : Markup());
    };
    return el("nav", {{"aria-label", desk.t("page.answer.steps")}},
              el("ol", {{"class", "steps"}},
                 step(1, "page.answer.step_read", "/mit-svar/laes", current > 1 || written || sent),
                 step(2, "page.answer.step_write", "/mit-svar/skriv", current > 2 || sent),
                 step(3, "page.answer.step_send", "/mit-svar/tjek", sent)));
}

Markup answeringBox(const Desk& desk, Answering may, bool hasDraft) {
    const PartyVisit& visit = desk.party();
    // Closed before its deadline: then that is what passed.
    const bool early = closedEarly(visit.consultation);
    const Args args{{"deadline", desk.words.deadline(deadlineFor(visit.consultation, visit.party))},
                    {"moment", early ? desk.words.moment(*visit.consultation.closedAt) : ""}};
    const Markup kept = hasDraft ? paragraph(desk.t("page.answer.draft_kept")) : Markup();
    switch (may) {
    case Answering::inTime: return {};
    case Answering::late:
        return alert(Tone::warning, desk.t(early ? "page.answer.late_early" : "page.answer.late"),
                     paragraph(desk.t(early ? "page.answer.late_early_text" : "page.answer.late_text", args)));
    case Answering::over:
        return alert(
            Tone::warning, desk.t(early ? "page.answer.closed_early" : "page.answer.over"),
            join(paragraph(desk.t(early ? "page.answer.closed_early_text" : "page.answer.over_text", args)),
                 early ? paragraph(desk.t("page.consultation.reason", {{"reason", visit.consultation.endedReason}}))
                       : Markup(),
                 kept,
                 askingNow(desk) == Asking::no ? Markup()
                                               : el("p", {}, link(desk.t("page.extension.title"), askExtensionHref)),
                 whomToCall(desk, &visit.consultation)));
    case Answering::stopped: break;
    }
    const bool cancelled = visit.consultation.state == ConsultationState::cancelled;
    const std::string& why = visit.consultation.endedReason;
    const Markup reason =
        cancelled && !why.empty() ? paragraph(desk.t("page.consultation.reason", {{"reason", why}})) : Markup();
    return alert(
        Tone::info, desk.t(cancelled ? "page.answer.cancelled" : "page.answer.concluded"),
        join(paragraph(desk.t("page.answer.stopped_text")), reason, kept, whomToCall(desk, &visit.consultation)));
}

Markup filesOf(const Desk& desk, const std::vector<StoredFile>& files, const std::string& prefix) {
    std::vector<Markup> items;
    for (const auto& file : files)
        items.push_back(prefix.empty() ? join(file.name, " (" + desk.words.size(file.size) + ")")
                                       : fileLink(desk.words, file, prefix + std::to_string(file.id)));
    return bullets(items);
}

Markup wordForWord(std::string_view text) { return el("blockquote", {{"class", "verbatim"}}, text); }

std::string submissionKeyOf(const Draft& draft) {
    std::string of = draft.submissionKey + "\n" + std::to_string(draft.version);
    for (const auto& file : draft.files) of.append("\n").append(std::to_string(file.id));
    // Neighbours of one day stay neighbours in the index of keys.
    return draft.submissionKey.substr(0, 12) + sha256Hex(of).substr(0, 20);
}

} // namespace hoering::web

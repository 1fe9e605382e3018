// A party at its desk: the overview with one next step, the material to read, leaving.
// Not here: writing and sending (writing_pages.cpp, check_pages.cpp), receipts (receipt_pages.cpp), taking an answer
// back (withdraw_pages.cpp).
#include "common/crypto.h"
#include "sqlite/files.h"
#include "sqlite/sessions.h"
#include "text/calendar_entry.h"
#include "usecases/edit_consultation.h"
#include "usecases/save_draft.h"
#include "web/answer_parts.h"
#include "web/consultation_view.h"
#include "web/extension_parts.h"
#include "web/handlers.h"
#include "web/page_parts.h"
#include "web/problem.h"
#include "web/visitor.h"
#include "web/withdrawal_view.h"

namespace hoering::web::answer_pages {
namespace {

std::string savedLine(const Desk& desk, const Draft& draft) {
    return desk.t("page.answer.last_saved", {{"moment", desk.words.moment(draft.updatedAt)}, {"who", draft.updatedBy}});
}

Markup contactList(const Desk& desk, bool mayWrite) {
    std::vector<Markup> people;
    for (const auto& contact : desk.party().party.contacts)
        people.push_back(join(contact.name.empty() ? contact.mail : contact.name + " (" + contact.mail + ")"));
    return heading(desk.t("page.answer.people")) + bullets(people) +
           (mayWrite ? paragraph(desk.t("page.answer.people_text"), "quiet") : Markup());
}

Markup otherWays(const Desk& desk, bool informed) {
    return heading(desk.t("page.answer.other_ways")) +
           (informed ? paragraph(desk.t("page.answer.informed_need_not")) : Markup()) +
           bullets({link(desk.t("page.no_remarks.link"), "/mit-svar/ingen-bemaerkninger"),
                    link(desk.t("page.declined.link"), "/mit-svar/ikke-vores-omraade"),
                    link(desk.t("page.together.link"), "/mit-svar/sammen-med")});
}

/// Who sent it; of one that came another way, how it came and that we wrote it in.
std::string senderOf(const Desk& desk, const Response& response) {
    if (!response.registeredAt) return response.submittedBy;
    return desk.t("page.answer.registered",
                  {{"channel", desk.t("channel." + std::string(channelName(response.channel)))}});
}

Markup versionTable(const Desk& desk, const std::vector<Response>& versions) {
    std::vector<std::vector<Markup>> rows;
    for (auto it = versions.rbegin(); it != versions.rend(); ++it) {
        const std::string state = desk.t(it->withdrawal            ? "page.answer.version_withdrawn"
                                         : it == versions.rbegin() ? "page.answer.version_counts"
                                                                   : "page.answer.version_replaced");
        rows.push_back({join(std::to_string(it->version) + " (" + state + ")"),
                        join(desk.words.momentExact(it->receivedAt)), join(senderOf(desk, *it)),
                        el("code", {{"class", "nowrap"}}, it->receipt)});
    }
    return table(desk.t("page.answer.versions"),
                 {{desk.t("letter.fact.version")},
                  {desk.t("letter.fact.received")},
                  {desk.t("letter.fact.submitted_by")},
                  {desk.t("letter.fact.receipt")}},
                 rows, false);
}

bool isWritten(const Standing& standing) {
    return standing.draft && (!standing.draft->text.empty() || !standing.draft->files.empty());
}

/// Nothing sent yet: read, write, send.
Markup beforeSending(const Desk& desk, const Standing& standing) {
    const bool informed = desk.party().party.role == PartyRole::informed;
    const bool written = isWritten(standing);
    Markup out = answerSteps(desk, 0, written, false) + answeringBox(desk, standing.may, written);
    if (standing.draft) out += paragraph(savedLine(desk, *standing.draft));
    else if (standing.maySend()) out += paragraph(desk.t("page.answer.not_begun"));
    if (!standing.maySend())
        return out + buttonRow(written ? linkButton(desk.t("button.see_draft"), "/mit-svar/skriv")
                                       : linkButton(desk.t("button.read_material"), "/mit-svar/laes"));
    out += written ? buttonRow(join(linkButton(desk.t("button.continue_draft"), "/mit-svar/skriv"), " ",
                                    link(desk.t("page.answer.read_again"), "/mit-svar/laes")))
                   : buttonRow(join(linkButton(desk.t("button.read_material"), "/mit-svar/laes"), " ",
                                    link(desk.t("page.answer.write_now"), "/mit-svar/skriv")));
    return out + otherWays(desk, informed);
}

/// Another party answers for this one: nothing has to be done, and what still can be comes second.
Markup whileJoint(const Desk& desk, const Standing& standing, const std::string& other) {
    const bool written = isWritten(standing);
    Markup out = answeringBox(desk, standing.may, written) +
                 buttonRow(linkButton(desk.t("button.read_material"), "/mit-svar/laes"));
    if (!standing.maySend())
        return written ? out + el("p", {}, link(desk.t("button.see_draft"), "/mit-svar/skriv")) : out;
    out += heading(desk.t("page.together.else")) + paragraph(desk.t("page.together.else_text", {{"party", other}}));
    if (written) out += paragraph(desk.t("page.together.draft_kept")) + paragraph(savedLine(desk, *standing.draft));
    return out +
           bullets({link(desk.t(written ? "button.continue_draft" : "page.together.own_answer"), "/mit-svar/skriv"),
                    link(desk.t("page.no_remarks.link"), "/mit-svar/ingen-bemaerkninger"),
                    link(desk.t("page.declined.link"), "/mit-svar/ikke-vores-omraade")});
}

/// How a withdrawn answer is followed by a new one: in a draft that is there, in the old words, or from the start.
Markup answerAnew(const Desk& desk, const Standing& standing) {
    const Response& old = *standing.withdrawn();
    if (isWritten(standing))
        return paragraph(savedLine(desk, *standing.draft)) +
               buttonRow(linkButton(desk.t("button.continue_draft"), "/mit-svar/skriv"));
    if (old.text.empty() && old.files.empty())
        return buttonRow(linkButton(desk.t("button.write_new"), "/mit-svar/skriv"));
    return paragraph(desk.t("page.answer.reuse_text")) +
           buttonRow(join(postForm(desk, "/mit-svar/ret", submitButton(desk.t("button.reuse"))), " ",
                          link(desk.t("button.write_new"), "/mit-svar/skriv")));
}

/// It was sent and taken back: what is kept, and how to answer anew.
Markup afterWithdrawing(const Desk& desk, const Standing& standing) {
    const bool informed = desk.party().party.role == PartyRole::informed;
    Markup out =
        alert(Tone::info, desk.t("page.withdrawn.title"),
              facts(withdrawalRows(desk.words, *standing.withdrawn())) + paragraph(desk.t("page.withdrawn.kept")) +
                  el("p", {}, link(desk.t("button.see_receipt"), withdrawnHref)));
    out += answeringBox(desk, standing.may, isWritten(standing));
    if (standing.maySend())
        out += heading(desk.t("page.answer.again")) + answerAnew(desk, standing) + otherWays(desk, informed);
    return out + versionTable(desk, standing.versions);
}

/// What ended the time for corrections: the deadline, or before it the office.
Markup noMoreCorrections(const Desk& desk) {
    const Consultation& consultation = desk.party().consultation;
    const auto because = [&] {
        const std::string& why = consultation.endedReason;
        return why.empty() ? Markup() : paragraph(desk.t("page.consultation.reason", {{"reason", why}}));
    };
    if (consultation.state == ConsultationState::cancelled)
        return paragraph(desk.t("page.answer.correct_cancelled")) + because();
    if (closedEarly(consultation))
        return paragraph(desk.t("page.answer.correct_closed_early",
                                {{"moment", desk.words.moment(*consultation.closedAt)}})) +
               because();
    if (consultation.state == ConsultationState::concluded) return paragraph(desk.t("page.answer.correct_concluded"));
    return paragraph(desk.t("page.answer.correct_over",
                            {{"deadline", desk.words.deadline(deadlineFor(consultation, desk.party().party))}}));
}

/// A correction that was begun and can be sent no more: where its words are, and what can be done with them.
Markup correctionLeft(const Desk& desk, const Standing& standing) {
    const Markup ask =
        askingNow(desk) == Asking::no ? Markup() : el("p", {}, link(desk.t("page.extension.title"), askExtensionHref));
    return alert(
        Tone::warning, desk.t("page.answer.correction_open"),
        paragraph(desk.t("page.answer.correction_left", {{"version", std::to_string(standing.last()->version)}})) +
            paragraph(savedLine(desk, *standing.draft)) +
            el("p", {}, link(desk.t("button.see_draft"), "/mit-svar/skriv")) + ask +
            whomToCall(desk, &desk.party().consultation));
}

/// Something was sent: what stands, and how to correct it.
Markup afterSending(const Desk& desk, const Standing& standing) {
    const Response& last = *standing.last();
    const PartyVisit& visit = desk.party();
    const std::string kind(kindName(last.kind));
    Markup summary = facts({{desk.t("letter.fact.receipt"), el("code", {}, last.receipt)},
                            {desk.t("letter.fact.received"), join(desk.words.momentExact(last.receivedAt))},
                            {desk.t("letter.fact.version"), join(std::to_string(last.version))},
                            {desk.t("letter.fact.submitted_by"), join(senderOf(desk, last))}});
    if (last.late) summary = paragraph(desk.t("page.receipt.late")) + summary;
    Markup out = answerSteps(desk, 0, true, true) + alert(Tone::success, desk.t("page.answer.sent_" + kind), summary);
    const bool inTime = standing.may == Answering::inTime;
    if (standing.draft && standing.maySend())
        out +=
            alert(Tone::warning, desk.t("page.answer.correction_open"),
                  paragraph(desk.t("page.answer.correction_open_text", {{"version", std::to_string(last.version)}})) +
                      paragraph(savedLine(desk, *standing.draft))) +
            buttonRow(join(linkButton(desk.t("button.continue_correction"), "/mit-svar/skriv"), " ",
                           link(desk.t("button.see_receipt"), "/mit-svar/kvittering")));
    else
        out += buttonRow(
            join(linkButton(desk.t("button.see_receipt"), "/mit-svar/kvittering"), " ",
                 inTime ? postForm(desk, "/mit-svar/ret", submitButton(desk.t("button.correct"), ButtonKind::secondary))
                        : Markup()));
    out += inTime ? paragraph(desk.t("page.answer.correct_until",
                                     {{"deadline", desk.words.deadline(deadlineFor(visit.consultation, visit.party))}}))
                  : noMoreCorrections(desk);
    if (inTime) out += el("p", {}, link(desk.t("page.withdraw.title"), withdrawHref));
    if (standing.draft && !standing.maySend()) out += correctionLeft(desk, standing);
    if (standing.versions.size() > 1) out += versionTable(desk, standing.versions);
    return out;
}

} // namespace

http::Reply overview(Desk& desk) {
    const Standing standing = standingOf(desk);
    const PartyVisit& visit = desk.party();
    const bool informed = visit.party.role == PartyRole::informed;
    const std::string other = answeredWith(desk, standing);
    Page shown = partyPage(desk, visit.consultation.text.title);
    shown.lead =
        desk.t(standing.last()        ? "page.answer.lead_sent"
               : !other.empty()       ? "page.answer.lead_joint"
               : standing.withdrawn() ? "page.answer.lead_withdrawn"
               : informed ? (standing.maySend() ? "page.answer.lead_informed" : "page.answer.lead_informed_over")
               : standing.maySend() ? "page.answer.lead"
                                    : "page.answer.lead_over",
               {{"party", visit.party.name}, {"other", other}});
    const Markup state = standing.last()        ? afterSending(desk, standing)
                         : !other.empty()       ? whileJoint(desk, standing, other)
                         : standing.withdrawn() ? afterWithdrawing(desk, standing)
                                                : beforeSending(desk, standing);
    shown.content = withDeadline(desk, visit,
                                 outcomeBox(desk.words, visit.consultation) + togetherBox(desk, standing) + state +
                                     ownRequest(desk, standing.last() != nullptr || !other.empty()) +
                                     contactList(desk, standing.maySend()));
    return page(desk, shown);
}

http::Reply material(Desk& desk) {
    const PartyVisit& visit = desk.party();
    const auto found = desk.read([&](sqlite::ReadTx& tx) { return loadConsultation(tx, visit.consultation.id); });
    const Answering may = mayAnswer(visit.consultation, visit.party, desk.request.received);
    Page shown = partyPage(desk, found->consultation.text.title, desk.t("page.answer.step_read"));
    shown.content = answerSteps(desk, 1, false, false) + answeringBox(desk, may, false);
    shown.content += consultationView(
        desk.words, *found, desk.now,
        [](const Enclosure& enclosure) { return "/mit-svar/bilag/" + std::to_string(enclosure.id); }, &visit.party,
        "/mit-svar/frist.ics");
    if (may == Answering::inTime || may == Answering::late)
        shown.content += buttonRow(linkButton(desk.t("button.write_answer"), "/mit-svar/skriv"));
    return page(desk, shown);
}

http::Reply calendar(Desk& desk) {
    const PartyVisit& visit = desk.party();
    return calendarFile(desk, text::partyCalendar(desk.words, desk.office().house, visit.consultation, visit.party));
}

http::Reply enclosure(Desk& desk) {
    const auto id = desk.id(0);
    const auto all =
        desk.read([&](sqlite::ReadTx& tx) { return sqlite::enclosuresOf(tx, desk.party().consultation.id); });
    for (const auto& each : all)
        if (id && each.id == *id) return desk.sendFile(each.file);
    return notFoundPage(desk);
}

http::Reply correct(Desk& desk) {
    const PartyVisit& visit = desk.party();
    if (const auto refused = refusedAnswer(visit.consultation, visit.party, desk.request.received))
        return problemPage(desk, *refused);
    const Standing standing = standingOf(desk);
    if (standing.last() && standing.may == Answering::late)
        return problemPage(desk, {ErrorKind::closed, "error.correction.late", {}, {}});
    const auto begun = desk.write([&](sqlite::Tx& tx) { return startCorrection(tx, visit); });
    if (!begun) return problemPage(desk, begun.error());
    return http::Reply::seeOther(standing.withdrawn() ? "/mit-svar/skriv?besked=reusing"
                                                      : "/mit-svar/skriv?besked=correcting");
}

http::Reply leave(Desk& desk) {
    const std::string token(desk.request.cookie(http::cookieName(partyCookie, desk.services.secure)));
    desk.write([&](sqlite::Tx& tx) {
        sqlite::endSession(tx, sha256Hex(token));
        tx.housekeeping("a party's session ended");
    });
    return http::Reply::seeOther("/?besked=left").cookie(partyCookie, "", desk.services.secure, 0);
}

} // namespace hoering::web::answer_pages

// A party takes its answer back: what it means, the button, and the receipt.
// Not here: the overview before and after (answer_pages.cpp), what happens then (server/usecases/withdraw_response.h).
#include "common/id.h"
#include "sqlite/parties.h"
#include "usecases/join_answer.h"
#include "usecases/withdraw_response.h"
#include "web/answer_parts.h"
#include "web/handlers.h"
#include "web/page_parts.h"
#include "web/problem.h"
#include "web/withdrawal_view.h"

namespace hoering::web::answer_pages {
namespace {

std::vector<Party> followersHere(Desk& desk) {
    const PartyVisit& visit = desk.party();
    return desk.read(
        [&](sqlite::ReadTx& tx) { return followersOf(sqlite::partiesOf(tx, visit.consultation.id), visit.party.id); });
}

/// Everything that follows from the button, before it is pressed.
Markup whatHappens(Desk& desk) {
    const PartyVisit& visit = desk.party();
    std::vector<Markup> items{join(desk.t("page.withdraw.kept")), join(desk.t("page.withdraw.counts"))};
    if (visit.party.role == PartyRole::consulted) items.push_back(join(desk.t("page.withdraw.reminders")));
    for (const auto& follower : followersHere(desk))
        items.push_back(join(desk.t("page.withdraw.follower", {{"party", follower.name}})));
    items.push_back(join(desk.t("page.withdraw.again",
                                {{"deadline", desk.words.deadline(deadlineFor(visit.consultation, visit.party))}})));
    return heading(desk.t("page.withdraw.what_happens")) + bullets(items);
}

http::Reply showForm(Desk& desk, const Response& answer, const Form& form, int status) {
    const PartyVisit& visit = desk.party();
    Page shown = partyPage(desk, desk.t("page.withdraw.title"), desk.t("page.withdraw.title"));
    shown.lead = desk.t("page.withdraw.lead", {{"party", visit.party.name}});
    shown.form = &form;
    Markup content =
        facts({{desk.t("page.answer.kind"), join(desk.t("response_kind." + std::string(kindName(answer.kind))))},
               {desk.t("letter.fact.received"), join(desk.words.momentExact(answer.receivedAt))},
               {desk.t("letter.fact.version"), join(std::to_string(answer.version))},
               {desk.t("letter.fact.receipt"), el("code", {}, answer.receipt)}});
    content += whatHappens(desk) + paragraph(desk.t("page.withdraw.correct_instead"));
    content += postForm(
        desk, withdrawHref, hidden("response", std::to_string(answer.id)), hidden("key", form.value("key", newKey())),
        textArea(form, {"reason", desk.t("label.withdrawal_reason"), desk.t("hint.withdrawal_reason")}, 4),
        buttonRow(join(submitButton(desk.t("button.withdraw"), ButtonKind::warning), " ",
                       link(desk.t("button.cancel"), "/mit-svar"))));
    shown.content = withDeadline(desk, visit, content);
    return page(desk, shown, status);
}

} // namespace

http::Reply withdrawal(Desk& desk) {
    const Standing standing = standingOf(desk);
    const PartyVisit& visit = desk.party();
    if (!standing.last()) return http::Reply::seeOther(std::string(standing.withdrawn() ? withdrawnHref : "/mit-svar"));
    if (const auto refused = refusedWithdrawal(visit.consultation, visit.party, desk.request.received))
        return problemPage(desk, *refused);
    return showForm(desk, *standing.last(), Form(desk.words), 200);
}

http::Reply withdraw(Desk& desk) {
    const WithdrawInput input{desk.numberField("response"), std::string(desk.field("reason")),
                              std::string(desk.field("key")), desk.request.received};
    const auto done =
        desk.write([&](sqlite::Tx& tx) { return withdrawResponse(tx, desk.office(), desk.party(), input); });
    if (done) return http::Reply::seeOther(std::string(withdrawnHref));
    const Standing standing = standingOf(desk);
    if (done.error().kind != ErrorKind::invalid || !standing.last()) return problemPage(desk, done.error());
    return showForm(desk, *standing.last(), Form(desk.words, desk.request, done.error()), statusOf(done.error().kind));
}

http::Reply withdrawn(Desk& desk) {
    const Standing standing = standingOf(desk);
    const Response* old = standing.withdrawn();
    if (!old) return http::Reply::seeOther("/mit-svar");
    const PartyVisit& visit = desk.party();
    const std::string due = desk.words.deadline(deadlineFor(visit.consultation, visit.party));
    Page shown = partyPage(desk, desk.t("page.withdrawn.title"), desk.t("page.receipt.crumb"));
    shown.lead = desk.t("page.withdrawn.lead", {{"party", visit.party.name}});
    Markup content = facts(withdrawalRows(desk.words, *old)) + paragraph(desk.t("page.withdrawn.kept")) +
                     buttonRow(linkButton(desk.t("page.answer.overview"), "/mit-svar"));
    content += heading(desk.t("page.receipt.next"));
    if (old->withdrawal->channel == Channel::online) content += paragraph(desk.t("page.withdrawn.mail"));
    content += standing.may == Answering::inTime ? paragraph(desk.t("page.withdrawn.again", {{"deadline", due}}))
                                                 : answeringBox(desk, standing.may, standing.draft.has_value());
    shown.content = withDeadline(desk, visit, content);
    return page(desk, shown);
}

} // namespace hoering::web::answer_pages

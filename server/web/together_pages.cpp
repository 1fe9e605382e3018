// "Vi svarer sammen med …": a party says whose answer speaks for it too, and may take it back.
// Not here: the overview it comes from (answer_pages.cpp), what it means for reminders and digest (server/domain).
#include "sqlite/parties.h"
#include "usecases/join_answer.h"
#include "web/answer_parts.h"
#include "web/handlers.h"
#include "web/page_parts.h"
#include "web/problem.h"

namespace hoering::web {

std::string answeredWith(Desk& desk, const Standing& standing) {
    const PartyVisit& visit = desk.party();
    if (standing.last() || !visit.party.jointWith) return "";
    const auto other = desk.read([&](sqlite::ReadTx& tx) { return sqlite::findParty(tx, *visit.party.jointWith); });
    return other ? other->name : "";
}

Markup togetherBox(Desk& desk, const Standing& standing) {
    const PartyVisit& visit = desk.party();
    const auto all = desk.read([&](sqlite::ReadTx& tx) { return sqlite::partiesOf(tx, visit.consultation.id); });
    Markup out;
    if (const auto other = answeredWith(desk, standing); !other.empty())
        out +=
            alert(Tone::info, desk.t("page.together.now", {{"party", other}}),
                  paragraph(desk.t(standing.maySend() ? "page.together.now_text" : "page.together.now_over")) +
                      (standing.maySend() ? postForm(desk, "/mit-svar/sammen-med/fortryd",
                                                     submitButton(desk.t("button.leave_joint"), ButtonKind::secondary))
                                          : Markup()));
    std::vector<Markup> followers;
    for (const auto& other : followersOf(all, visit.party.id)) followers.push_back(join(other.name));
    if (!followers.empty())
        out += alert(Tone::info, desk.t("page.together.followers"),
                     bullets(followers) + paragraph(desk.t("page.together.followers_text")));
    return out;
}

} // namespace hoering::web

namespace hoering::web::answer_pages {
namespace {

http::Reply show(Desk& desk, const Form& form, int status) {
    const PartyVisit& visit = desk.party();
    const Standing standing = standingOf(desk);
    const auto all = desk.read([&](sqlite::ReadTx& tx) { return sqlite::partiesOf(tx, visit.consultation.id); });
    Page shown = partyPage(desk, desk.t("page.together.title"), desk.t("page.together.title"));
    shown.form = &form;
    Markup content = answeringBox(desk, standing.may, standing.draft.has_value()) + togetherBox(desk, standing);
    std::vector<Choice> choices;
    for (const auto& party : possiblePartners(all, visit.party))
        choices.push_back({std::to_string(party.id), party.name});
    const bool leads = !followersOf(all, visit.party.id).empty();
    const bool may = standing.maySend() && !standing.last() && !leads && !visit.party.jointWith && !choices.empty();
    if (standing.last()) content += paragraph(desk.t("error.joint.answered"));
    else if (leads) content += paragraph(desk.t("error.joint.followers"));
    else if (choices.empty()) content += paragraph(desk.t("page.together.nobody"));
    if (may)
        content +=
            paragraph(desk.t("page.together.text")) +
            postForm(desk, "/mit-svar/sammen-med", radios(form, "party", desk.t("label.answer_with"), choices, ""),
                     buttonRow(join(submitButton(desk.t("button.join_other")), " ",
                                    link(desk.t("button.back"), "/mit-svar"))));
    else content += buttonRow(linkButton(desk.t("button.back"), "/mit-svar", ButtonKind::secondary));
    shown.content = withDeadline(desk, visit, content);
    return page(desk, shown, status);
}

} // namespace

http::Reply together(Desk& desk) { return show(desk, Form(desk.words), 200); }

http::Reply joinOther(Desk& desk) {
    const auto joined = desk.write(
        [&](sqlite::Tx& tx) { return joinAnswer(tx, desk.party(), desk.numberField("party"), desk.request.received); });
    if (joined) return http::Reply::seeOther("/mit-svar?besked=joined");
    if (joined.error().kind != ErrorKind::invalid) return problemPage(desk, joined.error());
    return show(desk, Form(desk.words, desk.request, joined.error()), statusOf(joined.error().kind));
}

http::Reply leaveOther(Desk& desk) {
    const auto left =
        desk.write([&](sqlite::Tx& tx) { return leaveJointAnswer(tx, desk.party(), desk.request.received); });
    if (!left) return problemPage(desk, left.error());
    return http::Reply::seeOther("/mit-svar?besked=joint_left");
}

} // namespace hoering::web::answer_pages

// The last look before a consultation is sent: what stands in the way, who gets what, and how it will look.
#include "common/id.h"
#include "usecases/publish_consultation.h"
#include "usecases/send_test_letter.h"
#include "web/components.h"
#include "web/consultation_view.h"
#include "web/handlers.h"
#include "web/ledger_view.h"
#include "web/letter_view.h"
#include "web/office_parts.h"
#include "web/problem.h"

namespace hoering::web::edit_pages {
namespace {

std::string previewHref(std::int64_t id, const Contact& contact) {
    return consultationHref(id, "/vis/" + std::to_string(contact.id));
}

Markup recipients(const Desk& desk, const SendGate& gate) {
    const auto& words = desk.words;
    const auto id = gate.desk.consultation.id;
    if (gate.lines.empty()) return el("p", {}, words("page.gate.no_letters"));
    std::vector<std::vector<Markup>> rows;
    for (const auto& line : gate.lines)
        rows.push_back(
            {join(line.party->name), join(words("party_role." + std::string(roleName(line.party->role)))),
             join(line.contact->name), join(line.contact->mail), join(kindWord(words, line.letter.kind)),
             el("a", {{"href", previewHref(id, *line.contact)}}, words("button.read_letter"),
                el("span", {{"class", "sr-only"}}, " " + words("page.gate.to", {{"mail", line.contact->mail}})))});
    return table(words("page.gate.recipients"),
                 {{words("label.party")},
                  {words("label.role")},
                  {words("label.contact")},
                  {words("label.email")},
                  {words("label.kind")},
                  {words("label.letter")}},
                 rows);
}

Markup remindersPlanned(const Desk& desk, const SendGate& gate) {
    const auto& words = desk.words;
    if (gate.reminders.empty()) return el("p", {}, words("page.gate.no_reminders"));
    Markup items;
    for (const auto& each : gate.reminders)
        items += el("li", {}, words.weekdayDate(dateOf(each.local)) + " " + words.timeOfDay(timeOfDay(each.local)));
    return el("p", {}, words("page.gate.reminders_rule")) + el("ul", {}, items);
}

http::Reply showGate(const Desk& desk, const Form& form, const SendGate& gate, int status) {
    const auto& words = desk.words;
    const auto& consultation = gate.desk.consultation;
    const auto id = consultation.id;
    const bool ready = !anyStops(gate.findings);
    Page made = stepPage(desk, gate.desk, Step::check);
    made.form = &form;
    made.content += findingList(words, gate.findings, [&](const std::string& field) { return mendHref(id, field); });
    if (ready && gate.findings.empty()) made.content += alert(Tone::success, words("page.gate.ready"), Markup());

    std::vector<std::pair<std::string, Markup>> rows{
        {words("label.deadline"), join(deadlineLine(words, consultation, desk.now))}};
    if (consultation.text.deadline)
        rows.push_back(
            {words("label.period"), join(words.count("count.days", daysLeft(*consultation.text.deadline, desk.now)))});
    rows.push_back(
        {words("tab.parties"), join(words.count("count.parties", static_cast<long long>(gate.desk.parties.size())))});
    rows.push_back(
        {words("tab.letters"), join(words.count("count.letters", static_cast<long long>(gate.lines.size())))});
    rows.push_back({words("step.enclosures"),
                    join(words.count("count.enclosures", static_cast<long long>(gate.desk.enclosures.size())))});
    rows.push_back({words("label.visible"),
                    join(words(consultation.text.isPublic ? "page.gate.public" : "page.overview.not_public"))});
    made.content += web::facts(rows) + el("p", {}, link(words("button.preview"), consultationHref(id, "/vis")));
    made.content += el("h2", {}, words("page.gate.recipients")) + recipients(desk, gate) +
                    el("p", {}, link(words("button.wording"), consultationHref(id, "/ordlyd")));
    made.content += el("h2", {}, words("tab.reminders")) + remindersPlanned(desk, gate);
    made.content += el("h2", {}, words("page.gate.send"));
    if (ready)
        made.content +=
            el("p", {}, words("page.gate.send_text")) +
            postForm(desk, stepHref(id, Step::check), hidden("version", std::to_string(consultation.version)),
                     submitButton(words.count("button.publish", static_cast<long long>(gate.lines.size()))));
    else made.content += el("p", {}, words("page.gate.mend_first"));
    return page(desk, made, status);
}

struct Shown {
    Consultation consultation;
    Letter letter;
};

/// The invitation to the contact named by the second {…} of the path, as it is or would be sent.
std::optional<Shown> letterHere(Desk& desk) {
    auto about = consultationHere(desk);
    const auto contact = desk.id(1);
    if (!about || !contact) return std::nullopt;
    auto gate = lookAtSendGate(desk.office(), std::move(*about), desk.now);
    for (auto& line : gate.lines)
        if (line.contact->id == *contact) return Shown{std::move(gate.desk.consultation), std::move(line.letter)};
    return std::nullopt;
}

} // namespace

http::Reply gate(Desk& desk) {
    auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    if (about->consultation.state != ConsultationState::draft)
        return http::Reply::seeOther(consultationHref(about->consultation.id));
    return showGate(desk, Form(desk.words), lookAtSendGate(desk.office(), std::move(*about), desk.now), 200);
}

http::Reply publish(Desk& desk) {
    const auto id = desk.id(0);
    if (!id) return notFoundPage(desk);
    const auto done = desk.write([&](sqlite::Tx& tx) {
        return publishConsultation(tx, desk.office(), desk.user().actor(), *id, desk.numberField("version"));
    });
    if (done) return back(consultationHref(*id), "published");
    auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    if (about->consultation.state == ConsultationState::open) // pressed twice: it is done
        return back(consultationHref(*id), "published");
    if (about->consultation.state != ConsultationState::draft) return problemPage(desk, done.error());
    return showGate(desk, Form(desk.words, desk.request, done.error()),
                    lookAtSendGate(desk.office(), std::move(*about), desk.now), statusOf(done.error().kind));
}

http::Reply previewPage(Desk& desk) {
    const auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    const auto& consultation = about->consultation;
    Page made = officePage(desk, consultation.text.title);
    made.crumbs = {{desk.t("page.today.title"), "/kontor"},
                   {consultation.text.title, consultationHref(consultation.id)},
                   {desk.t("page.preview.title"), ""}};
    made.content =
        alert(Tone::info, desk.t("page.preview.title"),
              el("p", {}, desk.t("page.preview.text")) +
                  el("p", {}, link(desk.t("button.back_to_consultation"), consultationHref(consultation.id))));
    made.content += consultationView(desk.words, *about, desk.now, [&](const Enclosure& each) {
        return consultationHref(consultation.id, "/bilag/" + std::to_string(each.id));
    });
    return page(desk, made);
}

http::Reply previewLetter(Desk& desk) {
    const auto shown = letterHere(desk);
    if (!shown) return notFoundPage(desk);
    const auto& words = desk.words;
    const auto& consultation = shown->consultation;
    const auto here = consultationHref(consultation.id, "/vis/" + std::to_string(*shown->letter.contact));
    Page made = officePage(desk, words("page.letter.preview"));
    made.crumbs = {{words("page.today.title"), "/kontor"},
                   {consultation.text.title, consultationHref(consultation.id)},
                   {words("step.check"), stepHref(consultation.id, Step::check)},
                   {made.title, ""}};
    made.lead = words("page.letter.preview_lead");
    made.content = letterFacts(words, shown->letter);
    Markup row;
    if (mayEdit(desk))
        row = postForm(desk, here + "/proeve", hidden("key", newKey()),
                       submitButton(words("button.send_test"), ButtonKind::secondary));
    if (consultation.state == ConsultationState::draft) {
        row += linkButton(words("button.back_to_check"), stepHref(consultation.id, Step::check), ButtonKind::secondary);
        if (mayEdit(desk)) row += link(words("button.wording"), consultationHref(consultation.id, "/ordlyd"));
    }
    made.content += el("div", {{"class", "row"}}, row);
    made.content += el("h2", {}, words("page.letter.html")) + letterFrame(words, shown->letter, here + "/html");
    made.content += el("h2", {}, words("page.letter.text")) + letterText(words, shown->letter);
    return framing(page(desk, made));
}

http::Reply previewLetterHtml(Desk& desk) {
    const auto shown = letterHere(desk);
    if (!shown) return notFoundPage(desk);
    return letterDocument(desk.office().words(shown->letter.language), shown->letter);
}

http::Reply testLetter(Desk& desk) {
    const auto shown = letterHere(desk);
    if (!shown) return notFoundPage(desk);
    const auto sent = desk.write([&](sqlite::Tx& tx) {
        return sendTestLetter(tx, desk.office(), desk.user(), shown->letter, desk.field("key"));
    });
    if (!sent) return problemPage(desk, sent.error());
    return back(consultationHref(shown->consultation.id, "/vis/" + std::to_string(*shown->letter.contact)),
                "test_sent");
}

} // namespace hoering::web::edit_pages

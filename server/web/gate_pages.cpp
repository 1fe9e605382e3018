// The last look before a consultation is sent: what stands in the way, who gets what, and how it will look.
#include "common/id.h"
#include "common/strings.h"
#include "usecases/publish_consultation.h"
#include "usecases/send_test_letter.h"
#include "web/act_preview.h"
#include "web/components.h"
#include "web/consultation_view.h"
#include "web/handlers.h"
#include "web/ledger_view.h"
#include "web/letter_view.h"
#include "web/office_parts.h"
#include "web/problem.h"
#include "web/reminder_words.h"

namespace hoering::web::edit_pages {
namespace {

Markup remindersPlanned(const Desk& desk, const ConsultationDesk& about) {
    const auto& words = desk.words;
    Markup items;
    if (about.consultation.text.deadline)
        for (const auto& each :
             planReminders(about.reminders.steps, *about.consultation.text.deadline, desk.now.instant))
            items += el("li", {},
                        localWords(words, each.local) + (each.after ? " " + words("page.reminders.after_mark") : ""));
    if (items.empty()) return el("p", {}, words("page.gate.no_reminders"));
    return el("p", {}, words("page.gate.reminders_rule")) + el("ul", {}, items);
}

Markup inShort(const Desk& desk, const ConsultationDesk& about, const ActPlan& plan) {
    const auto& words = desk.words;
    const auto& consultation = about.consultation;
    std::vector<std::pair<std::string, Markup>> rows{
        {words("label.deadline"), join(deadlineLine(words, consultation, desk.now))}};
    if (consultation.text.deadline)
        rows.push_back(
            {words("label.period"), join(words.count("count.days", daysLeft(*consultation.text.deadline, desk.now)))});
    const auto count = [&](const char* label, const char* key, std::size_t n) {
        rows.push_back({words(label), join(words.count(key, static_cast<long long>(n)))});
    };
    count("tab.parties", "count.parties", about.parties.size());
    count("tab.letters", "count.letters", plan.letters.size());
    count("step.enclosures", "count.enclosures", about.enclosures.size());
    rows.push_back({words("label.visible"),
                    join(words(consultation.text.isPublic ? "page.gate.public" : "page.overview.not_public"))});
    return web::facts(rows);
}

http::Reply showGate(Desk& desk, const ConsultationDesk& about, const ActPlan& plan, const Error* refusal, int status) {
    const auto& words = desk.words;
    const auto id = about.consultation.id;
    const bool ready = !anyStops(plan.findings);
    const bool waits = desk.office().releaseAbove > 0 && plan.letters.size() > desk.office().releaseAbove;
    Page made = stepPage(desk, about, Step::check);
    if (refusal)
        made.content += alert(Tone::warning, words("page.act.look_again"),
                              el("p", {}, words.sentence(refusal->key, refusal->args)));
    made.content += waitingReleasesBox(desk, id) + planFindings(desk, plan);
    if (ready && plan.findings.empty()) made.content += alert(Tone::success, words("page.gate.ready"), Markup());
    made.content += inShort(desk, about, plan);
    made.content += el("p", {}, link(words("button.preview"), consultationHref(id, "/vis")));
    made.content += el("h2", {}, words("tab.reminders")) + remindersPlanned(desk, about);

    const std::int64_t reading = readingOf(desk);
    Markup form = plan.letters.empty() ? el("p", {}, words("page.gate.no_letters"))
                                       : el("h2", {}, words("page.gate.happens")) +
                                             actPreview(desk, plan, reading ? std::optional(reading) : std::nullopt);
    form += el("p", {}, link(words("button.wording"), consultationHref(id, "/ordlyd")));
    form += el("h2", {}, words("page.gate.send"));
    if (!ready) form += el("p", {}, words("page.gate.mend_first"));
    else {
        form += el("p", {}, words(waits ? "page.act.needs_release_text" : "page.gate.send_text"));
        form += decision(desk, plan);
        form += submitButton(waits ? words("button.ask_release")
                                   : words.count("button.publish", static_cast<long long>(plan.letters.size())),
                             ButtonKind::primary, "step", "confirm");
    }
    made.content += postForm(desk, stepHref(id, Step::check), hidden("fingerprint", plan.fingerprint),
                             hidden("key", newKey()), form);
    return page(desk, made, status);
}

/// What is typed at the gate: only that somebody has decided.
ActInput inputAtGate(const Desk& desk) { return desk.request.has("seen") ? ActInput{{{"seen", "1"}}} : ActInput{}; }

struct Shown {
    Consultation consultation;
    Letter letter;
};

/// The invitation to the contact named by the second {…} of the path, as it is or would be sent.
std::optional<Shown> letterHere(Desk& desk) {
    auto about = consultationHere(desk);
    const auto contact = desk.id(1);
    if (!about || !contact) return std::nullopt;
    for (auto& each : invitationsOf(desk.office(), *about))
        if (each.contact == *contact) return Shown{std::move(about->consultation), std::move(each.letter)};
    return std::nullopt;
}

} // namespace

http::Reply gate(Desk& desk) {
    const auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    if (about->consultation.state != ConsultationState::draft)
        return http::Reply::seeOther(consultationHref(about->consultation.id));
    const auto plan = planWithDomains(desk, publishAct, about->consultation.id, {});
    return plan ? showGate(desk, *about, *plan, nullptr, 200) : problemPage(desk, plan.error());
}

http::Reply publish(Desk& desk) {
    const auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    const auto id = about->consultation.id;
    const ActInput input = inputAtGate(desk);
    std::optional<Error> refusal;
    if (desk.field("step") == "confirm") {
        if (domainsStop(desk, publishAct, id, input)) refusal = Error{ErrorKind::invalid, "error.act.stopped", {}, {}};
        else {
            const auto done = desk.write([&](sqlite::Tx& tx) {
                return performAct(tx, desk.office(), desk.user(), publishAct, id, input, desk.field("fingerprint"),
                                  desk.field("key"));
            });
            if (done) return back(consultationHref(id), done->release ? "release_asked" : "published");
            refusal = done.error();
        }
    }
    const auto now = consultationHere(desk); // as it stands after what was refused
    const auto plan = planWithDomains(desk, publishAct, id, {});
    if (!now || !plan) return problemPage(desk, plan ? *refusal : plan.error());
    if (const auto* letter = letterNamed(desk, *plan, "html"))
        return letterDocument(desk.office().words(letter->language), *letter);
    if (const auto* letter = letterNamed(desk, *plan, "test")) {
        const auto sent = desk.write(
            [&](sqlite::Tx& tx) { return sendTestLetter(tx, desk.office(), desk.user(), *letter, desk.field("key")); });
        if (sent) return back(stepHref(id, Step::check), "test_sent");
        refusal = sent.error();
    }
    return showGate(desk, *now, *plan, refusal ? &*refusal : nullptr, refusal ? statusOf(refusal->kind) : 200);
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

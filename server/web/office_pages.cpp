// One consultation as the office follows it: overview, letters, journal, and a link sent again.
#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/parties.h"
#include "usecases/open_link.h"
#include "web/act_forms.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/ledger_view.h"
#include "web/office_parts.h"
#include "web/party_matrix.h"
#include "web/problem.h"

namespace hoering::web::office_pages {
namespace {

Markup aboutBox(const Desk& desk, const ConsultationDesk& about) {
    const auto& words = desk.words;
    const auto& text = about.consultation.text;
    const auto& consultation = about.consultation;
    std::vector<std::pair<std::string, Markup>> rows{
        {words("label.state"), stateBadge(words, consultation)},
        {words("label.deadline"), join(deadlineLine(words, consultation, desk.now))}};
    if (consultation.openedAt) rows.push_back({words("label.opened"), join(words.moment(*consultation.openedAt))});
    if (consultation.closedAt) rows.push_back({words("label.closed"), join(words.moment(*consultation.closedAt))});
    rows.push_back({words("label.journal_number"), join(text.journalNumber)});
    rows.push_back({words("label.committee"), join(text.committee)});
    rows.push_back({words("label.officer_name"), join(text.officerName)});
    rows.push_back({words("label.visible"), text.isPublic
                                                ? link(words("page.overview.public"), "/hoering/" + consultation.slug)
                                                : join(words("page.overview.not_public"))});
    rows.push_back(
        {words("label.late_rule"), join(words(text.acceptLate ? "page.overview.late_yes" : "page.overview.late_no"))});
    return facts(rows);
}

http::Reply draftOverview(Desk& desk, const ConsultationDesk& about) {
    const auto id = about.consultation.id;
    Page made = partPage(desk, about.consultation, Part::overview);
    made.lead = desk.t("page.overview.draft_lead");
    const auto findings = findingsOf(desk, about);
    const bool ready = !anyStops(findings);
    if (mayEdit(desk)) {
        made.content += stepLinks(desk, about, std::nullopt);
        made.content +=
            el("p", {{"class", "row"}},
               ready ? linkButton(desk.t("button.check_and_send"), stepHref(id, Step::check))
                     : linkButton(desk.t("button.go_on"),
                                  findings.empty() ? stepHref(id, Step::facts) : mendHref(id, findings[0].field)),
               linkButton(desk.t("button.preview"), consultationHref(id, "/vis"), ButtonKind::secondary));
        made.content +=
            findingList(desk.words, findings, [&](const std::string& field) { return mendHref(id, field); });
    }
    made.content += el("h2", {}, desk.t("page.overview.about")) + aboutBox(desk, about);
    made.content += el("p", {}, link(desk.t("tab.journal"), consultationHref(id, "/journal")));
    if (mayEdit(desk)) made.content += actMenu(desk, about.consultation);
    return page(desk, made);
}

Markup chart(const Desk& desk, const Tally& tally) {
    const auto& words = desk.words;
    std::vector<std::pair<std::string, long>> bars;
    for (const auto& [status, n] : tally.consulted)
        bars.emplace_back(words("party_status." + std::string(statusName(status))), n);
    if (bars.empty()) return {};
    return barChart(words, words("page.overview.chart"),
                    words("page.overview.n_of_m",
                          {{"answered", words.number(tally.answered)}, {"asked", words.number(tally.asked)}}),
                    bars);
}

} // namespace

http::Reply overview(Desk& desk) {
    const auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    if (about->consultation.state == ConsultationState::draft) return draftOverview(desk, *about);
    const auto& consultation = about->consultation;
    const auto matrix = desk.read([&](sqlite::ReadTx& tx) { return matrixOf(tx, consultation.id); });
    const Tally tally = tallyOf(consultation, about->parties, matrix.facts, desk.now);
    const auto& words = desk.words;

    Page made = partPage(desk, consultation, Part::overview);
    made.lead = words("page.overview.n_of_m",
                      {{"answered", words.number(tally.answered)}, {"asked", words.number(tally.asked)}}) +
                (tally.late > 0 ? " " + words.count("page.overview.late", tally.late) : "");
    const bool over = consultation.state != ConsultationState::open;
    made.content +=
        el("p", {{"class", "row"}},
           linkButton(words(over ? "button.digest" : "button.see_responses"),
                      consultationHref(consultation.id, over ? "/hoeringsnotat" : "/svar")),
           linkButton(words("button.preview"), consultationHref(consultation.id, "/vis"), ButtonKind::secondary));
    if (mayEdit(desk)) made.content += actMenu(desk, consultation);
    made.content += aboutBox(desk, *about);
    made.content += el("h2", {}, words("page.overview.chart")) + chart(desk, tally);
    made.content += el("h2", {}, words("tab.parties")) + partyMatrix(desk, *about, matrix, false);
    return page(desk, made);
}

http::Reply letters(Desk& desk) {
    const auto id = desk.id(0);
    const auto found =
        !id ? std::nullopt : desk.read([&](sqlite::ReadTx& tx) { return sqlite::findConsultation(tx, *id); });
    if (!found) return notFoundPage(desk);
    Page made = partPage(desk, *found, Part::letters);
    if (mayEdit(desk))
        made.content += el("p", {}, link(desk.t("button.wording"), consultationHref(found->id, "/ordlyd")));
    made.content += letterLedger(desk, found->id, consultationHref(found->id, "/breve"));
    return page(desk, made);
}

http::Reply journal(Desk& desk) {
    const auto id = desk.id(0);
    const auto found =
        !id ? std::nullopt : desk.read([&](sqlite::ReadTx& tx) { return sqlite::findConsultation(tx, *id); });
    if (!found) return notFoundPage(desk);
    Page made = partPage(desk, *found, Part::journal);
    made.content += journalTable(desk, found->id, consultationHref(found->id, "/journal"));
    return page(desk, made);
}

http::Reply sendLinkAgain(Desk& desk) {
    const auto about = consultationHere(desk);
    const auto contact = desk.id(1);
    bool here = false;
    if (about && contact)
        for (const auto& party : about->parties)
            for (const auto& each : party.contacts) here = here || each.id == *contact;
    if (!here || about->consultation.state == ConsultationState::draft) return notFoundPage(desk);
    const auto sent = desk.write(
        [&](sqlite::Tx& tx) { return hoering::sendLinkAgain(tx, desk.office(), desk.user().actor(), *contact); });
    if (!sent) return problemPage(desk, sent.error());
    return back(consultationHref(about->consultation.id, "/parter"), "link_sent");
}

} // namespace hoering::web::office_pages

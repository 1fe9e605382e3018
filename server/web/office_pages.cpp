// One consultation as the office follows it: overview, letters, journal.
#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/extensions.h"
#include "sqlite/parties.h"
#include "usecases/find_not_reached.h"
#include "web/act_forms.h"
#include "web/act_preview.h"
#include "web/components.h"
#include "web/consultation_view.h"
#include "web/extension_parts.h"
#include "web/handlers.h"
#include "web/ledger_view.h"
#include "web/not_reached_view.h"
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
    if (const auto moves = changesSeenBy(about.changes, std::nullopt); !moves.empty())
        rows.back().second +=
            el("div", {}, words("page.view.moved_from", {{"before", words.deadline(moves.front().from)}}));
    if (consultation.openedAt) rows.push_back({words("label.opened"), join(words.moment(*consultation.openedAt))});
    if (consultation.closedAt) rows.push_back({words("label.closed"), join(words.moment(*consultation.closedAt))});
    if (!consultation.endedReason.empty()) rows.push_back({words("label.reason"), join(consultation.endedReason)});
    rows.push_back({words("label.journal_number"), join(text.journalNumber)});
    rows.push_back({words("label.committee"), join(text.committee)});
    rows.push_back({words("label.officer_name"), join(text.officerName)});
    rows.push_back({words("label.visible"),
                    isPublished(consultation)
                        ? link(words("page.overview.public"), "/hoering/" + consultation.slug)
                        : join(words(text.isPublic ? "page.overview.public_once_sent" : "page.overview.not_public"))});
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
    made.content += waitingReleasesBox(desk, id);
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
    if (mayEdit(desk))
        made.content += actMenu(desk, about.consultation) +
                        el("p", {}, link(desk.t("button.delete_draft"), consultationHref(id, "/slet")));
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
                (tally.unsolicited > 0 ? " " + words.count("page.overview.unsolicited", tally.unsolicited) : "") +
                (tally.late > 0 ? " " + words.count("page.overview.late", tally.late) : "");
    const auto unreached = desk.read([&](sqlite::ReadTx& tx) { return findNotReached(tx, consultation.id, desk.now); });
    made.content += notReachedBox(desk, unreached) + waitingReleasesBox(desk, consultation.id);
    const bool over = consultation.state != ConsultationState::open;
    made.content +=
        el("p", {{"class", "row"}},
           linkButton(words(over ? "button.digest" : "button.see_responses"),
                      consultationHref(consultation.id, over ? "/hoeringsnotat" : "/svar")),
           linkButton(words("button.preview"), consultationHref(consultation.id, "/vis"), ButtonKind::secondary));
    if (mayEdit(desk)) made.content += actMenu(desk, consultation);
    const auto requests =
        desk.read([&](sqlite::ReadTx& tx) { return sqlite::extensionRequestsOf(tx, consultation.id); });
    made.content += extensionRequests(desk, consultation, requests);
    made.content += outcomeBox(words, consultation) + aboutBox(desk, *about);
    made.content += el("h2", {}, words("page.overview.chart")) + chart(desk, tally);
    made.content += el("h2", {}, words("tab.parties")) + partyMatrix(desk, *about, matrix, false);
    made.content += deadlineHistory(words, about->changes);
    return page(desk, made);
}

http::Reply letters(Desk& desk) {
    const auto id = desk.id(0);
    const auto found =
        !id ? std::nullopt : desk.read([&](sqlite::ReadTx& tx) { return sqlite::findConsultation(tx, *id); });
    if (!found) return notFoundPage(desk);
    Page made = partPage(desk, *found, Part::letters);
    made.content += postForm(desk, consultationHref(found->id, "/udsendelsesbevis.pdf"),
                             el("p", {{"class", "row"}}, submitButton(desk.t("button.proof"), ButtonKind::secondary),
                                el("span", {{"class", "quiet"}}, desk.t("page.proof.what"))));
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

} // namespace hoering::web::office_pages

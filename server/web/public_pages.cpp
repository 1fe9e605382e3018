// The public's pages: the list of consultations, one consultation, its enclosures. Never anything of an answer.
#include "common/strings.h"
#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/files.h"
#include "text/calendar_entry.h"
#include "usecases/edit_consultation.h"
#include "web/components.h"
#include "web/consultation_view.h"
#include "web/desk.h"
#include "web/handlers.h"
#include "web/page_parts.h"
#include "web/problem.h"

namespace hoering::web::public_pages {
namespace {

/// Also before the clockwork has closed it: the deadline itself is what counts.
bool isOpen(const Consultation& consultation, Now now) {
    return consultation.state == ConsultationState::open && consultation.text.deadline &&
           now.instant < consultation.text.deadline->endsAt();
}

std::string stateWord(const Desk& desk, const Consultation& consultation) {
    if (consultation.state == ConsultationState::open && !isOpen(consultation, desk.now)) return desk.t("state.closed");
    return desk.t("state." + std::string(stateName(consultation.state)));
}

Tone stateTone(const Desk& desk, const Consultation& consultation) {
    if (isOpen(consultation, desk.now)) return Tone::success;
    return consultation.state == ConsultationState::cancelled ? Tone::error : Tone::info;
}

Markup cardOf(const Desk& desk, const Consultation& consultation) {
    const auto& text = consultation.text;
    Markup body = el("p", {}, badge(stateTone(desk, consultation), stateWord(desk, consultation)));
    if (!text.committee.empty()) body += paragraph(desk.t("page.start.decides", {{"committee", text.committee}}));
    if (text.deadline) {
        std::string line = desk.t("page.start.deadline", {{"deadline", desk.words.deadline(*text.deadline)}});
        if (isOpen(consultation, desk.now)) line += " – " + timeLeft(desk.words, *text.deadline, desk.now);
        body += paragraph(line);
    }
    if (!text.summary.empty()) {
        const auto start = firstCodePoints(text.summary, 200);
        body += paragraph(std::string(start) + (start.size() < text.summary.size() ? " …" : ""));
    }
    return card(text.title, "/hoering/" + consultation.slug, body, 3);
}

Markup listOf(const Desk& desk, std::string_view title, const std::vector<const Consultation*>& list) {
    if (list.empty()) return {};
    std::vector<Markup> cards;
    for (const auto* each : list) cards.push_back(cardOf(desk, *each));
    return heading(title) + el("ul", {{"class", "cards nobullet-list"}}, cards);
}

Markup searchForm(const Desk& desk, const std::string& search) {
    return el(
        "form", {{"method", "get"}, {"action", "/"}, {"role", "search"}, {"class", "row"}},
        el("label", {{"for", "q"}, {"class", "form-label"}}, desk.t("label.search_consultations")),
        voidEl("input", {{"type", "search"}, {"id", "q"}, {"name", "q"}, {"class", "form-input"}, {"value", search}}),
        submitButton(desk.t("button.search"), ButtonKind::secondary));
}

std::optional<Consultation> publicOne(sqlite::ReadTx& tx, std::string_view slug) {
    auto found = sqlite::findConsultationBySlug(tx, slug);
    if (!found || !isPublished(*found)) return std::nullopt;
    return found;
}

Markup reasonLine(const Desk& desk, const Consultation& consultation) {
    if (consultation.endedReason.empty()) return {};
    return paragraph(desk.t("page.consultation.reason", {{"reason", consultation.endedReason}}));
}

/// What a visitor should know first, when it can no longer be answered.
Markup stateBox(const Desk& desk, const Consultation& consultation) {
    if (isOpen(consultation, desk.now)) return {};
    if (consultation.state == ConsultationState::cancelled)
        return alert(Tone::warning, desk.t("page.consultation.cancelled"),
                     paragraph(desk.t("page.consultation.cancelled_text")) + reasonLine(desk, consultation));
    if (consultation.state == ConsultationState::concluded)
        return alert(Tone::info, desk.t("page.consultation.concluded"),
                     paragraph(desk.t("page.consultation.concluded_text")));
    if (closedEarly(consultation))
        return alert(Tone::info, desk.t("page.consultation.closed"),
                     paragraph(desk.t("page.consultation.closed_early_text",
                                      {{"moment", desk.words.moment(*consultation.closedAt)},
                                       {"deadline", desk.words.deadline(*consultation.text.deadline)}})) +
                         reasonLine(desk, consultation));
    Args args;
    if (consultation.text.deadline) args = {{"deadline", desk.words.deadline(*consultation.text.deadline)}};
    return alert(Tone::info, desk.t("page.consultation.closed"),
                 paragraph(desk.t("page.consultation.closed_text", args)));
}

} // namespace

http::Reply start(Desk& desk) {
    const auto typed = cleanLine(mendUtf8(desk.request.queryValue("q")));
    const std::string search(firstCodePoints(typed, 100));
    sqlite::ConsultationFilter filter;
    filter.publicOnly = true;
    filter.search = search;
    const auto all = desk.read([&](sqlite::ReadTx& tx) { return sqlite::listConsultations(tx, filter); });
    std::vector<const Consultation*> open, over;
    for (const auto& each : all) (isOpen(each, desk.now) ? open : over).push_back(&each);

    const auto& house = desk.settings().municipality;
    Page shown;
    shown.title = desk.t("page.start.title");
    shown.lead = desk.t("page.start.lead", {{"municipality", house.name}});
    shown.notice = noticeHere(desk);
    if (all.empty() && search.empty()) {
        shown.content = alert(Tone::info, desk.t("page.start.empty"), paragraph(desk.t("page.start.empty_text"))) +
                        paragraph(desk.t("page.start.invited"));
        return page(desk, shown);
    }
    shown.content = searchForm(desk, search);
    if (!search.empty())
        shown.content +=
            el("p", {{"role", "status"}},
               desk.words.count("page.start.found", static_cast<long long>(all.size()), {{"search", search}}), " ",
               link(desk.t("page.start.show_all"), "/"));
    else if (open.empty())
        shown.content += heading(desk.t("page.start.open")) + paragraph(desk.t("page.start.none_open"));
    shown.content += listOf(desk, desk.t("page.start.open"), open) + listOf(desk, desk.t("page.start.over"), over);
    shown.content += paragraph(desk.t("page.start.invited"), "quiet");
    return page(desk, shown);
}

http::Reply consultation(Desk& desk) {
    const auto found = desk.read([&](sqlite::ReadTx& tx) -> std::optional<ConsultationDesk> {
        const auto one = publicOne(tx, desk.hole(0));
        return one ? loadConsultation(tx, one->id) : std::nullopt;
    });
    if (!found) return notFoundPage(desk);
    const Consultation& consultation = found->consultation;
    const std::string here = "/hoering/" + consultation.slug;
    Page shown;
    shown.title = consultation.text.title;
    shown.crumbs = {{desk.t("page.start.title"), "/"}, {consultation.text.title, ""}};
    shown.content = stateBox(desk, consultation);
    shown.content += consultationView(
        desk.words, *found, desk.now,
        [&](const Enclosure& enclosure) { return here + "/bilag/" + std::to_string(enclosure.id); }, nullptr,
        here + "/frist.ics");
    shown.content += paragraph(desk.t("page.consultation.invited"), "quiet");
    return page(desk, shown);
}

http::Reply calendar(Desk& desk) {
    const auto found = desk.read([&](sqlite::ReadTx& tx) { return publicOne(tx, desk.hole(0)); });
    if (!found || !found->text.deadline) return notFoundPage(desk);
    return calendarFile(desk, text::publicCalendar(desk.words, desk.office().house, *found));
}

http::Reply enclosure(Desk& desk) {
    const auto id = desk.id(1);
    const auto file = desk.read([&](sqlite::ReadTx& tx) -> std::optional<StoredFile> {
        const auto one = publicOne(tx, desk.hole(0));
        if (!one || !id) return std::nullopt;
        for (auto& each : sqlite::enclosuresOf(tx, one->id))
            if (each.id == *id) return std::move(each.file);
        return std::nullopt;
    });
    return file ? desk.sendFile(*file) : notFoundPage(desk);
}

} // namespace hoering::web::public_pages

#include "web/consultation_view.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "common/strings.h"
#include "domain/access.h"
#include "domain/digest.h"
#include "text/markdown.h"
#include "web/components.h"

namespace hoering::web {
namespace {

std::optional<Deadline> deadlineOf(const Consultation& consultation, const Party* reader) {
    if (!consultation.text.deadline) return std::nullopt;
    return reader ? deadlineFor(consultation, *reader) : *consultation.text.deadline;
}

Markup section(std::string_view heading, const Markup& body) { return el("section", {}, el("h2", {}, heading), body); }

Markup enclosureList(const text::Words& words, const std::vector<Enclosure>& enclosures,
                     const std::function<std::string(const Enclosure&)>& hrefOf) {
    if (enclosures.empty()) return el("p", {}, words("page.view.no_enclosures"));
    Markup items;
    for (const auto& each : enclosures) {
        Markup item = fileLink(words, each.file, hrefOf(each), each.title);
        if (each.addedAt)
            item += Markup(join(" ", badge(Tone::info, words("page.view.added",
                                                             {{"date", words.date(dateOf(toLocal(*each.addedAt)))}}))));
        items += el("li", {}, item);
    }
    return el("ol", {}, items);
}

/// Names only: who else is asked is public, how to reach them is not.
Markup partyList(const text::Words& words, const std::vector<Party>& parties, PartyRole role) {
    std::vector<std::string> names;
    for (const auto& party : parties)
        if (party.role == role && !party.unsolicited) names.push_back(party.name);
    if (names.empty()) return {};
    std::sort(names.begin(), names.end(), danishLess);
    Markup items;
    for (const auto& name : names) items += el("li", {}, name);
    const bool consulted = role == PartyRole::consulted;
    return el("h3", {}, words(consulted ? "page.view.consulted" : "page.view.informed")) + el("ul", {}, items);
}

/// A line of the time line, and when it happened or is to happen: they stand in that order, whatever the plan was.
struct Moment {
    Instant at;
    Markup line;
};

Markup lineOf(bool passed, const std::string& when, const Markup& what) {
    return el("li", {{"class", passed ? "passed" : "coming"}}, el("strong", {}, when), voidEl("br", {}), what);
}

std::string dayOf(const text::Words& words, Instant at) { return words.weekdayDate(dateOf(toLocal(at))); }

std::vector<DeadlineChange> seenBy(const Party* reader, const std::vector<DeadlineChange>& changes) {
    return changesSeenBy(changes, reader ? std::optional(reader->id) : std::nullopt);
}

Moment moved(const text::Words& words, const Consultation& consultation, const DeadlineChange& change) {
    const Args args{{"before", words.deadline(change.from)}, {"deadline", words.deadline(change.to)}};
    const Markup what = join(words(change.party ? "page.view.moved_you" : "page.view.moved", args),
                             el("p", {}, words("page.view.moved_reason"), " ",
                                el("span", {{"lang", consultation.text.language}}, change.reason)));
    return {change.at, lineOf(true, dayOf(words, change.at), what)};
}

/// The decision to hear, the letter, and each time the deadline was moved.
void addCourse(std::vector<Moment>& course, const text::Words& words, const Consultation& consultation, Now now,
               const std::vector<DeadlineChange>& changes) {
    const auto& text = consultation.text;
    Instant decided{};
    if (text.decisionDate) {
        decided = toInstant(atTime(*text.decisionDate, std::chrono::minutes{0}));
        course.push_back({decided, lineOf(now.instant >= decided, words.weekdayDate(*text.decisionDate),
                                          join(text.committee.empty()
                                                   ? words("page.view.decided")
                                                   : words("page.view.decided_by", {{"committee", text.committee}})))});
    }
    const auto sent = consultation.openedAt;
    course.push_back({sent.value_or(std::max(decided, now.instant)),
                      lineOf(sent.has_value(), sent ? dayOf(words, *sent) : words("page.view.not_yet"),
                             join(words("page.view.sent")))});
    for (const auto& change : changes) course.push_back(moved(words, consultation, change));
}

/// How it ends: by its deadline, or before it – then that deadline is never reached, and only told of.
void addEnding(std::vector<Moment>& course, const text::Words& words, const Consultation& consultation, Now now,
               const std::optional<Deadline>& deadline) {
    const bool cancelled = consultation.state == ConsultationState::cancelled && consultation.endedAt;
    const bool early = closedEarly(consultation);
    if (deadline && !early && !(cancelled && *consultation.endedAt < deadline->endsAt()))
        course.push_back({deadline->endsAt(), lineOf(now.instant >= deadline->endsAt(), words.deadline(*deadline),
                                                     join(words("page.view.deadline_line")))});
    const Args why{{"reason", consultation.endedReason}, {"deadline", deadline ? words.deadline(*deadline) : ""}};
    if (early)
        course.push_back({*consultation.closedAt, lineOf(true, dayOf(words, *consultation.closedAt),
                                                         join(words("page.view.closed_early", why)))});
    if (cancelled)
        course.push_back({*consultation.endedAt,
                          lineOf(true, dayOf(words, *consultation.endedAt),
                                 join(consultation.endedReason.empty() ? words("page.view.cancelled")
                                                                       : words("page.view.cancelled_because", why)))});
    if (consultation.state == ConsultationState::concluded && consultation.outcomeDate)
        // A day, not a moment: after all else of that day.
        course.push_back(
            {toInstant(atTime(addDays(*consultation.outcomeDate, 1), std::chrono::minutes{0})),
             lineOf(true, words.weekdayDate(*consultation.outcomeDate),
                    join(consultation.outcomeBy.empty()
                             ? words("page.view.outcome_line")
                             : words("page.view.outcome_line_by", {{"committee", consultation.outcomeBy}})))});
}

Markup timeLine(const text::Words& words, const Consultation& consultation, Now now, const Party* reader,
                const std::vector<DeadlineChange>& changes) {
    std::vector<Moment> course;
    addCourse(course, words, consultation, now, seenBy(reader, changes));
    addEnding(course, words, consultation, now, deadlineOf(consultation, reader));
    std::stable_sort(course.begin(), course.end(), [](const Moment& a, const Moment& b) { return a.at < b.at; });
    Markup items;
    for (const auto& each : course) items += each.line;
    const bool over =
        consultation.state == ConsultationState::cancelled || consultation.state == ConsultationState::concluded;
    if (!over)
        items += el("li", {}, el("strong", {}, words("page.view.afterwards")),
                    consultation.text.afterwards.empty() ? el("p", {}, words("page.view.afterwards_default"))
                                                         : paragraphs(consultation.text.afterwards));
    return el("ol", {{"class", "timeline"}}, items);
}

} // namespace

Markup deadlinePanel(const text::Words& words, const Consultation& consultation, Now now, const Party* reader,
                     const std::vector<DeadlineChange>& changes, std::string_view calendarHref) {
    Markup body = el("h2", {}, words("page.view.deadline"));
    if (const auto deadline = deadlineOf(consultation, reader)) {
        // The time stays in one piece: "kl." alone at the end of a line reads badly.
        std::string line = words.deadline(*deadline);
        if (const auto space = line.rfind(' '); space != std::string::npos) line.replace(space, 1, "\u00A0");
        body += el("p", {{"class", "deadline-date"}}, line);
        if (const auto moves = seenBy(reader, changes); !moves.empty())
            body += el("p", {}, words("page.view.moved_from", {{"before", words.deadline(moves.front().from)}}));
        const bool cancelled = consultation.state == ConsultationState::cancelled;
        const bool over = now.instant >= deadline->endsAt();
        body += el("p", {},
                   cancelled                   ? words("page.view.cancelled")
                   : closedEarly(consultation) ? words("page.view.closed_before")
                                               : words.daysLeft(over ? -1 : daysLeft(*deadline, now)));
        if (!calendarHref.empty() && consultation.state == ConsultationState::open && !over)
            body += el("p", {}, link(words("page.view.calendar"), calendarHref));
    } else {
        body += el("p", {}, words("page.view.no_deadline"));
    }
    return el("div", {}, body);
}

Markup outcomeBox(const text::Words& words, const Consultation& consultation) {
    if (consultation.state != ConsultationState::concluded) return {};
    const std::string date = consultation.outcomeDate ? words.weekdayDate(*consultation.outcomeDate) : "";
    const std::string by = consultation.outcomeBy.empty()
                               ? words("page.view.outcome_on", {{"date", date}})
                               : words("page.view.outcome_by", {{"committee", consultation.outcomeBy}, {"date", date}});
    return el("section", {{"class", "outcome"}}, el("h2", {}, words("page.view.outcome")), el("p", {}, by),
              el("div", {{"lang", consultation.text.language}, {"class", "prose"}}, paragraphs(consultation.outcome)));
}

Markup askPanel(const text::Words& words, const Consultation& consultation) {
    const auto& text = consultation.text;
    if (text.officerName.empty() && text.officerMail.empty() && text.officerPhone.empty()) return {};
    Markup lines;
    const auto line = [&](const Markup& what) { lines += (lines.empty() ? Markup() : voidEl("br", {})) + what; };
    if (!text.officerName.empty()) line(join(text.officerName));
    if (!text.unit.empty()) line(join(text.unit));
    if (!text.officerPhone.empty()) line(link(text.officerPhone, "tel:" + replaceAll(text.officerPhone, " ", "")));
    if (!text.officerMail.empty()) line(link(text.officerMail, "mailto:" + text.officerMail));
    return el("div", {}, el("h2", {}, words("page.view.questions")), el("p", {}, lines));
}

Markup consultationView(const text::Words& words, const ConsultationDesk& desk, Now now,
                        const std::function<std::string(const Enclosure&)>& hrefOf, const Party* reader,
                        std::string_view calendarHref) {
    const auto& consultation = desk.consultation;
    const auto& text = consultation.text;
    // The officer's own words may be in another language than the page.
    Markup main = outcomeBox(words, consultation);
    main += el("div", {{"lang", text.language}, {"class", "lead"}}, paragraphs(text.summary));
    if (!text.body.empty())
        main += section(words("page.view.matter"), el("div", {{"lang", text.language}, {"class", "prose"}},
                                                      Markup::trusted(text::markdownToHtml(text.body, 3))));
    main += section(words("page.view.enclosures"), enclosureList(words, desk.enclosures, hrefOf));
    const Markup heard =
        partyList(words, desk.parties, PartyRole::consulted) + partyList(words, desk.parties, PartyRole::informed);
    if (!heard.empty()) main += section(words("page.view.parties"), heard);
    main += section(words("page.view.course"), timeLine(words, consultation, now, reader, desk.changes));

    std::vector<std::pair<std::string, Markup>> rows;
    if (!text.journalNumber.empty()) rows.emplace_back(words("label.journal_number"), join(text.journalNumber));
    if (!text.committee.empty()) rows.emplace_back(words("label.committee"), join(text.committee));
    if (!rows.empty()) main += section(words("page.view.about"), facts(rows));

    return el("div", {{"class", "with-side"}}, el("div", {{"class", "stack"}}, main),
              el("aside", {{"class", "side"}, {"aria-label", words("page.view.deadline")}},
                 deadlinePanel(words, consultation, now, reader, desk.changes, calendarHref),
                 askPanel(words, consultation)));
}

} // namespace hoering::web

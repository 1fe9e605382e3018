// The office's first page: what needs somebody today, then every consultation.
#include <algorithm>

#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/extensions.h"
#include "sqlite/ledger.h"
#include "sqlite/mailings.h"
#include "sqlite/parties.h"
#include "usecases/find_not_reached.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/not_reached_view.h"
#include "web/office_parts.h"

namespace hoering::web::office_pages {
namespace {

constexpr int soonDays = 7, lateDays = 14, closedDays = 14;

struct Row {
    Consultation consultation;
    std::vector<Party> parties;
    std::map<std::int64_t, PartyFacts> facts;
    Tally tally;
    std::vector<ExtensionRequest> requests; // that wait for an answer
    std::vector<Unreached> unreached;
    std::vector<Letter> troubled; // of parties that are reached otherwise
};

std::vector<Row> rowsOf(sqlite::ReadTx& tx, Now now) {
    const auto unreached = findNotReached(tx, std::nullopt, now);
    const auto troubled = sqlite::lettersInTrouble(tx);
    std::vector<Row> rows;
    const auto requests = sqlite::waitingExtensionRequests(tx);
    for (auto& consultation : sqlite::listConsultations(tx, {})) {
        Row row;
        row.parties = sqlite::partiesOf(tx, consultation.id);
        row.facts = sqlite::factsOf(tx, consultation.id);
        row.tally = tallyOf(consultation, row.parties, row.facts, now);
        for (const auto& request : requests)
            if (request.consultation == consultation.id) row.requests.push_back(request);
        if (consultation.state == ConsultationState::open) {
            for (const auto& each : unreached)
                if (each.consultation.id == consultation.id) row.unreached.push_back(each);
            for (const auto& letter : troubled)
                if (letter.consultation == consultation.id &&
                    std::none_of(row.unreached.begin(), row.unreached.end(),
                                 [&](const Unreached& each) { return each.party.id == letter.party; }))
                    row.troubled.push_back(letter);
        }
        row.consultation = std::move(consultation);
        rows.push_back(std::move(row));
    }
    return rows;
}

Markup need(Tone tone, std::string_view word, const Markup& what, const Markup& act) {
    return el("li", {}, el("div", {}, badge(tone, word), " ", what), act);
}

Markup lettersNeeding(const Desk& desk, const Row& row) {
    Markup out;
    for (const auto& letter : row.troubled) {
        const std::string state(letter.bouncedAt ? "bounced" : stateName(letter.state));
        const std::string said = desk.t(letter.bouncedAt ? "page.today.letter_refused" : "page.today.letter_" + state,
                                        {{"mail", letter.toMail}, {"title", row.consultation.text.title}});
        const bool may = mayEdit(desk);
        out += need(state == "unknown" ? Tone::warning : Tone::error, desk.t("letter_state." + state), join(said),
                    link(desk.t("button.see_letter"), may ? "/kontor/breve/" + std::to_string(letter.id)
                                                          : consultationHref(row.consultation.id, "/breve")));
    }
    return out;
}

Markup requestsWaiting(const Desk& desk, const Row& row) {
    Markup out;
    for (const auto& request : row.requests)
        out += need(Tone::warning, desk.t("page.today.request_word"),
                    join(desk.t("page.today.request", {{"party", request.partyName},
                                                       {"deadline", desk.words.deadline(request.wanted)},
                                                       {"title", row.consultation.text.title}})),
                    link(desk.t(mayEdit(desk) ? "button.answer_request" : "button.see_request"),
                         consultationHref(row.consultation.id) + "#laengere-frist"));
    return out;
}

Markup partiesNotReached(const Desk& desk, const Row& row) {
    Markup out;
    for (const auto& each : row.unreached)
        out += need(Tone::error, desk.t("page.not_reached.word"), notReachedLine(desk, each, true),
                    notReachedActs(desk, each));
    return out;
}

/// An act that waits concerns the secretariat alone.
Markup releasesWaiting(Desk& desk, const std::vector<Row>& rows) {
    if (!mayEdit(desk)) return {};
    Markup out;
    for (const auto& each : desk.read([](sqlite::ReadTx& tx) { return sqlite::waitingReleases(tx); })) {
        std::string title;
        for (const auto& row : rows)
            if (row.consultation.id == each.consultation) title = row.consultation.text.title;
        const bool own = each.askedBy == desk.user().id;
        out += need(own ? Tone::info : Tone::warning, desk.t("release_state.waiting"),
                    join(desk.words.count(own ? "page.today.own_release" : "page.today.release", each.letters,
                                          {{"act", desk.t("act_name." + each.act)}, {"title", title}})),
                    link(desk.t("button.see_release"), "/kontor/frigivelser/" + std::to_string(each.id)));
    }
    return out;
}

Markup closingSoon(const Desk& desk, const Row& row) {
    const auto& consultation = row.consultation;
    if (consultation.state != ConsultationState::open || !consultation.text.deadline) return {};
    const auto& deadline = *consultation.text.deadline;
    const int days = daysLeft(deadline, desk.now);
    const long missing = row.tally.asked - row.tally.answered;
    if (days > soonDays || missing == 0 || desk.now.instant >= deadline.endsAt()) return {};
    return need(Tone::warning, desk.words.daysLeft(days),
                join(desk.words.count("page.today.missing", missing, {{"title", consultation.text.title}})),
                link(desk.t("button.see_who"), consultationHref(consultation.id, "/parter")));
}

Markup lateAnswers(const Desk& desk, const Row& row) {
    long late = 0;
    for (const auto& [party, facts] : row.facts)
        if (facts.late && facts.answeredAt && desk.now.instant - *facts.answeredAt < std::chrono::days(lateDays))
            ++late;
    if (late == 0) return {};
    return need(Tone::info, desk.t("page.today.late_word"),
                join(desk.words.count("page.today.late", late, {{"title", row.consultation.text.title}})),
                link(desk.t("button.see_responses"), consultationHref(row.consultation.id, "/svar")));
}

Markup withdrawals(const Desk& desk, const Row& row) {
    const auto recent = std::count_if(row.facts.begin(), row.facts.end(), [&](const auto& each) {
        const auto& at = each.second.withdrawnAt;
        return at && desk.now.instant - *at < std::chrono::days(lateDays);
    });
    if (recent == 0) return {};
    return need(Tone::info, desk.t("page.today.withdrawn_word"),
                join(desk.words.count("page.today.withdrawn", recent, {{"title", row.consultation.text.title}})),
                link(desk.t("button.see_responses"), consultationHref(row.consultation.id, "/svar")));
}

/// What a consultation leaves to do in the days after it closed: drafts nobody sent, and the digest.
Markup afterClosing(const Desk& desk, const Row& row) {
    const auto& consultation = row.consultation;
    if (consultation.state != ConsultationState::closed || !consultation.closedAt ||
        desk.now.instant - *consultation.closedAt >= std::chrono::days(closedDays))
        return {};
    const Args title{{"title", consultation.text.title}};
    Markup out;
    const auto unsent = std::count_if(row.facts.begin(), row.facts.end(), [](const auto& each) {
        return each.second.draftedAt && !each.second.answeredAt;
    });
    if (unsent > 0)
        out += need(Tone::warning, desk.t("page.today.unsent_word"),
                    join(desk.words.count("page.today.unsent", unsent, title)),
                    link(desk.t("button.see_who"), consultationHref(consultation.id, "/parter")));
    if (mayEdit(desk))
        out += need(Tone::info, desk.t("state.closed"), join(desk.t("page.today.closed", title)),
                    link(desk.t("button.digest"), consultationHref(consultation.id, "/hoeringsnotat")));
    return out;
}

Markup drafts(const Desk& desk, const Row& row) {
    if (row.consultation.state != ConsultationState::draft || !mayEdit(desk)) return {};
    return need(Tone::info, desk.t("state.draft"),
                join(desk.t("page.today.draft", {{"title", row.consultation.text.title}})),
                link(desk.t("button.go_on"), consultationHref(row.consultation.id)));
}

Markup needs(Desk& desk, const std::vector<Row>& rows) {
    Markup items = releasesWaiting(desk, rows);
    for (const auto& row : rows) items += partiesNotReached(desk, row);
    for (const auto& row : rows) items += lettersNeeding(desk, row);
    for (const auto& row : rows) items += requestsWaiting(desk, row);
    for (const auto& row : rows) items += closingSoon(desk, row);
    for (const auto& row : rows) items += lateAnswers(desk, row);
    for (const auto& row : rows) items += withdrawals(desk, row);
    for (const auto& row : rows) items += afterClosing(desk, row);
    for (const auto& row : rows) items += drafts(desk, row);
    return el("h2", {}, desk.t("page.today.needs")) +
           (items.empty() ? el("p", {}, desk.t("page.today.nothing")) : el("ul", {{"class", "todo"}}, items));
}

Markup all(const Desk& desk, const std::vector<Row>& rows) {
    const auto& words = desk.words;
    std::vector<std::vector<Markup>> cells;
    for (const auto& row : rows) {
        const auto& consultation = row.consultation;
        Markup answers;
        if (row.tally.asked > 0 && consultation.state != ConsultationState::draft)
            answers = el("div", {},
                         words("page.overview.n_of_m", {{"answered", words.number(row.tally.answered)},
                                                        {"asked", words.number(row.tally.asked)}})) +
                      answerPicture(words, row.tally);
        const std::string deadline = deadlineLine(words, consultation, desk.now);
        cells.push_back({link(consultation.text.title, consultationHref(consultation.id)),
                         stateBadge(words, consultation),
                         join(deadline.empty() ? words("page.today.no_deadline") : deadline), answers});
    }
    return el("h2", {}, words("page.today.all")) + table(words("page.today.all"),
                                                         {{words("label.consultation")},
                                                          {words("label.state")},
                                                          {words("label.deadline")},
                                                          {words("label.answers")}},
                                                         cells);
}

Markup beginnersGuide(const Desk& desk) {
    Markup steps;
    for (const char* key : {"page.today.first_1", "page.today.first_2", "page.today.first_3", "page.today.first_4"})
        steps += el("li", {}, desk.t(key));
    return alert(Tone::info, desk.t("page.today.first"), el("ol", {}, steps));
}

} // namespace

http::Reply today(Desk& desk) {
    const auto rows = desk.read([&](sqlite::ReadTx& tx) { return rowsOf(tx, desk.now); });
    Page made = officePage(desk, desk.t("page.today.title"));
    made.lead = desk.words.weekdayDate(dateOf(desk.now.local));
    if (mayEdit(desk))
        made.content += el("p", {}, linkButton(desk.t("button.new_consultation"), "/kontor/hoeringer/ny"));
    if (rows.empty()) made.content += mayEdit(desk) ? beginnersGuide(desk) : el("p", {}, desk.t("page.today.empty"));
    else made.content += needs(desk, rows) + all(desk, rows);
    return page(desk, made);
}

} // namespace hoering::web::office_pages

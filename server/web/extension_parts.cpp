#include "web/extension_parts.h"

#include "domain/access.h"
#include "sqlite/extensions.h"
#include "web/act_forms.h"
#include "web/office_parts.h"
#include "web/page_parts.h"

namespace hoering::web {
namespace {

Tone toneOf(RequestState state) {
    switch (state) {
    case RequestState::asked: return Tone::warning;
    case RequestState::granted: return Tone::success;
    case RequestState::refused: return Tone::info;
    }
    return Tone::info;
}

Markup stateOf(const text::Words& words, const ExtensionRequest& request) {
    return badge(toneOf(request.state), words("request_state." + std::string(stateName(request.state))));
}

Markup whole(const std::string& date) { return el("span", {{"class", "nowrap"}}, date); }

Markup waitingRequest(const Desk& desk, const Consultation& consultation, const ExtensionRequest& request) {
    const auto& words = desk.words;
    Markup body = requestFacts(words, request);
    if (mayEdit(desk)) {
        const std::string which = "?request=" + std::to_string(request.id);
        Markup buttons;
        if (mayExtendOne(consultation))
            buttons += linkButton(words("button.grant_extension"), actHref(consultation.id, "giv-frist") + which);
        buttons += linkButton(words("button.refuse_extension"), actHref(consultation.id, "afslaa-frist") + which,
                              ButtonKind::secondary);
        body += el("p", {{"class", "row"}}, buttons);
    }
    return alert(Tone::warning, words("page.requests.waits", {{"party", request.partyName}}), body, 3);
}

Markup answeredRequests(const text::Words& words, const std::vector<const ExtensionRequest*>& answered) {
    std::vector<std::vector<Markup>> rows;
    for (const auto* each : answered) {
        Markup answer = stateOf(words, *each);
        if (each->granted && each->granted != each->wanted)
            answer += el("div", {}, words("page.requests.until", {{"deadline", words.deadline(*each->granted)}}));
        if (!each->answer.empty()) answer += el("div", {{"class", "quiet"}}, each->answer);
        rows.push_back({join(each->partyName), whole(words.momentShort(each->askedAt)),
                        whole(words.deadlineShort(each->wanted)), join(each->reason), answer,
                        each->answeredAt ? whole(words.momentShort(*each->answeredAt)) : Markup()});
    }
    return table(words("page.requests.answered"),
                 {{words("label.party")},
                  {words("label.asked")},
                  {words("label.wanted_deadline")},
                  {words("label.reason")},
                  {words("label.office_answer")},
                  {words("label.answered")}},
                 rows);
}

} // namespace

Markup deadlineHistory(const text::Words& words, const std::vector<DeadlineChange>& changes) {
    if (changes.empty()) return {};
    std::vector<std::vector<Markup>> rows;
    for (const auto& change : changes)
        rows.push_back({whole(words.momentShort(change.at)),
                        join(change.party ? change.partyName : words("page.deadline_history.all")),
                        whole(words.deadlineShort(change.from)), whole(words.deadlineShort(change.to)),
                        join(change.reason), join(change.byName)});
    return el("h2", {}, words("page.deadline_history.title")) + table(words("page.deadline_history.title"),
                                                                      {{words("label.when")},
                                                                       {words("label.for_whom")},
                                                                       {words("label.deadline_before")},
                                                                       {words("label.deadline_after")},
                                                                       {words("label.reason")},
                                                                       {words("label.who")}},
                                                                      rows);
}

Markup requestFacts(const text::Words& words, const ExtensionRequest& request) {
    return facts(
        {{words("label.party"), join(request.partyName)},
         {words("label.wanted_deadline"), join(words.deadline(request.wanted))},
         {words("label.reason"), el("div", {{"class", "verbatim"}}, request.reason)},
         {words("letter.fact.asked_by"),
          join(words("page.requests.asked_by", {{"who", request.askedBy}, {"when", words.moment(request.askedAt)}}))}});
}

Markup extensionRequests(const Desk& desk, const Consultation& consultation,
                         const std::vector<ExtensionRequest>& requests) {
    if (requests.empty()) return {};
    Markup waiting;
    std::vector<const ExtensionRequest*> answered;
    for (const auto& each : requests) {
        if (each.state != RequestState::asked) answered.push_back(&each);
        else if (mayExtend(consultation)) waiting += waitingRequest(desk, consultation, each);
    }
    return el("section", {{"id", "laengere-frist"}, {"class", "stack"}}, el("h2", {}, desk.t("page.requests.title")),
              waiting, answered.empty() ? Markup() : answeredRequests(desk.words, answered));
}

Asking askingNow(const Desk& desk) {
    const auto& visit = desk.party();
    return mayAskExtension(visit.consultation, visit.party, desk.request.received, desk.office().linkGraceDays);
}

Markup ownRequest(Desk& desk, bool answered) {
    const auto& visit = desk.party();
    const Asking may = askingNow(desk);
    const auto last = desk.read([&](sqlite::ReadTx& tx) { return sqlite::lastExtensionRequestOf(tx, visit.party.id); });
    const bool waits = last && last->state == RequestState::asked;
    if (may == Asking::no && (!last || waits)) return {};
    if (answered && !last) return {};
    const auto& words = desk.words;
    const std::string due = words.deadline(deadlineFor(visit.consultation, visit.party));
    Markup out = heading(words("page.extension.heading"));
    if (last) {
        const Args args{{"deadline", due}, {"wanted", words.deadline(last->wanted)}};
        Markup said = paragraph(words("page.extension." + std::string(stateName(last->state)) + "_text", args));
        if (!last->answer.empty())
            said += facts({{words("label.reason"), el("div", {{"class", "verbatim"}}, last->answer)}});
        if (waits)
            said += paragraph(
                words("page.requests.asked_by", {{"who", last->askedBy}, {"when", words.moment(last->askedAt)}}),
                "quiet");
        out += alert(last->state == RequestState::refused ? Tone::warning
                     : waits                              ? Tone::info
                                                          : Tone::success,
                     words("page.extension." + std::string(stateName(last->state))), said, 3);
    }
    if (may != Asking::no && !waits && !answered)
        out += paragraph(words(may == Asking::inTime ? "page.extension.may" : "page.extension.may_late",
                               {{"deadline", due}})) +
               el("p", {}, link(words("page.extension.title"), askExtensionHref));
    return out;
}

} // namespace hoering::web

// The answers of one consultation: the list, one answer in full, and its files.
#include <algorithm>

#include "domain/personal_data.h"
#include "sqlite/consultations.h"
#include "sqlite/parties.h"
#include "sqlite/responses.h"
#include "web/act_forms.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/page_parts.h"
#include "web/problem.h"
#include "web/withdrawal_view.h"

namespace hoering::web::office_pages {
namespace {

/// What is to be known of it beside its kind: late, withdrawn.
Markup marks(const text::Words& words, const Response& response) {
    Markup out;
    if (response.late) out += badge(Tone::warning, words("page.responses.late"));
    if (response.withdrawal) out += Markup(join(" ", badge(Tone::error, words("page.responses.withdrawn"))));
    return out;
}

/// When, by whom or how, and why, if the party said so.
Markup withdrawnBox(const text::Words& words, const Response& response) {
    if (!response.withdrawal) return {};
    auto rows = withdrawalRows(words, response);
    const std::string& reason = response.withdrawal->reason;
    rows.emplace_back(words("label.party_reason"), reason.empty() ? join(words("page.response.no_reason"))
                                                                  : el("div", {{"class", "verbatim"}}, reason));
    return alert(Tone::warning, words("page.response.withdrawn"),
                 paragraph(words("page.response.withdrawn_text")) + facts(rows));
}

/// Who wrote in an answer that came another way, and when.
Markup registeredLine(const text::Words& words, const Response& response) {
    return join(words("page.response.registered",
                      {{"name", response.registeredBy}, {"moment", words.moment(*response.registeredAt)}}));
}

std::string kindWords(const text::Words& words, const Response& response) {
    return words("response_kind." + std::string(kindName(response.kind)));
}

/// The last version of each party, newest first.
std::vector<Response> lastVersions(std::vector<Response> all) {
    std::map<std::int64_t, Response> last;
    for (auto& each : all) last[each.party] = std::move(each); // by party and version: the last one stays
    std::vector<Response> out;
    for (auto& [party, response] : last) out.push_back(std::move(response));
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.receivedAt > b.receivedAt; });
    return out;
}

struct Found {
    Consultation consultation;
    Party party;
    std::vector<Response> versions; // oldest first
    const Response* shown = nullptr;
};

/// The response in the path, if it is this consultation's.
std::optional<Found> responseHere(Desk& desk) {
    const auto id = desk.id(0), responseId = desk.id(1);
    if (!id || !responseId) return std::nullopt;
    auto found = desk.read([&](sqlite::ReadTx& tx) -> std::optional<Found> {
        auto consultation = sqlite::findConsultation(tx, *id);
        const auto response = sqlite::findResponse(tx, *responseId);
        if (!consultation || !response || response->consultation != *id) return std::nullopt;
        auto party = sqlite::findParty(tx, response->party);
        if (!party) return std::nullopt;
        return Found{std::move(*consultation), std::move(*party), sqlite::versionsOfParty(tx, response->party),
                     nullptr};
    });
    if (found)
        for (const auto& each : found->versions)
            if (each.id == *responseId) found->shown = &each;
    return found && found->shown ? std::move(found) : std::nullopt;
}

/// A number that may be a CPR number, in the text or in a file: seen before anything is published.
Markup personalDataWarning(const Desk& desk, const Response& response) {
    if (!mayHoldCpr(response)) return {};
    Markup items;
    for (const auto& each : cprNumbersIn(response.text)) items += el("li", {}, each);
    if (response.withdrawal)
        for (const auto& each : cprNumbersIn(response.withdrawal->reason)) items += el("li", {}, each);
    for (const auto& file : response.files)
        for (const auto& each : cprIn(file)) items += el("li", {}, desk.words.sentence(each.key, each.args));
    return alert(Tone::warning, desk.t("page.response.cpr"),
                 el("p", {}, desk.t("page.response.cpr_text")) + el("ul", {}, items));
}

/// Of files whose text nobody can have looked through: whoever publishes them reads them.
Markup notSearchedLines(const Desk& desk, const Response& response) {
    Markup out;
    for (const auto& file : response.files)
        if (const auto doubt = notSearched(file))
            out += el("p", {{"class", "quiet"}}, desk.words.sentence(doubt->key, doubt->args), ".");
    return out;
}

Markup fileList(const Desk& desk, const Response& response) {
    if (response.files.empty()) return el("p", {}, desk.t("page.response.no_files"));
    Markup items;
    for (const auto& file : response.files)
        items += el("li", {}, fileLink(desk.words, file, responseHref(response) + "/filer/" + std::to_string(file.id)));
    return el("ul", {}, items) + notSearchedLines(desk, response);
}

Markup versionList(const Desk& desk, const Found& found) {
    const auto& words = desk.words;
    if (found.versions.size() < 2) return {};
    Markup items;
    for (const auto& each : found.versions) {
        const std::string said = words("page.response.version", {{"n", words.number(each.version)},
                                                                 {"when", words.moment(each.receivedAt)},
                                                                 {"kind", kindWords(words, each)}}) +
                                 (each.withdrawal ? ", " + words("page.responses.withdrawn") : "");
        items += each.id == found.shown->id ? el("li", {{"aria-current", "true"}}, el("strong", {}, said))
                                            : el("li", {}, link(said, responseHref(each)));
    }
    const bool stands = standingAnswer(found.versions) != nullptr;
    return el("h2", {}, words("page.response.versions")) +
           el("p", {}, words(stands ? "page.response.last_counts" : "page.response.none_counts")) + el("ul", {}, items);
}

/// The party has told us another way that it takes it back.
Markup withdrawalLink(const Desk& desk, const Found& found) {
    const ActForm& form = *formOf("register_withdrawal");
    if (!mayEdit(desk) || found.shown != standingAnswer(found.versions) || !form.offered(found.consultation)) return {};
    return el("p", {},
              link(desk.t("act_name.register_withdrawal"),
                   actHref(found.consultation.id, form.slug) + "?response=" + std::to_string(found.shown->id)));
}

} // namespace

http::Reply responses(Desk& desk) {
    const auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    const auto& words = desk.words;
    const auto id = about->consultation.id;
    const auto last = lastVersions(desk.read([&](sqlite::ReadTx& tx) { return sqlite::responsesOf(tx, id); }));
    std::map<std::int64_t, const Party*> parties;
    for (const auto& party : about->parties) parties[party.id] = &party;

    Page made = partPage(desk, about->consultation, Part::responses);
    if (last.empty()) {
        made.content += el("p", {}, words("page.responses.none")) +
                        el("p", {}, link(words("button.see_who"), consultationHref(id, "/parter")));
        return page(desk, made);
    }
    std::vector<std::vector<Markup>> rows;
    for (const auto& each : last) {
        const auto party = parties.find(each.party);
        Markup kind = join(kindWords(words, each), " ", marks(words, each));
        if (mayHoldCpr(each)) kind += Markup(join(" ", badge(Tone::error, words("page.responses.cpr"))));
        rows.push_back({link(party == parties.end() ? "?" : party->second->name, responseHref(each)), kind,
                        join(words.moment(each.receivedAt)),
                        join(words("channel." + std::string(channelName(each.channel))),
                             each.registeredAt ? el("div", {{"class", "quiet"}}, words("label.registered_by"), " ",
                                                    registeredLine(words, each))
                                               : Markup()),
                        join(words.count("count.files", static_cast<long long>(each.files.size()))),
                        join(words.number(each.version))});
    }
    made.content +=
        el("p", {{"class", "row"}}, linkButton(words("button.digest"), consultationHref(id, "/hoeringsnotat")));
    made.content += table(words("tab.responses"),
                          {{words("label.party")},
                           {words("label.response")},
                           {words("label.received")},
                           {words("label.channel")},
                           {words("label.attached"), true},
                           {words("label.version"), true}},
                          rows);
    return page(desk, made);
}

http::Reply response(Desk& desk) {
    const auto found = responseHere(desk);
    if (!found) return notFoundPage(desk);
    const auto& words = desk.words;
    const Response& shown = *found->shown;
    Page made = partPage(desk, found->consultation, Part::responses);
    made.title = found->party.name;
    made.crumbs.back().href = consultationHref(found->consultation.id, "/svar");
    made.crumbs.push_back({made.title, ""});
    if (shown.id != found->versions.back().id)
        made.content += alert(Tone::info, words("page.response.old"),
                              link(words("button.read_last"), responseHref(found->versions.back())));
    made.content += withdrawnBox(words, shown) + personalDataWarning(desk, shown);
    made.content += facts({{words("label.response"), join(kindWords(words, shown), " ", marks(words, shown))},
                           {words("label.received"), join(words.momentExact(shown.receivedAt))},
                           shown.registeredAt ? std::pair{words("label.registered_by"), registeredLine(words, shown)}
                                              : std::pair{words("label.submitted_by"), join(shown.submittedBy)},
                           {words("label.channel"), join(words("channel." + std::string(channelName(shown.channel))))},
                           {words("label.version"), join(words.number(shown.version))},
                           {words("label.receipt"), el("code", {}, shown.receipt)},
                           {words("label.checksum"), el("code", {}, shown.checksum)}});
    made.content += el("h2", {}, words("page.response.text"));
    made.content += shown.text.empty() ? el("p", {}, words("page.response.no_text"))
                                       : el("div", {{"class", "verbatim prose"}}, shown.text);
    made.content += el("h2", {}, words("label.attached")) + fileList(desk, shown) + versionList(desk, *found) +
                    withdrawalLink(desk, *found);
    return page(desk, made);
}

http::Reply responseFile(Desk& desk) {
    const auto found = responseHere(desk);
    const auto wanted = desk.id(2);
    if (found && wanted)
        for (const auto& file : found->shown->files)
            if (file.id == *wanted) return desk.sendFile(file);
    return notFoundPage(desk);
}

} // namespace hoering::web::office_pages

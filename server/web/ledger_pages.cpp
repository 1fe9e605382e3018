// Every letter of the service, one letter with its attempts, and the whole journal.
#include "sqlite/consultations.h"
#include "sqlite/letters.h"
#include "sqlite/links.h"
#include "usecases/queue_letter.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/ledger_view.h"
#include "web/letter_view.h"
#include "web/office_parts.h"
#include "web/problem.h"

namespace hoering::web::ledger_pages {
namespace {

struct Found {
    Letter letter;
    std::vector<sqlite::Attempt> attempts;
    std::optional<Consultation> consultation;
    std::optional<sqlite::Link> link;
};

std::optional<Found> letterHere(Desk& desk) {
    const auto id = desk.id(0);
    if (!id) return std::nullopt;
    return desk.read([&](sqlite::ReadTx& tx) -> std::optional<Found> {
        auto letter = sqlite::findLetter(tx, *id);
        if (!letter) return std::nullopt;
        Found found{std::move(*letter), sqlite::attemptsOf(tx, *id), {}, {}};
        if (found.letter.consultation) found.consultation = sqlite::findConsultation(tx, *found.letter.consultation);
        if (found.letter.link) found.link = sqlite::findLink(tx, *found.letter.link);
        return found;
    });
}

/// The letter as it was sent, with no personal link in it: who reads here is not the party. Only where no mail leaves
/// the house (mode folder: a demo, a first try) the link is there to press, for there is no other inbox.
Markup wholeText(const Desk& desk, const Found& found) {
    const bool inbox = desk.settings().mail.mode == MailSettings::Mode::folder && found.link;
    const std::string address = inbox ? linkAddress(desk.office(), found.link->nonce) : "";
    Markup out;
    std::string_view rest = found.letter.text;
    for (auto at = rest.find(linkMark); at != std::string_view::npos; at = rest.find(linkMark)) {
        append(out, rest.substr(0, at));
        out += inbox ? link(address, address) : join(desk.t("page.letter.link_hidden"));
        rest.remove_prefix(at + linkMark.size());
    }
    append(out, rest);
    return el("div", {{"class", "verbatim prose"}, {"lang", found.letter.language}}, out);
}

Markup attempts(const text::Words& words, const Found& found) {
    if (found.attempts.empty()) return el("p", {}, words("page.letter.no_attempts"));
    std::vector<std::vector<Markup>> rows;
    for (const auto& each : found.attempts)
        rows.push_back({join(words.momentExact(each.at)), join(words("attempt." + each.outcome)),
                        join(each.code ? std::to_string(each.code) : ""), join(each.server), join(each.reply)});
    return table(words("page.letter.attempts"),
                 {{words("label.when")},
                  {words("label.outcome")},
                  {words("label.code")},
                  {words("label.server")},
                  {words("label.reply")}},
                 rows);
}

} // namespace

http::Reply letters(Desk& desk) {
    Page made = officePage(desk, desk.t("page.letters.title"));
    made.crumbs = {{desk.t("page.today.title"), "/kontor"}, {made.title, ""}};
    made.lead = desk.t("page.letters.lead");
    if (desk.settings().mail.mode == MailSettings::Mode::folder)
        made.content +=
            alert(Tone::info, desk.t("page.letters.folder"), el("p", {}, desk.t("page.letters.folder_text")));
    made.content += letterLedger(desk, std::nullopt, "/kontor/breve");
    made.content += strayReturns(desk);
    return page(desk, made);
}

http::Reply letter(Desk& desk) {
    const auto found = letterHere(desk);
    if (!found) return notFoundPage(desk);
    const auto& words = desk.words;
    const auto& letter = found->letter;
    Page made = officePage(desk, letter.subject);
    made.crumbs = {
        {words("page.today.title"), "/kontor"}, {words("page.letters.title"), "/kontor/breve"}, {made.title, ""}};
    std::vector<std::pair<std::string, Markup>> rows{
        {words("label.state"), outcomeBadge(words, letter)},
        {words("label.kind"), join(kindWord(words, letter.kind))},
        {words("label.to"), join(letter.toName, letter.toName.empty() ? "" : ", ", letter.toMail)},
        {words("label.reply_to"), join(letter.replyMail)},
        {words("label.queued"), join(words.momentExact(letter.createdAt))}};
    if (letter.doneAt) rows.push_back({words("label.done"), join(words.momentExact(*letter.doneAt))});
    if (found->consultation)
        rows.push_back({words("label.consultation"),
                        link(found->consultation->text.title, consultationHref(found->consultation->id, "/breve"))});
    rows.push_back({words("label.message_id"), el("code", {}, letter.messageId)});
    if (!letter.calendar.empty()) rows.push_back({words("label.attached"), join(words("page.letter.calendar"))});
    made.content = facts(rows);
    made.content += el("h2", {}, words("page.letter.text")) + wholeText(desk, *found);
    if (!letter.html.empty())
        made.content += el("h2", {}, words("page.letter.html")) +
                        letterFrame(words, letter, "/kontor/breve/" + std::to_string(letter.id) + "/html");
    made.content += el("h2", {}, words("page.letter.attempts")) + attempts(words, *found);
    made.content += returnsOf(desk, letter.id);
    return framing(page(desk, made));
}

http::Reply letterHtml(Desk& desk) {
    const auto found = letterHere(desk);
    if (!found || found->letter.html.empty()) return notFoundPage(desk);
    return letterDocument(desk.office().words(found->letter.language), found->letter);
}

http::Reply journal(Desk& desk) {
    Page made = officePage(desk, desk.t("tab.journal"));
    made.crumbs = {{desk.t("page.today.title"), "/kontor"}, {made.title, ""}};
    made.lead = desk.t("page.journal.lead");
    made.content = journalTable(desk, std::nullopt, "/kontor/journal");
    return page(desk, made);
}

} // namespace hoering::web::ledger_pages

// Every letter of the service, one party's letters, one letter with its attempts, and the whole journal.
#include <algorithm>

#include "sqlite/consultations.h"
#include "sqlite/ledger.h"
#include "sqlite/links.h"
#include "usecases/find_not_reached.h"
#include "usecases/queue_letter.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/ledger_view.h"
#include "web/letter_view.h"
#include "web/not_reached_view.h"
#include "web/office_parts.h"
#include "web/problem.h"

namespace hoering::web::ledger_pages {
namespace {

struct Found {
    Letter letter;
    std::vector<sqlite::Attempt> attempts;
    std::vector<sqlite::Returned> returns;
    std::optional<Consultation> consultation;
    std::optional<sqlite::Link> link;
};

std::optional<Found> letterHere(Desk& desk) {
    const auto id = desk.id(0);
    if (!id) return std::nullopt;
    return desk.read([&](sqlite::ReadTx& tx) -> std::optional<Found> {
        auto letter = sqlite::findLetter(tx, *id);
        if (!letter) return std::nullopt;
        Found found{std::move(*letter), sqlite::attemptsOf(tx, *id), sqlite::returnsOf(tx, *id), {}, {}};
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
        rows.push_back({join(words.momentExact(each.at)), join(attemptWord(words, each)),
                        join(each.code ? std::to_string(each.code) : ""), join(each.server), join(each.reply)});
    return table(words("page.letter.attempts"),
                 {{words("label.when")},
                  {words("label.outcome")},
                  {words("label.code")},
                  {words("label.server")},
                  {words("label.reply")}},
                 rows);
}

/// What may be done with the letter now; each has a page of its own.
Markup acts(const Desk& desk, const Found& found) {
    const auto& letter = found.letter;
    const std::string here = "/kontor/breve/" + std::to_string(letter.id);
    if (letter.state == LetterState::queued)
        return el("p", {{"class", "row"}},
                  linkButton(desk.t("button.cancel_letter"), here + "/annuller", ButtonKind::secondary));
    if (!letter.party || letter.state == LetterState::claimed) return {};
    Markup buttons = linkButton(desk.t("button.send_letter_again"), here + "/send-igen", ButtonKind::secondary);
    if (letter.contact && letter.consultation)
        buttons += linkButton(
            desk.t("button.correct_address"),
            consultationHref(*letter.consultation, "/kontakter/" + std::to_string(*letter.contact) + "/adresse"),
            ButtonKind::secondary);
    return el("p", {{"class", "row"}}, buttons);
}

} // namespace

http::Reply letters(Desk& desk) {
    Page made = officePage(desk, desk.t("page.letters.title"));
    made.crumbs = {{desk.t("page.today.title"), "/kontor"}, {made.title, ""}};
    made.lead = desk.t("page.letters.lead");
    made.content = letterTabs(desk, false);
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
        {words("label.state"), letterFate(words, letter, found->attempts.empty() ? 0 : found->attempts.back().code)},
        {words("label.kind"), join(kindWord(words, letter.kind))},
        {words("label.to"), join(letter.toName, letter.toName.empty() ? "" : ", ", letter.toMail)},
        {words("label.reply_to"), join(letter.replyMail)},
        {words("label.queued"), join(words.momentExact(letter.createdAt))}};
    if (letter.doneAt) rows.push_back({words("label.done"), join(words.momentExact(*letter.doneAt))});
    if (!found->returns.empty()) rows.push_back({words("label.came_back"), returnLines(words, found->returns)});
    if (found->consultation)
        rows.push_back({words("label.consultation"),
                        link(found->consultation->text.title, consultationHref(found->consultation->id, "/breve"))});
    rows.push_back({words("label.message_id"), el("code", {}, letter.messageId)});
    if (!letter.calendar.empty()) rows.push_back({words("label.attached"), join(words("page.letter.calendar"))});
    made.content = facts(rows) + acts(desk, *found);
    made.content += el("h2", {}, words("page.letter.text")) + wholeText(desk, *found);
    if (!letter.parts.empty())
        made.content += el("h2", {}, words("page.letter.html")) +
                        letterFrame(words, letter, "/kontor/breve/" + std::to_string(letter.id) + "/html");
    made.content += el("h2", {}, words("page.letter.attempts")) + attempts(words, *found);
    return framing(page(desk, made));
}

http::Reply letterHtml(Desk& desk) {
    const auto found = letterHere(desk);
    if (!found || found->letter.parts.empty()) return notFoundPage(desk);
    return letterDocument(desk.office().words(found->letter.language), found->letter);
}

http::Reply party(Desk& desk) {
    const auto about = consultationHere(desk);
    const auto wanted = desk.id(1);
    const Party* party = nullptr;
    if (about)
        for (const auto& each : about->parties)
            if (wanted && each.id == *wanted) party = &each;
    if (!party) return notFoundPage(desk);
    const auto& words = desk.words;
    const auto id = about->consultation.id;
    sqlite::LedgerFilter filter;
    filter.consultation = id;
    filter.party = party->id;
    filter.limit = 1'000;
    auto lines = desk.read([&](sqlite::ReadTx& tx) { return sqlite::ledgerPage(tx, filter); });
    std::reverse(lines.begin(), lines.end()); // as it went
    std::vector<Unreached> unreached = desk.read([&](sqlite::ReadTx& tx) { return findNotReached(tx, id, desk.now); });
    std::erase_if(unreached, [&](const Unreached& each) { return each.party.id != party->id; });

    Page made = officePage(desk, party->name);
    made.crumbs = {{words("page.today.title"), "/kontor"},
                   {about->consultation.text.title, consultationHref(id)},
                   {words("tab.parties"), consultationHref(id, "/parter")},
                   {made.title, ""}};
    made.lead = words("page.party_letters.lead");
    Markup contacts;
    for (const auto& contact : party->contacts) {
        Markup line = join(contact.name, contact.name.empty() ? "" : ", ", contact.mail);
        if (mayEdit(desk) && about->consultation.state != ConsultationState::draft)
            line += join(
                " ", el("a", {{"href", consultationHref(id, "/kontakter/" + std::to_string(contact.id) + "/adresse")}},
                        words("button.correct_address"), el("span", {{"class", "sr-only"}}, " " + contact.mail)));
        contacts += el("div", {}, line);
    }
    made.content = notReachedBox(desk, unreached);
    made.content += facts({{words("label.role"), join(words("party_role." + std::string(roleName(party->role))))},
                           {words("label.contacts"), contacts}});
    if (lines.empty()) {
        made.content += el("p", {}, words("page.letters.none"));
        return page(desk, made);
    }
    std::vector<std::vector<Markup>> rows;
    for (const auto& line : lines)
        rows.push_back({el("span", {{"class", "nowrap"}}, words.momentShort(line.letter.createdAt)),
                        join(kindWord(words, line.letter.kind)),
                        mayEdit(desk) ? link(line.letter.subject, "/kontor/breve/" + std::to_string(line.letter.id))
                                      : join(line.letter.subject),
                        join(line.letter.toMail), letterFate(words, line.letter, line.code)});
    made.content += table(words("tab.letters"),
                          {{words("label.queued")},
                           {words("label.kind")},
                           {words("label.subject")},
                           {words("label.to")},
                           {words("label.what_became")}},
                          rows);
    return page(desk, made);
}

http::Reply journal(Desk& desk) {
    Page made = officePage(desk, desk.t("tab.journal"));
    made.crumbs = {{desk.t("page.today.title"), "/kontor"}, {made.title, ""}};
    made.lead = desk.t("page.journal.lead");
    made.content = journalTable(desk, std::nullopt, "/kontor/journal");
    return page(desk, made);
}

} // namespace hoering::web::ledger_pages

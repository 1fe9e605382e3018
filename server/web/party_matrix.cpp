#include "web/party_matrix.h"

#include <algorithm>

#include "domain/access.h"
#include "domain/digest.h"
#include "domain/extension.h"
#include "sqlite/letters.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "sqlite/responses.h"
#include "web/act_forms.h"
#include "web/components.h"
#include "web/ledger_view.h"
#include "web/office_parts.h"

namespace hoering::web {
namespace {

bool carriesLink(LetterKind kind) {
    return kind == LetterKind::invitation || kind == LetterKind::informed || kind == LetterKind::linkAgain;
}

/// What happened, newest last: "åbnet 3. oktober kl. 9.12".
Markup course(const text::Words& words, const PartyFacts& facts) {
    Markup lines;
    const auto line = [&](const char* key, const std::optional<Instant>& at) {
        if (at) lines += el("div", {}, words(key, {{"when", words.moment(*at)}}));
    };
    line("page.parties.invited", facts.invitedAt);
    line("page.parties.mail_accepted", facts.acceptedAt);
    line("page.parties.opened", facts.openedAt);
    if (!facts.answeredAt) line("page.parties.drafted", facts.draftedAt);
    line("page.parties.answered", facts.answeredAt);
    line("page.parties.withdrawn", facts.withdrawnAt);
    if (facts.versions > 1) lines += el("div", {}, words.count("count.versions", facts.versions));
    return lines;
}

/// "sammen med Rådet"
std::string jointName(const text::Words& words, const std::vector<Party>& parties, const Party& party) {
    for (const auto& other : parties)
        if (party.jointWith && other.id == *party.jointWith)
            return words("page.parties.joint_with", {{"party", other.name}});
    return "";
}

Markup letterLine(const Desk& desk, const Letter& letter) {
    const auto& words = desk.words;
    if (letter.state == LetterState::accepted && letter.doneAt && !letter.bouncedAt && !laidInFolder(letter))
        return join(words("page.parties.accepted", {{"when", words.moment(*letter.doneAt)}}));
    return letterBadge(words, letter);
}

Markup contactBlock(const Desk& desk, const ConsultationDesk& about, const Matrix& matrix, const Contact& contact) {
    Markup block = el("div", {}, contact.name.empty() ? Markup() : join(contact.name, ", "), contact.mail);
    if (const auto letter = matrix.lastLetter.find(contact.id); letter != matrix.lastLetter.end())
        block += el("div", {{"class", "quiet"}}, letterLine(desk, letter->second));
    const bool cutOff = matrix.cutOff.contains(contact.id);
    if (cutOff) block += el("div", {}, badge(Tone::error, desk.t("page.parties.link_revoked")));
    if (mayEdit(desk)) {
        // The label names the contact for those who jump from link to link.
        const auto act = [&](const char* slug, const char* label) {
            return el(
                "a", {{"href", actHref(about.consultation.id, slug) + "?kontakt=" + std::to_string(contact.id)}},
                desk.t(label),
                el("span", {{"class", "sr-only"}}, " " + desk.t("page.parties.to_contact", {{"mail", contact.mail}})));
        };
        Markup acts = act("send-link-igen", "button.send_link_again");
        if (!cutOff) acts += act("spaer-link", "button.revoke_link");
        block += el("div", {{"class", "row"}}, acts);
        block += el("div", {},
                    el("a",
                       {{"href", consultationHref(about.consultation.id,
                                                  "/kontakter/" + std::to_string(contact.id) + "/adresse")}},
                       desk.t("button.correct_address"), el("span", {{"class", "sr-only"}}, " " + contact.mail)));
    }
    return el("div", {{"class", "contact"}}, block);
}

} // namespace

Matrix matrixOf(sqlite::ReadTx& tx, std::int64_t consultation) {
    Matrix matrix;
    matrix.facts = sqlite::factsOf(tx, consultation);
    matrix.cutOff = sqlite::contactsCutOff(tx, consultation);
    sqlite::LetterFilter all;
    all.consultation = consultation;
    all.limit = 20'000;
    for (auto& letter : sqlite::listLetters(tx, all)) // newest first: the first one found stays
        if (letter.contact && carriesLink(letter.kind))
            matrix.lastLetter.try_emplace(*letter.contact, std::move(letter));
    for (const auto& [party, facts] : matrix.facts)
        if (facts.versions > 0)
            if (const auto last = sqlite::lastResponseOf(tx, party)) matrix.answer[party] = last->id;
    return matrix;
}

Markup partyMatrix(const Desk& desk, const ConsultationDesk& about, const Matrix& matrix, bool withContacts) {
    const auto& words = desk.words;
    std::vector<const Party*> sorted;
    for (const auto& party : about.parties) sorted.push_back(&party);
    std::sort(sorted.begin(), sorted.end(),
              [](const Party* a, const Party* b) { return danishLess(a->name, b->name); });

    std::vector<TableColumn> columns{
        {words("label.party")}, {words("label.role")}, {words("label.status")}, {words("label.course")}};
    if (withContacts) columns.push_back({words("label.contacts")});
    std::vector<std::vector<Markup>> rows;
    for (const Party* party : sorted) {
        const auto found = matrix.facts.find(party->id);
        const PartyFacts facts = found == matrix.facts.end() ? PartyFacts{} : found->second;
        Markup status = statusBadge(words, partyStatus(about.consultation, *party, facts, desk.now));
        if (!facts.answeredAt && party->jointWith) status += el("div", {}, jointName(words, about.parties, *party));
        if (facts.late) status += Markup(join(" ", badge(Tone::warning, words("page.responses.late"))));
        Markup what = course(words, facts);
        if (const auto answer = matrix.answer.find(party->id); answer != matrix.answer.end())
            what += el("div", {},
                       link(words("button.read_response"),
                            consultationHref(about.consultation.id, "/svar/" + std::to_string(answer->second))));
        if (hasLaterDeadline(about.consultation, *party))
            what +=
                el("div", {}, words("page.parties.own_deadline", {{"deadline", words.deadline(*party->ownDeadline)}}));
        if (withContacts && mayEdit(desk) && mayExtendOne(about.consultation))
            what += el(
                "div", {},
                el("a",
                   {{"href", actHref(about.consultation.id, "forlaeng-part") + "?party=" + std::to_string(party->id)}},
                   words("button.extend_party"), el("span", {{"class", "sr-only"}}, ": " + party->name)));
        std::vector<Markup> row{link(party->name, consultationHref(about.consultation.id,
                                                                   "/parter/" + std::to_string(party->id) + "/breve")),
                                join(words(party->unsolicited ? "party_role.unsolicited"
                                                              : "party_role." + std::string(roleName(party->role)))),
                                status, what};
        if (withContacts) {
            Markup contacts;
            for (const auto& contact : party->contacts) contacts += contactBlock(desk, about, matrix, contact);
            row.push_back(contacts);
        }
        rows.push_back(std::move(row));
    }
    return table(words("tab.parties"), columns, rows);
}

} // namespace hoering::web

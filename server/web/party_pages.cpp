// The parties of a draft: added, mended, removed; after the sending the matrix of what became of each.
#include "common/strings.h"
#include "domain/typed_contacts.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/meanwhile.h"
#include "web/office_parts.h"
#include "web/party_matrix.h"
#include "web/problem.h"

namespace hoering::web::edit_pages {
namespace {

std::string contactsAsTyped(const Party& party) {
    std::string lines;
    for (const auto& contact : party.contacts) lines += (lines.empty() ? "" : "\n") + typedContact(contact);
    return lines;
}

Markup partyFields(const Form& form, const Party& stored) {
    const auto& words = form.words();
    return textField(form, {"name", words("label.party_name"), words("hint.party_name"), true}, stored.name) +
           radios(form, "role", words("label.role"),
                  {{"consulted", words("choice.consulted"), words("hint.consulted")},
                   {"informed", words("choice.informed"), words("hint.informed")}},
                  roleName(stored.role)) +
           textArea(form, {"contacts", words("label.contacts"), words("hint.contacts"), true}, 4,
                    contactsAsTyped(stored)) +
           selectField(form, {"language", words("label.party_language"), ""},
                       {{"da", words("choice.danish"), ""}, {"en", words("choice.english"), ""}}, stored.language);
}

PartyInput partyInput(const Desk& desk) {
    return {std::string(desk.field("name")), std::string(desk.field("role")), std::string(desk.field("language")),
            std::string(desk.field("contacts"))};
}

Markup partyTable(const Desk& desk, const ConsultationDesk& about) {
    const auto& words = desk.words;
    std::vector<TableColumn> columns{{words("label.party")}, {words("label.role")}, {words("label.contacts")}};
    if (mayEdit(desk)) columns.push_back({words("label.acts")});
    std::vector<std::vector<Markup>> rows;
    for (const auto& party : about.parties) {
        const std::string here = stepHref(about.consultation.id, Step::parties) + "/" + std::to_string(party.id);
        Markup contacts;
        for (const auto& contact : party.contacts)
            contacts += el("div", {}, contact.name.empty() ? "" : contact.name + ", ", contact.mail);
        std::vector<Markup> row{mayEdit(desk) ? link(party.name, here) : join(party.name),
                                join(words("party_role." + std::string(roleName(party.role)))), contacts};
        if (mayEdit(desk))
            row.push_back(formOpen(desk, here + "/fjern") +
                          el("button", {{"class", "button button-tertiary"}, {"type", "submit"}},
                             words("button.remove"), el("span", {{"class", "sr-only"}}, " " + party.name)) +
                          closeTag("form"));
        rows.push_back(std::move(row));
    }
    return table(words("tab.parties"), columns, rows);
}

http::Reply showDraft(const Desk& desk, const Form& form, const ConsultationDesk& about, int status) {
    const auto& words = desk.words;
    const auto id = about.consultation.id;
    Page made = stepPage(desk, about, Step::parties);
    made.form = &form;
    made.content += about.parties.empty() ? el("p", {}, words("page.parties.none")) : partyTable(desk, about);
    if (mayEdit(desk)) {
        // One form: what is typed is added whichever button is pressed. The Enter key presses the first and stays.
        const bool first = about.parties.empty();
        made.content +=
            el("h2", {}, words("page.parties.add")) +
            postForm(desk, stepHref(id, Step::parties), partyFields(form, Party{}),
                     el("p", {},
                        submitButton(words("button.add_party"), first ? ButtonKind::primary : ButtonKind::secondary)),
                     el("p", {{"class", "row"}},
                        goOnButton(desk, Step::reminders, first ? ButtonKind::secondary : ButtonKind::primary)));
    }
    return page(desk, made, status);
}

std::vector<Beside> besideTyped(const Desk& desk, const Party& stored) {
    const auto& words = desk.words;
    const auto role = [&](std::string_view name) {
        return partyRoleFrom(name) ? words("party_role." + std::string(name)) : std::string();
    };
    const auto language = [&](std::string_view name) {
        return words(name == "en" ? "choice.english" : "choice.danish");
    };
    return {{words("label.party_name"), stored.name, std::string(desk.field("name"))},
            {words("label.role"), role(roleName(stored.role)), role(desk.field("role"))},
            {words("label.contacts"), contactsAsTyped(stored), std::string(desk.field("contacts"))},
            {words("label.party_language"), language(stored.language), language(desk.field("language"))}};
}

http::Reply showOne(const Desk& desk, const Form& form, const ConsultationDesk& about, const Party& party, int status) {
    const auto& words = desk.words;
    const std::string list = stepHref(about.consultation.id, Step::parties);
    Page made = stepPage(desk, about, Step::parties);
    made.title = party.name;
    made.crumbs.back().href = list;
    made.crumbs.push_back({party.name, ""});
    made.form = &form;
    made.content += meanwhileBox(desk, form, {about.consultation.id, party.id, {"party.added", "party.edited"}},
                                 besideTyped(desk, party));
    made.content += postForm(desk, list + "/" + std::to_string(party.id), shownField(form, shownOf(party)),
                             partyFields(form, party),
                             el("p", {{"class", "row"}}, ownButtons(form, submitButton(words("button.save_party"))),
                                linkButton(words("button.cancel"), list, ButtonKind::secondary)),
                             saveOverButton(form, shownOf(party)));
    return page(desk, made, status);
}

const Party* partyHere(const Desk& desk, const ConsultationDesk& about) {
    const auto wanted = desk.id(1);
    for (const auto& party : about.parties)
        if (wanted && party.id == *wanted) return &party;
    return nullptr;
}

} // namespace

http::Reply parties(Desk& desk) {
    const auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    if (about->consultation.state == ConsultationState::draft) return showDraft(desk, Form(desk.words), *about, 200);
    const auto matrix = desk.read([&](sqlite::ReadTx& tx) { return matrixOf(tx, about->consultation.id); });
    Page made = partPage(desk, about->consultation, Part::parties);
    made.content += partyMatrix(desk, *about, matrix, true);
    return page(desk, made);
}

http::Reply addParty(Desk& desk) {
    const auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    const auto id = about->consultation.id;
    const bool goOn = desk.field("go") == "next";
    const bool typed = !trim(desk.field("name")).empty() || !trim(desk.field("contacts")).empty();
    if (goOn && !typed) return http::Reply::seeOther(stepHref(id, Step::reminders));
    const auto added =
        desk.write([&](sqlite::Tx& tx) { return hoering::addParty(tx, desk.user().actor(), id, partyInput(desk)); });
    if (added) return back(stepHref(id, goOn ? Step::reminders : Step::parties), "party_added");
    if (added.error().kind != ErrorKind::invalid) return problemPage(desk, added.error());
    return showDraft(desk, Form(desk.words, desk.request, added.error()), *about, statusOf(added.error().kind));
}

http::Reply party(Desk& desk) {
    const auto about = consultationHere(desk);
    const Party* party = about ? partyHere(desk, *about) : nullptr;
    if (!party) return notFoundPage(desk);
    if (about->consultation.state != ConsultationState::draft)
        return http::Reply::seeOther(stepHref(about->consultation.id, Step::parties));
    return showOne(desk, Form(desk.words), *about, *party, 200);
}

http::Reply saveParty(Desk& desk) {
    auto about = consultationHere(desk);
    const Party* party = about ? partyHere(desk, *about) : nullptr;
    if (!party) return notFoundPage(desk);
    const auto id = about->consultation.id;
    const auto saved = desk.write([&](sqlite::Tx& tx) {
        return hoering::saveParty(tx, desk.user().actor(), id, party->id, partyInput(desk), shownBy(desk));
    });
    if (saved) return back(stepHref(id, Step::parties), "party_saved");
    const Error& refusal = saved.error();
    if (refusal.kind == ErrorKind::conflict) { // as it stands by now
        about = consultationHere(desk);
        party = about ? partyHere(desk, *about) : nullptr;
    }
    if (!party || (refusal.kind != ErrorKind::invalid && refusal.kind != ErrorKind::conflict))
        return problemPage(desk, refusal);
    return showOne(desk, Form(desk.words, desk.request, refusal), *about, *party, statusOf(refusal.kind));
}

http::Reply removeParty(Desk& desk) {
    const auto id = desk.id(0), party = desk.id(1);
    if (!id || !party) return notFoundPage(desk);
    const auto removed =
        desk.write([&](sqlite::Tx& tx) { return hoering::removeParty(tx, desk.user().actor(), *id, *party); });
    return removed ? back(stepHref(*id, Step::parties), "party_removed") : problemPage(desk, removed.error());
}

} // namespace hoering::web::edit_pages

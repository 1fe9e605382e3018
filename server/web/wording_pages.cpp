// The words of a consultation's letters: all kinds at a glance, and one kind to change, look at and try.
#include "common/id.h"
#include "text/sample_letters.h"
#include "text/wording.h"
#include "usecases/edit_wording.h"
#include "usecases/send_test_letter.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/ledger_view.h"
#include "web/letter_view.h"
#include "web/meanwhile.h"
#include "web/office_parts.h"
#include "web/problem.h"

namespace hoering::web::wording_pages {
namespace {

struct Here {
    ConsultationDesk about;
    LetterKind kind;
    std::string language;
    const LetterWording* own() const { return wordingFor(about.consultation, kind, language); }
    std::string href() const {
        return consultationHref(about.consultation.id, "/ordlyd/" + std::string(kindName(kind)) + "?sprog=" + language);
    }
};

std::optional<Here> wordingHere(Desk& desk) {
    const auto kind = letterKindFrom(desk.hole(1));
    if (!kind || !text::mayBeReworded(*kind)) return std::nullopt;
    auto about = consultationHere(desk);
    if (!about) return std::nullopt;
    const bool posted = desk.request.method == http::Method::post;
    const auto asked = posted ? desk.field("language") : desk.request.queryValue("sprog");
    return Here{std::move(*about), *kind, asked == "en" ? "en" : "da"};
}

/// Whom the letter is shown to: a party of the kind's role, of the language if there is one; else a made-up one.
Party recipientFor(const text::Words& words, const Here& here) {
    const auto role = here.kind == LetterKind::informed ? PartyRole::informed : PartyRole::consulted;
    const Party* best = nullptr;
    for (const auto& party : here.about.parties) {
        if (party.role != role || party.contacts.empty()) continue;
        if (!best || (best->language != here.language && party.language == here.language)) best = &party;
    }
    if (best) return *best;
    Party party;
    party.name = words("sample.party");
    party.role = role;
    party.language = here.language;
    party.contacts = {{0, 0, words("sample.contact"), "eksempel@hoering.example"}};
    return party;
}

/// The letter with these words; nothing without a deadline to write in it.
std::optional<Letter> letterWith(const Desk& desk, const Here& here, const LetterWording* wording,
                                 const text::House& house) {
    Consultation consultation = here.about.consultation;
    if (!consultation.text.deadline) return std::nullopt;
    std::erase_if(consultation.wordings,
                  [&](const auto& each) { return each.kind == here.kind && each.language == here.language; });
    if (wording) consultation.wordings.push_back(*wording);
    const auto words = desk.office().words(here.language);
    const Party party = recipientFor(words, here);
    return text::sampleLetter(words, {house, consultation, party, party.contacts.at(0)}, here.kind, desk.now);
}

std::optional<Letter> letterWith(const Desk& desk, const Here& here, const LetterWording* wording) {
    return letterWith(desk, here, wording, desk.office().house);
}

Markup fieldList(const Desk& desk, const Here& here) {
    const auto& words = desk.words;
    const Party party = recipientFor(desk.office().words(here.language), here);
    text::House house = desk.office().house;
    house.journalNumberInSubject = false; // only the field itself
    std::vector<std::vector<Markup>> rows;
    for (const auto& field : text::wordingFields(here.kind, here.language)) {
        const std::string written = "{" + std::string(field.name) + "}";
        // What it becomes is read off a letter whose subject is the field alone.
        const LetterWording alone{here.kind, here.language, written, written, {}};
        const auto letter = letterWith(desk, here, &alone, house);
        rows.push_back({el("code", {}, written), join(words("field." + std::string(field.hole))),
                        join(letter ? letter->subject : "")});
    }
    return el("details", {{"class", "details"}},
              el("summary", {{"class", "details-summary"}}, words("page.wording.fields")),
              el("p", {}, words("page.wording.fields_text", {{"party", party.name}})),
              table(words("page.wording.fields"),
                    {{words("label.field")}, {words("label.means")}, {words("label.becomes")}}, rows));
}

Markup lookAt(const Desk& desk, const Here& here, const std::optional<Letter>& letter) {
    const auto& words = desk.words;
    const Party party = recipientFor(desk.office().words(here.language), here);
    Markup out = el("h2", {{"id", "brevet"}}, words("page.wording.preview", {{"party", party.name}}));
    if (!letter) return out + el("p", {}, words("page.wording.no_deadline"));
    return out + letterFacts(words, *letter) + letterText(words, *letter);
}

/// A button whose answer opens beside the form, so that nothing typed is lost.
Markup inNewTab(std::string_view label, std::string_view step) {
    return el("button",
              {{"class", "button button-tertiary"},
               {"type", "submit"},
               {"name", "step"},
               {"value", step},
               {"formtarget", "_blank"}},
              label);
}

http::Reply show(const Desk& desk, const Here& here, const Form& form, const std::optional<Letter>& letter, int status,
                 std::string_view notice = "", const Error* refusal = nullptr) {
    const auto& words = desk.words;
    const auto id = here.about.consultation.id;
    const auto standard = text::standardWording(desk.office().words(here.language), here.kind);
    const auto* own = here.own();
    const std::string kind = kindWord(words, here.kind);
    Page made = officePage(desk, words("page.wording.title_kind", {{"kind", kind}}));
    made.crumbs = {{words("page.today.title"), "/kontor"},
                   {here.about.consultation.text.title, consultationHref(id)},
                   {words("page.wording.title"), consultationHref(id, "/ordlyd")},
                   {made.title, ""}};
    made.lead = words(here.language == "en" ? "choice.english" : "choice.danish");
    made.form = &form;
    if (!notice.empty()) made.notice = notice;
    const bool conflict = refusal && refusal->kind == ErrorKind::conflict;
    if (refusal && refusal->fields.empty())
        made.content += alert(
            Tone::warning, words("page.act.look_again"),
            el("p", {}, words.sentence(refusal->key, refusal->args)) +
                (conflict ? el("p", {}, whoSaved(desk, {id, {}, {"wording.saved", "wording.reset"}})) : Markup()));
    if (conflict)
        made.content +=
            el("details", {{"open", true}}, el("summary", {}, words("page.wording.stored")),
               el("p", {}, own ? own->subject : standard.subject),
               el("div", {{"class", "verbatim prose"}, {"lang", here.language}}, own ? own->body : standard.body));
    made.content += alert(Tone::info, words("page.wording.always"), el("p", {}, words("page.wording.always_text")));
    const std::string action = consultationHref(id, "/ordlyd/" + std::string(kindName(here.kind)));
    made.content += postForm(
        desk, action, hidden("language", here.language), hidden("version", std::to_string(versionOf(own))),
        hidden("key", newKey()),
        textField(form, {"subject", words("label.subject"), "", true}, own ? own->subject : standard.subject),
        textArea(form, {"body", words("label.letter_body"), words("hint.letter_body"), true}, 14,
                 own ? own->body : standard.body),
        el("p", {{"class", "row"}}, submitButton(words("button.save_wording"), ButtonKind::primary, "step", "save"),
           submitButton(words("button.see_with_words"), ButtonKind::secondary, "step", "look"),
           letter ? inNewTab(words("button.letter_as_mail"), "html") : Markup(),
           letter ? submitButton(words("button.send_test"), ButtonKind::tertiary, "step", "test") : Markup()));
    if (own)
        made.content +=
            postForm(desk, action, hidden("language", here.language), hidden("version", std::to_string(versionOf(own))),
                     submitButton(words("button.reset_wording"), ButtonKind::secondary, "step", "reset"));
    made.content += fieldList(desk, here) + lookAt(desk, here, letter);
    return page(desk, made, status);
}

} // namespace

http::Reply list(Desk& desk) {
    const auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    const auto& words = desk.words;
    const auto& consultation = about->consultation;
    Page made = officePage(desk, words("page.wording.title"));
    made.crumbs = {{words("page.today.title"), "/kontor"},
                   {consultation.text.title, consultationHref(consultation.id)},
                   {made.title, ""}};
    made.lead = words("page.wording.lead");
    const auto state = [&](LetterKind kind, const std::string& language) {
        const auto* own = wordingFor(consultation, kind, language);
        const std::string href =
            consultationHref(consultation.id, "/ordlyd/" + std::string(kindName(kind)) + "?sprog=" + language);
        return join(own ? badge(Tone::info, words("page.wording.own", {{"when", words.moment(own->updatedAt)}}))
                        : join(words("page.wording.standard")),
                    " ",
                    el("a", {{"href", href}}, words("button.wording_edit"),
                       el("span", {{"class", "sr-only"}}, " " + kindWord(words, kind) + ", ",
                          words(language == "en" ? "choice.english" : "choice.danish"))));
    };
    std::vector<std::vector<Markup>> rows;
    for (const auto kind : text::wordedKinds())
        rows.push_back({join(kindWord(words, kind)), state(kind, "da"), state(kind, "en")});
    made.content = table(words("page.wording.title"),
                         {{words("label.kind")}, {words("choice.danish")}, {words("choice.english")}}, rows);
    return page(desk, made);
}

http::Reply form(Desk& desk) {
    const auto here = wordingHere(desk);
    if (!here) return notFoundPage(desk);
    return show(desk, *here, Form(desk.words), letterWith(desk, *here, here->own()), 200);
}

http::Reply step(Desk& desk) {
    const auto here = wordingHere(desk);
    if (!here) return notFoundPage(desk);
    const auto id = here->about.consultation.id;
    const WordingInput input{here->kind, here->language, std::string(desk.field("subject")),
                             std::string(desk.field("body")), desk.numberField("version")};
    const auto refused = [&](const Error& error) {
        auto now = wordingHere(desk); // as it is after the refusal
        return show(desk, *now, Form(desk.words, desk.request, error), letterWith(desk, *now, now->own()),
                    statusOf(error.kind), "", &error);
    };
    const auto wanted = desk.field("step");
    if (wanted == "save" || wanted == "reset") {
        const auto done = desk.write([&](sqlite::Tx& tx) {
            return wanted == "save" ? saveWording(tx, desk.office(), desk.user().actor(), id, input)
                                    : resetWording(tx, desk.user().actor(), id, input);
        });
        if (!done) return refused(done.error());
        return http::Reply::seeOther(here->href() +
                                     (wanted == "save" ? "&besked=wording_saved" : "&besked=wording_reset"));
    }
    const auto wording = checkWording(desk.office(), here->about.consultation, input);
    if (!wording) return refused(wording.error());
    const auto letter = letterWith(desk, *here, &*wording);
    static const Error nothing{ErrorKind::invalid, "error.form", {}, {}};
    const Form typed(desk.words, desk.request, nothing);
    if (!letter) return show(desk, *here, typed, letter, 200);
    if (wanted == "html") return letterDocument(desk.office().words(letter->language), *letter);
    if (wanted != "test") return show(desk, *here, typed, letter, 200);
    const auto sent = desk.write(
        [&](sqlite::Tx& tx) { return sendTestLetter(tx, desk.office(), desk.user(), *letter, desk.field("key")); });
    if (!sent) return refused(sent.error());
    return show(desk, *here, typed, letter, 200, "notice.test_sent");
}

} // namespace hoering::web::wording_pages

// Acts on one letter and one address, each with a page that says what will happen before the button does it.
#include "common/id.h"
#include "common/strings.h"
#include "domain/access.h"
#include "sqlite/ledger.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "usecases/cancel_letter.h"
#include "usecases/correct_address.h"
#include "usecases/send_again.h"
#include "usecases/words_anew.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/ledger_view.h"
#include "web/meanwhile.h"
#include "web/office_parts.h"
#include "web/problem.h"

namespace hoering::web::letter_acts {
namespace {

std::string letterHref(std::int64_t letter, std::string_view rest = "") {
    return "/kontor/breve/" + std::to_string(letter) + std::string(rest);
}

struct Here {
    Letter letter;
    std::optional<Contact> contact; // as it is now
    std::optional<Error> notAgain;
};

std::optional<Here> letterHere(Desk& desk) {
    const auto id = desk.id(0);
    if (!id) return std::nullopt;
    return desk.read([&](sqlite::ReadTx& tx) -> std::optional<Here> {
        auto letter = sqlite::findLetter(tx, *id);
        if (!letter) return std::nullopt;
        Here here{std::move(*letter), {}, {}};
        if (here.letter.contact) here.contact = sqlite::findContact(tx, *here.letter.contact);
        here.notAgain = whyNotAgain(tx, desk.office(), here.letter, desk.now);
        return here;
    });
}

Page letterActPage(const Desk& desk, const Here& here, std::string title) {
    Page made = officePage(desk, std::move(title));
    made.crumbs = {{desk.t("page.today.title"), "/kontor"},
                   {desk.t("page.letters.title"), "/kontor/breve"},
                   {here.letter.subject, letterHref(here.letter.id)},
                   {made.title, ""}};
    made.lead = here.letter.subject;
    return made;
}

Markup backButton(const Desk& desk, const std::string& href) {
    return linkButton(desk.t("button.cancel"), href, ButtonKind::secondary);
}

Markup refusalBox(const Desk& desk, const Error& error) {
    return alert(Tone::error, desk.t("page.letter_act.not_now"),
                 el("p", {}, desk.words.sentence(error.key, error.args)));
}

std::vector<std::pair<std::string, Markup>> letterFacts(const Desk& desk, const Here& here) {
    const auto& words = desk.words;
    const auto& letter = here.letter;
    return {{words("label.kind"), join(kindWord(words, letter.kind))},
            {words("label.to"), join(letter.toName, letter.toName.empty() ? "" : ", ", letter.toMail)},
            {words("label.queued"), join(words.moment(letter.createdAt))},
            {words("label.what_became"), letterFate(words, letter, 0)}};
}

http::Reply showAgain(Desk& desk, const Here& here, const Form& form, int status) {
    const auto& words = desk.words;
    const auto& letter = here.letter;
    Page made = letterActPage(desk, here, words("page.send_again.title"));
    made.form = &form;
    made.content = web::facts(letterFacts(desk, here));
    if (here.notAgain || !here.contact) {
        made.content +=
            refusalBox(desk, here.notAgain ? *here.notAgain : Error{ErrorKind::closed, "error.again.gone", {}, {}});
        made.content += el("p", {}, linkButton(words("button.back"), letterHref(letter.id), ButtonKind::secondary));
        return page(desk, made, status);
    }
    Markup fields = hidden("key", newKey());
    const bool arrived = mayHaveArrived(letter);
    if (arrived)
        fields += alert(Tone::warning, words("page.send_again.may_have"),
                        el("p", {}, words("page.send_again.reminder_twice"))) +
                  checkBox(form, "knowing", words("label.knowing"), false);
    else if (letter.state == LetterState::accepted && !letter.bouncedAt && !laidInFolder(letter))
        fields +=
            alert(Tone::info, words("page.send_again.accepted"), el("p", {}, words("page.send_again.accepted_text")));
    else if (letter.state == LetterState::unknown)
        fields +=
            alert(Tone::warning, words("page.send_again.may_have"), el("p", {}, words("page.send_again.unknown_text")));
    fields += el("p", {},
                 words(letter.kind == LetterKind::reminder ? "page.send_again.what_reminder"
                       : isWrittenAnew(letter.kind)        ? "page.send_again.what_anew"
                                                           : "page.send_again.what",
                       {{"mail", here.contact->mail}}));
    if (lowerAscii(here.contact->mail) != lowerAscii(letter.toMail))
        fields += el("p", {},
                     words("page.send_again.other_address", {{"before", letter.toMail}, {"mail", here.contact->mail}}));
    made.content += postForm(desk, letterHref(letter.id, "/send-igen"), fields,
                             el("p", {{"class", "row"}}, submitButton(words("button.send_letter_again")),
                                backButton(desk, letterHref(letter.id))));
    return page(desk, made, status);
}

http::Reply showCancel(Desk& desk, const Here& here, const Error* refusal, int status) {
    const auto& words = desk.words;
    const auto id = here.letter.id;
    Page made = letterActPage(desk, here, words("page.cancel_letter.title"));
    made.content = web::facts(letterFacts(desk, here));
    if (refusal || here.letter.state != LetterState::queued) {
        made.content +=
            refusalBox(desk, refusal ? *refusal : Error{ErrorKind::closed, "error.letter.not_waiting", {}, {}});
        made.content += el("p", {}, linkButton(words("button.back"), letterHref(id), ButtonKind::secondary));
        return page(desk, made, status);
    }
    if (here.letter.attempts > 0)
        made.content +=
            alert(Tone::warning, words("page.send_again.may_have"), el("p", {}, words("page.cancel_letter.tried")));
    made.content +=
        postForm(desk, letterHref(id, "/annuller"), el("p", {}, words("page.cancel_letter.text")),
                 el("p", {{"class", "row"}}, submitButton(words("button.cancel_letter"), ButtonKind::warning),
                    backButton(desk, letterHref(id))));
    return page(desk, made, status);
}

struct AddressHere {
    ConsultationDesk about;
    Party party;
    Contact contact;
    std::vector<Letter> waiting, owed;
    bool cutOff = false; // none of its links works, and none is made here
};

std::optional<AddressHere> addressHere(Desk& desk) {
    auto about = consultationHere(desk);
    const auto wanted = desk.id(1);
    if (!about || !wanted || about->consultation.state == ConsultationState::draft) return std::nullopt;
    for (const auto& party : about->parties)
        for (const auto& contact : party.contacts) {
            if (contact.id != *wanted) continue;
            AddressHere here{*about, party, contact, {}, {}};
            const auto letters = desk.read([&](sqlite::ReadTx& tx) {
                here.cutOff = sqlite::isCutOff(tx, contact.id);
                return sqlite::lettersToContact(tx, contact.id);
            });
            if (here.cutOff) return here;
            const auto may = mayAnswer(here.about.consultation, party, desk.now.instant);
            here.owed = lettersOwed(letters, may == Answering::inTime || may == Answering::late);
            for (const auto& letter : letters)
                if (letter.state == LetterState::queued) here.waiting.push_back(letter);
            return here;
        }
    return std::nullopt;
}

std::string partyHref(const AddressHere& here) {
    return consultationHref(here.about.consultation.id, "/parter/" + std::to_string(here.party.id) + "/breve");
}

Markup letterList(const Desk& desk, const std::vector<Letter>& letters) {
    Markup items;
    for (const auto& letter : letters)
        items += el("li", {}, kindWord(desk.words, letter.kind) + ": " + letter.subject + " ",
                    letterBadge(desk.words, letter));
    return el("ul", {}, items);
}

http::Reply showAddress(const Desk& desk, const AddressHere& here, const Form& form, int status) {
    const auto& stored = here.contact.mail;
    const auto& words = desk.words;
    const auto id = here.about.consultation.id;
    Page made = officePage(desk, words("page.address.title"));
    made.crumbs = {{words("page.today.title"), "/kontor"},
                   {here.about.consultation.text.title, consultationHref(id)},
                   {here.party.name, partyHref(here)},
                   {made.title, ""}};
    made.lead = here.party.name;
    made.form = &form;
    Markup fields = shownField(form, stored) +
                    textField(form, {"mail", words("label.new_address"), "", true, "email", "off"}, stored);
    if (!here.owed.empty())
        fields += checkBox(form, "send_again", words("label.send_again_too"), true) + letterList(desk, here.owed);
    if (!here.waiting.empty()) fields += el("p", {}, words("page.address.waiting")) + letterList(desk, here.waiting);
    made.content = meanwhileBox(desk, form, {id, here.party.id, {"contact.address_corrected"}},
                                {{words("label.email"), stored, std::string(desk.field("mail"))}}) +
                   el("p", {}, words("page.address.text", {{"mail", stored}}));
    made.content +=
        here.cutOff ? alert(Tone::info, words("page.address.cut_off"), el("p", {}, words("page.address.cut_off_text")))
                    : alert(Tone::warning, words("page.address.link"), el("p", {}, words("page.address.link_text")));
    made.content +=
        postForm(desk, consultationHref(id, "/kontakter/" + std::to_string(here.contact.id) + "/adresse"), fields,
                 el("p", {{"class", "row"}}, ownButtons(form, submitButton(words("button.correct_address"))),
                    backButton(desk, partyHref(here))),
                 saveOverButton(form, stored));
    return page(desk, made, status);
}

} // namespace

http::Reply againForm(Desk& desk) {
    const auto here = letterHere(desk);
    return here ? showAgain(desk, *here, Form(desk.words), 200) : notFoundPage(desk);
}

http::Reply again(Desk& desk) {
    const auto here = letterHere(desk);
    if (!here) return notFoundPage(desk);
    const auto sent = desk.write([&](sqlite::Tx& tx) {
        return sendAgain(tx, desk.office(), desk.user().actor(), here->letter.id, desk.field("knowing") == "1",
                         desk.field("key"));
    });
    if (sent) return back(letterHref(*sent), "letter_again");
    const auto now = letterHere(desk);
    return showAgain(desk, *now, Form(desk.words, desk.request, sent.error()), statusOf(sent.error().kind));
}

http::Reply cancelForm(Desk& desk) {
    const auto here = letterHere(desk);
    return here ? showCancel(desk, *here, nullptr, 200) : notFoundPage(desk);
}

http::Reply cancel(Desk& desk) {
    const auto here = letterHere(desk);
    if (!here) return notFoundPage(desk);
    const auto done =
        desk.write([&](sqlite::Tx& tx) { return cancelLetter(tx, desk.user().actor(), here->letter.id); });
    if (done) return back(letterHref(here->letter.id), "letter_stopped");
    const auto now = letterHere(desk);
    if (now->letter.state == LetterState::cancelled) return back(letterHref(here->letter.id), "letter_stopped");
    return showCancel(desk, *now, &done.error(), statusOf(done.error().kind));
}

http::Reply addressForm(Desk& desk) {
    const auto here = addressHere(desk);
    return here ? showAddress(desk, *here, Form(desk.words), 200) : notFoundPage(desk);
}

http::Reply address(Desk& desk) {
    const auto here = addressHere(desk);
    if (!here) return notFoundPage(desk);
    const AddressInput input{std::string(trim(desk.field("mail"))), desk.field("send_again") == "1",
                             std::string(shownBy(desk))};
    const auto done = desk.write([&](sqlite::Tx& tx) {
        return correctAddress(tx, desk.office(), desk.user().actor(), here->about.consultation.id, here->contact.id,
                              input);
    });
    if (done) return back(partyHref(*here), "address_corrected");
    const Error& refusal = done.error();
    const auto now = addressHere(desk);
    if (!now || (refusal.kind != ErrorKind::invalid && refusal.kind != ErrorKind::conflict))
        return problemPage(desk, refusal);
    return showAddress(desk, *now, Form(desk.words, desk.request, refusal), statusOf(refusal.kind));
}

} // namespace hoering::web::letter_acts

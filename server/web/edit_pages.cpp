// Writing the words and facts of a consultation: a new one, and saving a draft without overwriting a colleague.
// Not here: the fields (consultation_form), enclosures, parties, reminders, the send gate (files named so).
#include "common/crypto.h"
#include "common/id.h"
#include "sqlite/consultations.h"
#include "web/components.h"
#include "web/consultation_form.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/problem.h"

namespace hoering::web::edit_pages {
namespace {

http::Reply showNew(const Desk& desk, const Form& form, const std::string& key, int status) {
    Page made = officePage(desk, desk.t("page.new.title"));
    made.crumbs = {{desk.t("page.today.title"), "/kontor"}, {made.title, ""}};
    made.lead = desk.t("page.new.lead");
    made.form = &form;
    ConsultationText blank;
    blank.officerName = desk.user().name;
    blank.officerMail = desk.user().email;
    made.content = formOpen(desk, "/kontor/hoeringer/ny", false, {{"data-unsaved", true}}) + hidden("key", key) +
                   consultationFields(form, blank) + saveButtons(desk.words) + closeTag("form");
    return page(desk, made, status);
}

/// `stored`: what stands in the database now. After a conflict both are shown, and saving over it is a choice.
http::Reply showFacts(const Desk& desk, const Form& form, const ConsultationDesk& stored, int status) {
    const auto& consultation = stored.consultation;
    const auto action = stepHref(consultation.id, Step::facts);
    Page made = stepPage(desk, stored, Step::facts);
    made.form = &form;
    made.content += formOpen(desk, action, false, {{"data-unsaved", true}}) +
                    hidden("version", form.value("version", std::to_string(consultation.version))) +
                    hidden("words", form.value("words", fingerprint(consultation.text)));
    made.content += meanwhileBox(desk, form, {consultation.id, {}, {"consultation.edited"}},
                                 besideTyped(desk.words, desk.request, consultation.text));
    made.content += consultationFields(form, consultation.text) + ownButtons(form, saveButtons(desk.words)) +
                    saveOverButton(form, std::to_string(consultation.version)) + closeTag("form");
    return page(desk, made, status);
}

/// Who goes back in the browser gets the form made anew, with another key, and their words in it. So what was sent, by
/// whom and on which day, is the key: pressed again, it leads to the draft that is there.
std::string keyOfWords(const Desk& desk) {
    std::string all = std::to_string(desk.user().id) + " " + isoDate(dateOf(desk.now.local));
    for (const auto& [name, value] : desk.request.form)
        if (name != "csrf" && name != "key" && name != "go")
            all += " " + name + "=" + std::to_string(value.size()) + ":" + value;
    return sha256Hex(all).substr(0, 32);
}

http::Reply goOn(const Desk& desk, std::int64_t id, std::string_view notice) {
    const bool stay = desk.field("go") == "stay";
    return back(stepHref(id, stay ? Step::facts : Step::enclosures), notice);
}

} // namespace

http::Reply newForm(Desk& desk) { return showNew(desk, Form(desk.words), newKey(), 200); }

http::Reply create(Desk& desk) {
    const auto typed = desk.field("key");
    const std::string key = typed.size() == 32 ? mendUtf8(typed) : newKey();
    const std::string words = keyOfWords(desk);
    const auto made = desk.write([&](sqlite::Tx& tx) {
        const auto same = sqlite::findConsultationByKey(tx, words);
        const auto about = same ? sqlite::findConsultation(tx, *same) : std::nullopt;
        const bool over = about && about->state != ConsultationState::draft; // cancelled, say, and begun once more
        return createConsultation(tx, desk.office(), desk.user().actor(), consultationInput(desk.request),
                                  over ? key : words);
    });
    if (!made) return showNew(desk, Form(desk.words, desk.request, made.error()), key, statusOf(made.error().kind));
    return goOn(desk, *made, "created");
}

http::Reply facts(Desk& desk) {
    const auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    if (about->consultation.state != ConsultationState::draft)
        return http::Reply::seeOther(consultationHref(about->consultation.id));
    return showFacts(desk, Form(desk.words), *about, 200);
}

http::Reply saveFacts(Desk& desk) {
    auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    const auto id = about->consultation.id;
    const auto input = consultationInput(desk.request);
    const auto save = [&](std::int64_t version) {
        return desk.write(
            [&](sqlite::Tx& tx) { return saveConsultation(tx, desk.user().actor(), id, input, version); });
    };
    auto saved = save(desk.numberField(desk.request.has("overwrite") ? "overwrite" : "version"));
    if (!saved && saved.error().kind == ErrorKind::conflict) {
        about = consultationHere(desk);
        // A party or a file was added meanwhile, but nobody touched these words: nothing to ask about.
        if (about && fingerprint(about->consultation.text) == desk.field("words"))
            saved = save(about->consultation.version);
    }
    if (saved) return goOn(desk, id, "saved");
    if (!about || saved.error().kind == ErrorKind::closed || saved.error().kind == ErrorKind::notFound)
        return problemPage(desk, saved.error());
    return showFacts(desk, Form(desk.words, desk.request, saved.error()), *about, statusOf(saved.error().kind));
}

} // namespace hoering::web::edit_pages

// A party asks for a later deadline: the form, the look before it is sent, sent. Nothing is stored before the last
// button.
// Not here: what the overview shows of it (extension_parts), the office's answer (act_forms, server/usecases/acts.h).
#include "usecases/ask_extension.h"

#include "common/id.h"
#include "web/answer_parts.h"
#include "web/extension_parts.h"
#include "web/handlers.h"
#include "web/page_parts.h"
#include "web/problem.h"

namespace hoering::web::answer_pages {
namespace {

Page extensionPage(const Desk& desk, std::string title) {
    Page shown = partyPage(desk, std::move(title), desk.t("page.extension.title"));
    shown.lead = desk.party().consultation.text.title;
    return shown;
}

ExtensionInput inputOf(const Desk& desk) {
    return {std::string(desk.field("deadline_date")), std::string(desk.field("reason")), std::string(desk.field("key")),
            desk.request.received};
}

http::Reply showForm(const Desk& desk, const Form& form, int status) {
    const auto& words = desk.words;
    const auto& visit = desk.party();
    Page shown = extensionPage(desk, words("page.extension.title"));
    shown.form = &form;
    const bool late = askingNow(desk) == Asking::afterDeadline;
    Markup content =
        late ? alert(Tone::warning, words("page.answer.over"), paragraph(words("page.extension.late_text"))) : Markup();
    content += paragraph(words("page.extension.form_lead"));
    content +=
        postForm(desk, askExtensionHref,
                 textField(form, {"deadline_date", words("label.wanted_deadline"), words("hint.wanted_deadline"), true,
                                  "text", "", 20}),
                 textArea(form, {"reason", words("label.reason"), words("hint.extension_reason"), true}, 5),
                 buttonRow(join(submitButton(words("button.check_request"), ButtonKind::primary, "step", "check"), " ",
                                link(words("button.cancel"), "/mit-svar"))));
    shown.content = withDeadline(desk, visit, content);
    return page(desk, shown, status);
}

http::Reply showCheck(const Desk& desk, const ExtensionInput& input, const ExtensionRequest& request) {
    const auto& words = desk.words;
    Page shown = extensionPage(desk, words("page.extension.check_title"));
    Markup content =
        findingList(words, doubtsAboutMove(request.wanted, desk.now), [](const std::string&) { return std::string(); });
    content += facts(
        {{words("label.party"), join(request.partyName)},
         {words("label.deadline"), join(words.deadline(deadlineFor(desk.party().consultation, desk.party().party)))},
         {words("label.wanted_deadline"), join(words.deadline(request.wanted))},
         {words("label.reason"), el("div", {{"class", "verbatim"}}, request.reason)}});
    content += paragraph(words("page.extension.check_text"));
    content +=
        postForm(desk, askExtensionHref, hidden("deadline_date", input.date), hidden("reason", request.reason),
                 hidden("key", newKey()),
                 buttonRow(join(submitButton(words("button.send_request"), ButtonKind::primary, "step", "send"), " ",
                                submitButton(words("button.act_change"), ButtonKind::secondary, "step", "edit"))));
    shown.content = withDeadline(desk, desk.party(), content);
    return page(desk, shown);
}

} // namespace

http::Reply extension(Desk& desk) {
    // What it may do, it may have done already: then the overview says how it stands.
    const auto open = desk.read([&](sqlite::ReadTx& tx) {
        return checkExtension(tx, desk.office(), desk.party(), {{}, {}, {}, desk.request.received});
    });
    if (!open && open.error().key == "error.extension.waiting") return http::Reply::seeOther("/mit-svar");
    if (!open && open.error().kind != ErrorKind::invalid) return problemPage(desk, open.error());
    return showForm(desk, Form(desk.words), 200);
}

http::Reply askExtension(Desk& desk) {
    const ExtensionInput input = inputOf(desk);
    static const Error nothing{ErrorKind::invalid, "error.form", {}, {}};
    const auto wanted = desk.field("step");
    if (wanted == "edit") return showForm(desk, Form(desk.words, desk.request, nothing), 200);
    const auto refuse = [&](const Error& error) {
        if (error.kind != ErrorKind::invalid) return problemPage(desk, error);
        return showForm(desk, Form(desk.words, desk.request, error), statusOf(error.kind));
    };
    if (wanted == "send") {
        const auto asked =
            desk.write([&](sqlite::Tx& tx) { return hoering::askExtension(tx, desk.office(), desk.party(), input); });
        if (asked) return http::Reply::seeOther("/mit-svar?besked=extension_asked");
        return refuse(asked.error());
    }
    const auto checked =
        desk.read([&](sqlite::ReadTx& tx) { return checkExtension(tx, desk.office(), desk.party(), input); });
    return checked ? showCheck(desk, input, *checked) : refuse(checked.error());
}

} // namespace hoering::web::answer_pages

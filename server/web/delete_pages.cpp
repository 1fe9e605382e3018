// A draft is deleted for good: what goes, what the journal keeps, and the button that does it.
// Not here: the rule (server/usecases/delete_draft.h).
#include "usecases/delete_draft.h"

#include "web/components.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/problem.h"

namespace hoering::web::edit_pages {
namespace {

http::Reply show(const Desk& desk, const ConsultationDesk& about, const Error* refusal, int status) {
    const auto& words = desk.words;
    const auto& consultation = about.consultation;
    const auto count = [&](const char* key, std::size_t n) {
        return join(words.count(key, static_cast<long long>(n)));
    };
    Page made = officePage(desk, words("page.delete.title"));
    made.crumbs = {{words("page.today.title"), "/kontor"},
                   {consultation.text.title, consultationHref(consultation.id)},
                   {made.title, ""}};
    made.lead = consultation.text.title;
    if (refusal)
        made.content +=
            alert(Tone::warning, words("page.delete.conflict"), el("p", {}, words("page.delete.conflict_text")));
    made.content += el("p", {}, words("page.delete.text")) +
                    web::facts({{words("label.title"), join(consultation.text.title)},
                                {words("tab.parties"), count("count.parties", about.parties.size())},
                                {words("step.enclosures"), count("count.enclosures", about.enclosures.size())}}) +
                    el("p", {}, words("page.delete.kept"));
    made.content += postForm(
        desk, consultationHref(consultation.id, "/slet"), hidden("version", std::to_string(consultation.version)),
        el("p", {{"class", "row"}}, submitButton(words("button.delete_draft"), ButtonKind::warning),
           linkButton(words("button.cancel"), consultationHref(consultation.id), ButtonKind::secondary)));
    return page(desk, made, status);
}

} // namespace

http::Reply deleteForm(Desk& desk) {
    const auto about = consultationHere(desk);
    if (!about) return notFoundPage(desk);
    if (about->consultation.state != ConsultationState::draft)
        return problemPage(desk, Error{ErrorKind::closed, "error.consultation.not_draft", {}, {}});
    return show(desk, *about, nullptr, 200);
}

http::Reply deleteDraft(Desk& desk) {
    const auto id = desk.id(0);
    if (!id) return notFoundPage(desk);
    const auto done = desk.write([&](sqlite::Tx& tx) {
        return hoering::deleteDraft(tx, desk.user().actor(), *id, desk.numberField("version"));
    });
    if (done) return back("/kontor", "draft_deleted");
    const auto about = consultationHere(desk);
    if (!about || done.error().kind != ErrorKind::conflict) return problemPage(desk, done.error());
    return show(desk, *about, &done.error(), statusOf(done.error().kind));
}

} // namespace hoering::web::edit_pages

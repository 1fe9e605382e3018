// An administrator resets a colleague's second step of signing in: the lost phone. A page of its own, as whoever is
// talked into this lets a stranger in.
#include "sqlite/users.h"
#include "usecases/change_two_steps.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/problem.h"

namespace hoering::web::administration_pages {
namespace {

std::optional<User> userHere(Desk& desk) {
    const auto id = desk.id(0);
    if (!id) return std::nullopt;
    return desk.read([&](sqlite::ReadTx& tx) { return sqlite::findUser(tx, *id); });
}

} // namespace

http::Reply resetForm(Desk& desk) {
    const auto user = userHere(desk);
    if (!user) return notFoundPage(desk);
    Page made = officePage(desk, desk.t("page.reset.title"));
    made.wide = false;
    made.crumbs = {
        {desk.t("page.today.title"), "/kontor"}, {desk.t("page.users.title"), "/kontor/brugere"}, {made.title, ""}};
    if (!user->twoSteps) {
        made.lead = desk.t("page.reset.off", {{"name", user->name}});
        return page(desk, made);
    }
    made.lead = desk.t("page.reset.lead", {{"name", user->name}, {"email", user->email}});
    made.content =
        el("p", {}, desk.t("page.reset.sure")) +
        postForm(desk, desk.request.path, submitButton(desk.t("button.reset_two_steps"), ButtonKind::warning)) +
        el("p", {}, link(desk.t("page.reset.back"), "/kontor/brugere"));
    return page(desk, made);
}

http::Reply reset(Desk& desk) {
    const auto id = desk.id(0);
    if (!id) return notFoundPage(desk);
    const auto done =
        desk.write([&](sqlite::Tx& tx) { return resetTwoSteps(tx, desk.office(), desk.user().actor(), *id); });
    return done ? back("/kontor/brugere", "two_steps_reset") : problemPage(desk, done.error());
}

} // namespace hoering::web::administration_pages

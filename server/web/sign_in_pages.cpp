// In with a password, out again, and choosing one by a one-time link.
#include "usecases/manage_users.h"
#include "usecases/sign_in.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/problem.h"
#include "web/sign_in_parts.h"
#include "web/visitor.h"

namespace hoering::web::sign_in_pages {
namespace {

Result<NewSession> enter(Desk& desk, const SignInInput& input) {
    const auto judged = judgePassword(desk, input);
    return desk.write([&](sqlite::Tx& tx) {
        return hoering::signIn(tx, desk.office(), input, judged.credentials, judged.matched, staffToken(desk));
    });
}

http::Reply deadLink(const Desk& desk) {
    Page made = officePage(desk, desk.t("page.choose_password.dead_title"));
    made.wide = false;
    made.lead = desk.t("page.choose_password.dead");
    made.content = linkButton(desk.t("button.go_to_sign_in"), "/kontor/log-ind");
    return page(desk, made, 404);
}

http::Reply showPasswordForm(const Desk& desk, const Form& form, const PasswordLinkFacts& facts, int status) {
    const bool first = !facts.user;
    Page made = officePage(desk, desk.t(first ? "page.choose_password.first_title" : "page.choose_password.title"));
    made.wide = false;
    made.form = &form;
    made.lead = first ? desk.t("page.choose_password.first_lead")
                      : desk.t("page.choose_password.lead", {{"name", facts.user->name}, {"email", facts.user->email}});
    const std::string length = std::to_string(desk.office().passwordMinLength);
    Markup fields;
    if (first) {
        fields += textField(form, {"name", desk.t("label.your_name"), desk.t("hint.your_name"), true, "text", "name"});
        fields += textField(form, {"email", desk.t("label.email"), "", true, "email", "username", 0, "email"});
    } else {
        // Password managers look for the name the password belongs to.
        fields += voidEl("input", {{"type", "hidden"}, {"autocomplete", "username"}, {"value", facts.user->email}});
    }
    fields += textField(form, {"password", desk.t("label.new_password"),
                               desk.t("hint.new_password", {{"length", length}}), true, "password", "new-password"});
    fields += textField(form, {"again", desk.t("label.password_again"), "", true, "password", "new-password"});
    made.content = postForm(desk, desk.request.path, fields, submitButton(desk.t("button.choose_password")));
    return page(desk, made, status);
}

} // namespace

http::Reply form(Desk& desk) {
    const std::string target = safeTarget(desk.request.queryValue("til"));
    if (desk.visitor.user) return http::Reply::seeOther(target);
    return showSignIn(desk, Form(desk.words), target, 200);
}

http::Reply signIn(Desk& desk) {
    const SignInInput input{std::string(desk.field("email")), std::string(desk.field("password")), desk.request.peer};
    const std::string target = safeTarget(desk.field("til"));
    const auto session = enter(desk, input);
    if (session) return goOnWith(desk, target, *session);
    return showSignIn(desk, Form(desk.words, desk.request, session.error()), target, statusOf(session.error().kind));
}

http::Reply signOut(Desk& desk) {
    desk.write([&](sqlite::Tx& tx) { hoering::signOut(tx, staffToken(desk)); });
    return back("/kontor/log-ind", "signed_out").cookie(staffCookie, "", desk.services.secure, 0);
}

http::Reply choosePasswordForm(Desk& desk) {
    const auto facts = desk.read([&](sqlite::ReadTx& tx) { return lookAtPasswordLink(tx, desk.hole(0), desk.now); });
    return facts ? showPasswordForm(desk, Form(desk.words), *facts, 200) : deadLink(desk);
}

http::Reply choosePassword(Desk& desk) {
    const auto facts = desk.read([&](sqlite::ReadTx& tx) { return lookAtPasswordLink(tx, desk.hole(0), desk.now); });
    if (!facts) return deadLink(desk);
    const ChosenPassword input{std::string(desk.hole(0)), std::string(desk.field("name")),
                               std::string(desk.field("email")), std::string(desk.field("password")),
                               std::string(desk.field("again"))};
    const auto again = [&](const Error& error) {
        return showPasswordForm(desk, Form(desk.words, desk.request, error), *facts, statusOf(error.kind));
    };
    if (const auto checked = checkChosenPassword(desk.office(), input, !facts->user); !checked)
        return again(checked.error());
    const std::string hash = hashPassword(input.password, desk.office().passwordCost);
    const auto user =
        desk.write([&](sqlite::Tx& tx) { return hoering::choosePassword(tx, desk.office(), input, hash); });
    if (!user) return user.error().kind == ErrorKind::notFound ? deadLink(desk) : again(user.error());
    const auto session = enter(desk, {user->email, input.password, desk.request.peer});
    if (!session) return back("/kontor/log-ind", "password_chosen");
    // A link that brings a new password is no way around the second step.
    return goOnWith(desk, "/kontor?besked=password_chosen", *session);
}

} // namespace hoering::web::sign_in_pages

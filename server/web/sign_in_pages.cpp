#include "common/strings.h"
#include "usecases/manage_users.h"
#include "usecases/sign_in.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/problem.h"
#include "web/visitor.h"

namespace hoering::web::sign_in_pages {
namespace {

/// Where to go after signing in: an address of the office, on this very server, and nothing else.
std::string safeTarget(std::string_view asked) {
    const bool office = asked == "/kontor" || startsWith(asked, "/kontor/") || startsWith(asked, "/kontor?");
    const bool plain = asked.find("//") == std::string_view::npos && asked.find('\\') == std::string_view::npos &&
                       asked.find("..") == std::string_view::npos && asked.size() <= 500;
    for (const char c : asked)
        if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F) return "/kontor";
    if (!office || !plain || startsWith(asked, "/kontor/log-") || startsWith(asked, "/kontor/adgang/"))
        return "/kontor";
    return std::string(asked);
}

http::Reply showForm(const Desk& desk, const Form& form, std::string_view target, int status) {
    Page made = officePage(desk, desk.t("page.sign_in.title"));
    made.wide = false;
    made.form = &form;
    made.content = postForm(
        desk, "/kontor/log-ind", hidden("til", target),
        textField(form, {"email", desk.t("label.email"), "", true, "email", "username", 0, "email"}),
        textField(form, {"password", desk.t("label.password"), "", true, "password", "current-password", 0, ""}),
        submitButton(desk.t("button.sign_in")));
    made.content += el("p", {{"class", "quiet"}}, desk.t("page.sign_in.lost"));
    return page(desk, made, status);
}

http::Reply withSession(const Desk& desk, std::string where, const NewSession& session) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(desk.office().sessionLength).count();
    return http::Reply::seeOther(std::move(where))
        .cookie(staffCookie, session.token, desk.services.secure, static_cast<long>(seconds));
}

std::string oldToken(const Desk& desk) {
    return std::string(desk.request.cookie(http::cookieName(staffCookie, desk.services.secure)));
}

/// The slow hash runs here, on the worker; the writer only stores what came of it.
Result<NewSession> enter(Desk& desk, const SignInInput& input) {
    const auto credentials =
        desk.read([&](sqlite::ReadTx& tx) { return findCredentials(tx, desk.office(), input, desk.now); });
    const bool matched = !credentials.slowedDown && passwordMatches(credentials, input.password);
    if (!matched && !credentials.slowedDown)
        desk.write([&](sqlite::Tx& tx) { recordFailedSignIn(tx, desk.office(), input, credentials); });
    return desk.write([&](sqlite::Tx& tx) {
        return hoering::signIn(tx, desk.office(), input, credentials, matched, oldToken(desk));
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
    return showForm(desk, Form(desk.words), target, 200);
}

http::Reply signIn(Desk& desk) {
    const SignInInput input{std::string(desk.field("email")), std::string(desk.field("password")), desk.request.peer};
    const std::string target = safeTarget(desk.field("til"));
    const auto session = enter(desk, input);
    if (session) return withSession(desk, target, *session);
    return showForm(desk, Form(desk.words, desk.request, session.error()), target, statusOf(session.error().kind));
}

http::Reply signOut(Desk& desk) {
    desk.write([&](sqlite::Tx& tx) { hoering::signOut(tx, oldToken(desk)); });
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
    return withSession(desk, "/kontor?besked=password_chosen", *session);
}

} // namespace hoering::web::sign_in_pages

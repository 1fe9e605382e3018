#include "web/sign_in_parts.h"

#include "common/strings.h"
#include "domain/second_step.h"
#include "usecases/slow_down.h"
#include "web/office_parts.h"
#include "web/visitor.h"

namespace hoering::web {
namespace {

std::string cookieOf(const Desk& desk, std::string_view name) {
    return std::string(desk.request.cookie(http::cookieName(name, desk.services.secure)));
}

template <class Duration> long secondsOf(Duration time) {
    return static_cast<long>(std::chrono::duration_cast<std::chrono::seconds>(time).count());
}

} // namespace

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

std::string staffToken(const Desk& desk) { return cookieOf(desk, staffCookie); }
std::string halfToken(const Desk& desk) { return cookieOf(desk, halfCookie); }

std::string withTarget(std::string_view page, std::string_view target) {
    return std::string(page) + "?til=" + percentEncode(target);
}

http::Reply goOnWith(const Desk& desk, const std::string& where, const NewSession& session) {
    if (session.half)
        return http::Reply::seeOther(withTarget("/kontor/log-ind/kode", where))
            .cookie(halfCookie, session.token, desk.services.secure, secondsOf(halfSessionLength))
            .cookie(staffCookie, "", desk.services.secure, 0);
    auto reply = http::Reply::seeOther(where).cookie(staffCookie, session.token, desk.services.secure,
                                                     secondsOf(desk.office().sessionLength));
    return halfToken(desk).empty() ? std::move(reply)
                                   : std::move(reply).cookie(halfCookie, "", desk.services.secure, 0);
}

JudgedPassword judgePassword(Desk& desk, const SignInInput& input) {
    JudgedPassword judged;
    judged.credentials =
        desk.read([&](sqlite::ReadTx& tx) { return findCredentials(tx, desk.office(), input, desk.now); });
    judged.matched = !judged.credentials.slowedDown && passwordMatches(judged.credentials, input.password);
    if (!judged.matched && !judged.credentials.slowedDown)
        desk.write([&](sqlite::Tx& tx) { recordFailedSignIn(tx, desk.office(), input, judged.credentials); });
    return judged;
}

std::optional<Error> refusedPassword(Desk& desk) {
    const auto judged =
        judgePassword(desk, {desk.user().email, std::string(desk.field("password")), desk.request.peer});
    if (judged.matched) return std::nullopt;
    if (judged.credentials.slowedDown) return slowDown();
    return Error{ErrorKind::invalid, "error.form", {}, {{"password", "error.password.wrong", {}}}};
}

Markup passwordField(const Form& form) {
    return textField(form,
                     {"password", form.words()("label.password"), "", true, "password", "current-password", 0, ""});
}

http::Reply showSignIn(const Desk& desk, const Form& form, std::string_view target, int status) {
    Page made = officePage(desk, desk.t("page.sign_in.title"));
    made.wide = false;
    made.form = &form;
    made.address = withTarget("/kontor/log-ind", target);
    made.content =
        postForm(desk, "/kontor/log-ind", hidden("til", target),
                 textField(form, {"email", desk.t("label.email"), "", true, "email", "username", 0, "email"}),
                 passwordField(form), submitButton(desk.t("button.sign_in")));
    made.content += el("p", {{"class", "quiet"}}, desk.t("page.sign_in.lost"));
    return page(desk, made, status);
}

} // namespace hoering::web

// The second step of signing in: the code of the app, or a recovery code.
#include "usecases/finish_sign_in.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/problem.h"
#include "web/sign_in_parts.h"
#include "web/visitor.h"

namespace hoering::web::code_pages {
namespace {

constexpr std::string_view appPage = "/kontor/log-ind/kode", recoveryPage = "/kontor/log-ind/noedkode";

http::Reply show(const Desk& desk, const Form& form, CodeKind kind, std::string_view target, int status) {
    const bool app = kind == CodeKind::app;
    Page made = officePage(desk, desk.t(app ? "page.code.title" : "page.code.recovery_title"));
    made.wide = false;
    made.address = withTarget(app ? appPage : recoveryPage, target);
    made.form = &form;
    made.lead = desk.t(app ? "page.code.lead" : "page.code.recovery_lead");
    Field field{"code", desk.t(app ? "label.app_code" : "label.recovery_code"), "", true};
    field.autocomplete = app ? "one-time-code" : "off";
    field.inputMode = app ? "numeric" : "";
    field.size = app ? 6 : 20;
    made.content = postForm(desk, app ? appPage : recoveryPage, hidden("til", target), textField(form, field),
                            submitButton(desk.t("button.sign_in")));
    made.content += el("p", {},
                       link(desk.t(app ? "page.code.use_recovery" : "page.code.use_app"),
                            withTarget(app ? recoveryPage : appPage, target)));
    made.content += el("p", {{"class", "quiet"}}, desk.t("page.code.lost"));
    return page(desk, made, status);
}

http::Reply look(Desk& desk, CodeKind kind) {
    const std::string target = safeTarget(desk.request.queryValue("til"));
    const auto user = desk.read([&](sqlite::ReadTx& tx) { return halfSignedIn(tx, halfToken(desk), desk.now); });
    if (!user) return http::Reply::seeOther("/kontor/log-ind");
    return show(desk, Form(desk.words), kind, target, 200);
}

http::Reply enter(Desk& desk, CodeKind kind) {
    const std::string target = safeTarget(desk.field("til"));
    const TypedCode input{halfToken(desk), std::string(desk.field("code")), kind, desk.request.peer};
    const auto tried = desk.write([&](sqlite::Tx& tx) { return finishSignIn(tx, desk.office(), input); });
    // Whoever used a recovery code sees how many are left, and how to get new ones.
    if (tried.done)
        return goOnWith(desk, kind == CodeKind::app ? target : "/kontor/mig/to-trin?besked=recovery_code_used",
                        *tried.done);
    const int status = statusOf(tried.refusal.kind);
    const Form form(desk.words, desk.request, tried.refusal);
    if (tried.refusal.key == "error.sign_in.half_over") return showSignIn(desk, form, target, status);
    return show(desk, form, kind, target, status);
}

} // namespace

http::Reply form(Desk& desk) { return look(desk, CodeKind::app); }
http::Reply signIn(Desk& desk) { return enter(desk, CodeKind::app); }
http::Reply recoveryForm(Desk& desk) { return look(desk, CodeKind::recovery); }
http::Reply recoverySignIn(Desk& desk) { return enter(desk, CodeKind::recovery); }

} // namespace hoering::web::code_pages

// A colleague's own second step: turning it on, moving it to another app, new recovery codes, turning it off.
// Not here: being asked for the code (code_pages.cpp), resetting a colleague's (administration_pages.cpp).
#include "domain/second_step.h"
#include "usecases/change_two_steps.h"
#include "usecases/turn_on_two_steps.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/problem.h"
#include "web/qr_picture.h"
#include "web/sign_in_parts.h"

namespace hoering::web::two_steps_pages {
namespace {

constexpr std::string_view here = "/kontor/mig/to-trin", appPage = "/kontor/mig/to-trin/app";

TwoStepsFacts factsOf(Desk& desk) {
    return desk.read([&](sqlite::ReadTx& tx) {
        return lookAtTwoSteps(tx, desk.office(), desk.user().id, staffToken(desk), desk.now);
    });
}

/// A page below the one about two steps; who must turn it on first has no other page to go back to.
Page pageBelow(const Desk& desk, std::string_view title, const Form* form) {
    Page made = officePage(desk, desk.t(title));
    made.wide = false;
    made.form = form;
    if (desk.visitor.needsTwoSteps) return made;
    made.crumbs = {{desk.t("page.today.title"), "/kontor"},
                   {desk.t("page.my.title"), "/kontor/mig"},
                   {desk.t("page.two_steps.title"), std::string(here)},
                   {made.title, ""}};
    return made;
}

Page overview(const Desk& desk, const Form* form) {
    Page made = pageBelow(desk, "page.two_steps.title", form);
    if (!made.crumbs.empty()) made.crumbs.erase(made.crumbs.end() - 2);
    return made;
}

/// Turned off: what it is, and the password to begin with.
http::Reply showOff(const Desk& desk, const Form& form, int status) {
    Page made = overview(desk, &form);
    made.lead = desk.t(desk.visitor.needsTwoSteps ? "page.two_steps.asked" : "page.two_steps.lead");
    made.content = el("p", {}, desk.t("page.two_steps.need")) +
                   postForm(desk, here, passwordField(form), submitButton(desk.t("button.begin_two_steps")));
    return page(desk, made, status);
}

http::Reply showOn(const Desk& desk, const TwoStepsFacts& now) {
    Page made = overview(desk, nullptr);
    made.content = facts({{desk.t("label.two_steps"), badge(Tone::success, desk.t("page.two_steps.on"))},
                          {desk.t("label.since"), join(desk.words.moment(now.since))},
                          {desk.t("label.recovery_codes_left"), join(desk.words.number(now.recoveryCodesLeft))}});
    if (now.recoveryCodesLeft < 3)
        made.content += alert(Tone::warning, desk.t("page.two_steps.few_codes"),
                              el("p", {{"class", "alert-text"}}, desk.t("page.two_steps.few_codes_text")));
    Markup acts = el("li", {}, link(desk.t("page.two_steps.renew"), "/kontor/mig/to-trin/noedkoder")) +
                  el("li", {}, link(desk.t("page.two_steps.move"), "/kontor/mig/to-trin/ny-app"));
    if (desk.office().twoSteps == TwoSteps::required) {
        made.content += el("ul", {}, acts) + el("p", {{"class", "quiet"}}, desk.t("page.two_steps.required"));
    } else {
        acts += el("li", {}, link(desk.t("page.two_steps.turn_off"), "/kontor/mig/to-trin/fra"));
        made.content += el("ul", {}, acts);
    }
    return page(desk, made);
}

Field codeField(const Desk& desk, std::string_view label, bool app) {
    Field field{"code", desk.t(label), "", true};
    field.autocomplete = app ? "one-time-code" : "off";
    field.inputMode = app ? "numeric" : "";
    field.size = app ? 6 : 20;
    return field;
}

http::Reply showSetup(const Desk& desk, const Form& form, const std::string& secret, int status) {
    Page made = pageBelow(desk, "page.two_steps.app_title", &form);
    const std::string issuer = desk.t("page.two_steps.issuer", {{"municipality", desk.office().house.municipality}});
    const std::string uri = authenticatorUri(issuer, desk.user().email, secret);
    made.content = el("h2", {}, desk.t("page.two_steps.scan")) + el("p", {}, desk.t("page.two_steps.scan_text")) +
                   qrPicture(uri, desk.t("page.two_steps.picture")) +
                   el("p", {}, el("a", {{"href", uri}}, desk.t("page.two_steps.open_app"))) +
                   el("p", {}, desk.t("page.two_steps.by_hand")) +
                   facts({{desk.t("label.account"), join(issuer, ": ", desk.user().email)},
                          {desk.t("label.key"), el("code", {{"class", "secret"}}, typedSecret(secret))}}) +
                   el("h2", {}, desk.t("page.two_steps.first_code")) +
                   postForm(desk, appPage, textField(form, codeField(desk, "label.app_code", true)),
                            submitButton(desk.t("button.turn_on_two_steps"))) +
                   el("p", {{"class", "quiet"}}, desk.t("page.two_steps.not_yet"));
    return page(desk, made, status);
}

/// Shown once, straight from the POST: only hashes are stored.
/// `others`: older ones have ended by it.
http::Reply showCodes(const Desk& desk, const RecoveryCodes& codes, std::string_view title, bool others) {
    Page made = officePage(desk, desk.t(title));
    made.wide = false;
    made.lead = desk.t("page.two_steps.codes_lead");
    Markup items = join("\n");
    for (const auto& code : codes) items += el("li", {}, el("code", {}, code)) + join("\n");
    made.content = alert(Tone::warning, desk.t("page.two_steps.codes_once"),
                         el("p", {{"class", "alert-text"}}, desk.t("page.two_steps.codes_once_text"),
                            others ? " " + desk.t("page.two_steps.codes_others") : "")) +
                   el("ul", {{"class", "recovery-codes"}, {"id", "recovery-codes"}}, items) +
                   el("p", {{"class", "quiet"}},
                      desk.t("page.two_steps.codes_of", {{"email", desk.user().email},
                                                         {"municipality", desk.office().house.municipality},
                                                         {"when", desk.words.moment(desk.now.instant)}})) +
                   el("p", {{"class", "copy d-print-none"}},
                      el("button",
                         {{"class", "button button-secondary"},
                          {"type", "button"},
                          {"hidden", true},
                          {"data-copy", "recovery-codes"},
                          {"data-copied", desk.t("page.users.copied")}},
                         desk.t("button.copy")),
                      linkButton(desk.t("button.codes_kept"), "/kontor"));
    return page(desk, made);
}

/// What asks for the password and a code once it is on; one page each.
struct Change {
    std::string_view path, title, lead, button;
    ButtonKind kind = ButtonKind::primary;
};
constexpr Change renewing{"/kontor/mig/to-trin/noedkoder", "page.two_steps.renew", "page.two_steps.renew_lead",
                          "button.renew_recovery_codes"};
constexpr Change moving{"/kontor/mig/to-trin/ny-app", "page.two_steps.move", "page.two_steps.move_lead",
                        "button.move_two_steps"};
constexpr Change turningOff{"/kontor/mig/to-trin/fra", "page.two_steps.turn_off", "page.two_steps.turn_off_lead",
                            "button.turn_off_two_steps", ButtonKind::warning};

http::Reply showChange(const Desk& desk, const Change& change, const Form& form, int status) {
    Page made = pageBelow(desk, change.title, &form);
    made.lead = desk.t(change.lead);
    made.content =
        postForm(desk, change.path, passwordField(form), textField(form, codeField(desk, "label.any_code", false)),
                 submitButton(desk.t(change.button), change.kind));
    return page(desk, made, status);
}

http::Reply lookAt(Desk& desk, const Change& change) {
    if (!desk.user().twoSteps) return http::Reply::seeOther(std::string(here));
    return showChange(desk, change, Form(desk.words), 200);
}

/// Asks for the password first: a code is used up only by who knows it. `act`: Tx -> Tried<…>.
template <class Act, class Then> http::Reply perform(Desk& desk, const Change& change, Act act, Then then) {
    const auto again = [&](const Error& error) {
        if (error.kind == ErrorKind::conflict) return problemPage(desk, error);
        return showChange(desk, change, Form(desk.words, desk.request, error), statusOf(error.kind));
    };
    if (const auto refusal = refusedPassword(desk)) return again(*refusal);
    const auto tried = desk.write([&](sqlite::Tx& tx) { return act(tx, desk.field("code"), desk.request.peer); });
    return tried.done ? then(*tried.done) : again(tried.refusal);
}

} // namespace

http::Reply form(Desk& desk) {
    const auto now = factsOf(desk);
    return now.on ? showOn(desk, now) : showOff(desk, Form(desk.words), 200);
}

http::Reply begin(Desk& desk) {
    if (const auto refusal = refusedPassword(desk))
        return showOff(desk, Form(desk.words, desk.request, *refusal), statusOf(refusal->kind));
    const auto begun = desk.write([&](sqlite::Tx& tx) { return beginTwoSteps(tx, desk.user(), staffToken(desk)); });
    return begun ? http::Reply::seeOther(std::string(appPage)) : problemPage(desk, begun.error());
}

http::Reply app(Desk& desk) {
    const auto now = factsOf(desk);
    if (!now.setupSecret) return http::Reply::seeOther(std::string(here));
    return showSetup(desk, Form(desk.words), *now.setupSecret, 200);
}

http::Reply confirm(Desk& desk) {
    const auto codes = desk.write([&](sqlite::Tx& tx) {
        return confirmTwoSteps(tx, desk.office(), desk.user(), desk.field("code"), staffToken(desk));
    });
    if (codes) return showCodes(desk, *codes, "page.two_steps.turned_on", desk.user().twoSteps);
    const auto now = factsOf(desk);
    if (!now.setupSecret) return problemPage(desk, codes.error());
    return showSetup(desk, Form(desk.words, desk.request, codes.error()), *now.setupSecret,
                     statusOf(codes.error().kind));
}

http::Reply moveForm(Desk& desk) { return lookAt(desk, moving); }
http::Reply move(Desk& desk) {
    return perform(
        desk, moving,
        [&](sqlite::Tx& tx, auto code, auto& peer) {
            return moveTwoSteps(tx, desk.office(), desk.user(), code, peer, staffToken(desk));
        },
        [](const Done&) { return http::Reply::seeOther(std::string(appPage)); });
}

http::Reply codesForm(Desk& desk) { return lookAt(desk, renewing); }
http::Reply codes(Desk& desk) {
    return perform(
        desk, renewing,
        [&](sqlite::Tx& tx, auto code, auto& peer) {
            return renewRecoveryCodes(tx, desk.office(), desk.user(), code, peer);
        },
        [&](const RecoveryCodes& made) { return showCodes(desk, made, "page.two_steps.new_codes", true); });
}

http::Reply offForm(Desk& desk) {
    if (desk.office().twoSteps == TwoSteps::required) return http::Reply::seeOther(std::string(here));
    return lookAt(desk, turningOff);
}
http::Reply off(Desk& desk) {
    return perform(
        desk, turningOff,
        [&](sqlite::Tx& tx, auto code, auto& peer) {
            return turnOffTwoSteps(tx, desk.office(), desk.user(), code, peer);
        },
        [](const Done&) { return back("/kontor/mig", "two_steps_off"); });
}

} // namespace hoering::web::two_steps_pages

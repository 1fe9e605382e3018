// What a colleague chooses for itself.
#include "usecases/my_settings.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/problem.h"
#include "web/visitor.h"

namespace hoering::web::my_pages {
namespace {

Markup twoSteps(const Desk& desk) {
    const bool on = desk.user().twoSteps;
    return el("h2", {}, desk.t("page.two_steps.title")) +
           el("p", {},
              on ? badge(Tone::success, desk.t("page.two_steps.on"))
                 : badge(Tone::info, desk.t("page.two_steps.off"))) +
           el("p", {}, desk.t(on ? "page.my.two_steps_on" : "page.two_steps.lead")) +
           el("p", {},
              linkButton(desk.t(on ? "button.change_two_steps" : "button.to_two_steps"), "/kontor/mig/to-trin",
                         ButtonKind::secondary));
}

http::Reply show(const Desk& desk, const Form& form, int status) {
    const auto& words = desk.words;
    const auto& user = desk.user();
    Page made = officePage(desk, words("page.my.title"));
    made.wide = false;
    made.crumbs = {{words("page.today.title"), "/kontor"}, {made.title, ""}};
    made.form = &form;
    Markup fields;
    if (user.role != Role::reader) {
        std::vector<Choice> wishes;
        for (const Notify notify : {Notify::atOnce, Notify::daily, Notify::never}) {
            const std::string name(notifyName(notify));
            wishes.push_back({name, words("notify." + name), words("hint.notify_" + name)});
        }
        fields += radios(form, "notify", words("label.notify"), wishes, notifyName(user.notify));
        fields += el("p", {{"class", "quiet"}}, words("page.my.always"));
    }
    fields += selectField(form, {"language", words("label.language"), words("hint.my_language"), true},
                          {{"da", words("choice.danish"), ""}, {"en", words("choice.english"), ""}}, user.language);
    made.content = facts({{words("label.name"), join(user.name)},
                          {words("label.email"), join(user.email)},
                          {words("label.user_role"), join(words("role." + std::string(roleName(user.role))))}}) +
                   postForm(desk, "/kontor/mig", fields, el("p", {}, submitButton(words("button.save_my_settings")))) +
                   twoSteps(desk);
    return page(desk, made, status);
}

} // namespace

http::Reply form(Desk& desk) { return show(desk, Form(desk.words), 200); }

http::Reply save(Desk& desk) {
    const MySettings input{std::string(desk.field("notify")), std::string(desk.field("language"))};
    const auto saved = desk.write([&](sqlite::Tx& tx) { return saveMySettings(tx, desk.user(), input); });
    if (!saved && saved.error().kind != ErrorKind::invalid) return problemPage(desk, saved.error());
    if (!saved) return show(desk, Form(desk.words, desk.request, saved.error()), statusOf(saved.error().kind));
    // The pages follow at once: a language chosen with the switch would else go before it.
    constexpr long year = 365L * 24 * 60 * 60;
    return back("/kontor/mig", "my_settings_saved").cookie(languageCookie, input.language, desk.services.secure, year);
}

} // namespace hoering::web::my_pages

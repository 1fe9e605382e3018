// Who works here, and what the operator has set.
#include "common/strings.h"
#include "sqlite/letters.h"
#include "sqlite/users.h"
#include "usecases/manage_users.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/problem.h"
#include "web/reminder_words.h"

namespace hoering::web::administration_pages {
namespace {

std::string userHref(const User& user, std::string_view act) {
    return "/kontor/brugere/" + std::to_string(user.id) + std::string(act);
}

Markup actButton(const Desk& desk, const std::string& action, std::string_view label, const std::string& who) {
    return formOpen(desk, action) +
           el("button", {{"class", "button button-tertiary"}, {"type", "submit"}}, label,
              el("span", {{"class", "sr-only"}}, " " + who)) +
           closeTag("form");
}

Markup userTable(const Desk& desk, const std::vector<User>& list) {
    const auto& words = desk.words;
    std::vector<std::vector<Markup>> rows;
    for (const auto& user : list) {
        Markup acts;
        if (!user.disabled)
            acts += actButton(desk, userHref(user, "/nyt-link"), words("button.new_password_link"), user.name);
        acts += user.disabled ? actButton(desk, userHref(user, "/aabn"), words("button.enable"), user.name)
                              : actButton(desk, userHref(user, "/spaer"), words("button.disable"), user.name);
        if (user.twoSteps && user.id != desk.user().id)
            acts += el("a", {{"class", "button button-tertiary"}, {"href", userHref(user, "/to-trin")}},
                       words("button.to_reset"), el("span", {{"class", "sr-only"}}, " " + user.name));
        rows.push_back(
            {join(user.name), join(user.email), join(words("role." + std::string(roleName(user.role)))),
             user.disabled ? badge(Tone::error, words("page.users.disabled"))
                           : badge(Tone::success, words("page.users.active")),
             user.twoSteps ? badge(Tone::success, words("page.two_steps.on")) : join(words("page.two_steps.off")),
             el("div", {{"class", "row"}}, acts)});
    }
    return table(words("page.users.title"),
                 {{words("label.name")},
                  {words("label.email")},
                  {words("label.user_role")},
                  {words("label.state")},
                  {words("label.two_steps")},
                  {words("label.acts")}},
                 rows);
}

Markup addForm(const Desk& desk, const Form& form) {
    const auto& words = desk.words;
    std::vector<Choice> roles;
    for (const Role role : {Role::secretariat, Role::reader, Role::administrator}) {
        const std::string name(roleName(role));
        roles.push_back({name, words("role." + name), words("hint.role_" + name)});
    }
    return el("h2", {}, words("page.users.add")) +
           postForm(desk, "/kontor/brugere",
                    textField(form, {"name", words("label.name"), "", true, "text", "off", 0, ""}),
                    textField(form, {"email", words("label.email"), "", true, "email", "off", 0, "email"}),
                    radios(form, "role", words("label.user_role"), roles, "secretariat"),
                    selectField(form, {"language", words("label.language"), "", true},
                                {{"da", words("choice.danish"), ""}, {"en", words("choice.english"), ""}}, "da"),
                    submitButton(words("button.add_user")));
}

/// Shown once, straight from the POST: the link is stored nowhere and cannot be fetched again.
Markup oneTimeLink(const Desk& desk, const std::string& name, const std::string& token) {
    const std::string address = desk.office().house.publicUrl + "/kontor/adgang/" + token;
    return alert(Tone::success, desk.t("page.users.link", {{"name", name}}),
                 el("p", {}, desk.t("page.users.link_text")) + el("p", {{"class", "copy"}},
                                                                  el("code", {{"id", "one-time-link"}}, address),
                                                                  el("button",
                                                                     {{"class", "button button-secondary"},
                                                                      {"type", "button"},
                                                                      {"hidden", true},
                                                                      {"data-copy", "one-time-link"},
                                                                      {"data-copied", desk.t("page.users.copied")}},
                                                                     desk.t("button.copy"))));
}

http::Reply show(Desk& desk, const Form& form, const Markup& above, int status) {
    const auto list = desk.read([](sqlite::ReadTx& tx) { return sqlite::listUsers(tx); });
    Page made = officePage(desk, desk.t("page.users.title"));
    made.crumbs = {{desk.t("page.today.title"), "/kontor"}, {made.title, ""}};
    made.form = &form;
    made.content = above + userTable(desk, list) + addForm(desk, form);
    return page(desk, made, status);
}

http::Reply setDisabled(Desk& desk, bool disabled) {
    const auto id = desk.id(0);
    if (!id) return notFoundPage(desk);
    const auto done =
        desk.write([&](sqlite::Tx& tx) { return setUserDisabled(tx, desk.user().actor(), *id, disabled); });
    if (done) return back("/kontor/brugere", disabled ? "user_disabled" : "user_enabled");
    if (done.error().kind == ErrorKind::notFound) return notFoundPage(desk);
    return show(desk, Form(desk.words, desk.request, done.error()), Markup(), statusOf(done.error().kind));
}

std::string minutesWords(const text::Words& words, std::chrono::minutes time) {
    return time.count() % 60 == 0 ? words.count("count.hours", time.count() / 60)
                                  : words.count("count.minutes", time.count());
}

} // namespace

http::Reply users(Desk& desk) { return show(desk, Form(desk.words), Markup(), 200); }

http::Reply addUser(Desk& desk) {
    const auto role = roleFrom(desk.field("role"));
    if (!role) {
        const Error none{ErrorKind::invalid, "error.form", {}, {{"role", "error.role.missing", {}}}};
        return show(desk, Form(desk.words, desk.request, none), Markup(), statusOf(none.kind));
    }
    const NewUser input{std::string(desk.field("email")), std::string(desk.field("name")), *role,
                        std::string(desk.field("language"))};
    const auto added =
        desk.write([&](sqlite::Tx& tx) { return hoering::addUser(tx, desk.office(), desk.user().actor(), input); });
    if (!added)
        return show(desk, Form(desk.words, desk.request, added.error()), Markup(), statusOf(added.error().kind));
    return show(desk, Form(desk.words), oneTimeLink(desk, cleanLine(input.name), added->passwordToken), 200);
}

http::Reply userPasswordLink(Desk& desk) {
    const auto id = desk.id(0);
    const auto user = !id ? std::nullopt : desk.read([&](sqlite::ReadTx& tx) { return sqlite::findUser(tx, *id); });
    if (!user) return notFoundPage(desk);
    const auto token = desk.write([&](sqlite::Tx& tx) { return newPasswordToken(tx, desk.user().actor(), *id); });
    if (!token) return problemPage(desk, token.error());
    return show(desk, Form(desk.words), oneTimeLink(desk, user->name, *token), 200);
}

http::Reply disableUser(Desk& desk) { return setDisabled(desk, true); }
http::Reply enableUser(Desk& desk) { return setDisabled(desk, false); }

http::Reply settings(Desk& desk) {
    const auto& words = desk.words;
    const auto& set = desk.settings();
    const bool folder = set.mail.mode == MailSettings::Mode::folder;
    Page made = officePage(desk, words("page.settings.title"));
    made.crumbs = {{words("page.today.title"), "/kontor"}, {made.title, ""}};
    made.lead = words("page.settings.lead");

    const auto counts = desk.read([](sqlite::ReadTx& tx) { return sqlite::countLetters(tx, std::nullopt); });
    const auto database = desk.services.database.counters();
    const bool healthy = desk.services.ready() && desk.services.database.healthy();
    made.content +=
        el("h2", {}, words("page.settings.health")) +
        facts({{words("label.state"), healthy ? badge(Tone::success, words("page.settings.healthy"))
                                              : badge(Tone::error, words("page.settings.unhealthy"))},
               {words("label.letters_waiting"), join(words.number(counts.queued))},
               {words("label.letters_refused"), join(words.number(counts.refused))},
               {words("label.letters_unknown"), join(words.number(counts.unknown))},
               {words("label.commits"), join(words.number(static_cast<long long>(database.commits)))},
               {words("label.commit_failures"), join(words.number(static_cast<long long>(database.failures)))},
               {words("label.wal_size"), join(words.size(database.walBytes))}});
    made.content += el("h2", {}, words("page.settings.municipality")) +
                    facts({{words("label.name"), join(set.municipality.name)},
                           {words("label.colour"), join(set.municipality.colour)},
                           {words("label.contact"), join(set.municipality.contactName)},
                           {words("label.phone"), join(set.municipality.contactPhone)},
                           {words("label.email"), join(set.municipality.contactMail)},
                           {words("label.privacy_contact"), join(set.municipality.privacyContact)},
                           {words("label.public_url"), join(desk.office().house.publicUrl)}});
    std::vector<std::pair<std::string, Markup>> mail{
        {words("label.mail_mode"), join(words(folder ? "page.settings.folder" : "page.settings.smtp"))},
        {words("label.from"), join(set.mail.fromName, ", ", set.mail.fromAddress)}};
    if (!folder) mail.push_back({words("label.server"), join(set.mail.host, ":", std::to_string(set.mail.port))});
    made.content += el("h2", {}, words("page.settings.mail")) + facts(mail);
    Markup reminders;
    for (const auto& step : desk.office().defaultReminders) reminders += el("div", {}, stepWords(words, step));
    made.content +=
        el("h2", {}, words("page.settings.rules")) +
        facts({{words("label.short_period"), join(words.count("count.days", set.consultations.shortPeriodDays))},
               {words("label.recommended_period"),
                join(words.count("count.days", set.consultations.recommendedPeriodDays))},
               {words("label.default_reminders"), reminders},
               {words("label.link_grace"), join(words.count("count.days", set.consultations.linkGraceDays))},
               {words("label.file_limit"), join(words.size(std::uint64_t{set.uploads.fileMegabytes} * 1024 * 1024))},
               {words("label.files_per_answer"), join(words.count("count.files", set.uploads.filesPerAnswer))},
               {words("label.session_idle"), join(minutesWords(words, set.staff.sessionIdle))},
               {words("label.session_length"), join(minutesWords(words, set.staff.session))},
               {words("label.password_length"),
                join(words.count("count.characters", static_cast<long long>(set.staff.passwordMinLength)))},
               {words("label.two_steps"),
                join(words(set.staff.twoSteps == TwoSteps::required ? "page.settings.two_steps_required"
                                                                    : "page.settings.two_steps_optional"))}});
    return page(desk, made);
}

} // namespace hoering::web::administration_pages

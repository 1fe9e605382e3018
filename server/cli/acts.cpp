#include "cli/acts.h"

#include <fmt/format.h>

#include "app_parts.h"
#include "domain/typed_mail.h"
#include "sqlite/users.h"
#include "usecases/change_two_steps.h"
#include "usecases/manage_users.h"
#include "usecases/record_bounce.h"

namespace hoering::cli {

using nlohmann::json;

namespace {

json done(std::vector<std::string> lines) {
    return {{"ok", true}, {"lines", std::move(lines)}, {"errors", json::array()}};
}
json refused(std::vector<std::string> errors) {
    return {{"ok", false}, {"lines", json::array()}, {"errors", std::move(errors)}};
}

/// A rule's "no" in words; operators read English here.
json refused(App& app, const Error& error) {
    const auto words = app.parts().office.words("en");
    std::vector<std::string> sentences;
    for (const auto& field : error.fields)
        sentences.push_back(field.field + ": " + words.sentence(field.key, field.args));
    if (sentences.empty()) sentences.push_back(words.sentence(error.key, error.args));
    return refused(std::move(sentences));
}

json oneTimeLink(App& app, const std::string& what, const std::string& token) {
    return done({what, "  " + app.publicUrl() + "/kontor/adgang/" + token});
}

json addUser(App& app, const json& request) {
    auto& parts = app.parts();
    NewUser user;
    user.email = request.at("email");
    user.name = request.at("name");
    user.language = request.at("language");
    const auto role = roleFrom(request.at("role").get<std::string>());
    if (!role) return refused({"there is no role " + request.at("role").get<std::string>()});
    user.role = *role;
    const auto added = parts.database.write([&](sqlite::Tx& tx) {
        return hoering::addUser(tx, parts.office, Actor::operations("hoering user add"), user);
    });
    if (!added) return refused(app, added.error());
    return oneTimeLink(app, user.name + " chooses a password here (works once, within 7 days):", added->passwordToken);
}

json noSuchUser(const std::string& email) { return refused({"there is no user with the address " + email}); }

json resetTwoSteps(App& app, const json& request) {
    auto& parts = app.parts();
    const std::string email = request.at("email");
    const auto user =
        parts.database.read([&](sqlite::ReadTx& tx) { return sqlite::findUserByEmail(tx, mailAsStored(email)); });
    if (!user) return noSuchUser(email);
    const auto reset = parts.database.write([&](sqlite::Tx& tx) {
        return hoering::resetTwoSteps(tx, app.parts().office, Actor::operations("hoering user reset-two-steps"),
                                      user->id);
    });
    if (!reset) return refused(app, reset.error());
    return done({user->name + " signs in with the password alone until two steps are turned on again"});
}

json makeToken(App& app, const json& request) {
    auto& parts = app.parts();
    const std::string email = request.at("email");
    if (email.empty()) {
        const std::string path = app.firstAdministratorPath();
        if (path.empty()) return refused({"there are users already; say whose password with --email"});
        return done(
            {"Create the first administrator here (works once, within 24 hours):", "  " + app.publicUrl() + path});
    }
    const auto user =
        parts.database.read([&](sqlite::ReadTx& tx) { return sqlite::findUserByEmail(tx, mailAsStored(email)); });
    if (!user) return noSuchUser(email);
    if (user->disabled)
        return refused({user->name + " may not sign in any more; let them in again on the page Users first"});
    const auto token = parts.database.write(
        [&](sqlite::Tx& tx) { return newPasswordToken(tx, Actor::operations("hoering token create"), user->id); });
    if (!token) return refused(app, token.error());
    return oneTimeLink(app, user->name + " chooses a new password here (works once, within 7 days):", *token);
}

json makeBackup(App& app, const json& request, const std::function<void(const std::string&)>& progress) {
    const auto report = app.backupTo(request.at("target").get<std::string>(), progress);
    json answer = done({fmt::format("backup: {} files, {} bytes, {} journal entries", report.files, report.bytes,
                                    report.journalEntries),
                        "journal head: " + report.journalHead});
    if (!report.problems.empty()) {
        answer["ok"] = false;
        answer["errors"] = report.problems;
        answer["errors"].push_back("the backup was made, but of damaged data: run hoering verify");
    }
    return answer;
}

json takeBounce(App& app, const json& request) {
    const ReturnedLetter returned{request.at("message_ids").get<std::vector<std::string>>(),
                                  request.at("action"),
                                  request.at("status"),
                                  request.at("diagnostic"),
                                  request.at("recipient"),
                                  request.at("fingerprint")};
    const auto bounced = app.parts().database.write(
        [&](sqlite::Tx& tx) { return recordBounce(tx, Actor::operations("hoering bounce"), returned); });
    if (!bounced) return refused(app, bounced.error());
    if (bounced->known) return done({"this returned mail was taken in before"});
    if (!bounced->letter) return done({"kept, but it fits no letter: see the page Letters"});
    const std::string number = "letter " + std::to_string(*bounced->letter);
    return done({bounced->marked ? number + " came back (" + returned.status + ")"
                                 : number + ": noted (" + returned.action + ")"});
}

} // namespace

json userAddRequest(const std::string& email, const std::string& name, const std::string& role,
                    const std::string& language) {
    return {{"act", "user_add"}, {"email", email}, {"name", name}, {"role", role}, {"language", language}};
}
json resetTwoStepsRequest(const std::string& email) { return {{"act", "reset_two_steps"}, {"email", email}}; }
json tokenRequest(const std::string& email) { return {{"act", "token"}, {"email", email}}; }
json backupRequest(const std::string& target) { return {{"act", "backup"}, {"target", target}}; }

json bounceRequest(const std::vector<std::string>& messageIds, const std::string& action, const std::string& status,
                   const std::string& diagnostic, const std::string& recipient, const std::string& fingerprint) {
    return {{"act", "bounce"},          {"message_ids", messageIds}, {"action", action},          {"status", status},
            {"diagnostic", diagnostic}, {"recipient", recipient},    {"fingerprint", fingerprint}};
}

json act(App& app, const json& request, const std::function<void(const std::string&)>& progress) {
    try {
        const std::string what = request.at("act");
        if (what == "user_add") return addUser(app, request);
        if (what == "reset_two_steps") return resetTwoSteps(app, request);
        if (what == "token") return makeToken(app, request);
        if (what == "bounce") return takeBounce(app, request);
        if (what == "backup") return makeBackup(app, request, progress);
        return refused({"this version of the service does not know \"" + what + "\""});
    } catch (const std::exception& trouble) {
        return refused({trouble.what()});
    }
}

} // namespace hoering::cli

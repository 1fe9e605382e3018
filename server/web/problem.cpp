#include "web/problem.h"

#include "common/log.h"
#include "domain/response.h"
#include "web/components.h"
#include "web/kept_words.h"

namespace hoering::web {
namespace {

Room roomOf(std::string_view path) {
    if (path.starts_with("/kontor")) return Room::officeRoom;
    if (path.starts_with("/mit-svar") || path.starts_with("/svar/")) return Room::partyRoom;
    return Room::publicRoom;
}

Markup whatToDo(const Services& services, const text::Words& words) {
    const auto& house = services.office.house;
    Markup call = el("p", {}, words("problem.call", {{"name", house.contactName}}));
    if (!house.contactPhone.empty()) call += el("p", {}, words("problem.phone", {{"phone", house.contactPhone}}));
    if (!house.contactMail.empty())
        call += el("p", {}, el("a", {{"href", "mailto:" + house.contactMail}}, house.contactMail));
    return call;
}

/// What became of it. Where nothing was stored and the form is here: what was typed, and the way to send it once more.
Markup whatHappened(const text::Words& words, int status, const http::Request& request) {
    const auto said = [&](std::string_view key) {
        return el("p", {{"class", "lead"}},
                  words(key, {{"limit", words.number(static_cast<long long>(longestResponse))}}));
    };
    const std::string key = "problem.text." + std::to_string(status);
    if (!words.has(key)) return said("problem.text.other");
    if (status != 503) return said(key);
    if (request.method != http::Method::post) return said("problem.text.503_page");
    const Markup kept = keptWords(words, request), again = sendAgain(words, request);
    if (again.empty()) return said(holdsSecret(request) ? "problem.text.503_secret" : key) + kept;
    return said("problem.text.not_stored") +
           el("p", {}, words(kept.empty() ? "problem.text.try_again" : "problem.text.kept_try_again")) + kept + again;
}

} // namespace

int statusOf(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::invalid: return 422;
    case ErrorKind::forbidden: return 403;
    case ErrorKind::notFound: return 404;
    case ErrorKind::conflict:
    case ErrorKind::closed: return 409;
    case ErrorKind::busy: return 503;
    }
    return 500;
}

http::Reply problemPage(const Desk& desk, const Error& error) {
    const int status = statusOf(error.kind);
    Page made;
    made.room = roomOf(desk.request.path);
    // Where the status says less than is known: a party without its session has not mistyped an address.
    const std::string ownTitle = "problem.title." + error.key;
    made.title = desk.t(desk.words.has(ownTitle) ? ownTitle : "problem.title." + std::to_string(status));
    Markup said;
    if (error.key != "error.form") said += el("p", {{"class", "lead"}}, desk.words.sentence(error.key, error.args));
    for (const auto& each : error.fields)
        said += el("p", {{"class", "lead"}}, desk.words.sentence(each.key, each.args));
    const Markup kept = desk.request.method == http::Method::post ? keptWords(desk.words, desk.request) : Markup();
    if (!kept.empty()) said += el("p", {}, desk.t("problem.text.kept")) + kept;
    made.content = said + whatToDo(desk.services, desk.words);
    return page(desk, made, status);
}

http::Reply notFoundPage(const Desk& desk) {
    return problemPage(desk, {ErrorKind::notFound, "error.not_found", {}, {}});
}

http::Reply edgeProblem(const Services& services, int status, const http::Request& request) {
    try {
        const text::Words words =
            services.office.words(request.cookie(http::cookieName("sprog", services.secure)) == "en" ? "en" : "da");
        const std::string number = std::to_string(status);
        const bool known = words.has("problem.title." + number);
        Page made;
        made.room = roomOf(request.path);
        made.title = words(known ? "problem.title." + number : "problem.title.other");
        Markup said = whatHappened(words, status, request);
        if (request.number > 0)
            said +=
                el("p", {{"class", "quiet"}}, words("problem.number", {{"number", std::to_string(request.number)}}));
        made.content = said + whatToDo(services, words);
        return http::Reply::html(barePage(services, words, made), status);
    } catch (const std::exception& trouble) {
        log::error("problem_page_failed", {{"what", std::string(trouble.what())}});
        return http::Reply::text("Fejl / Error " + std::to_string(status) + "\n", status);
    }
}

} // namespace hoering::web

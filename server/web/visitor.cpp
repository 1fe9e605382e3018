#include "web/visitor.h"

#include <algorithm>

#include "common/crypto.h"
#include "common/log.h"
#include "common/strings.h"
#include "domain/response.h"
#include "sqlite/sessions.h"
#include "usecases/open_link.h"
#include "usecases/sign_in.h"
#include "web/components.h"
#include "web/desk.h"
#include "web/kept_words.h"
#include "web/problem.h"

namespace hoering::web {
namespace {

/// Who visits, and the CSRF token of the forms they get.
struct Found {
    Visitor visitor;
    std::string csrf;
    std::string touch; // hash of a staff session to mark as seen
};

/// What is on the heap of it, roughly.
std::size_t weightOf(const PartySession& session) {
    const auto& text = session.visit.consultation.text;
    std::size_t bytes = 4096 + text.title.size() + text.summary.size() + text.body.size() + text.afterwards.size();
    for (const auto& wording : session.visit.consultation.wordings) bytes += 256 + wording.body.size();
    return bytes + 256 * session.visit.party.contacts.size();
}

std::shared_ptr<const PartySession> partyBehind(Services& services, const std::string& token) {
    const std::string hash = sha256Hex(token);
    if (auto known = services.visits.find(hash)) return known;
    const auto generation = services.visits.generation(); // before it is read: a change meanwhile is noticed
    auto read = services.database.read([&](sqlite::ReadTx& tx) { return findPartySession(tx, hash); });
    if (!read) return nullptr;
    const auto weight = weightOf(*read);
    auto found = std::make_shared<const PartySession>(std::move(*read));
    services.visits.put(hash, found, generation, weight);
    return found;
}

void findParty(Found& found, Services& services, const std::string& token, Now now) {
    const auto party = partyBehind(services, token);
    if (!party || !isGood(*party, services.office, now)) return;
    found.visitor.party = {party, &party->visit};
    found.csrf = party->session.csrf;
}

void findStaff(Found& found, Services& services, const std::string& token, Now now) {
    auto staff =
        services.database.read([&](sqlite::ReadTx& tx) { return staffSession(tx, services.office, token, now); });
    if (!staff) return;
    found.visitor.user = std::move(staff->user);
    found.visitor.needsTwoSteps = services.office.twoSteps == TwoSteps::required && !found.visitor.user->twoSteps;
    found.csrf = std::move(staff->session.csrf);
    if (staff->touch) found.touch = staff->session.tokenHash;
}

Found findVisitor(const http::Request& request, Services& services, const Route& route, Now now) {
    Found found;
    const bool office = startsWith(route.path, "/kontor"), partyRoom = startsWith(route.path, "/mit-svar");
    if (office || partyRoom) {
        const std::string token(request.cookie(http::cookieName(office ? staffCookie : partyCookie, services.secure)));
        if (!token.empty()) (office ? findStaff : findParty)(found, services, token, now);
    }
    if (found.csrf.empty())
        found.csrf = services.office.keys.guestFormToken(
            std::chrono::floor<std::chrono::days>(now.instant).time_since_epoch().count());
    return found;
}

/// A form that everyone may send (the language switch) stands on the pages of those with a session too.
bool tokenOfAnySession(const http::Request& request, Services& services, std::string_view sent) {
    for (const auto name : {staffCookie, partyCookie}) {
        const auto cookie = request.cookie(http::cookieName(name, services.secure));
        if (cookie.empty()) continue;
        const std::string hash = sha256Hex(cookie);
        const auto session = services.database.read([&](sqlite::ReadTx& tx) { return sqlite::findSession(tx, hash); });
        if (session && equalConstantTime(sent, session->csrf)) return true;
    }
    return false;
}

bool tokenMatches(const http::Request& request, const Found& found, Services& services, Access access, Now now) {
    const auto sent = request.field("csrf");
    if (equalConstantTime(sent, found.csrf)) return true;
    if (access == Access::everyone && tokenOfAnySession(request, services, sent)) return true;
    if (found.visitor.user || found.visitor.party) return false;
    // A guest's form filled in over midnight.
    const auto yesterday = std::chrono::floor<std::chrono::days>(now.instant).time_since_epoch().count() - 1;
    return equalConstantTime(sent, services.office.keys.guestFormToken(yesterday));
}

/// Sec-Fetch-Site where the browser sends it; else Origin, which is "null" under our no-referrer policy and then says
/// nothing: the token decides.
bool sameOrigin(const http::Request& request, const Services& services) {
    if (const auto site = request.header("sec-fetch-site"); !site.empty())
        return site == "same-origin" || site == "none";
    const auto origin = request.header("origin");
    if (origin.empty() || origin == "null") return true;
    return origin == services.office.house.publicUrl ||
           origin == (services.secure ? "https://" : "http://") + std::string(request.header("host"));
}

/// The page whose form it was, to come back to: an address that only takes forms leads to the one above it.
std::string pageOfForm(const Desk& desk) {
    std::string path = desk.request.path;
    while (path.size() > 1) {
        if (match(http::Method::get, path).route) return path;
        path.resize(std::max<std::size_t>(path.rfind('/'), 1));
    }
    return path;
}

/// How to go on after a form was too old, for each room.
Markup howToGoOn(const Desk& desk, Room room) {
    if (room == Room::partyRoom) return el("p", {}, desk.t("problem.text.expired_party"));
    const std::string where = pageOfForm(desk);
    if (room == Room::publicRoom || desk.visitor.user)
        return el("p", {}, desk.t("problem.text.expired_open")) +
               el("p", {}, linkButton(desk.t("button.open_page_again"), where));
    const bool inside = !startsWith(where, "/kontor/log-") && !startsWith(where, "/kontor/adgang/");
    return el("p", {}, desk.t("problem.text.expired_office")) +
           el("p", {},
              linkButton(desk.t("button.sign_in"), "/kontor/log-ind" + (inside ? "?til=" + percentEncode(where) : "")));
}

/// A form sent with an old session must not lose its words: they are shown back with what to do. Where a session is
/// there, it is another one: a personal link was opened again in this browser, perhaps of another consultation.
http::Reply formExpired(const Desk& desk) {
    const Markup kept = keptWords(desk.words, desk.request);
    Page made;
    made.room = startsWith(desk.request.path, "/kontor")     ? Room::officeRoom
                : startsWith(desk.request.path, "/mit-svar") ? Room::partyRoom
                                                             : Room::publicRoom;
    if (desk.visitor.party) {
        const auto& visit = *desk.visitor.party;
        made.title = desk.t("problem.title.other_session");
        made.content = el("p", {{"class", "lead"}},
                          desk.t("problem.text.other_session",
                                 {{"title", visit.consultation.text.title}, {"party", visit.party.name}})) +
                       (kept.empty() ? Markup() : el("p", {}, desk.t("problem.text.other_session_kept"))) + kept +
                       el("p", {}, linkButton(desk.t("button.to_overview"), "/mit-svar", ButtonKind::secondary));
        return page(desk, made, 403);
    }
    made.title = desk.t("problem.title.expired");
    made.content = el("p", {{"class", "lead"}}, desk.t("problem.text.expired"));
    const auto& uploads = desk.request.uploads.list;
    if (std::any_of(uploads.begin(), uploads.end(), [](const auto& each) { return each.size > 0; }))
        made.content += el("p", {}, desk.t("problem.text.expired_files"));
    if (!kept.empty()) made.content += el("p", {}, desk.t("problem.text.expired_kept"));
    made.content += kept + howToGoOn(desk, made.room);
    return page(desk, made, 403);
}

/// The house asks for a second step, and this user has none yet. What was typed is shown back.
http::Reply twoStepsFirst(const Desk& desk) {
    constexpr std::string_view where = "/kontor/mig/to-trin";
    if (desk.request.method != http::Method::post) return http::Reply::seeOther(std::string(where));
    const Markup kept = keptWords(desk.words, desk.request);
    Page made;
    made.room = Room::officeRoom;
    made.title = desk.t("problem.title.two_steps_first");
    made.lead = desk.t("problem.text.two_steps_first");
    if (!kept.empty()) made.content = el("p", {}, desk.t("problem.text.expired_kept")) + kept;
    made.content += el("p", {}, linkButton(desk.t("button.to_two_steps"), where));
    return page(desk, made, 403);
}

http::Reply refused(Desk& desk, Ruling ruling) {
    const bool changes = desk.request.method == http::Method::post;
    switch (ruling) {
    case Ruling::signIn:
        if (changes && !desk.request.form.empty()) return formExpired(desk);
        return http::Reply::seeOther("/kontor/log-ind?til=" + percentEncode(desk.request.target));
    case Ruling::turnOnTwoSteps: return twoStepsFirst(desk);
    case Ruling::formExpired: return formExpired(desk);
    case Ruling::forbidden: return problemPage(desk, {ErrorKind::forbidden, "error.forbidden", {}, {}});
    case Ruling::notFound:
        // A party whose session is over: its words are shown back, not thrown away.
        if (changes && desk.request.form.size() > 1) return formExpired(desk);
        return problemPage(desk, {ErrorKind::notFound, "error.session.party", {}, {}});
    case Ruling::allowed: break;
    }
    return notFoundPage(desk);
}

/// Where that cannot be stored, the page goes on: it is what the visitor came for, and says itself what it cannot keep.
void touch(Desk& desk, const std::string& session) {
    try {
        desk.write([&](sqlite::Tx& tx) {
            sqlite::touchSession(tx, session);
            tx.housekeeping("a session was seen");
        });
    } catch (const sqlite::StorageBusy&) {
        log::warn("session_not_touched", {{"why", std::string("busy")}});
    } catch (const sqlite::StorageFailed& trouble) {
        log::warn("session_not_touched", {{"why", std::string(trouble.what())}});
    }
}

std::string languageOf(const http::Request& request, const Services& services, const Visitor& visitor) {
    const auto chosen = request.cookie(http::cookieName(languageCookie, services.secure));
    if (chosen == "en" || chosen == "da") return std::string(chosen);
    if (visitor.party) return visitor.party->party.language;
    if (visitor.user) return visitor.user->language;
    return "da";
}

std::string cacheKey(const http::Request& request, const Services& services) {
    const bool english = request.cookie(http::cookieName(languageCookie, services.secure)) == "en";
    const auto day = isoDate(dateOf(toLocal(services.clock.now())));
    return day + (english ? " en " : " da ") + request.path;
}

constexpr std::size_t shortestToken = 32;
/// Tokens of links are 43 characters of base64url; one that lost some, or has a full stop behind it, is no less secret.
bool mayHoldToken(std::string_view segment) {
    std::size_t run = 0;
    for (const char c : segment) {
        const bool base64url =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        run = base64url ? run + 1 : 0;
        if (run >= shortestToken) return true;
    }
    return false;
}

/// A consultation's name in its address may be as long as a token, and is worth reading in the log.
bool isSlug(std::string_view segment) {
    return segment.find('-') != std::string_view::npos &&
           segment.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

bool fromMemory(const http::Request& request) {
    if (request.method == http::Method::post || !request.query.empty()) return false;
    const Match found = match(request.method, request.path);
    return found.route && found.route->cached;
}

} // namespace

http::Reply answer(http::Request&& request, Services& services) {
    const Now now = nowFrom(request.received);
    const Match found = match(request.method, request.path);
    if (!found.route) return edgeProblem(services, found.otherMethod ? 405 : 404, request);
    const bool changes = request.method == http::Method::post;
    const bool cached = !changes && found.route->cached && request.query.empty();
    const std::uint64_t generation = services.pages.generation();

    Found visitor = findVisitor(request, services, *found.route, now);
    const bool matches = changes && tokenMatches(request, visitor, services, found.route->access, now);
    const bool same = changes && sameOrigin(request, services);
    text::Words words = services.office.words(languageOf(request, services, visitor.visitor));
    const std::string key = cached ? cacheKey(request, services) : std::string();

    // Shared: a reply that is given later keeps its desk.
    const auto shared = std::make_shared<Desk>(std::move(request), services, found, std::move(visitor.visitor),
                                               std::move(visitor.csrf), std::move(words), now);
    Desk& desk = *shared;
    const Ruling ruling = rule(found.route->access, desk.visitor, changes, matches, same);
    if (ruling != Ruling::allowed) return refused(desk, ruling);
    if (!visitor.touch.empty()) touch(desk, visitor.touch);
    http::Reply reply = desk.guarded([&] { return found.route->handler(desk); });
    if (cached && reply.status == 200 && !reply.body.empty()) {
        auto prepared =
            http::prepare(std::move(reply.body), reply.contentType, "public, max-age=0, must-revalidate", false);
        services.pages.put(key, prepared, generation);
        reply.body.clear();
        reply.prepared = std::move(prepared);
        reply.cacheable = true;
    }
    return reply;
}

std::shared_ptr<const http::Prepared> answerFromMemory(const http::Request& request, const Services& services) {
    if (!fromMemory(request)) return nullptr;
    return services.pages.find(cacheKey(request, services));
}

http::BodyPlan planBody(const http::Request& request, Services& services) {
    const Match found = match(request.method, request.path);
    constexpr std::uint64_t mib = 1024 * 1024;
    // Twice the longest answer, each character as the longest there is (%F0%9F%98%80): what is somewhat too long is for
    // the handler, which keeps the words and says how many are too many.
    constexpr std::uint64_t longText = 2 * longestResponse * 12 + mib;
    http::BodyPlan plan;
    if (!found.route) return plan;
    switch (found.route->body) {
    case Body::none: break;
    case Body::form: plan.limit = mib; break;
    case Body::longForm: plan.limit = longText; break;
    case Body::files:
        plan.uploads = true;
        plan.files = std::max(20U, services.settings.uploads.filesPerAnswer);
        plan.textLimit = longText;
        plan.fileLimit = services.settings.uploads.fileMegabytes * mib;
        plan.limit = services.settings.uploads.totalMegabytes * mib + mib + longText;
        break;
    }
    const bool big = found.route->body == Body::longForm || found.route->body == Body::files;
    if (big && found.route->access != Access::everyone)
        plan.admit = [&services, route = found.route](const http::Request& each) {
            const Found who = findVisitor(each, services, *route, nowFrom(services.clock.now()));
            return rule(route->access, who.visitor, false, false, false) == Ruling::allowed;
        };
    return plan;
}

std::string pathForLog(const http::Request& request) {
    for (const std::string_view secret : {"/svar/", "/kontor/adgang/"})
        if (startsWith(request.path, secret)) return std::string(secret) + "...";
    if (request.path.size() <= shortestToken) return request.path;
    // An address typed or cut a little wrong holds the token all the same, wherever it stands.
    const auto segments = split(request.path, '/');
    std::string path;
    for (std::size_t i = 1; i < segments.size(); ++i) {
        const bool name = i == 2 && segments[1] == "hoering" && isSlug(segments[i]);
        path += '/';
        path += !name && mayHoldToken(segments[i]) ? "..." : segments[i];
    }
    return path;
}

} // namespace hoering::web

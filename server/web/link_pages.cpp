// A personal link before it is opened. Looking (GET) changes nothing: mail scanners look too. Only the button acts.
#include "usecases/open_link.h"
#include "web/components.h"
#include "web/desk.h"
#include "web/handlers.h"
#include "web/page_parts.h"
#include "web/problem.h"
#include "web/visitor.h"

namespace hoering::web::link_pages {
namespace {

constexpr long sessionSeconds = 14L * 24 * 60 * 60;

std::string address(const Desk& desk) { return "/svar/" + std::string(desk.hole(0)); }

/// In the language of the party's letters, where the visitor has chosen none: nobody knew it before the link was read.
std::optional<LinkLook> lookUp(Desk& desk) {
    auto found = desk.read([&](sqlite::ReadTx& tx) { return lookAtLink(tx, desk.office(), desk.hole(0), desk.now); });
    if (found && desk.request.cookie(http::cookieName(languageCookie, desk.services.secure)).empty())
        desk.words = desk.office().words(found->visit.party.language);
    return found;
}

http::Reply unknown(const Desk& desk) {
    if (desk.services.guesses->wrong(desk.request.peer, desk.now.instant))
        return edgeProblem(desk.services, 429, desk.request).with("Retry-After", "600");
    Page shown;
    shown.room = Room::partyRoom;
    shown.title = desk.t("page.link.unknown");
    shown.content = paragraph(desk.t("page.link.unknown_text")) +
                    bullets({join(desk.t("page.link.unknown_whole")), join(desk.t("page.link.unknown_newest"))}) +
                    heading(desk.t("page.link.unknown_call")) + whomToCall(desk);
    return page(desk, shown, 404);
}

http::Reply welcome(const Desk& desk, const PartyVisit& visit) {
    const auto& text = visit.consultation.text;
    const bool informed = visit.party.role == PartyRole::informed;
    Page shown;
    shown.room = Room::partyRoom;
    shown.title = text.title;
    shown.lead = desk.t("page.link.greeting", {{"party", visit.party.name}});
    shown.notice = noticeHere(desk);
    const bool over = refusedAnswer(visit.consultation, visit.party, desk.request.received).has_value();
    shown.content = paragraph(desk.t(over       ? "page.link.ask_over"
                                     : informed ? "page.link.ask_informed"
                                                : "page.link.ask",
                                     {{"municipality", desk.settings().municipality.name}}));
    shown.content += postForm(desk, address(desk), el("p", {}, submitButton(desk.t("button.open_consultation"))));
    shown.content += paragraph(desk.t("page.link.nothing_yet"), "quiet");
    shown.content = withDeadline(desk, visit, shown.content, ""); // without a session yet
    return page(desk, shown);
}

/// A known link that no longer opens anything. The consultation's title is told: the link once was the door to it.
http::Reply worthless(const Desk& desk, const LinkLook& found, int status) {
    const std::string why = found.ruling == LinkRuling::replaced  ? "replaced"
                            : found.ruling == LinkRuling::revoked ? "revoked"
                                                                  : "expired";
    Page shown;
    shown.room = Room::partyRoom;
    shown.title = desk.t("page.link." + why);
    shown.lead = found.visit.consultation.text.title;
    shown.notice = noticeHere(desk);
    shown.content = paragraph(desk.t("page.link." + why + "_text"));
    // After the deadline and its grace a new link would be as worthless; then only a person can help.
    if (found.ruling == LinkRuling::replaced)
        shown.content +=
            postForm(desk, address(desk) + "/nyt-link", el("p", {}, submitButton(desk.t("button.send_new_link"))),
                     paragraph(desk.t("page.link.registered_only"), "quiet"));
    shown.content += heading(desk.t("page.contact.heading")) + whomToCall(desk, &found.visit.consultation);
    return page(desk, shown, status);
}

} // namespace

http::Reply look(Desk& desk) {
    const auto found = lookUp(desk);
    if (!found) return unknown(desk);
    return found->ruling == LinkRuling::valid ? welcome(desk, found->visit) : worthless(desk, *found, 404);
}

http::Reply open(Desk& desk) {
    const auto before = desk.request.cookie(http::cookieName(partyCookie, desk.services.secure));
    auto session = desk.write([&](sqlite::Tx& tx) { return openLink(tx, desk.office(), desk.hole(0), before); });
    if (session)
        return http::Reply::seeOther("/mit-svar").cookie(partyCookie, *session, desk.services.secure, sessionSeconds);
    const auto found = lookUp(desk);
    return found ? worthless(desk, *found, statusOf(session.error().kind)) : unknown(desk);
}

http::Reply sendAgain(Desk& desk) {
    const auto found = lookUp(desk);
    if (!found) return unknown(desk);
    // A link somebody took back must not hand out a fresh one.
    if (found->ruling == LinkRuling::revoked || found->ruling == LinkRuling::expired)
        return worthless(desk, *found, 409);
    const auto sent = desk.write([&](sqlite::Tx& tx) {
        return sendLinkAgain(tx, desk.office(), found->visit.actor(), found->visit.contact.id);
    });
    if (!sent) return problemPage(desk, sent.error());
    return http::Reply::seeOther(address(desk) + "?besked=link_sent");
}

} // namespace hoering::web::link_pages

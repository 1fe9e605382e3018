#include "common/strings.h"
#include "web/components.h"
#include "web/visitor.h"

namespace hoering::web {
namespace {

struct Frame {
    const Services& services;
    const text::Words& words;
    const Page& page;
    const User* user = nullptr;
    const PartyVisit* party = nullptr;
    std::string csrf, target;
    bool needsTwoSteps = false; // until then there is nowhere else to go
};

std::string roomHref(Room room) {
    switch (room) {
    case Room::publicRoom: return "/";
    case Room::partyRoom: return "/mit-svar";
    case Room::officeRoom: return "/kontor";
    }
    return "/";
}

Markup languageSwitch(const Frame& frame) {
    const bool danish = frame.words.language() == "da";
    return el("form", {{"method", "post"}, {"action", "/sprog"}, {"class", "language-form"}},
              hidden("csrf", frame.csrf), hidden("tilbage", frame.target), hidden("til", danish ? "en" : "da"),
              el("button", {{"class", "button button-tertiary"}, {"type", "submit"}, {"lang", danish ? "en" : "da"}},
                 danish ? "English" : "Dansk"));
}

Markup signOut(const Frame& frame) {
    const bool office = frame.user && frame.page.room == Room::officeRoom;
    if (!office && !(frame.party && frame.page.room == Room::partyRoom)) return {};
    return el("div", {{"class", "portal-user"}},
              office ? el("a", {{"class", "username"}, {"href", "/kontor/mig"}}, frame.user->name,
                          el("span", {{"class", "sr-only"}}, " - " + frame.words("frame.my_settings")))
                     : el("span", {{"class", "username"}}, frame.party->party.name),
              el("form", {{"method", "post"}, {"action", office ? "/kontor/log-ud" : "/mit-svar/luk"}},
                 hidden("csrf", frame.csrf),
                 el("button", {{"class", "button button-secondary d-print-none"}, {"type", "submit"}},
                    frame.words(office ? "frame.sign_out" : "frame.leave"))));
}

Markup header(const Frame& frame) {
    const auto& words = frame.words;
    const std::string title = words(frame.page.room == Room::officeRoom ? "frame.office" : "frame.service");
    Markup navigation;
    if (frame.user && !frame.needsTwoSteps && frame.page.room == Room::officeRoom) {
        std::vector<Tab> list{{words("frame.today"), "/kontor", frame.target == "/kontor"},
                              {words("frame.letters"), "/kontor/breve", startsWith(frame.target, "/kontor/breve")},
                              {words("frame.journal"), "/kontor/journal", startsWith(frame.target, "/kontor/journal")}};
        if (frame.user->role == Role::administrator) {
            list.push_back({words("frame.users"), "/kontor/brugere", startsWith(frame.target, "/kontor/brugere")});
            list.push_back(
                {words("frame.settings"), "/kontor/indstillinger", startsWith(frame.target, "/kontor/indstillinger")});
        }
        navigation = el("div", {{"class", "container"}}, tabs(words("frame.navigation"), list));
    }
    return el("header", {{"class", "header"}},
              el("div", {{"class", "portal-info"}},
                 el("div", {{"class", "portal-info-inner container"}},
                    el("a", {{"class", "brand-name"}, {"href", "/"}}, frame.services.office.house.municipality),
                    signOut(frame))),
              el("div", {{"class", "solution-info"}},
                 el("div", {{"class", "container solution-info-inner"}},
                    el("div", {{"class", "solution-heading"}}, el("a", {{"href", roomHref(frame.page.room)}}, title)))),
              navigation);
}

Markup crumbs(const Frame& frame) {
    if (frame.page.crumbs.empty()) return {};
    Markup items;
    for (const auto& crumb : frame.page.crumbs)
        items += crumb.href.empty()
                     ? el("li", {{"class", "breadcrumbs__list-item"}, {"aria-current", "page"}}, crumb.text)
                     : el("li", {{"class", "breadcrumbs__list-item"}},
                          el("a", {{"class", "breadcrumbs__link"}, {"href", crumb.href}}, crumb.text));
    return el("nav", {{"class", "breadcrumbs"}, {"aria-label", frame.words("frame.crumbs")}},
              el("ol", {{"class", "breadcrumbs__list"}}, items));
}

/// Above h1, with a link to each field; errors without a field are sentences.
Markup errorSummary(const Frame& frame) {
    const Form* form = frame.page.form;
    if (!form || !form->refusal()) return {};
    const Error& error = *form->refusal();
    Markup items;
    for (const auto& each : error.fields)
        items += el("li", {},
                    el("a", {{"class", "function-link"}, {"href", "#field-" + each.field}},
                       frame.words.sentence(each.key, each.args)));
    const bool general = error.key != "error.form" && error.fields.empty();
    return el("div", {{"class", "alert alert-error"}, {"role", "alert"}, {"aria-labelledby", "error-summary-title"}},
              el("div", {{"class", "alert-body"}},
                 el("h2", {{"class", "alert-heading"}, {"id", "error-summary-title"}}, frame.words("frame.errors")),
                 general ? el("p", {{"class", "alert-text"}}, frame.words.sentence(error.key, error.args)) : Markup(),
                 items.empty() ? Markup() : el("ul", {{"class", "alert-text nobullet-list"}}, items)));
}

Markup notice(const Frame& frame) {
    if (frame.page.notice.empty()) return {};
    const std::string more = frame.page.noticeMore.empty() ? "" : " " + frame.page.noticeMore;
    return el("div", {{"class", "alert alert-success alert--paragraph"}, {"role", "status"}},
              el("div", {{"class", "alert-body"}},
                 el("p", {{"class", "alert-text"}}, frame.words(frame.page.notice) + more)));
}

Markup footer(const Frame& frame) {
    const auto& words = frame.words;
    const auto& house = frame.services.office.house;
    Markup contact = el("li", {}, house.contactName);
    if (!house.contactPhone.empty())
        contact +=
            el("li", {}, el("a", {{"href", "tel:" + replaceAll(house.contactPhone, " ", "")}}, house.contactPhone));
    if (!house.contactMail.empty())
        contact += el("li", {}, el("a", {{"href", "mailto:" + house.contactMail}}, house.contactMail));
    return el("footer", {},
              el("div", {{"class", "footer"}},
                 el("div", {{"class", "container"}},
                    el("div", {{"class", "row footer-row"}},
                       el("div", {{"class", "footer-col"}}, el("h2", {{"class", "h5"}}, house.municipality),
                          el("ul", {{"class", "nobullet-list"}}, contact)),
                       el("nav", {{"class", "footer-col"}, {"aria-label", words("frame.about_service")}},
                          el("ul", {{"class", "nobullet-list"}}, el("li", {}, link(words("frame.about"), "/om")),
                             el("li", {}, link(words("frame.check_receipt"), "/kvittering")),
                             el("li", {}, link(words("frame.accessibility"), "/was")),
                             el("li", {}, link(words("frame.privacy"), "/privatliv")),
                             el("li", {}, link(words("frame.cookies"), "/cookies")),
                             frame.page.room == Room::publicRoom ? el("li", {}, link(words("frame.staff"), "/kontor"))
                                                                 : Markup())),
                       el("div", {{"class", "footer-col"}}, languageSwitch(frame))))));
}

std::string whole(const Frame& frame) {
    const auto& services = frame.services;
    const auto stylesheet = [&](std::string_view name) {
        return voidEl("link", {{"rel", "stylesheet"}, {"href", services.asset(name)}});
    };
    const Markup head = join(
        voidEl("meta", {{"charset", "utf-8"}}),
        voidEl("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}),
        frame.page.room == Room::publicRoom ? Markup() : voidEl("meta", {{"name", "robots"}, {"content", "noindex"}}),
        el("title", {}, frame.page.title + " - " + services.office.house.municipality),
        voidEl("link", {{"rel", "icon"}, {"href", "data:,"}}), stylesheet("css/dkfds.css"),
        stylesheet("css/hoering.css"), stylesheet("css/brand.css"),
        el("script", {{"src", services.asset("js/hoering.js")}, {"defer", true}}));
    const Markup lead = frame.page.lead.empty() ? Markup() : el("p", {{"class", "lead"}}, frame.page.lead);
    const Markup body =
        join(el("a", {{"class", "skipnav"}, {"href", "#indhold"}}, frame.words("frame.skip")), header(frame),
             el("div", {{"class", frame.page.wide ? "container page-container wide" : "container page-container"}},
                crumbs(frame),
                el("main", {{"id", "indhold"}, {"tabindex", "-1"}}, errorSummary(frame), notice(frame),
                   el("h1", {}, frame.page.title), lead, frame.page.content)),
             footer(frame));
    return "<!DOCTYPE html>" +
           el("html", {{"lang", frame.words.language()}}, el("head", {}, head), el("body", {}, body)).str();
}

} // namespace

http::Reply page(const Desk& desk, const Page& page, int status) {
    Frame frame{
        desk.services, desk.words, page, nullptr, nullptr, desk.csrf, desk.request.target, desk.visitor.needsTwoSteps};
    if (desk.visitor.user) frame.user = &*desk.visitor.user;
    if (desk.visitor.party) frame.party = &*desk.visitor.party;
    // A page shown in answer to a POST cannot be fetched again by its address with another method.
    if (desk.request.method == http::Method::post && !match(http::Method::get, desk.request.path).route)
        frame.target = roomHref(page.room);
    if (!page.address.empty()) frame.target = page.address;
    return http::Reply::html(whole(frame), status);
}

std::string barePage(const Services& services, const text::Words& words, const Page& page) {
    const auto day = std::chrono::floor<std::chrono::days>(services.clock.now()).time_since_epoch().count();
    return whole(
        {services, words, page, nullptr, nullptr, services.office.keys.guestFormToken(day), roomHref(page.room)});
}

} // namespace hoering::web

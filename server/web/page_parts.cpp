#include "web/page_parts.h"

#include <algorithm>
#include <array>

#include "common/strings.h"
#include "sqlite/extensions.h"
#include "text/calendar_entry.h"
#include "web/consultation_view.h"

namespace hoering::web {

std::string timeLeft(const text::Words& words, const Deadline& deadline, Now now) {
    return words.daysLeft(now.instant >= deadline.endsAt() ? -1 : daysLeft(deadline, now));
}

std::string noticeHere(const Desk& desk) {
    static constexpr std::array<std::string_view, 10> known{"saved",      "files_added",    "file_removed", "link_sent",
                                                            "left",       "correcting",     "reusing",      "joined",
                                                            "joint_left", "extension_asked"};
    const auto name = desk.request.queryValue("besked");
    if (std::find(known.begin(), known.end(), name) == known.end()) return "";
    return "notice.answer." + std::string(name);
}

namespace {

Markup person(const Desk& desk, const std::string& name, const std::string& phone, const std::string& mail) {
    Markup out;
    if (!name.empty()) out += el("span", {}, name);
    const auto part = [&](const Markup& what) {
        if (!out.empty()) out += voidEl("br", Attrs{});
        out += what;
    };
    if (!phone.empty()) {
        std::string digits;
        for (const char c : phone)
            if ((c >= '0' && c <= '9') || c == '+') digits += c;
        part(join(desk.t("page.contact.phone"), " ", link(phone, "tel:" + digits)));
    }
    if (!mail.empty()) part(link(mail, "mailto:" + mail));
    return el("p", {{"class", "contact"}}, out);
}

} // namespace

Markup whomToCall(const Desk& desk, const Consultation* consultation) {
    if (consultation != nullptr) {
        const auto& text = consultation->text;
        if (!text.officerName.empty() && (!text.officerPhone.empty() || !text.officerMail.empty()))
            return person(desk, text.officerName, text.officerPhone, text.officerMail);
    }
    const auto& house = desk.settings().municipality;
    const std::string name = house.contactName.empty() ? house.name : house.contactName + ", " + house.name;
    return person(desk, name, house.contactPhone, house.contactMail);
}

Markup withDeadline(const Desk& desk, const PartyVisit& visit, const Markup& content, std::string_view calendarHref) {
    const Markup ask = askPanel(desk.words, visit.consultation);
    const auto changes = desk.services.database.read(
        [&](sqlite::ReadTx& tx) { return sqlite::deadlineChangesOf(tx, visit.consultation.id); });
    return el("div", {{"class", "with-side"}}, el("div", {{"class", "stack"}}, content),
              el("aside", {{"class", "side"}, {"aria-label", desk.t("page.view.deadline")}},
                 deadlinePanel(desk.words, visit.consultation, desk.now, &visit.party, changes, calendarHref),
                 ask.empty() ? el("div", {}, heading(desk.t("page.contact.heading")), whomToCall(desk)) : ask));
}

http::Reply calendarFile(const Desk& desk, std::string calendar) {
    std::string type = text::calendarType(calendar);
    return http::Reply::download(text::stamped(std::move(calendar), desk.now.instant), std::move(type),
                                 desk.t("calendar.file"));
}

Markup paragraph(std::string_view text, std::string_view cssClass) {
    if (cssClass.empty()) return el("p", {}, text);
    return el("p", {{"class", cssClass}}, text);
}

Markup heading(std::string_view text, int level) { return el("h" + std::to_string(level), {}, text); }

Markup buttonRow(const Markup& buttons) { return el("div", {{"class", "row"}}, buttons); }

Markup bullets(const std::vector<Markup>& items) {
    std::vector<Markup> list;
    list.reserve(items.size());
    for (const auto& item : items) list.push_back(el("li", {}, item));
    return el("ul", {}, list);
}

bool isLocalPath(std::string_view path) {
    return path.size() <= 2000 && startsWith(path, "/") && !startsWith(path, "//") &&
           std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c < 0x7f && c != '\\'; });
}

} // namespace hoering::web

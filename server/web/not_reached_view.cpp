#include "web/not_reached_view.h"

#include "web/office_parts.h"

namespace hoering::web {

Markup notReachedLine(const Desk& desk, const Unreached& each, bool withTitle) {
    const auto& words = desk.words;
    const std::string reason(reasonName(each.reason));
    const std::string left = words.daysLeft(daysLeft(each.deadline, desk.now));
    Markup line = el("strong", {}, each.party.name);
    append(line, ": " + words("not_reached." + reason));
    if (!each.reach.mail.empty()) append(line, " (" + each.reach.mail + ")");
    append(line,
           ". " + words("page.not_reached.left", {{"left", left}}) + " " + words("page.not_reached.do_" + reason));
    if (withTitle) line += el("div", {{"class", "quiet"}}, each.consultation.text.title);
    return line;
}

Markup notReachedActs(const Desk& desk, const Unreached& each) {
    const auto id = each.consultation.id;
    Markup acts;
    const std::int64_t contact = each.reach.contact            ? each.reach.contact
                                 : each.party.contacts.empty() ? 0
                                                               : each.party.contacts.front().id;
    const Markup about = el("span", {{"class", "sr-only"}}, " " + each.party.name);
    if (mayEdit(desk) && contact)
        acts += el("a", {{"href", consultationHref(id, "/kontakter/" + std::to_string(contact) + "/adresse")}},
                   desk.t("button.correct_address"), about);
    append(acts, " ");
    acts += el("a", {{"href", consultationHref(id, "/parter/" + std::to_string(each.party.id) + "/breve")}},
               desk.t("button.see_letters"), about);
    return el("div", {{"class", "row"}}, acts);
}

Markup notReachedBox(const Desk& desk, const std::vector<Unreached>& list) {
    if (list.empty()) return {};
    Markup items;
    for (const auto& each : list) items += el("li", {}, notReachedLine(desk, each, false), notReachedActs(desk, each));
    return alert(Tone::error, desk.words.count("page.not_reached.title", static_cast<long long>(list.size())),
                 el("ul", {}, items));
}

} // namespace hoering::web

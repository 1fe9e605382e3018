#include "web/act_preview.h"

#include "web/ledger_view.h"
#include "web/letter_view.h"

namespace hoering::web {
namespace {

/// A button of the form around it that names the contact whose letter it is about.
Markup contactButton(std::string_view name, const Outgoing& out, std::string_view label, bool newTab) {
    std::vector<Attr> attrs{{"class", "button button-tertiary"},
                            {"type", "submit"},
                            {"name", name},
                            {"value", std::to_string(out.contact)}};
    if (newTab) attrs.push_back({"formtarget", "_blank"});
    return el("button", attrs, label);
}

Markup letterBox(const Desk& desk, const Outgoing& out) {
    const auto& words = desk.words;
    return el("section", {{"class", "letter-preview"}, {"id", "brevet"}},
              el("h2", {}, words("page.act.letter_to", {{"mail", out.letter.toMail}})), letterFacts(words, out.letter),
              el("p", {{"class", "row"}}, contactButton("html", out, words("button.letter_as_mail"), true),
                 contactButton("test", out, words("button.send_test"), false)),
              letterText(words, out.letter));
}

} // namespace

Markup actPreview(const Desk& desk, const ActPlan& plan, std::optional<std::int64_t> reading) {
    const auto& words = desk.words;
    Markup out, effects;
    for (const auto& [key, args] : plan.effects) effects += el("li", {}, words.sentence(key, args));
    if (!effects.empty()) out += el("ul", {{"class", "effects"}}, effects);
    out += el("h2", {}, words.count("page.act.letters", static_cast<long long>(plan.letters.size())));
    std::vector<std::vector<Markup>> rows;
    for (const auto& each : plan.letters)
        rows.push_back(
            {join(each.partyName), join(each.letter.toName), join(each.letter.toMail),
             join(kindWord(words, each.letter.kind)),
             el("button",
                {{"class", "button button-tertiary"},
                 {"type", "submit"},
                 {"name", "read"},
                 {"value", std::to_string(each.contact)}},
                words("button.read_letter"),
                el("span", {{"class", "sr-only"}}, " " + words("page.gate.to", {{"mail", each.letter.toMail}})))});
    if (!rows.empty())
        out += table(words("page.gate.recipients"),
                     {{words("label.party")},
                      {words("label.contact")},
                      {words("label.email")},
                      {words("label.kind")},
                      {words("label.letter")}},
                     rows);
    if (!plan.leftOut.empty()) {
        Markup others;
        for (const auto& each : plan.leftOut) others += el("li", {}, each.partyName + ": " + words(each.reason));
        out += el("h2", {}, words("page.act.left_out")) + el("ul", {}, others);
    }
    for (const auto& each : plan.letters)
        if (reading == each.contact) out += letterBox(desk, each);
    return out;
}

} // namespace hoering::web

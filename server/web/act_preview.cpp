#include "web/act_preview.h"

#include "common/strings.h"
#include "web/ledger_view.h"

namespace hoering::web {
namespace {

Markup letterBox(const Desk& desk, const Letter& letter) {
    const auto& words = desk.words;
    return el(
        "section", {{"class", "letter-preview"}, {"id", "brevet"}},
        el("h2", {}, words("page.act.letter_to", {{"mail", letter.toMail}})),
        facts({{words("label.subject"), join(letter.subject)}, {words("label.reply_to"), join(letter.replyMail)}}),
        el("div", {{"class", "verbatim prose"}, {"lang", letter.language}},
           replaceAll(letter.text, linkMark, words("page.letter.link_here"))));
}

} // namespace

Markup actPreview(const Desk& desk, const ActPlan& plan, std::optional<std::int64_t> reading) {
    const auto& words = desk.words;
    Markup out, effects;
    for (const auto& [key, args] : plan.effects) effects += el("li", {}, words.sentence(key, args));
    if (!effects.empty()) out += el("ul", {{"class", "effects"}}, effects);
    if (!plan.quote.empty())
        out += el("h2", {}, words("page.act.quote")) + el("blockquote", {{"class", "verbatim"}}, plan.quote);
    out += el("h2", {},
              plan.letters.empty() ? words("page.act.no_letters")
                                   : words.count("page.act.letters", static_cast<long long>(plan.letters.size())));
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
        if (reading == each.contact) out += letterBox(desk, each.letter);
    return out;
}

} // namespace hoering::web

#include "web/act_preview.h"

#include "common/strings.h"
#include "sqlite/mailings.h"
#include "web/ledger_view.h"
#include "web/letter_view.h"
#include "web/office_parts.h"

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

Markup recipients(const Desk& desk, const ActPlan& plan) {
    const auto& words = desk.words;
    std::vector<std::vector<Markup>> rows;
    for (const auto& each : plan.letters)
        rows.push_back(
            {join(each.partyName), join(words("party_role." + std::string(roleName(each.role)))),
             join(each.letter.toName == each.partyName ? "" : each.letter.toName), join(each.letter.toMail),
             join(kindWord(words, each.letter.kind)),
             el("button",
                {{"class", "button button-tertiary"},
                 {"type", "submit"},
                 {"name", "read"},
                 {"formaction", desk.request.path + "#brevet"},
                 {"value", std::to_string(each.contact)}},
                words("button.read_letter"),
                el("span", {{"class", "sr-only"}}, " " + words("page.gate.to", {{"mail", each.letter.toMail}})))});
    return table(words("page.gate.recipients"),
                 {{words("label.party")},
                  {words("label.role")},
                  {words("label.contact")},
                  {words("label.email")},
                  {words("label.kind")},
                  {words("label.letter")}},
                 rows);
}

Markup since(const Desk& desk, const SinceLast& last) {
    const auto& words = desk.words;
    Markup out = el("h2", {}, words("page.gate.since"));
    out += el("p", {},
              words("page.gate.since_what", {{"act", words("act_name." + last.act)}, {"when", words.moment(last.at)}}),
              " ", words.count("page.gate.since_same", static_cast<long long>(last.same)));
    if (last.changes.empty()) return out + el("p", {}, words("page.gate.since_none"));
    std::vector<std::vector<Markup>> rows;
    for (const auto& each : last.changes) {
        const bool gone = each.kind == AddressChange::Kind::gone;
        const char* key = gone                                      ? "page.gate.since_gone"
                          : each.kind == AddressChange::Kind::added ? "page.gate.since_added"
                                                                    : "page.gate.since_moved";
        rows.push_back({join(each.party), badge(gone ? Tone::warning : Tone::info, words(key)), join(each.before),
                        join(each.after)});
    }
    return out + table(words("page.gate.since"),
                       {{words("label.party")},
                        {words("label.change")},
                        {words("label.address_before")},
                        {words("label.address_now")}},
                       rows);
}

} // namespace

Result<ActPlan> planWithDomains(Desk& desk, const Act& act, std::int64_t consultation, const ActInput& input) {
    auto plan =
        desk.read([&](sqlite::ReadTx& tx) { return planAct(tx, desk.office(), act, consultation, input, desk.now); });
    if (plan && desk.services.checkDomains && !plan->letters.empty())
        addDomainFindings(*plan, desk.services.checkDomains(mailDomainsOf(*plan)));
    return plan;
}

bool domainsStop(Desk& desk, const Act& act, std::int64_t consultation, const ActInput& input) {
    if (!desk.services.checkDomains) return false;
    const auto plan = planWithDomains(desk, act, consultation, input);
    return plan && anyStops(plan->findings);
}

std::int64_t readingOf(const Desk& desk) { return desk.numberField("read"); }

Markup planFindings(const Desk& desk, const ActPlan& plan) {
    const auto id = plan.consultation.id;
    const bool draft = plan.consultation.state == ConsultationState::draft;
    return findingList(desk.words, plan.findings, [&](const std::string& field) -> std::string {
        if (startsWith(field, "contact.")) return consultationHref(id, "/kontakter/" + field.substr(8) + "/adresse");
        return draft && !field.empty() ? mendHref(id, field) : "";
    });
}

Markup decision(const Desk& desk, const ActPlan& plan) {
    if (!anyUndecided(plan.findings)) return {};
    return checkBox(Form(desk.words), "seen", desk.t("label.seen"), false);
}

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
    if (!plan.letters.empty()) {
        out += el("p", {},
                  words("page.gate.size",
                        {{"parties", words.count("count.parties", static_cast<long long>(plan.gate.parties))},
                         {"addresses", words.count("count.addresses", static_cast<long long>(plan.gate.addresses))},
                         {"domains", words.count("count.domains", static_cast<long long>(plan.gate.domains))}}));
        out += recipients(desk, plan);
    }
    if (!plan.leftOut.empty()) {
        Markup others;
        for (const auto& each : plan.leftOut) others += el("li", {}, each.partyName + ": " + words(each.reason));
        out += el("h2", {}, words("page.act.left_out")) + el("ul", {}, others);
    }
    if (plan.gate.since) out += since(desk, *plan.gate.since);
    for (const auto& each : plan.letters)
        if (reading == each.contact) out += letterBox(desk, each);
    return out;
}

Markup waitingReleasesBox(Desk& desk, std::int64_t consultation) {
    const auto waiting = desk.read([](sqlite::ReadTx& tx) { return sqlite::waitingReleases(tx); });
    Markup out;
    for (const auto& each : waiting)
        if (each.consultation == consultation)
            out += alert(Tone::info, desk.t("page.release.waits", {{"act", desk.t("act_name." + each.act)}}),
                         el("p", {}, desk.words.count("page.release.waits_text", each.letters), " ",
                            mayEdit(desk)
                                ? link(desk.t("button.see_release"), "/kontor/frigivelser/" + std::to_string(each.id))
                                : Markup()));
    return out;
}

const Letter* letterNamed(const Desk& desk, const ActPlan& plan, std::string_view button) {
    const auto contact = desk.numberField(button);
    for (const auto& out : plan.letters)
        if (contact != 0 && out.contact == contact) return &out.letter;
    return nullptr;
}

} // namespace hoering::web

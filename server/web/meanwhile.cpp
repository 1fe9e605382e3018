#include "web/meanwhile.h"

#include <algorithm>

#include "common/strings.h"
#include "sqlite/journal.h"

namespace hoering::web {
namespace {

bool isConflict(const Form& form) { return form.refusal() && form.refusal()->kind == ErrorKind::conflict; }

Markup asItIs(const text::Words& words, const std::string& value) {
    return value.empty() ? join(words("page.facts.empty")) : el("div", {{"class", "verbatim"}}, value);
}

} // namespace

Markup shownField(const Form& form, std::string_view fingerprint) {
    return hidden("shown", form.value("shown", fingerprint));
}

std::string_view shownBy(const Desk& desk) { return desk.field(desk.request.has("overwrite") ? "overwrite" : "shown"); }

std::string whoSaved(const Desk& desk, const Meanwhile& meanwhile) {
    constexpr int lookedThrough = 200; // entries: what was saved since somebody opened a form is among them
    const auto newest = desk.services.database.read([&](sqlite::ReadTx& tx) {
        return sqlite::journalPage(tx, {meanwhile.consultation, meanwhile.party}, std::nullopt, lookedThrough);
    });
    const auto saved = std::find_if(newest.begin(), newest.end(), [&](const sqlite::JournalEntry& entry) {
        return std::find(meanwhile.acts.begin(), meanwhile.acts.end(), entry.event.act) != meanwhile.acts.end();
    });
    if (saved == newest.end()) return desk.t("page.facts.conflict") + ".";
    return desk.t("page.meanwhile.who", {{"who", saved->event.actor.name}, {"moment", desk.words.moment(saved->at)}});
}

Markup meanwhileBox(const Desk& desk, const Form& form, const Meanwhile& meanwhile, const std::vector<Beside>& beside) {
    if (!isConflict(form)) return {};
    const auto& words = desk.words;
    std::vector<std::pair<std::string, Markup>> rows;
    for (const auto& each : beside)
        if (each.stored != cleanText(mendUtf8(each.typed))) rows.emplace_back(each.label, asItIs(words, each.stored));
    return alert(Tone::warning, words("page.facts.conflict"),
                 el("p", {}, whoSaved(desk, meanwhile) + " " + words("page.facts.conflict_text")) +
                     (rows.empty() ? el("p", {}, words("page.facts.same"))
                                   : el("p", {}, words("page.facts.stored_now")) + facts(rows)));
}

Markup ownButtons(const Form& form, const Markup& buttons) {
    if (!isConflict(form)) return buttons;
    return submitButton(form.words()("button.look_again"), ButtonKind::secondary, "go", "stay");
}

Markup saveOverButton(const Form& form, std::string_view fingerprint) {
    if (!isConflict(form)) return {};
    return el("p", {}, submitButton(form.words()("button.save_over"), ButtonKind::warning, "overwrite", fingerprint));
}

} // namespace hoering::web

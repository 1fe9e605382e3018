#include "web/ledger_filter.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "common/strings.h"
#include "domain/digest.h"
#include "sqlite/consultations.h"
#include "sqlite/parties.h"
#include "web/components.h"
#include "web/form.h"
#include "web/ledger_view.h"

namespace hoering::web {
namespace {

constexpr std::array states = {LetterState::queued, LetterState::accepted, LetterState::refused, LetterState::unknown,
                               LetterState::cancelled};
constexpr std::array kinds = {LetterKind::invitation,
                              LetterKind::informed,
                              LetterKind::reminder,
                              LetterKind::overdue,
                              LetterKind::receipt,
                              LetterKind::noRemarksReceipt,
                              LetterKind::linkAgain,
                              LetterKind::deadlineChanged,
                              LetterKind::ownDeadlineChanged,
                              LetterKind::enclosureAdded,
                              LetterKind::cancelled,
                              LetterKind::closed,
                              LetterKind::outcome,
                              LetterKind::registered,
                              LetterKind::withdrawn,
                              LetterKind::extensionAsked,
                              LetterKind::extensionGranted,
                              LetterKind::extensionRefused,
                              LetterKind::staffAnswer,
                              LetterKind::staffDaily,
                              LetterKind::staffMailing,
                              LetterKind::staffNotReached,
                              LetterKind::staffDeadline,
                              LetterKind::staffExtension,
                              LetterKind::staffRelease,
                              LetterKind::test};
constexpr std::string_view deferred = "deferred", bounced = "bounced";
constexpr std::size_t longestSearch = 100;

std::optional<std::int64_t> numberOf(const Desk& desk, std::string_view name) {
    const auto text = desk.request.queryValue(name);
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value > 0 ? std::optional(value) : std::nullopt;
}

std::string stateOf(const sqlite::LedgerFilter& filter) {
    if (filter.deferred) return std::string(deferred);
    if (filter.bounced) return std::string(bounced);
    return filter.state ? std::string(stateName(*filter.state)) : "";
}

Markup choose(const std::string& label, const std::string& name, const std::vector<Choice>& choices,
              const std::string& chosen) {
    Markup options;
    for (const auto& choice : choices)
        options += el("option", {{"value", choice.value}, {"selected", choice.value == chosen}}, choice.label);
    return el("div", {}, el("label", {{"class", "form-label"}, {"for", "filter-" + name}}, label),
              el("select", {{"class", "form-select"}, {"id", "filter-" + name}, {"name", name}}, options));
}

} // namespace

sqlite::LedgerFilter ledgerFilterOf(const Desk& desk, std::optional<std::int64_t> consultation) {
    sqlite::LedgerFilter filter;
    filter.consultation = consultation ? consultation : numberOf(desk, "hoering");
    filter.party = numberOf(desk, "part");
    filter.beforeId = numberOf(desk, "foer").value_or(0);
    const auto state = desk.request.queryValue("tilstand");
    filter.deferred = state == deferred;
    filter.bounced = state == bounced;
    for (const auto each : states)
        if (state == stateName(each)) filter.state = each;
    filter.kind = letterKindFrom(desk.request.queryValue("slags"));
    filter.search = firstCodePoints(cleanLine(mendUtf8(desk.request.queryValue("soeg"))), longestSearch);
    return filter;
}

bool narrows(const sqlite::LedgerFilter& filter, std::optional<std::int64_t> consultation) {
    return !stateOf(filter).empty() || filter.kind || filter.party || !filter.search.empty() ||
           (!consultation && filter.consultation);
}

std::string addressOf(const sqlite::LedgerFilter& filter, const std::string& here,
                      std::optional<std::int64_t> consultation, std::int64_t before) {
    std::string query;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) query += (query.empty() ? "?" : "&") + std::string(name) + "=" + percentEncode(value);
    };
    add("tilstand", stateOf(filter));
    add("slags", filter.kind ? std::string(kindName(*filter.kind)) : "");
    if (!consultation) add("hoering", filter.consultation ? std::to_string(*filter.consultation) : "");
    add("part", filter.party ? std::to_string(*filter.party) : "");
    add("soeg", filter.search);
    add("foer", before ? std::to_string(before) : "");
    return here + query;
}

Markup ledgerFilterForm(Desk& desk, const sqlite::LedgerFilter& filter, std::optional<std::int64_t> consultation,
                        const std::string& here) {
    const auto& words = desk.words;
    const Choice any{"", words("page.letters.any"), ""};
    std::vector<Choice> stateChoices{any};
    for (const auto each : states) {
        const std::string name(stateName(each));
        stateChoices.push_back({name, words("letter_state." + name), ""});
        if (each == LetterState::queued)
            stateChoices.push_back({std::string(deferred), words("letter_state.deferred"), ""});
        if (each == LetterState::accepted)
            stateChoices.push_back({std::string(bounced), words("letter_state.bounced"), ""});
    }
    std::vector<Choice> kindChoices{any};
    for (const auto each : kinds) kindChoices.push_back({std::string(kindName(each)), kindWord(words, each), ""});
    Markup fields =
        choose(words("label.state"), "tilstand", stateChoices, stateOf(filter)) +
        choose(words("label.kind"), "slags", kindChoices, filter.kind ? std::string(kindName(*filter.kind)) : "");
    if (!consultation) {
        std::vector<Choice> all{any};
        for (const auto& each : desk.read([](sqlite::ReadTx& tx) { return sqlite::listConsultations(tx, {}); }))
            if (each.state != ConsultationState::draft) all.push_back({std::to_string(each.id), each.text.title, ""});
        fields += choose(words("label.consultation"), "hoering", all,
                         filter.consultation ? std::to_string(*filter.consultation) : "");
    } else {
        auto parties = desk.read([&](sqlite::ReadTx& tx) { return sqlite::partiesOf(tx, *consultation); });
        std::sort(parties.begin(), parties.end(),
                  [](const Party& a, const Party& b) { return danishLess(a.name, b.name); });
        std::vector<Choice> all{any};
        for (const auto& each : parties) all.push_back({std::to_string(each.id), each.name, ""});
        fields += choose(words("label.party"), "part", all, filter.party ? std::to_string(*filter.party) : "");
    }
    fields +=
        el("div", {}, el("label", {{"class", "form-label"}, {"for", "filter-soeg"}}, words("label.name_or_address")),
           voidEl("input", {{"class", "form-input"},
                            {"id", "filter-soeg"},
                            {"name", "soeg"},
                            {"type", "search"},
                            {"value", filter.search}}));
    Markup buttons = submitButton(words("button.show"), ButtonKind::secondary);
    if (narrows(filter, consultation)) buttons += link(words("page.letters.all"), here);
    return el("form",
              {{"method", "get"}, {"action", here}, {"class", "filter"}, {"aria-label", words("page.letters.filter")}},
              fields, el("div", {{"class", "row"}}, buttons));
}

} // namespace hoering::web

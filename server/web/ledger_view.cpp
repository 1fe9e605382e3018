#include "web/ledger_view.h"

#include <array>
#include <charconv>

#include "domain/access.h"
#include "sqlite/bounces.h"
#include "sqlite/journal.h"
#include "sqlite/letters.h"
#include "web/components.h"
#include "web/office_parts.h"

namespace hoering::web {
namespace {

constexpr int lettersPerPage = 100, entriesPerPage = 100;
constexpr std::array filterStates = {LetterState::queued, LetterState::accepted, LetterState::refused,
                                     LetterState::unknown, LetterState::cancelled};

std::int64_t before(const Desk& desk) {
    const auto text = desk.request.queryValue("foer");
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value > 0 ? value : 0;
}

std::optional<LetterState> stateAsked(const Desk& desk) {
    const auto asked = desk.request.queryValue("tilstand");
    for (const auto state : filterStates)
        if (asked == stateName(state)) return state;
    return std::nullopt;
}

Markup letterFilter(const Desk& desk, const std::string& here, std::optional<LetterState> chosen) {
    std::vector<Tab> list{{desk.t("page.letters.all"), here, !chosen}};
    for (const auto state : filterStates)
        list.push_back({desk.t("letter_state." + std::string(stateName(state))),
                        here + "?tilstand=" + std::string(stateName(state)), chosen == state});
    return tabs(desk.t("page.letters.filter"), list);
}

Markup older(const Desk& desk, const std::string& href) {
    return el("p", {}, linkButton(desk.t("button.older"), href, ButtonKind::secondary));
}

Markup whenDone(const text::Words& words, const Letter& letter) {
    if (letter.doneAt) return join(words.moment(*letter.doneAt));
    if (letter.state == LetterState::queued && letter.attempts > 0)
        return join(words("page.letters.next_try", {{"when", words.moment(letter.nextAttemptAt)}}));
    return {};
}

std::string actorName(const text::Words& words, const Actor& actor) {
    if (actor.kind == ActorKind::clockwork) return words("actor.clockwork");
    if (actor.kind == ActorKind::operations) return words("actor.operations");
    return actor.name;
}

/// Stored values of closed vocabularies and dates, as a person reads them.
std::string detailWords(const text::Words& words, const std::string& key, const std::string& value) {
    if (key == "deadline")
        if (const auto deadline = Deadline::fromStored(value)) return words.deadline(*deadline);
    if (value == "true") return words("page.journal.yes");
    if (key == "reason" && words.has(value)) return words(value);
    if (key == "role" || key == "kind")
        for (const char* prefix : {"party_role.", "role.", "letter_kind.", "response_kind."})
            if (words.has(prefix + value)) return words(prefix + value);
    return value;
}

Markup detailLines(const text::Words& words, const AuditEvent& event) {
    Markup lines;
    for (const auto& [key, value] : event.details) {
        if (value.empty() || value == "false") continue; // what is not so needs no line
        const std::string name = words.has("detail." + key) ? words("detail." + key) : key;
        lines += el("div", {}, name + ": " + detailWords(words, key, value));
    }
    return lines;
}

} // namespace

std::string kindWord(const text::Words& words, LetterKind kind) {
    return words("letter_kind." + std::string(kindName(kind)));
}

Markup letterStateBadge(const text::Words& words, LetterState state) {
    const Tone tone = state == LetterState::accepted  ? Tone::success
                      : state == LetterState::refused ? Tone::error
                      : state == LetterState::unknown ? Tone::warning
                                                      : Tone::info;
    return badge(tone, words("letter_state." + std::string(stateName(state))));
}

Markup outcomeBadge(const text::Words& words, const Letter& letter) {
    return letter.bouncedAt ? badge(Tone::error, words("letter_state.bounced")) : letterStateBadge(words, letter.state);
}

namespace {

Markup returnTable(const text::Words& words, const std::vector<sqlite::Bounce>& list) {
    std::vector<std::vector<Markup>> rows;
    for (const auto& each : list)
        rows.push_back({join(words.momentExact(each.at)), join(words("bounce." + each.action)), join(each.recipient),
                        join(each.status), join(each.diagnostic)});
    return table(words("page.letter.returns"),
                 {{words("label.when")},
                  {words("label.outcome")},
                  {words("label.to")},
                  {words("label.code")},
                  {words("label.reply")}},
                 rows);
}

} // namespace

Markup strayReturns(Desk& desk) {
    constexpr int most = 20;
    const auto list = desk.read([&](sqlite::ReadTx& tx) { return sqlite::strayBounces(tx, most); });
    if (list.empty()) return {};
    return el("h2", {}, desk.t("page.letters.stray")) + el("p", {}, desk.t("page.letters.stray_text")) +
           returnTable(desk.words, list);
}

Markup returnsOf(Desk& desk, std::int64_t letter) {
    const auto list = desk.read([&](sqlite::ReadTx& tx) { return sqlite::bouncesOf(tx, letter); });
    if (list.empty()) return {};
    return el("h2", {}, desk.t("page.letter.returns")) + returnTable(desk.words, list);
}

Markup letterLedger(Desk& desk, std::optional<std::int64_t> consultation, const std::string& here) {
    const auto& words = desk.words;
    const auto chosen = stateAsked(desk);
    sqlite::LetterFilter filter;
    filter.consultation = consultation;
    filter.state = chosen;
    filter.beforeId = before(desk);
    filter.limit = lettersPerPage + 1;
    auto found = desk.read([&](sqlite::ReadTx& tx) { return sqlite::listLetters(tx, filter); });
    const bool more = found.size() > static_cast<std::size_t>(lettersPerPage);
    if (more) found.pop_back();

    Markup out = letterFilter(desk, here, chosen);
    if (found.empty()) return out + el("p", {}, words(chosen ? "page.letters.none_such" : "page.letters.none"));
    std::vector<std::vector<Markup>> rows;
    for (const auto& letter : found) {
        const Markup subject =
            mayEdit(desk) ? link(letter.subject, "/kontor/breve/" + std::to_string(letter.id)) : join(letter.subject);
        rows.push_back({subject, join(kindWord(words, letter.kind)),
                        join(letter.toName, letter.toName.empty() ? "" : ", ", letter.toMail),
                        join(words.moment(letter.createdAt)), outcomeBadge(words, letter), whenDone(words, letter)});
    }
    out += table(words("tab.letters"),
                 {{words("label.subject")},
                  {words("label.kind")},
                  {words("label.to")},
                  {words("label.queued")},
                  {words("label.state")},
                  {words("label.done")}},
                 rows);
    if (more)
        out += older(desk, here + "?foer=" + std::to_string(found.back().id) +
                               (chosen ? "&tilstand=" + std::string(stateName(*chosen)) : ""));
    return out;
}

Markup journalTable(Desk& desk, std::optional<std::int64_t> consultation, const std::string& here) {
    const auto& words = desk.words;
    sqlite::JournalFilter filter;
    filter.consultation = consultation;
    const auto start = before(desk);
    auto found = desk.read([&](sqlite::ReadTx& tx) {
        return sqlite::journalPage(tx, filter, start ? std::optional(start) : std::nullopt, entriesPerPage + 1);
    });
    const bool more = found.size() > static_cast<std::size_t>(entriesPerPage);
    if (more) found.pop_back();
    if (found.empty()) return el("p", {}, words("page.journal.none"));
    std::vector<std::vector<Markup>> rows;
    for (const auto& entry : found) {
        const std::string key = "act." + entry.event.act;
        rows.push_back({join(words.momentExact(entry.at)), join(actorName(words, entry.event.actor)),
                        join(words.has(key) ? words(key) : entry.event.act), detailLines(words, entry.event)});
    }
    Markup out =
        table(words("tab.journal"),
              {{words("label.when")}, {words("label.who")}, {words("label.act")}, {words("label.details")}}, rows);
    if (more) out += older(desk, here + "?foer=" + std::to_string(found.back().id));
    return out;
}

} // namespace hoering::web

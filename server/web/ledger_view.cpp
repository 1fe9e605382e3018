#include "web/ledger_view.h"

#include <charconv>

#include "common/strings.h"
#include "domain/access.h"
#include "sqlite/bounces.h"
#include "sqlite/journal.h"
#include "web/components.h"
#include "web/ledger_filter.h"
#include "web/office_parts.h"
#include "web/reminder_words.h"

namespace hoering::web {
namespace {

constexpr int lettersPerPage = 100, entriesPerPage = 100;

std::int64_t before(const Desk& desk) {
    const auto text = desk.request.queryValue("foer");
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value > 0 ? value : 0;
}

Markup older(const Desk& desk, const std::string& href) {
    return el("p", {}, linkButton(desk.t("button.older"), href, ButtonKind::secondary));
}

Markup quiet(const std::string& text) { return text.empty() ? Markup() : el("div", {{"class", "quiet"}}, text); }

std::string actorName(const text::Words& words, const Actor& actor) {
    if (actor.kind == ActorKind::clockwork) return words("actor.clockwork");
    if (actor.kind == ActorKind::operations) return words("actor.operations");
    return actor.name;
}

/// "10 workdays 09:00; 3 days 09:00" as a person reads it.
std::string stepList(const text::Words& words, const std::string& stored) {
    std::string list;
    for (const auto& step : split(stored, ';'))
        list += (list.empty() ? "" : "; ") + stepWords(words, std::string_view(trim(step)));
    return list;
}

/// Stored values of closed vocabularies and dates, as a person reads them.
std::string detailWords(const text::Words& words, const std::string& key, const std::string& value) {
    if (key == "deadline" || key == "before" || key == "wanted")
        if (const auto deadline = Deadline::fromStored(value)) return words.deadline(*deadline);
    if (key == "planned" || key == "moved_to") return localWords(words, std::string_view(value));
    if (key == "step") return stepWords(words, std::string_view(value));
    if (key == "notify" && words.has("notify." + value)) return words("notify." + value);
    if (key == "outcome_date")
        if (const auto date = parseIsoDate(value)) return words.weekdayDate(*date);
    if (key == "received" && value.size() > 16)
        if (const auto date = parseIsoDate(value.substr(0, 10)))
            if (const auto time = parseTimeOfDay(value.substr(11, 5)))
                return words.moment(toInstant(atTime(*date, *time)));
    if (key == "channel" && words.has("channel." + value)) return words("channel." + value);
    if (value == "true") return words("page.journal.yes");
    if (key == "reason" && words.has(value)) return words(value);
    if (key == "act" && words.has("act_name." + value)) return words("act_name." + value);
    if (key == "steps") return stepList(words, value);
    // "informed" is a role and a kind of letter.
    for (const auto& [name, prefix] :
         {std::pair("role", "party_role."), {"role", "role."}, {"kind", "letter_kind."}, {"kind", "response_kind."}})
        if (key == name && words.has(prefix + value)) return words(prefix + value);
    return value;
}

/// A letter's number as the way to it, and whom it is for.
Markup letterDetail(const Desk& desk, const sqlite::JournalNames& names, const std::string& number) {
    std::int64_t id = 0;
    std::from_chars(number.data(), number.data() + number.size(), id);
    const auto found = names.letters.find(id);
    if (found == names.letters.end()) return join(number);
    const auto& [name, mail] = found->second;
    const std::string to = name.empty() ? mail : name + ", " + mail;
    return (mayEdit(desk) ? link(number, "/kontor/breve/" + number) : join(number)) +
           join(" " + desk.t("page.journal.letter_to", {{"to", to}}));
}

/// Which consultation and which party an entry is about, by the names they have now.
Markup aboutLines(const Desk& desk, const sqlite::JournalNames& names, const AuditEvent& event, bool ofAll) {
    Markup lines;
    const auto consultation = names.consultations.find(event.consultation.value_or(0));
    if (ofAll && consultation != names.consultations.end())
        lines += el("div", {}, desk.t("label.consultation") + ": ",
                    link(consultation->second, consultationHref(consultation->first)));
    const auto party = names.parties.find(event.party.value_or(0));
    // Whoever did it is named beside it already.
    if (party == names.parties.end() || event.actor.kind == ActorKind::party) return lines;
    const std::string rest = "/parter/" + std::to_string(party->first) + "/breve";
    const bool known = consultation != names.consultations.end();
    return lines + el("div", {}, desk.t("label.party") + ": ",
                      known ? link(party->second, consultationHref(consultation->first, rest)) : join(party->second));
}

Markup detailLines(const Desk& desk, const sqlite::JournalNames& names, const AuditEvent& event, bool ofAll) {
    const auto& words = desk.words;
    Markup lines = aboutLines(desk, names, event, ofAll);
    for (const auto& [key, value] : event.details) {
        if (value.empty() || value == "false") continue; // what is not so needs no line
        const std::string name = words.has("detail." + key) ? words("detail." + key) : key;
        const bool letter = key == "letter" || key == "new_letter";
        lines += el("div", {}, name + ": ",
                    letter ? letterDetail(desk, names, value) : join(detailWords(words, key, value)));
    }
    return lines;
}

} // namespace

std::string kindWord(const text::Words& words, LetterKind kind) {
    return words("letter_kind." + std::string(kindName(kind)));
}

Markup letterBadge(const text::Words& words, const Letter& letter) {
    if (letter.bouncedAt) return badge(Tone::error, words("letter_state.bounced"));
    if (letter.state == LetterState::queued && letter.attempts > 0)
        return badge(Tone::warning, words("letter_state.deferred"));
    if (laidInFolder(letter)) return badge(Tone::info, words("letter_state.laid_in_folder"));
    const Tone tone = letter.state == LetterState::accepted  ? Tone::success
                      : letter.state == LetterState::refused ? Tone::error
                      : letter.state == LetterState::unknown ? Tone::warning
                                                             : Tone::info;
    return badge(tone, words("letter_state." + std::string(stateName(letter.state))));
}

Markup letterFate(const text::Words& words, const Letter& letter, int code) {
    Markup out = letterBadge(words, letter);
    const auto when = [&](const char* key, Instant then) { return words(key, {{"when", words.momentShort(then)}}); };
    const Instant at = letter.doneAt.value_or(letter.createdAt);
    if (letter.bouncedAt) out += quiet(when("page.letters.came_back", *letter.bouncedAt));
    switch (letter.state) {
    case LetterState::queued:
        if (letter.attempts > 0)
            out += quiet(words.count("page.letters.tries", letter.attempts)) + quiet(replyWords(code, letter.reply)) +
                   quiet(when("page.letters.next_try", letter.nextAttemptAt));
        break;
    case LetterState::claimed: break;
    case LetterState::accepted:
        if (laidInFolder(letter)) out += quiet(words.momentShort(at));
        else
            out +=
                quiet(words("page.letters.by_server", {{"server", letter.server}, {"when", words.momentShort(at)}})) +
                quiet(replyWords(code, letter.reply));
        break;
    case LetterState::refused:
    case LetterState::unknown:
    case LetterState::cancelled:
        if (letter.doneAt) out += quiet(words.momentShort(*letter.doneAt));
        if (letter.state != LetterState::cancelled) out += quiet(replyWords(code, letter.reply));
        break;
    }
    return out;
}

std::string replyWords(int code, const std::string& reply) {
    const std::string number = code ? std::to_string(code) : "";
    if (number.empty() || startsWith(reply, number)) return reply;
    return reply.empty() ? number : number + " " + reply;
}

std::string attemptWord(const text::Words& words, const sqlite::Attempt& attempt) {
    const bool inFolder = attempt.outcome == "sent" && attempt.server.empty();
    return words("attempt." + (inFolder ? "laid_in_folder" : attempt.outcome));
}

Markup returnLines(const text::Words& words, const std::vector<sqlite::Returned>& returns) {
    Markup out;
    for (const auto& each : returns)
        out += el("p", {}, words.momentExact(each.at) + ": " + each.status + " " + each.diagnostic);
    return out;
}

Markup letterTabs(const Desk& desk, bool upcoming) {
    return tabs(desk.t("page.letters.tabs"), {{desk.t("page.letters.ledger"), "/kontor/breve", !upcoming},
                                              {desk.t("page.upcoming.tab"), "/kontor/breve/kommende", upcoming}});
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

Markup letterLedger(Desk& desk, std::optional<std::int64_t> consultation, const std::string& here) {
    const auto& words = desk.words;
    auto filter = ledgerFilterOf(desk, consultation);
    filter.limit = lettersPerPage + 1;
    auto found = desk.read([&](sqlite::ReadTx& tx) { return sqlite::ledgerPage(tx, filter); });
    const bool more = found.size() > static_cast<std::size_t>(lettersPerPage);
    if (more) found.pop_back();

    Markup out = ledgerFilterForm(desk, filter, consultation, here);
    if (found.empty())
        return out + el("p", {{"role", "status"}},
                        words(narrows(filter, consultation) ? "page.letters.none_such" : "page.letters.none"));
    std::vector<std::vector<Markup>> rows;
    for (const auto& line : found) {
        const auto& letter = line.letter;
        Markup to;
        if (letter.party && letter.consultation)
            to = el("div", {},
                    link(line.partyName, consultationHref(*letter.consultation,
                                                          "/parter/" + std::to_string(*letter.party) + "/breve")));
        to += el("div", {}, letter.toName == line.partyName || letter.toName.empty() ? "" : letter.toName + ", ",
                 letter.toMail);
        rows.push_back(
            {mayEdit(desk) ? link(letter.subject, "/kontor/breve/" + std::to_string(letter.id)) : join(letter.subject),
             join(kindWord(words, letter.kind)), to,
             el("span", {{"class", "nowrap"}}, words.momentShort(letter.createdAt)),
             letterFate(words, letter, line.code)});
    }
    out += table(words("tab.letters"),
                 {{words("label.subject")},
                  {words("label.kind")},
                  {words("label.to")},
                  {words("label.queued")},
                  {words("label.what_became")}},
                 rows);
    if (more) out += older(desk, addressOf(filter, here, consultation, found.back().letter.id));
    return out;
}

Markup journalTable(Desk& desk, std::optional<std::int64_t> consultation, const std::string& here) {
    const auto& words = desk.words;
    sqlite::JournalFilter filter;
    filter.consultation = consultation;
    const auto start = before(desk);
    auto [found, names] = desk.read([&](sqlite::ReadTx& tx) {
        auto page = sqlite::journalPage(tx, filter, start ? std::optional(start) : std::nullopt, entriesPerPage + 1);
        auto called = sqlite::journalNames(tx, page);
        return std::pair(std::move(page), std::move(called));
    });
    const bool more = found.size() > static_cast<std::size_t>(entriesPerPage);
    if (more) found.pop_back();
    if (found.empty()) return el("p", {}, words("page.journal.none"));
    std::vector<std::vector<Markup>> rows;
    for (const auto& entry : found) {
        const std::string key = "act." + entry.event.act;
        rows.push_back({join(words.momentExact(entry.at)), join(actorName(words, entry.event.actor)),
                        join(words.has(key) ? words(key) : entry.event.act),
                        detailLines(desk, names, entry.event, !consultation)});
    }
    Markup out =
        table(words("tab.journal"),
              {{words("label.when")}, {words("label.who")}, {words("label.act")}, {words("label.details")}}, rows);
    if (more) out += older(desk, here + "?foer=" + std::to_string(found.back().id));
    return out;
}

} // namespace hoering::web

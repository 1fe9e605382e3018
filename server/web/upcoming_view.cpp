#include "web/upcoming_view.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "common/crypto.h"
#include "web/components.h"
#include "web/office_parts.h"
#include "web/reminder_words.h"

namespace hoering::web {
namespace {

constexpr std::size_t namesInSight = 8; // more are folded away

struct DayCount {
    LocalDate day;
    long letters = 0;
};

std::vector<DayCount> lettersPerDay(const std::vector<UpcomingStep>& steps, Now now) {
    std::vector<DayCount> days;
    const LocalDate today = dateOf(now.local);
    for (int i = 0; i < upcomingDays; ++i) days.push_back({addDays(today, i), 0});
    for (const auto& step : steps) {
        const int ahead = std::max(0, daysBetween(today, dateOf(step.local))); // what is late goes today
        if (ahead < upcomingDays) days[static_cast<std::size_t>(ahead)].letters += step.letters();
    }
    return days;
}

/// Weekdays and times begin with a letter of ASCII in both languages.
std::string capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

/// Columns, one a day; under each the day of the month, over it the number.
Markup columns(const std::vector<DayCount>& days, const std::string& title, const std::string& description) {
    constexpr long slot = 40, bar = 26, tall = 90, top = 26, foot = 30;
    long most = 1;
    for (const auto& each : days) most = std::max(most, each.letters);
    Markup drawn;
    long x = 0;
    for (const auto& each : days) {
        const long height = each.letters == 0 ? 2 : std::max(4L, each.letters * tall / most);
        const long base = top + tall;
        drawn += el("rect", {{"x", x + (slot - bar) / 2},
                             {"y", base - height},
                             {"width", bar},
                             {"height", height},
                             {"class", each.letters == 0 ? "chart-none" : "chart-bar"}});
        if (each.letters > 0)
            drawn += el("text", {{"x", x + slot / 2}, {"y", base - height - 6}, {"class", "chart-number"}},
                        std::to_string(each.letters));
        drawn += el("text", {{"x", x + slot / 2}, {"y", base + foot - 8}, {"class", "chart-label"}},
                    std::to_string(unsigned(each.day.day())) + ".");
        x += slot;
    }
    const std::string id = "svg-" + sha256Hex(title + description).substr(0, 10);
    return el("svg",
              {{"viewBox", "0 0 " + std::to_string(x) + " " + std::to_string(top + tall + foot)},
               {"role", "img"},
               {"aria-labelledby", id + " " + id + "d"},
               {"class", "column-chart"}},
              el("title", {{"id", id}}, title), el("desc", {{"id", id + "d"}}, description), drawn);
}

Markup picture(const Desk& desk, const std::vector<UpcomingStep>& steps) {
    const auto& words = desk.words;
    const auto days = lettersPerDay(steps, desk.now);
    long sum = 0;
    std::vector<std::vector<Markup>> rows;
    for (const auto& each : days) {
        sum += each.letters;
        rows.push_back({join(words.weekdayDate(each.day)), join(words.number(each.letters))});
    }
    const std::string title = words("page.upcoming.picture");
    const std::string told = words.count("page.upcoming.sum", sum,
                                         {{"from", words.date(days.front().day)}, {"to", words.date(days.back().day)}});
    return el("figure", {{"class", "chart"}}, columns(days, title, told),
              el("figcaption", {{"class", "quiet"}}, told)) +
           el("details", {{"class", "details"}},
              el("summary", {{"class", "details-summary"}}, words("frame.show_numbers")),
              table(title, {{words("page.upcoming.day")}, {words("page.upcoming.letters"), true}}, rows));
}

/// Names in a line; many are folded away.
Markup names(const text::Words& words, const std::vector<std::string>& list) {
    std::string line;
    for (const auto& name : list) line += (line.empty() ? "" : "; ") + name;
    if (list.size() <= namesInSight) return join(line);
    return el("details", {}, el("summary", {}, words.count("count.parties", static_cast<long long>(list.size()))),
              el("p", {}, line));
}

std::string whyWords(const text::Words& words, const UpcomingParty& party) {
    if (party.ownDeadline)
        return words("page.upcoming.own_deadline", {{"deadline", words.deadline(*party.ownDeadline)}});
    if (party.why.starts_with("reminder_reason.")) return reasonWords(words, party.why);
    // Somebody's sentence before a colon: without its full stop.
    return words("page.upcoming.by_hand", {{"reason", party.why.substr(0, party.why.find_last_not_of(". ") + 1)}});
}

Markup notTo(const text::Words& words, const UpcomingStep& step) {
    std::vector<std::pair<std::string, std::vector<std::string>>> reasons; // as they are met
    for (const auto& party : step.others) {
        const std::string why = whyWords(words, party);
        auto place = std::find_if(reasons.begin(), reasons.end(), [&](const auto& each) { return each.first == why; });
        if (place == reasons.end()) {
            reasons.emplace_back(why, std::vector<std::string>{});
            place = std::prev(reasons.end());
        }
        place->second.push_back(party.name);
    }
    if (reasons.empty()) return {};
    Markup items;
    for (const auto& [why, who] : reasons) items += el("li", {}, el("strong", {}, why + ": "), names(words, who));
    return el("p", {{"class", "upcoming-head"}}, words("page.upcoming.not_to")) + el("ul", {}, items);
}

Markup actsOn(const text::Words& words, const UpcomingStep& step) {
    const std::string here = consultationHref(step.consultation, "/paamindelser/");
    const auto act = [&](const std::string& href, const char* label) {
        return el("a", {{"href", href}}, words(label),
                  el("span", {{"class", "sr-only"}},
                     " " + stepWords(words, step.step) + ", " + localWords(words, step.local)));
    };
    Markup links;
    if (step.reminder != 0) links += act(here + std::to_string(step.reminder), "button.adjust_reminder");
    if (step.skipped != 0) links += act(here + std::to_string(step.skipped) + "/fortryd", "button.restore_reminder");
    return links.empty() ? links : el("p", {{"class", "row d-print-none"}}, links);
}

Markup stepView(const Desk& desk, const UpcomingStep& step, int level, bool withTitles) {
    const auto& words = desk.words;
    const bool late = step.due < desk.now.instant;
    Markup out = el("h" + std::to_string(level), {},
                    capital(words.timeOfDay(timeOfDay(step.local))) + ": " + stepDays(words, step.step));
    if (withTitles) out += el("p", {}, link(step.title, consultationHref(step.consultation, "/paamindelser")));
    if (late) out += el("p", {}, badge(Tone::warning, words("page.upcoming.late")));
    if (!step.movedFrom.empty())
        out += el("p", {{"class", "quiet"}},
                  words(step.moveReason.empty() ? "page.reminders.moved_from" : "page.upcoming.moved",
                        {{"from", localWords(words, std::string_view(step.movedFrom))}, {"reason", step.moveReason}}));
    if (step.gets.empty()) {
        out += el("p", {}, words("page.upcoming.nobody"));
    } else {
        std::vector<std::string> who;
        for (const auto& party : step.gets) who.push_back(party.name);
        const std::string parties = words.count("count.parties", static_cast<long long>(who.size()));
        const std::string letters = words.count("count.letters", step.letters());
        out += el("div", {},
                  el("strong", {}, words("page.upcoming.to", {{"parties", parties}, {"letters", letters}}) + ": "),
                  names(words, who));
    }
    out += notTo(words, step);
    if (mayEdit(desk)) out += actsOn(words, step);
    return el("section", {{"class", "upcoming-step"}}, out);
}

} // namespace

Markup upcomingView(const Desk& desk, const std::vector<UpcomingStep>& steps, int level, bool withTitles) {
    const auto& words = desk.words;
    if (steps.empty()) return el("p", {}, words("page.upcoming.none"));
    Markup out = picture(desk, steps);
    const LocalDate today = dateOf(desk.now.local);
    std::map<LocalDate, Markup> days;
    for (const auto& step : steps)
        days[std::max(dateOf(step.local), today)] += stepView(desk, step, level + 1, withTitles);
    for (const auto& [day, content] : days) {
        const std::string name =
            capital(words.weekdayDate(day)) + (day == today ? " - " + words("page.upcoming.today") : "");
        out += el("section", {{"class", "upcoming-day"}}, el("h" + std::to_string(level), {}, name), content);
    }
    return out;
}

} // namespace hoering::web

#include "web/office_parts.h"

#include <algorithm>
#include <array>

#include "domain/access.h"
#include "sqlite/mailings.h"
#include "web/svg.h"

namespace hoering::web {

std::string consultationHref(std::int64_t id, std::string_view rest) {
    return "/kontor/hoeringer/" + std::to_string(id) + std::string(rest);
}

std::string responseHref(const Response& response) {
    return consultationHref(response.consultation, "/svar/" + std::to_string(response.id));
}

std::optional<ConsultationDesk> consultationHere(Desk& desk) {
    const auto id = desk.id(0);
    if (!id) return std::nullopt;
    return desk.read([&](sqlite::ReadTx& tx) { return loadConsultation(tx, *id); });
}

bool mayEdit(const Desk& desk) { return desk.user().role >= Role::secretariat; }

std::string noticeOf(const Desk& desk) {
    static constexpr std::array known = {
        "created",           "saved",           "published",          "party_added",       "party_saved",
        "party_removed",     "file_added",      "files_added",        "enclosure_renamed", "enclosure_removed",
        "enclosure_moved",   "link_sent",       "reminders_saved",    "signed_out",        "password_chosen",
        "user_disabled",     "user_enabled",    "act_done",           "release_asked",     "release_given",
        "release_dropped",   "letter_again",    "letter_stopped",     "address_corrected", "reminder_adjusted",
        "my_settings_saved", "wording_saved",   "wording_reset",      "test_sent",         "reminder_restored",
        "two_steps_off",     "two_steps_reset", "recovery_code_used", "draft_deleted",     "enclosure_order_changed"};
    if (desk.request.method == http::Method::post) return ""; // what is shown in answer to a POST says it itself
    const auto asked = desk.request.queryValue("besked");
    return std::find(known.begin(), known.end(), asked) == known.end() ? "" : "notice." + std::string(asked);
}

namespace {

/// Says which act was done, if the address names one of this consultation.
void tellOfAct(const Desk& desk, Page& page) {
    const auto asked = desk.request.queryValue("udsendelse");
    const auto consultation = desk.id(0);
    if (!consultation) return;
    const auto list =
        desk.services.database.read([&](sqlite::ReadTx& tx) { return sqlite::mailingsOf(tx, *consultation); });
    for (const auto& mailing : list) {
        if (std::to_string(mailing.id) != asked || !desk.words.has("notice.act." + mailing.act)) continue;
        page.notice = "notice.act." + mailing.act;
        if (mailing.letters > 0) page.noticeMore = desk.words.count("notice.letters", mailing.letters);
    }
}

} // namespace

Page officePage(const Desk& desk, std::string title) {
    Page page;
    page.room = Room::officeRoom;
    page.title = std::move(title);
    page.notice = noticeOf(desk);
    if (page.notice == "notice.act_done") tellOfAct(desk, page);
    page.wide = true;
    return page;
}

http::Reply back(std::string where, std::string_view notice) {
    const auto hash = where.find('#');
    const std::string fragment = hash == std::string::npos ? "" : where.substr(hash);
    return http::Reply::seeOther(where.substr(0, hash) + "?besked=" + std::string(notice) + fragment);
}

http::Reply backFromAct(const std::string& where, std::int64_t mailing) {
    return back(where, "act_done&udsendelse=" + std::to_string(mailing));
}

namespace {

constexpr std::array allSteps = {Step::facts, Step::enclosures, Step::parties, Step::reminders, Step::check};
constexpr std::array allParts = {Part::overview, Part::responses, Part::parties, Part::reminders,
                                 Part::letters,  Part::digest,    Part::journal};

std::string_view pathOf(Step step) {
    switch (step) {
    case Step::facts: return "/oplysninger";
    case Step::enclosures: return "/bilag";
    case Step::parties: return "/parter";
    case Step::reminders: return "/paamindelser";
    case Step::check: return "/tjek";
    }
    return "";
}
std::string_view nameOf(Step step) {
    switch (step) {
    case Step::facts: return "step.facts";
    case Step::enclosures: return "step.enclosures";
    case Step::parties: return "step.parties";
    case Step::reminders: return "step.reminders";
    case Step::check: return "step.check";
    }
    return "";
}
std::string_view pathOf(Part part) {
    switch (part) {
    case Part::overview: return "";
    case Part::responses: return "/svar";
    case Part::parties: return "/parter";
    case Part::reminders: return "/paamindelser";
    case Part::letters: return "/breve";
    case Part::digest: return "/hoeringsnotat";
    case Part::journal: return "/journal";
    }
    return "";
}
std::string_view nameOf(Part part) {
    switch (part) {
    case Part::overview: return "tab.overview";
    case Part::responses: return "tab.responses";
    case Part::parties: return "tab.parties";
    case Part::reminders: return "tab.reminders";
    case Part::letters: return "tab.letters";
    case Part::digest: return "tab.digest";
    case Part::journal: return "tab.journal";
    }
    return "";
}

Step stepOfField(const std::string& field) {
    if (field == "enclosures") return Step::enclosures;
    if (field == "parties") return Step::parties;
    if (field == "reminders" || field == "late_answers") return Step::reminders;
    return Step::facts;
}

bool isDone(Step step, const ConsultationDesk& about, const std::vector<Finding>& findings) {
    if (step == Step::check) return false;
    if (step == Step::enclosures && about.enclosures.empty()) return false;
    if (step == Step::reminders && about.reminders.steps.empty()) return false;
    return std::none_of(findings.begin(), findings.end(),
                        [&](const auto& each) { return each.stops && stepOfField(each.field) == step; });
}

Page pageAbout(const Desk& desk, const Consultation& about, std::string title) {
    Page page = officePage(desk, std::move(title));
    page.crumbs = {{desk.t("page.today.title"), "/kontor"}, {about.text.title, consultationHref(about.id)}};
    return page;
}

} // namespace

std::string stepHref(std::int64_t id, Step step) { return consultationHref(id, pathOf(step)); }

Markup goOnButton(const Desk& desk, Step next, ButtonKind kind) {
    // Fields that must be filled in to add something must not hold back whoever adds nothing more.
    return submitButton(desk.t("button.save_and_go_on_to", {{"step", desk.t(nameOf(next))}}), kind, "go", "next",
                        {{"formnovalidate", true}});
}

std::string mendHref(std::int64_t id, const std::string& field) {
    const Step step = stepOfField(field);
    return stepHref(id, step) + (step == Step::facts && !field.empty() ? "#field-" + field : "");
}

std::vector<Finding> findingsOf(const Desk& desk, const ConsultationDesk& about) {
    return readiness(about.consultation, about.parties, about.enclosures, about.reminders, desk.now,
                     desk.office().period);
}

Markup stepLinks(const Desk& desk, const ConsultationDesk& about, std::optional<Step> current) {
    const auto findings = findingsOf(desk, about);
    Markup items;
    for (const Step step : allSteps) {
        std::vector<Attr> attrs;
        if (step == current) attrs.push_back({"aria-current", "step"});
        else if (isDone(step, about, findings)) attrs.push_back({"class", "done"});
        const std::string name = desk.t(nameOf(step));
        items += el("li", attrs, step == current ? join(name) : link(name, stepHref(about.consultation.id, step)));
    }
    return el("nav", {{"aria-label", desk.t("page.steps.label")}}, el("ol", {{"class", "steps"}}, items));
}

Page stepPage(const Desk& desk, const ConsultationDesk& about, Step step) {
    Page page = pageAbout(desk, about.consultation, desk.t(nameOf(step)));
    page.crumbs.push_back({page.title, ""});
    page.lead = about.consultation.text.title;
    page.content = stepLinks(desk, about, step);
    return page;
}

Page partPage(const Desk& desk, const Consultation& about, Part part) {
    const bool overview = part == Part::overview;
    Page page = pageAbout(desk, about, overview ? about.text.title : desk.t(nameOf(part)));
    if (overview) page.crumbs.back().href.clear();
    else {
        page.crumbs.push_back({page.title, ""});
        page.lead = about.text.title;
    }
    if (about.state == ConsultationState::draft) return page;
    std::vector<Tab> list;
    for (const Part each : allParts)
        list.push_back({desk.t(nameOf(each)), consultationHref(about.id, pathOf(each)), each == part});
    page.content = tabs(desk.t("page.tabs.label"), list);
    return page;
}

Markup stateBadge(const text::Words& words, const Consultation& consultation) {
    const auto tone = [&] {
        switch (consultation.state) {
        case ConsultationState::open: return Tone::success;
        case ConsultationState::cancelled: return Tone::error;
        default: return Tone::info;
        }
    }();
    return badge(tone, words("state." + std::string(stateName(consultation.state))));
}

Markup statusBadge(const text::Words& words, PartyStatus status) {
    const auto tone = [&] {
        switch (status) {
        case PartyStatus::answered:
        case PartyStatus::noRemarks:
        case PartyStatus::declined:
        case PartyStatus::joint: return Tone::success;
        case PartyStatus::bounced: return Tone::error;
        case PartyStatus::withdrawn:
        case PartyStatus::noAnswer: return Tone::warning;
        default: return Tone::info;
        }
    }();
    return badge(tone, words("party_status." + std::string(statusName(status))));
}

std::string deadlineLine(const text::Words& words, const Consultation& consultation, Now now) {
    if (!consultation.text.deadline) return "";
    const auto& deadline = *consultation.text.deadline;
    std::string line = words.deadline(deadline);
    if (consultation.state == ConsultationState::open)
        line += " – " + words.daysLeft(now.instant >= deadline.endsAt() ? -1 : daysLeft(deadline, now));
    return line;
}

PartyStatus partyStatus(const Consultation& consultation, const Party& party, const PartyFacts& facts, Now now) {
    const bool over = consultation.text.deadline && now.instant >= deadlineFor(consultation, party).endsAt();
    return statusOf(facts, over);
}

Tally tallyOf(const Consultation& consultation, const std::vector<Party>& parties,
              const std::map<std::int64_t, PartyFacts>& facts, Now now) {
    Tally tally;
    const auto answeredBy = [&](std::int64_t id) {
        const auto found = facts.find(id);
        return found != facts.end() && found->second.answeredAt.has_value();
    };
    for (const auto& party : parties) {
        if (party.unsolicited) {
            if (!answeredBy(party.id)) continue; // it took its answer back
            ++tally.unsolicited;
            if (facts.at(party.id).late) ++tally.late;
            continue;
        }
        const auto found = facts.find(party.id);
        const PartyFacts known = found == facts.end() ? PartyFacts{} : found->second;
        const PartyStatus status = partyStatus(consultation, party, known, now);
        const bool consulted = party.role == PartyRole::consulted;
        ++(consulted ? tally.consulted : tally.informed)[status];
        if (known.late) ++tally.late;
        if (consulted) ++tally.asked;
        // Whoever answers together with another has answered when that one has.
        const bool jointly = !known.answeredAt && party.jointWith && answeredBy(*party.jointWith);
        if (consulted && (known.answeredAt || jointly)) ++tally.answered;
    }
    return tally;
}

Markup answerPicture(const text::Words& words, const Tally& tally) {
    if (tally.asked == 0) return {};
    const auto in = [&](PartyStatus status) {
        const auto found = tally.consulted.find(status);
        return found == tally.consulted.end() ? 0L : found->second;
    };
    const long drafting = in(PartyStatus::drafting), opened = in(PartyStatus::opened);
    const std::string told = words("page.overview.picture", {{"answered", words.number(tally.answered)},
                                                             {"asked", words.number(tally.asked)},
                                                             {"drafting", words.number(drafting)},
                                                             {"opened", words.number(opened)}});
    return stackSvg(told, {tally.answered, drafting, opened, tally.asked - tally.answered - drafting - opened});
}

std::string typedDate(const std::optional<LocalDate>& date) {
    if (!date) return "";
    const auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(unsigned(date->day())) + "." + two(unsigned(date->month())) + "." + std::to_string(int(date->year()));
}

std::string typedTime(std::chrono::minutes time) {
    const auto two = [](long n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(time.count() / 60) + "." + two(time.count() % 60);
}

} // namespace hoering::web

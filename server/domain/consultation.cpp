#include "domain/consultation.h"

#include <algorithm>
#include <array>
#include <regex>
#include <set>

#include "common/strings.h"
#include "domain/party.h"

namespace hoering {

std::string_view stateName(ConsultationState state) {
    switch (state) {
    case ConsultationState::draft: return "draft";
    case ConsultationState::open: return "open";
    case ConsultationState::closed: return "closed";
    case ConsultationState::concluded: return "concluded";
    case ConsultationState::cancelled: return "cancelled";
    }
    return "";
}

ConsultationState stateFrom(std::string_view name) {
    for (auto state : {ConsultationState::open, ConsultationState::closed, ConsultationState::concluded,
                       ConsultationState::cancelled})
        if (stateName(state) == name) return state;
    return ConsultationState::draft;
}

namespace {

void addOnce(std::vector<std::string>& found, std::string text) {
    if (std::find(found.begin(), found.end(), text) == found.end()) found.push_back(std::move(text));
}

/// std::regex recurses per character: long texts are looked at a line at a time, long lines in pieces.
template <class F> void eachPiece(std::string_view text, F f) {
    constexpr std::size_t piece = 2000;
    for (auto line : split(text, '\n'))
        for (std::size_t at = 0; at < line.size(); at += piece) f(std::string(line.substr(at, piece + 100)));
}

} // namespace

std::vector<std::string> placeholdersIn(std::string_view text) {
    static const std::regex pattern(
        R"(\([xX]{1,3}\)|[xX]{1,3}@[A-Za-z0-9.-]*|(^|[^A-Za-z0-9])(XX+|xx+|TODO|TBD|___+)(?![A-Za-z0-9])|\[(inds|udfyld|navn|dato|XX)[^\]]*\]|[A-Za-z.]+: *[xX]\s*$)");
    std::vector<std::string> found;
    eachPiece(text, [&](const std::string& line) {
        for (std::sregex_iterator it(line.begin(), line.end(), pattern), end; it != end; ++it) {
            std::string hit = it->str();
            if ((*it)[2].matched) hit = (*it)[2].str();
            addOnce(found, std::string(trim(hit)));
        }
    });
    return found;
}

std::vector<std::string> wrongWeekdaysIn(std::string_view text) {
    static const std::regex pattern(
        "(mandag|tirsdag|onsdag|torsdag|fredag|l\xC3\xB8rdag|s\xC3\xB8ndag) (?:den|d\\.)? ?"
        "([0-9]{1,2}\\. ?[a-z]+ [0-9]{4}|[0-9]{1,2}[.-][0-9]{1,2}[.-][0-9]{4})",
        std::regex::icase);
    static constexpr std::array<std::string_view, 7> names{"s\xC3\xB8ndag", "mandag", "tirsdag", "onsdag",
                                                           "torsdag",       "fredag", "l\xC3\xB8rdag"};
    std::vector<std::string> found;
    eachPiece(text, [&](const std::string& line) {
        for (std::sregex_iterator it(line.begin(), line.end(), pattern), end; it != end; ++it) {
            const auto date = parseTypedDate((*it)[2].str());
            if (date && names[weekdayOf(*date).c_encoding()] != lowerAscii((*it)[1].str())) addOnce(found, it->str());
        }
    });
    return found;
}

bool anyStops(const std::vector<Finding>& findings) {
    return std::any_of(findings.begin(), findings.end(), [](const auto& finding) { return finding.stops; });
}

namespace {

void checkTexts(const ConsultationText& text, std::vector<Finding>& found) {
    const std::pair<const char*, const std::string*> all[] = {
        {"title", &text.title},          {"summary", &text.summary},        {"body", &text.body},
        {"journal_number", &text.journalNumber}, {"unit", &text.unit},      {"committee", &text.committee},
        {"officer_name", &text.officerName},     {"officer_phone", &text.officerPhone},
        {"officer_mail", &text.officerMail},     {"afterwards", &text.afterwards}};
    for (const auto& [field, value] : all) {
        for (const auto& mark : placeholdersIn(*value))
            found.push_back({true, "finding.placeholder", {{"mark", mark}}, field});
        // A field of its own that only says "x" is a placeholder too; in running text it may be a letter.
        if (lowerAscii(*value) == "x") found.push_back({true, "finding.placeholder", {{"mark", *value}}, field});
        for (const auto& mark : wrongWeekdaysIn(*value))
            found.push_back({false, "finding.weekday", {{"mark", mark}}, field});
    }
    if (text.summary.empty()) found.push_back({true, "finding.summary.missing", {}, "summary"});
    if (text.officerName.empty()) found.push_back({true, "finding.officer.missing", {}, "officer_name"});
    if (text.officerMail.empty()) found.push_back({true, "finding.officer_mail.missing", {}, "officer_mail"});
    if (text.body.empty()) found.push_back({false, "finding.body.missing", {}, "body"});
    if (text.journalNumber.empty()) found.push_back({false, "finding.journal_number.missing", {}, "journal_number"});
    if (text.committee.empty()) found.push_back({false, "finding.committee.missing", {}, "committee"});
}

void checkParties(const std::vector<Party>& parties, std::vector<Finding>& found) {
    if (parties.empty()) found.push_back({true, "finding.parties.missing", {}, "parties"});
    std::set<std::string> names, mails;
    bool anyConsulted = false;
    for (const auto& party : parties) {
        anyConsulted = anyConsulted || party.role == PartyRole::consulted;
        if (party.contacts.empty()) found.push_back({true, "finding.party.no_contact", {{"party", party.name}}, "parties"});
        if (!names.insert(lowerAscii(party.name)).second)
            found.push_back({false, "finding.party.twice", {{"party", party.name}}, "parties"});
        for (const auto& contact : party.contacts) {
            if (!placeholdersIn(contact.mail).empty() || startsWith(lowerAscii(contact.mail), "x@"))
                found.push_back({true, "finding.placeholder", {{"mark", contact.mail}}, "parties"});
            if (!mails.insert(lowerAscii(contact.mail)).second)
                found.push_back({false, "finding.mail.twice", {{"mail", contact.mail}}, "parties"});
        }
        // "LokalMED i A og B" may be one party or two; only a person can say.
        const std::string lower = lowerAscii(party.name);
        if (lower.find("med i ") != std::string::npos && lower.find(" og ") != std::string::npos)
            found.push_back({false, "finding.party.maybe_two", {{"party", party.name}}, "parties"});
    }
    if (!parties.empty() && !anyConsulted) found.push_back({false, "finding.parties.only_informed", {}, "parties"});
}

} // namespace

std::vector<Finding> readiness(const Consultation& consultation, const std::vector<Party>& parties,
                               const std::vector<Enclosure>& enclosures, std::size_t reminderSteps, Now now,
                               const PeriodLimits& limits) {
    std::vector<Finding> found;
    const auto& text = consultation.text;
    checkTexts(text, found);
    if (!text.deadline) found.push_back({true, "finding.deadline.missing", {}, "deadline_date"});
    else
        for (auto& doubt : doubtsAbout(*text.deadline, now, limits, !text.shortPeriodReason.empty()))
            found.push_back(std::move(doubt));
    if (text.decisionDate && daysBetween(dateOf(now.local), *text.decisionDate) > 0)
        found.push_back({false, "finding.decision.future", {}, "decision_date"});
    if (enclosures.empty()) found.push_back({false, "finding.enclosures.missing", {}, "enclosures"});
    for (const auto& enclosure : enclosures)
        for (const auto& mark : placeholdersIn(enclosure.title))
            found.push_back({true, "finding.placeholder", {{"mark", mark}}, "enclosures"});
    checkParties(parties, found);
    if (reminderSteps == 0) found.push_back({false, "finding.reminders.none", {}, "reminders"});
    std::stable_partition(found.begin(), found.end(), [](const auto& finding) { return finding.stops; });
    return found;
}

} // namespace hoering

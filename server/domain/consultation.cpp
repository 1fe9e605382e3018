#include "domain/consultation.h"

#include <algorithm>
#include <set>

#include "common/strings.h"
#include "domain/party.h"
#include "domain/personal_data.h"

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

bool anyStops(const std::vector<Finding>& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const auto& finding) { return finding.stops && !finding.toDecide; });
}
bool anyUndecided(const std::vector<Finding>& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const auto& finding) { return finding.stops && finding.toDecide; });
}

namespace {

void lookForCpr(std::string_view where, std::string_view text, std::string_view field, std::vector<Finding>& found) {
    for (const auto& number : cprNumbersIn(text))
        found.push_back(
            {true, "finding.cpr", {{"where", std::string(where)}, {"number", number}}, std::string(field), true});
}

Finding findingOf(const StoredFile& file, const FileHit& hit) {
    const bool cpr = hit.kind == FileHit::Kind::cpr;
    Args args{{"file", file.name}, {cpr ? "number" : "mark", hit.what}};
    if (hit.page > 0) args.emplace_back("page", std::to_string(hit.page));
    return {true, std::string("finding.file.") + (cpr ? "cpr" : "placeholder") + (hit.page > 0 ? "_page" : ""),
            std::move(args), "enclosures", true};
}

} // namespace

void lookAtTyped(std::string_view where, std::string_view typed, std::vector<Finding>& found) {
    lookForCpr(where, typed, "", found);
    for (auto& mark : placeholdersIn(typed))
        found.push_back(
            {true, "finding.placeholder", {{"where", std::string(where)}, {"mark", std::move(mark)}}, "", true});
}

std::vector<Finding> cprIn(const StoredFile& file) {
    std::vector<Finding> found;
    for (const auto& number : cprNumbersIn(file.name))
        found.push_back({true, "finding.file.name", {{"file", file.name}, {"number", number}}, "enclosures", true});
    for (const auto& hit : file.search.hits)
        if (hit.kind == FileHit::Kind::cpr) found.push_back(findingOf(file, hit));
    if (found.size() >= hitsPerFile)
        found.push_back({true, "finding.file.more", {{"file", file.name}}, "enclosures", true});
    return found;
}

std::optional<Finding> notSearched(const StoredFile& file) {
    const auto say = [&](const char* key, bool stops) {
        return Finding{stops, key, {{"file", file.name}}, "enclosures", stops};
    };
    switch (file.search.reading) {
    case Reading::notYet: return say("finding.file.not_searched", true);
    case Reading::whole: return std::nullopt;
    case Reading::partly: return say("finding.file.partly_searched", false);
    case Reading::nothing: return say("finding.file.not_searchable", false);
    }
    return std::nullopt;
}

void lookAtFile(const StoredFile& file, std::vector<Finding>& found) {
    for (auto& each : cprIn(file)) found.push_back(std::move(each));
    for (const auto& hit : file.search.hits)
        if (hit.kind == FileHit::Kind::placeholder) found.push_back(findingOf(file, hit));
    if (auto doubt = notSearched(file)) found.push_back(std::move(*doubt));
}

void lookAtAnswerFile(const StoredFile& file, std::string_view field, std::vector<Finding>& found) {
    auto all = cprIn(file);
    if (auto doubt = notSearched(file)) all.push_back(std::move(*doubt));
    for (auto& each : all) {
        each.stops = each.toDecide = false;
        each.field = field;
        found.push_back(std::move(each));
    }
}

bool isPublished(const Consultation& consultation) {
    return consultation.text.isPublic && consultation.openedAt.has_value();
}

namespace {

void checkPlaceholders(const char* field, const std::string& value, std::vector<Finding>& found) {
    const auto add = [&](std::string mark) {
        const Args args{{"where", std::string("label.") + field}, {"mark", std::move(mark)}};
        found.push_back({true, "finding.placeholder", args, field});
    };
    for (auto& mark : placeholdersIn(value)) add(std::move(mark));
    // A field of its own that only says "x" is a placeholder too; in running text it may be a letter.
    if (lowerAscii(value) == "x") add(value);
}

void checkTexts(const ConsultationText& text, std::vector<Finding>& found) {
    const std::pair<const char*, const std::string*> all[] = {{"title", &text.title},
                                                              {"summary", &text.summary},
                                                              {"body", &text.body},
                                                              {"journal_number", &text.journalNumber},
                                                              {"unit", &text.unit},
                                                              {"committee", &text.committee},
                                                              {"officer_name", &text.officerName},
                                                              {"officer_phone", &text.officerPhone},
                                                              {"officer_mail", &text.officerMail},
                                                              {"short_period_reason", &text.shortPeriodReason},
                                                              {"afterwards", &text.afterwards}};
    for (const auto& [field, value] : all) {
        checkPlaceholders(field, *value, found);
        lookForCpr(std::string("label.") + field, *value, field, found);
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

/// In what its letters are headed with, and where they go.
void checkPlaceholders(const Party& party, std::vector<Finding>& found) {
    std::vector<std::string> marks = placeholdersIn(party.name);
    for (const auto& contact : party.contacts)
        for (const auto* typed : {&contact.name, &contact.mail}) {
            const auto more = placeholdersIn(*typed);
            marks.insert(marks.end(), more.begin(), more.end());
        }
    for (const auto& mark : marks)
        found.push_back({true, "finding.party.placeholder", {{"party", party.name}, {"mark", mark}}, "parties"});
}

void checkParties(const std::vector<Party>& parties, std::vector<Finding>& found) {
    if (parties.empty()) found.push_back({true, "finding.parties.missing", {}, "parties"});
    std::set<std::string> names, mails;
    bool anyConsulted = false;
    for (const auto& party : parties) {
        anyConsulted = anyConsulted || party.role == PartyRole::consulted;
        if (party.contacts.empty())
            found.push_back({true, "finding.party.no_contact", {{"party", party.name}}, "parties"});
        if (!names.insert(lowerAscii(party.name)).second)
            found.push_back({false, "finding.party.twice", {{"party", party.name}}, "parties"});
        checkPlaceholders(party, found);
        lookForCpr("label.party", party.name, "parties", found);
        for (const auto& contact : party.contacts)
            if (!mails.insert(lowerAscii(contact.mail)).second)
                found.push_back({false, "finding.mail.twice", {{"mail", contact.mail}}, "parties"});
        // "LokalMED i A og B" may be one party or two; only a person can say.
        const std::string lower = lowerAscii(party.name);
        if (lower.find("med i ") != std::string::npos && lower.find(" og ") != std::string::npos)
            found.push_back({false, "finding.party.maybe_two", {{"party", party.name}}, "parties"});
    }
    if (!parties.empty() && !anyConsulted) found.push_back({false, "finding.parties.only_informed", {}, "parties"});
}

} // namespace

const LetterWording* wordingFor(const Consultation& consultation, LetterKind kind, std::string_view language) {
    for (const auto& each : consultation.wordings)
        if (each.kind == kind && each.language == language) return &each;
    return nullptr;
}

std::vector<Finding> readiness(const Consultation& consultation, const std::vector<Party>& parties,
                               const std::vector<Enclosure>& enclosures, const ReminderPlan& reminders, Now now,
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
    for (const auto& enclosure : enclosures) {
        lookForCpr("label.enclosure_title", enclosure.title, "enclosures", found);
        lookAtFile(enclosure.file, found);
        for (const auto& mark : placeholdersIn(enclosure.title))
            found.push_back({true, "finding.enclosure.placeholder", {{"mark", mark}}, "enclosures"});
    }
    checkParties(parties, found);
    checkPlaceholders("late_answers", reminders.rules.lateAnswers, found);
    if (reminders.steps.empty()) found.push_back({false, "finding.reminders.none", {}, "reminders"});
    std::stable_partition(found.begin(), found.end(), [](const auto& finding) { return finding.stops; });
    return found;
}

} // namespace hoering

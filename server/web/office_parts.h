// What the office's pages have in common: the frame with tabs or steps, status words, small pictures, typed values.
// Not here: the design's parts (components.h), what a page says (office_pages, edit_pages and the files named there).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/consultation.h"
#include "domain/party.h"
#include "domain/response.h"
#include "usecases/edit_consultation.h"
#include "web/components.h"
#include "web/desk.h"

namespace hoering::web {

/// "/kontor/hoeringer/7" + "/parter".
std::string consultationHref(std::int64_t id, std::string_view rest = "");
std::string responseHref(const Response& response);
/// The consultation named by the first {…} of the path.
std::optional<ConsultationDesk> consultationHere(Desk& desk);
bool mayEdit(const Desk& desk);

/// The notice named by ?besked=…, if it is one of ours; "" otherwise.
std::string noticeOf(const Desk& desk);
/// A wide page of the office with the notice of the address.
Page officePage(const Desk& desk, std::string title);
http::Reply back(std::string where, std::string_view notice);
/// The same after an act of the office: what it was and how many letters are on their way, by its mailing.
http::Reply backFromAct(const std::string& where, std::int64_t mailing);

/// Steps of a draft, in order; each is a page.
enum class Step { facts, enclosures, parties, reminders, check };
std::string stepHref(std::int64_t id, Step step);
/// Tabs of a consultation that has been sent.
enum class Part { overview, responses, parties, reminders, letters, digest, journal };
/// A page about one consultation: crumbs, its title, and the steps of a draft or the tabs of a sent one.
Page stepPage(const Desk& desk, const ConsultationDesk& about, Step step);
Page partPage(const Desk& desk, const Consultation& about, Part part);
/// The last button of a step's form, which may stay empty: takes in what is typed, then goes on ("go" is "next").
Markup goOnButton(const Desk& desk, Step next, ButtonKind kind);
/// Where a finding is mended.
std::string mendHref(std::int64_t id, const std::string& field);
/// Readiness of a draft as of now.
std::vector<Finding> findingsOf(const Desk& desk, const ConsultationDesk& about);
/// The steps as a line of links, the current one marked, finished ones ticked.
Markup stepLinks(const Desk& desk, const ConsultationDesk& about, std::optional<Step> current);

Markup stateBadge(const text::Words& words, const Consultation& consultation);
Markup statusBadge(const text::Words& words, PartyStatus status);
/// The consultation's deadline with the days left; "" for none.
std::string deadlineLine(const text::Words& words, const Consultation& consultation, Now now);

/// Consulted parties by status, and what is late.
struct Tally {
    std::map<PartyStatus, long> consulted, informed;
    long asked = 0, answered = 0, late = 0, unsolicited = 0;
};
Tally tallyOf(const Consultation& consultation, const std::vector<Party>& parties,
              const std::map<std::int64_t, PartyFacts>& facts, Now now);
PartyStatus partyStatus(const Consultation& consultation, const Party& party, const PartyFacts& facts, Now now);
/// A small stacked bar: answered, under way, nothing yet. Described for those who do not see it.
Markup answerPicture(const text::Words& words, const Tally& tally);

/// "30.10.2023", as it may be typed again.
std::string typedDate(const std::optional<LocalDate>& date);
/// "12.00"
std::string typedTime(std::chrono::minutes time);

} // namespace hoering::web

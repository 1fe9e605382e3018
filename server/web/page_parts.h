// Small parts that the public's and the parties' pages share: whom to call, how long is left, what just happened.
// Not here: the design system (components.h), one page's own content (*_pages).
#pragma once

#include <string>
#include <string_view>

#include "domain/access.h"
#include "domain/consultation.h"
#include "web/components.h"
#include "web/desk.h"

namespace hoering::web {

/// "12 dage tilbage"; "fristen er passeret" from the very second on, also on the deadline's own day.
std::string timeLeft(const text::Words& words, const Deadline& deadline, Now now);

/// The text key of the notice named in ?besked=, "" unless it is one of the public's or the parties'.
std::string noticeHere(const Desk& desk);

/// "Ring til …": the consultation's officer where known, else the office named in the settings.
Markup whomToCall(const Desk& desk, const Consultation* consultation = nullptr);

/// Content with the party's deadline and whom to call beside it on wide screens, before it on narrow ones.
/// `calendarHref`: the deadline for the reader's calendar, "" to offer none.
Markup withDeadline(const Desk& desk, const PartyVisit& visit, const Markup& content,
                    std::string_view calendarHref = "/mit-svar/frist.ics");

/// A deadline to put into a calendar, as a download (text::partyCalendar, text::publicCalendar).
http::Reply calendarFile(const Desk& desk, std::string calendar);

Markup paragraph(std::string_view text, std::string_view cssClass = "");
Markup heading(std::string_view text, int level = 2);
/// Big and quiet buttons in one line.
Markup buttonRow(const Markup& buttons);
Markup bullets(const std::vector<Markup>& items);

/// An address on this site that a form may send people back to: "/…", no second slash, no backslash, visible ASCII.
bool isLocalPath(std::string_view path);

} // namespace hoering::web

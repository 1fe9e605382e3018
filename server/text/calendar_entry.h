// The deadline as a calendar entry (iCalendar, RFC 5545), with a letter or to download.
// Not here: which letters carry one (letter_writer.h withCalendar), attaching it (server/jobs/outbox_job).
#pragma once

#include <string>
#include <string_view>

#include "domain/consultation.h"
#include "domain/party.h"
#include "text/letters.h"

namespace hoering::text {

/// What the entry says that goes with a letter. An act raises the sequence while it is done, after its letters were
/// written: so the letters of a change count one more than what is stored.
enum class CalendarNews {
    asItStands,
    changed,  // the deadline was moved: replaces the entry there is
    withdrawn // cancelled or closed early: takes the entry away again
};

/// A party's own deadline: METHOD:PUBLISH, or CANCEL with STATUS:CANCELLED when it is withdrawn or the consultation is
/// cancelled (RFC 5546 3.2.1, 3.2.5). The UID is stable per party, SEQUENCE the consultation's plus the party's. Times
/// are UTC instants, so that no reader's time zone rules matter; a calendar shows them in local time. No personal link:
/// a calendar is often shared. DTSTAMP is open until `stamped`. Lines end in CRLF and are at most 75 octets.
std::string partyCalendar(const Words& words, const House& house, const Consultation& consultation, const Party& party,
                          CalendarNews news = CalendarNews::asItStands);
/// The common deadline, for the public page: names no party.
std::string publicCalendar(const Words& words, const House& house, const Consultation& consultation);
/// Puts in when the entry was made (DTSTAMP). Once, when the letter is queued or the download is answered.
std::string stamped(std::string calendar, Instant at);

/// The Content-Type that goes with it: its method is the entry's own (RFC 6047 2.4).
std::string calendarType(std::string_view calendar);

} // namespace hoering::text

#include "text/calendar_entry.h"

#include <cstdio>

#include "common/strings.h"
#include "domain/access.h"
#include "text/letter_writer.h"

namespace hoering::text {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view openStamp = "\r\nDTSTAMP:-\r\n";
constexpr std::size_t longestLine = 75; // octets without CRLF (RFC 5545 3.1)

/// Content lines, folded without cutting a character in two.
class Lines {
  public:
    /// `value` as it stands: already in its value type's form.
    void add(std::string_view name, std::string_view value) {
        std::string_view rest = keep(std::string(name) + ":" + std::string(value));
        for (std::size_t room = longestLine; rest.size() > room; room = longestLine - 1) {
            std::size_t cut = room;
            while (cut > 0 && (static_cast<unsigned char>(rest[cut]) & 0xC0) == 0x80) --cut;
            bytes_.append(rest.substr(0, cut)).append("\r\n ");
            rest.remove_prefix(cut);
        }
        bytes_.append(rest).append("\r\n");
    }
    /// TEXT (RFC 5545 3.3.11).
    void text(std::string_view name, std::string_view value) {
        std::string escaped;
        for (const char c : cleanText(value)) {
            if (c == '\\' || c == ';' || c == ',') escaped += '\\';
            if (c == '\n') escaped += "\\n";
            else if (c != '\t') escaped += c;
            else escaped += ' ';
        }
        add(name, escaped);
    }
    const std::string& bytes() const { return bytes_; }

  private:
    std::string_view keep(std::string line) { return line_ = std::move(line); }
    std::string bytes_, line_;
};

std::string utc(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(instant - day)};
    char out[40];
    std::snprintf(out, sizeof out, "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return out;
}

/// A quoted parameter value has no quotation marks in it (RFC 5545 3.2).
std::string quoted(std::string_view text) { return "\"" + replaceAll(letterLine(text), "\"", "'") + "\""; }

bool isPlainAddress(std::string_view mail) {
    if (mail.find('@') == std::string_view::npos) return false;
    for (const unsigned char c : mail)
        if (c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' || c == ',') return false;
    return true;
}

/// Who sends it; RFC 5546 asks for one. An address where there is one, else the service's own.
void organizer(Lines& out, const House& house, const ConsultationText& about) {
    const bool officer = isPlainAddress(about.officerMail);
    const std::string& mail = officer ? about.officerMail : house.contactMail;
    out.add("ORGANIZER;CN=" + quoted(house.municipality),
            isPlainAddress(mail) ? "mailto:" + mail : house.publicUrl + "/");
}

struct Entry {
    std::string uid;
    int sequence = 0;
    Deadline due;
    bool withdrawn = false;
    std::string description;
};

std::string bytesOf(const Words& words, const House& house, const Consultation& consultation, const Entry& entry) {
    const ConsultationText& about = consultation.text;
    const std::string summary =
        words(entry.withdrawn ? "calendar.withdrawn" : "calendar.summary", {{"title", letterLine(about.title)}});
    // The minute shown is the last one that counts. Without a time of day that is 23.59, and the half hour
    // begins 23.30.
    const Instant end = entry.due.endsAt() - 1min, start = entry.due.time ? end - 30min : entry.due.endsAt() - 30min;
    Lines out;
    out.add("BEGIN", "VCALENDAR");
    out.add("VERSION", "2.0");
    out.text("PRODID", "-//Hoering//Hoering//" + std::string(words.language() == "en" ? "EN" : "DA"));
    out.add("CALSCALE", "GREGORIAN");
    out.add("METHOD", entry.withdrawn ? "CANCEL" : "PUBLISH");
    out.add("BEGIN", "VEVENT");
    out.text("UID", entry.uid);
    out.add("DTSTAMP", "-");
    out.add("SEQUENCE", std::to_string(entry.sequence));
    out.add("STATUS", entry.withdrawn ? "CANCELLED" : "CONFIRMED");
    organizer(out, house, about);
    out.add("DTSTART", utc(start));
    out.add("DTEND", utc(end));
    out.text("SUMMARY;LANGUAGE=" + std::string(words.language()), summary);
    out.text("DESCRIPTION;LANGUAGE=" + std::string(words.language()), entry.description);
    if (about.isPublic && !consultation.slug.empty()) out.add("URL", house.publicUrl + "/hoering/" + consultation.slug);
    out.add("TRANSP", "TRANSPARENT"); // a deadline takes nobody's time
    if (!entry.withdrawn) {           // RFC 5546 3.2.5: a cancellation has no alarm
        out.add("BEGIN", "VALARM");
        out.add("ACTION", "DISPLAY");
        out.text("DESCRIPTION", summary);
        out.add("TRIGGER;RELATED=END", "-P1D");
        out.add("END", "VALARM");
    }
    out.add("END", "VEVENT");
    out.add("END", "VCALENDAR");
    return out.bytes();
}

std::string describe(const Words& words, const House& house, const Consultation& consultation, const Deadline& due,
                     const Party* party) {
    const ConsultationText& about = consultation.text;
    std::vector<std::string> lines{words("letter.fact.deadline") + ": " + words.deadline(due)};
    if (party) lines.push_back(words("calendar.party", {{"party", letterLine(party->name)}}));
    if (!about.journalNumber.empty())
        lines.push_back(words("letter.fact.journal_number") + ": " + letterLine(about.journalNumber));
    lines.push_back(words("calendar.link", {{"municipality", letterLine(house.municipality)}}));
    lines.push_back(words("letter.questions", {{"whom", whomToCall(house, about)}}));
    return join(lines, "\n");
}

} // namespace

std::string partyCalendar(const Words& words, const House& house, const Consultation& consultation, const Party& party,
                          CalendarNews news) {
    const Deadline due = deadlineFor(consultation, party);
    return bytesOf(
        words, house, consultation,
        {"hoering-" + std::to_string(consultation.id) + "-" + std::to_string(party.id) + "@" + house.mailDomain,
         consultation.sequence + party.sequence + (news == CalendarNews::asItStands ? 0 : 1), due,
         news == CalendarNews::withdrawn || consultation.state == ConsultationState::cancelled,
         describe(words, house, consultation, due, &party)});
}

std::string publicCalendar(const Words& words, const House& house, const Consultation& consultation) {
    const Deadline due = consultation.text.deadline.value();
    return bytesOf(words, house, consultation,
                   {"hoering-" + std::to_string(consultation.id) + "@" + house.mailDomain, consultation.sequence, due,
                    consultation.state == ConsultationState::cancelled,
                    describe(words, house, consultation, due, nullptr)});
}

std::string stamped(std::string calendar, Instant at) {
    return replaceAll(std::move(calendar), openStamp, "\r\nDTSTAMP:" + utc(at) + "\r\n");
}

std::string calendarType(std::string_view calendar) {
    const bool cancels = calendar.find("\r\nMETHOD:CANCEL\r\n") != std::string_view::npos;
    return std::string("text/calendar; charset=utf-8; method=") + (cancels ? "CANCEL" : "PUBLISH");
}

} // namespace hoering::text

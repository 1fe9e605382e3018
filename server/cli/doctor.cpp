// hoering doctor: looks for what would go wrong, and says what to do.
#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include "blobs/child.h"
#include "bounces/returned_mail.h"
#include "cli/commands.h"
#include "cli/findings.h"
#include "common/calendar.h"
#include "common/strings.h"
#include "documents/pdf.h"

namespace hoering::cli {

using namespace std::chrono_literals;

namespace {

const char* nameOf(Standing standing) {
    switch (standing) {
    case Standing::ok: return "ok  ";
    case Standing::warn: return "warn";
    case Standing::fail: return "FAIL";
    }
    return "";
}

void timeZone(Lines& lines) {
    try {
        const auto hour = [](unsigned month) {
            return toInstant(atTime(LocalDate{std::chrono::year{2025}, std::chrono::month{month}, std::chrono::day{1}},
                                    12h)) -
                   std::chrono::sys_days{std::chrono::year{2025} / std::chrono::month{month} / 1};
        };
        if (hour(7) == 10h && hour(1) == 11h) lines.push_back({Standing::ok, "time zone", "Europe/Copenhagen"});
        else lines.push_back({Standing::fail, "time zone", "Europe/Copenhagen is wrong; install tzdata again"});
    } catch (const std::exception& trouble) {
        lines.push_back({Standing::fail, "time zone", std::string("install tzdata: ") + trouble.what()});
    }
}

/// The carried part that writes documents, its libraries and fonts: all are first needed here.
void writing(Lines& lines) {
    try {
        documents::Document page;
        page.title = "Prøve æøå";
        page.blocks.emplace_back(documents::Heading{1, "Blåbærgrød"});
        lines.push_back(
            {Standing::ok, "documents", fmt::format("a PDF of {} bytes was made", documents::toPdf(page).size())});
    } catch (const std::exception& trouble) {
        lines.push_back({Standing::fail, "documents", std::string("no PDF can be made: ") + trouble.what()});
    }
}

/// The carried part that reads returned mail, which is first needed when a mail server hands one over.
void returnedMail(Lines& lines) {
    constexpr std::string_view report = "From: MAILER-DAEMON@example.dk\r\n"
                                        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n"
                                        "\r\n--b\r\nContent-Type: message/delivery-status\r\n"
                                        "\r\nReporting-MTA: dns; example.dk\r\n"
                                        "\r\nFinal-Recipient: rfc822; ole@example.dk\r\n"
                                        "Action: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n";
    try {
        const auto read = bounces::readReturnedMail(report);
        if (read.verdict == bounces::Verdict::returned && read.mail.status == "5.1.1")
            lines.push_back({Standing::ok, "bounces", "a returned mail was read"});
        else
            lines.push_back({Standing::fail, "bounces", "a returned mail was read wrongly; install the program again"});
    } catch (const std::exception& trouble) {
        lines.push_back({Standing::fail, "bounces", std::string("no returned mail can be read: ") + trouble.what()});
    }
}

void program(const char* name, const char* without, Lines& lines) {
    const auto outcome = blobs::runChild({name, "-v"});
    if (outcome.exitCode == 0 || (outcome.exitCode > 0 && outcome.exitCode != 127))
        lines.push_back({Standing::ok, name, std::string(split(outcome.output, '\n').front())});
    else lines.push_back({Standing::fail, name, std::string("is not there: ") + without + "; install poppler-utils"});
}

bool isHere(std::string_view url) {
    return url.empty() || url.find("//localhost") != std::string_view::npos ||
           url.find("//127.") != std::string_view::npos || url.find("//[::1]") != std::string_view::npos;
}

} // namespace

void lookAtMachine(Instant now, Lines& lines) {
    timeZone(lines);
    writing(lines);
    returnedMail(lines);
    program("pdfinfo", "no PDF file can be taken in", lines);
    program("pdftotext", "personal data in PDF files is not found", lines);
    // Whether the machine keeps it cannot be asked here: the unit's system call filter ends who asks.
    if (now < std::chrono::sys_days{std::chrono::year{2025} / 1 / 1})
        lines.push_back({Standing::fail, "clock", "it shows " + isoUtc(now) + "; deadlines go by it: set it right"});
    else lines.push_back({Standing::ok, "clock", isoUtc(now)});
}

void lookAtOutside(const Settings& settings, Lines& lines) {
    const bool real = settings.mail.mode == MailSettings::Mode::smtp;
    const std::string& url = settings.server.publicUrl;
    if (isHere(url))
        lines.push_back({real ? Standing::fail : Standing::warn, "public_url",
                         (url.empty() ? "is not set" : url + " is this machine") +
                             std::string(": nobody elsewhere can open the links in letters; set server.public_url")});
    else if (!settings.server.https())
        lines.push_back({Standing::fail, "public_url", url + " is not https: personal links would travel in clear"});
    else lines.push_back({Standing::ok, "public_url", url});
    if (!real) {
        lines.push_back(
            {Standing::warn, "mail", "letters are files in DATA/mail, nothing is sent; set mail.mode = \"smtp\""});
        return;
    }
    auto server = mailServerOf(settings);
    server.totalSeconds = 20;
    const auto tried = smtp::probe(server);
    const std::string how = server.tls == smtp::TlsMode::none ? "without TLS, on this machine" : "with TLS";
    if (tried.outcome == smtp::Outcome::sent)
        lines.push_back({Standing::ok, "mail", tried.server + " takes mail " + how});
    else
        lines.push_back({Standing::fail, "mail",
                         tried.server + " cannot be used: " + tried.reply + "; see [mail] in the settings"});
}

int doctor(const Place& place) {
    const auto settings = loadSettings(place);
    if (!settings) return 2; // every line that is wrong has been named
    Lines lines{{Standing::ok, "settings", place.config.empty() ? "of the data folder" : place.config.string()}};
    const SystemClock clock;
    lookAtData({place.data}, clock.now(), lines);
    lookAtMachine(clock.now(), lines);
    lookAtOutside(*settings, lines);
    for (const auto& line : lines)
        std::cout << fmt::format("{} {:<12} {}\n", nameOf(line.standing), line.what, line.detail);
    const auto failed =
        std::count_if(lines.begin(), lines.end(), [](const Line& line) { return line.standing == Standing::fail; });
    if (failed > 0) std::cerr << "hoering: " << failed << " thing(s) must be mended\n";
    return failed > 0 ? 1 : 0;
}

} // namespace hoering::cli

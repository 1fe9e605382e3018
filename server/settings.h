// What an operator sets: config/example.toml documents every key, this is where they become values.
// Not here: what is set in the service itself (users, parties, consultations; server/domain), flags (server/cli).
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/second_step.h"

namespace hoering {

struct ListenSettings { // [server]
    std::string address = "127.0.0.1";
    unsigned short port = 8080;     // 0: any free one
    std::string publicUrl;          // no slash at the end; "": http://localhost:<port>. Letters use it, never Host
    std::vector<std::string> hosts; // allow-list, lower case, no port; publicUrl's and loopback if not set
    std::vector<std::string> trustedProxies = {"127.0.0.1", "::1"};
    std::size_t workers = 32;
    std::string metricsAddress = "127.0.0.1";
    unsigned short metricsPort = 0; // 0: no listener of its own
    std::string metricsToken;       // empty: /metrics answers only on the listener of its own

    /// Where people reach the service: publicUrl, or this machine's `boundPort`.
    std::string urlAt(unsigned short boundPort) const {
        return publicUrl.empty() ? "http://localhost:" + std::to_string(boundPort) : publicUrl;
    }
    bool https() const { return publicUrl.rfind("https://", 0) == 0; }
};

struct MunicipalitySettings { // [municipality]
    std::string name = "Kommunen";
    std::string colour = "#454545"; // #rrggbb, contrast on white at least 4.5:1 (WCAG 2.2, 1.4.3)
    std::string contactName = "Sekretariatet", contactPhone, contactMail; // whom to call
    std::string accessibilityStatementUrl;                                // https://was.digst.dk/…
    std::string privacyContact;                                           // the data protection officer
};

struct MailSettings { // [mail]
    enum class Mode { folder, smtp };
    enum class Tls { startTls, tls, none };
    Mode mode = Mode::folder; // folder: .eml files in DATA/mail, nothing is sent
    std::string host;
    unsigned short port = 587;
    Tls tls = Tls::startTls; // none: only to a loopback host
    std::string user, password;
    std::string fromName = "Høring", fromAddress = "hoering@localhost.localdomain";
    std::string caFile;                                // empty: the system's
    std::string helloName;                             // empty: the host of publicUrl
    int sessions = 4;                                  // letters under way at the same time
    int ratePerMinute = 0, ratePerDomainPerMinute = 0; // 0: no limit
    bool checkDomains = false;                         // ask DNS, before a mailing, whether each domain takes mail
    std::string nameServer;                            // for that; empty: the machine's
    bool journalNumberInSubject = false;
};

struct UploadSettings { // [uploads]
    unsigned fileMegabytes = 25;
    unsigned filesPerAnswer = 10;
    unsigned totalMegabytes = 100; // of one answer
};

/// One step of the reminder plan: this long before (or after) a party's own deadline, at that local time of day.
struct ReminderRule {
    int days = 0;
    bool workdays = false; // count working days only
    std::chrono::minutes timeOfDay{0};
    bool after = false; // the deadline, instead of before it
    bool operator==(const ReminderRule&) const = default;
};
/// "10 workdays 09:00", "1 workdays after 09:00" -> a rule; nullopt for anything else. Days 0-200, after the deadline
/// at least 1; time 00:00-23:59.
std::optional<ReminderRule> parseReminderRule(std::string_view text);

struct ConsultationSettings {       // [consultations]
    int shortPeriodDays = 14;       // a shorter period must be given a reason
    int recommendedPeriodDays = 28; // a shorter one is pointed out
    std::vector<ReminderRule> defaultReminders = {
        {10, true, std::chrono::hours{9}}, {3, true, std::chrono::hours{9}}, {0, false, std::chrono::hours{8}}};
    int linkGraceDays = 30;       // a personal link works this long after the party's deadline
    std::size_t releaseAbove = 0; // an act that writes more letters waits for a second person; 0: none does
    int notReachedWorkdays = 5;   // before a party's deadline: then staff are told that it is not reached
};

struct StaffSettings { // [staff]
    std::chrono::minutes sessionIdle{60};
    std::chrono::hours session{10};
    std::size_t passwordMinLength = 12;
    TwoSteps twoSteps = TwoSteps::optional;
};

struct Settings {
    ListenSettings server;
    MunicipalitySettings municipality;
    MailSettings mail;
    UploadSettings uploads;
    ConsultationSettings consultations;
    StaffSettings staff;
    std::string logLevel = "info"; // debug, info, warn, error
};

/// One thing to mend in the file, in words for an operator (English).
struct ConfigProblem {
    int line = 0;    // 1 = the first; 0: not one line (a missing key, the environment)
    std::string key; // "server.port"; "" for the file as a whole
    std::string sentence;
};

/// Reads the environment: nullopt if the variable is not set.
using Environment = std::function<std::optional<std::string>(const char* name)>;
/// The process's own environment.
std::optional<std::string> processEnvironment(const char* name);

/// TOML text -> settings, or every problem in it at once, by line. Secrets come from the environment
/// (HOERING_SMTP_PASSWORD, HOERING_METRICS_TOKEN) before `…_file` before the value itself. Reads the secret files
/// named in it; asks the machine for nothing else.
std::variant<Settings, std::vector<ConfigProblem>> readSettings(std::string_view tomlText,
                                                                const Environment& environment = processEnvironment);

/// "config.toml:12: server.port: must be a number from 0 to 65535", one line each.
std::string describe(const std::vector<ConfigProblem>& problems, std::string_view fileName);

/// Every key there is ("server.port", …), in the order of the file; for the check of config/example.toml.
std::vector<std::string> settingKeys();

/// Contrast of a colour "#rrggbb" on white, 1-21 (WCAG 2.2, relative luminance); nullopt if it is not a colour.
std::optional<double> contrastOnWhite(std::string_view colour);

} // namespace hoering

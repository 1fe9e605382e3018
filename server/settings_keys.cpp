#include "settings_keys.h"

#include <arpa/inet.h>

#include <array>
#include <cmath>
#include <utility>

#include "common/calendar.h"
#include "common/mail_address.h"
#include "common/strings.h"
#include "domain/typed_mail.h"

namespace hoering {

namespace {

using Complaint = std::optional<std::string>;
using Reader = std::function<Complaint(const toml::node&, Settings&, SecretFiles&)>;
using TextCheck = Complaint (*)(const std::string&);
using TextPlace = std::string& (*)(Settings&, SecretFiles&);
using ListPlace = std::vector<std::string>& (*)(Settings&);

bool hasControl(std::string_view text) {
    for (unsigned char c : text)
        if (c < 0x20 || c == 0x7f) return true;
    return false;
}

bool isAddress(const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> bytes;
    return inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 || inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

bool isHostName(std::string_view text) {
    if (text.empty() || text.size() > 253) return false;
    const auto allowed = text.front() == '[' ? "0123456789abcdefABCDEF:.[]"
                                             : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
    return text.find_first_not_of(allowed) == std::string_view::npos;
}

Complaint any(const std::string&) { return {}; }
Complaint address(const std::string& text) {
    return isAddress(text) ? Complaint{} : "must be an IP address such as 127.0.0.1 or ::1";
}
Complaint notEmpty(const std::string& text) { return trim(text).empty() ? "must not be empty" : Complaint{}; }
Complaint hostOrEmpty(const std::string& text) {
    return text.empty() || isHostName(text) ? Complaint{} : "must be a host name such as mail.example.dk";
}
/// As typed: fillIn makes it what travels.
Complaint mailAddress(const std::string& text) {
    const auto address = mailAddressFrom(text);
    if (address) return {};
    return address.error().key == "error.mail.local_part" ? "has letters before the @ that most mail servers cannot "
                                                            "take (æ, ø, å …): use an address with a-z there"
                                                          : "must be one mail address such as hoering@example.dk";
}
Complaint mailAddressOrEmpty(const std::string& text) { return text.empty() ? Complaint{} : mailAddress(text); }
Complaint nameServerOrEmpty(const std::string& text) {
    // "192.0.2.53", "192.0.2.53:5353", "2001:db8::53", "[2001:db8::53]:5353"
    const auto colon = text.rfind(':');
    const bool bracketed = startsWith(text, "[") && colon > 0 && text[colon - 1] == ']';
    const bool withPort = colon != std::string::npos && (bracketed || text.find(':') == colon);
    const auto host = !withPort ? text : bracketed ? text.substr(1, colon - 2) : text.substr(0, colon);
    const auto port = withPort ? text.substr(colon + 1) : "53";
    const bool digits = !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string::npos;
    return text.empty() || (isAddress(host) && digits) ? Complaint{}
                                                       : "must be an IP address, with :port if it is not 53";
}
Complaint webAddressOrEmpty(const std::string& text) {
    const bool web = startsWith(text, "https://") || startsWith(text, "http://");
    const bool whole = text.find_first_of(" \"<>") == std::string::npos;
    return text.empty() || (web && whole) ? Complaint{} : "must be a web address that starts with https://";
}
Complaint publicUrl(const std::string& text) {
    if (text.empty()) return {};
    const auto host = hostOfUrl(text);
    if (!host) return "must be https:// and a host name, without a path, such as https://hoering.example.dk";
    if (!startsWith(text, "https://") && !isLoopbackHost(*host))
        return "must start with https://: personal links and cookies must not travel in clear";
    return {};
}
Complaint colour(const std::string& text) {
    const auto contrast = contrastOnWhite(text);
    if (!contrast) return "must be a colour such as #1a5c8a";
    if (*contrast >= 4.5) return {};
    const auto tenths = static_cast<int>(*contrast * 10);
    return "has too little contrast on white (" + std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) +
           ":1; WCAG asks for at least 4.5:1): choose a darker colour";
}
Complaint logLevel(const std::string& text) {
    const bool known = text == "debug" || text == "info" || text == "warn" || text == "error";
    return known ? Complaint{} : "must be one of debug, info, warn, error";
}

Reader text(TextPlace place, TextCheck check) {
    return [=](const toml::node& node, Settings& settings, SecretFiles& files) -> Complaint {
        const auto value = node.value_exact<std::string>();
        if (!value) return "must be a text in quotation marks";
        if (hasControl(*value)) return "must be one line without control characters";
        if (auto complaint = check(*value)) return complaint;
        place(settings, files) = *value;
        return {};
    };
}

Reader number(long long least, long long most, void (*put)(Settings&, long long)) {
    return [=](const toml::node& node, Settings& settings, SecretFiles&) -> Complaint {
        const auto value = node.value_exact<int64_t>();
        if (!value || *value < least || *value > most)
            return "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most);
        put(settings, *value);
        return {};
    };
}

Reader flag(void (*put)(Settings&, bool)) {
    return [=](const toml::node& node, Settings& settings, SecretFiles&) -> Complaint {
        const auto value = node.value_exact<bool>();
        if (!value) return "must be true or false";
        put(settings, *value);
        return {};
    };
}

Reader choice(std::vector<std::string> names, void (*put)(Settings&, std::size_t)) {
    return [names = std::move(names), put](const toml::node& node, Settings& settings, SecretFiles&) -> Complaint {
        const auto value = node.value_exact<std::string>();
        for (std::size_t i = 0; value && i < names.size(); ++i) {
            if (*value != names[i]) continue;
            put(settings, i);
            return {};
        }
        return "must be one of " + join(names, ", ");
    };
}

Complaint readTexts(const toml::node& node, std::vector<std::string>& texts) {
    const auto* array = node.as_array();
    if (!array) return "must be a list of texts in [ ]";
    for (const auto& element : *array) {
        const auto value = element.value_exact<std::string>();
        if (!value) return "must be a list of texts in [ ]";
        texts.push_back(*value);
    }
    return {};
}

Reader list(ListPlace place, bool (*check)(const std::string&), const char* sentence) {
    return [=](const toml::node& node, Settings& settings, SecretFiles&) -> Complaint {
        std::vector<std::string> texts;
        if (auto complaint = readTexts(node, texts)) return complaint;
        for (auto& text : texts) {
            if (!check(text)) return std::string(sentence) + ", not \"" + text + "\"";
            text = lowerAscii(text);
        }
        place(settings) = std::move(texts);
        return {};
    };
}

Complaint reminders(const toml::node& node, Settings& settings, SecretFiles&) {
    std::vector<std::string> texts;
    if (auto complaint = readTexts(node, texts)) return complaint;
    std::vector<ReminderRule> rules;
    for (const auto& text : texts) {
        const auto rule = parseReminderRule(text);
        if (!rule) return "must be steps such as \"10 workdays 09:00\" or \"0 days 08:00\", not \"" + text + "\"";
        for (const auto& other : rules)
            if (other == *rule) return "has the step \"" + text + "\" twice";
            else if (other.after && rule->after) return "may have one step after the deadline, not more";
        rules.push_back(*rule);
    }
    settings.consultations.defaultReminders = std::move(rules);
    return {};
}

using S = Settings;
using F = SecretFiles;
using N = long long;

std::vector<SettingKey> makeTable() {
    return {
        {"server.address", text(
                               [](S & s, F&) -> auto& { return s.server.address; }, address)},
        {"server.port", number(0, 65535, [](S& s, N n) { s.server.port = static_cast<unsigned short>(n); })},
        {"server.public_url", text(
                                  [](S & s, F&) -> auto& { return s.server.publicUrl; }, publicUrl)},
        {"server.hosts", list(
                             [](S & s) -> auto& { return s.server.hosts; },
                             [](const std::string& t) { return isHostName(t); }, "must be host names without a port")},
        {"server.trusted_proxies",
         list(
             [](S & s) -> auto& { return s.server.trustedProxies; }, isAddress, "must be IP addresses")},
        {"server.workers", number(1, 256, [](S& s, N n) { s.server.workers = static_cast<std::size_t>(n); })},
        {"server.metrics_address", text(
                                       [](S & s, F&) -> auto& { return s.server.metricsAddress; }, address)},
        {"server.metrics_port",
         number(0, 65535, [](S& s, N n) { s.server.metricsPort = static_cast<unsigned short>(n); })},
        {"server.metrics_token", text(
                                     [](S & s, F&) -> auto& { return s.server.metricsToken; }, any)},
        {"server.metrics_token_file", text(
                                          [](S&, F & f) -> auto& { return f.metricsToken; }, any)},

        {"municipality.name", text(
                                  [](S & s, F&) -> auto& { return s.municipality.name; }, notEmpty)},
        {"municipality.colour", text(
                                    [](S & s, F&) -> auto& { return s.municipality.colour; }, colour)},
        {"municipality.contact_name", text(
                                          [](S & s, F&) -> auto& { return s.municipality.contactName; }, notEmpty)},
        {"municipality.contact_phone", text(
                                           [](S & s, F&) -> auto& { return s.municipality.contactPhone; }, any)},
        {"municipality.contact_mail",
         text(
             [](S & s, F&) -> auto& { return s.municipality.contactMail; }, mailAddressOrEmpty)},
        {"municipality.accessibility_statement_url",
         text(
             [](S & s, F&) -> auto& { return s.municipality.accessibilityStatementUrl; }, webAddressOrEmpty)},
        {"municipality.privacy_contact", text(
                                             [](S & s, F&) -> auto& { return s.municipality.privacyContact; }, any)},

        {"mail.mode",
         choice({"folder", "smtp"}, [](S& s, std::size_t i) { s.mail.mode = static_cast<MailSettings::Mode>(i); })},
        {"mail.host", text(
                          [](S & s, F&) -> auto& { return s.mail.host; }, hostOrEmpty)},
        {"mail.port", number(1, 65535, [](S& s, N n) { s.mail.port = static_cast<unsigned short>(n); })},
        {"mail.tls", choice({"starttls", "tls", "none"},
                            [](S& s, std::size_t i) { s.mail.tls = static_cast<MailSettings::Tls>(i); })},
        {"mail.user", text(
                          [](S & s, F&) -> auto& { return s.mail.user; }, any)},
        {"mail.password", text(
                              [](S & s, F&) -> auto& { return s.mail.password; }, any)},
        {"mail.password_file", text(
                                   [](S&, F & f) -> auto& { return f.smtpPassword; }, any)},
        {"mail.from_name", text(
                               [](S & s, F&) -> auto& { return s.mail.fromName; }, notEmpty)},
        {"mail.from_address", text(
                                  [](S & s, F&) -> auto& { return s.mail.fromAddress; }, mailAddress)},
        {"mail.ca_file", text(
                             [](S & s, F&) -> auto& { return s.mail.caFile; }, any)},
        {"mail.hello_name", text(
                                [](S & s, F&) -> auto& { return s.mail.helloName; }, hostOrEmpty)},
        {"mail.sessions", number(1, 32, [](S& s, N n) { s.mail.sessions = static_cast<int>(n); })},
        {"mail.rate_per_minute", number(0, 100'000, [](S& s, N n) { s.mail.ratePerMinute = static_cast<int>(n); })},
        {"mail.rate_per_domain_per_minute",
         number(0, 100'000, [](S& s, N n) { s.mail.ratePerDomainPerMinute = static_cast<int>(n); })},
        {"mail.check_domains", flag([](S& s, bool on) { s.mail.checkDomains = on; })},
        {"mail.name_server", text(
                                 [](S & s, F&) -> auto& { return s.mail.nameServer; }, nameServerOrEmpty)},
        {"mail.journal_number_in_subject", flag([](S& s, bool yes) { s.mail.journalNumberInSubject = yes; })},

        {"uploads.file_megabytes",
         number(1, 1024, [](S& s, N n) { s.uploads.fileMegabytes = static_cast<unsigned>(n); })},
        {"uploads.files_per_answer",
         number(0, 100, [](S& s, N n) { s.uploads.filesPerAnswer = static_cast<unsigned>(n); })},
        {"uploads.total_megabytes",
         number(1, 4096, [](S& s, N n) { s.uploads.totalMegabytes = static_cast<unsigned>(n); })},

        {"consultations.short_period_days",
         number(0, 365, [](S& s, N n) { s.consultations.shortPeriodDays = static_cast<int>(n); })},
        {"consultations.recommended_period_days",
         number(0, 365, [](S& s, N n) { s.consultations.recommendedPeriodDays = static_cast<int>(n); })},
        {"consultations.default_reminders", reminders},
        {"consultations.link_grace_days",
         number(0, 365, [](S& s, N n) { s.consultations.linkGraceDays = static_cast<int>(n); })},
        {"consultations.release_above",
         number(0, 1'000'000, [](S& s, N n) { s.consultations.releaseAbove = static_cast<std::size_t>(n); })},
        {"consultations.not_reached_workdays",
         number(0, 60, [](S& s, N n) { s.consultations.notReachedWorkdays = static_cast<int>(n); })},

        {"staff.session_idle_minutes",
         number(5, 1440, [](S& s, N n) { s.staff.sessionIdle = std::chrono::minutes{n}; })},
        {"staff.session_hours", number(1, 168, [](S& s, N n) { s.staff.session = std::chrono::hours{n}; })},
        {"staff.password_min_length",
         number(8, 128, [](S& s, N n) { s.staff.passwordMinLength = static_cast<std::size_t>(n); })},
        {"staff.two_steps",
         choice({"optional", "required"}, [](S& s, std::size_t i) { s.staff.twoSteps = static_cast<TwoSteps>(i); })},

        {"log.level", text(
                          [](S & s, F&) -> auto& { return s.logLevel; }, logLevel)},
    };
}

} // namespace

const std::vector<SettingKey>& settingTable() {
    static const std::vector<SettingKey> table = makeTable();
    return table;
}

bool isLoopbackHost(std::string_view host) {
    return host == "localhost" || host == "::1" || host == "[::1]" ||
           (startsWith(host, "127.") && isAddress(std::string(host)));
}

std::optional<std::string> hostOfUrl(std::string_view url) {
    for (std::string_view scheme : {"https://", "http://"}) {
        if (!startsWith(url, scheme)) continue;
        auto rest = url.substr(scheme.size());
        if (endsWith(rest, "/")) rest.remove_suffix(1);
        const auto afterBracket = rest.find(']');
        const auto colon = rest.find(':', afterBracket == std::string_view::npos ? 0 : afterBracket);
        const auto host = rest.substr(0, colon);
        const auto port = colon == std::string_view::npos ? std::string_view("1") : rest.substr(colon + 1);
        const bool digits =
            !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string_view::npos;
        if (!digits || !isHostName(host)) return {};
        return lowerAscii(host);
    }
    return {};
}

std::optional<double> contrastOnWhite(std::string_view text) {
    const auto hexadecimal = "0123456789abcdefABCDEF";
    if (text.size() != 7 || text[0] != '#') return {};
    if (text.substr(1).find_first_not_of(hexadecimal) != std::string_view::npos) return {};
    const auto channel = [&](std::size_t at) {
        const double part = std::stoi(std::string(text.substr(at, 2)), nullptr, 16) / 255.0;
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    const double luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
    return 1.05 / (luminance + 0.05);
}

std::optional<ReminderRule> parseReminderRule(std::string_view text) {
    const auto parts = split(text, ' ');
    const bool after = parts.size() == 4 && parts[2] == "after";
    if (parts.size() != 3 && !after) return {};
    const auto digits = parts[0];
    if (digits.empty() || digits.size() > 3 || digits.find_first_not_of("0123456789") != std::string_view::npos)
        return {};
    const int days = std::stoi(std::string(digits));
    const bool workdays = parts[1] == "workdays" || parts[1] == "workday";
    const auto time = parseTimeOfDay(parts.back());
    if (days > 200 || (after && days == 0) || (!workdays && parts[1] != "days" && parts[1] != "day") || !time)
        return {};
    if (*time > std::chrono::minutes{23 * 60 + 59}) return {};
    return ReminderRule{days, workdays, *time, after};
}

} // namespace hoering

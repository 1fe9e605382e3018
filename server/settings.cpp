#include "settings.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "common/strings.h"
#include "domain/typed_mail.h"
#include "settings_keys.h"

namespace hoering {

namespace {

/// Collects problems while walking the file.
class File {
  public:
    File(const toml::table& root, std::vector<ConfigProblem>& problems) : root_(root), problems_(problems) {}

    int lineOf(const std::string& key) const {
        const auto node = root_.at_path(key);
        return node ? lineOf(*node.node()) : 0;
    }
    bool has(const std::string& key) const { return static_cast<bool>(root_.at_path(key)); }
    void complain(const std::string& key, std::string sentence) {
        problems_.push_back({lineOf(key), key, std::move(sentence)});
    }

    void readKnown(Settings& settings, SecretFiles& files) {
        for (const auto& key : settingTable()) {
            const auto node = root_.at_path(key.name);
            if (!node) continue;
            if (auto complaint = key.read(*node.node(), settings, files)) complain(key.name, *complaint);
        }
    }

    void refuseUnknown() {
        for (const auto& [section, node] : root_) {
            const std::string name(section.str());
            const auto* table = node.as_table();
            if (!isSection(name)) {
                problems_.push_back(
                    {lineOf(section), name, table ? "is not a section there is" : "is not a setting there is"});
            } else if (!table) {
                problems_.push_back({lineOf(section), name, "must be a section: [" + name + "]"});
            } else {
                for (const auto& [key, value] : *table) {
                    const auto full = name + "." + std::string(key.str());
                    if (!isSetting(full)) problems_.push_back({lineOf(key), full, "is not a setting there is"});
                }
            }
        }
    }

  private:
    static int lineOf(const toml::node& node) { return static_cast<int>(node.source().begin.line); }
    static int lineOf(const toml::key& key) { return static_cast<int>(key.source().begin.line); }
    static bool isSection(std::string_view name) {
        const auto prefix = std::string(name) + ".";
        return std::ranges::any_of(settingTable(), [&](const auto& key) { return startsWith(key.name, prefix); });
    }
    static bool isSetting(std::string_view name) {
        return std::ranges::any_of(settingTable(), [&](const auto& key) { return key.name == name; });
    }

    const toml::table& root_;
    std::vector<ConfigProblem>& problems_;
};

std::optional<std::string> firstLineOf(const std::string& path) {
    std::ifstream in(path);
    std::string line;
    if (!std::getline(in, line)) return {};
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
}

/// A secret: the environment first, then the file it lies in, then the value in the configuration.
void readSecret(File& file, const Environment& environment, const char* variable, const std::string& key,
                const std::string& path, std::string& secret) {
    if (!path.empty() && !secret.empty()) {
        file.complain(key + "_file", "and " + key + " are both set: keep one of them");
    } else if (auto value = environment(variable)) {
        secret = *value;
    } else if (!path.empty()) {
        if (auto line = firstLineOf(path)) secret = *line;
        else file.complain(key + "_file", "cannot be read, or is empty: " + path);
    }
}

/// What more than one setting has to say together.
void checkTogether(File& file, const Settings& settings) {
    const auto& mail = settings.mail;
    if (mail.mode == MailSettings::Mode::smtp) {
        if (mail.host.empty()) file.complain("mail.host", "must be set when mail.mode is \"smtp\"");
        if (mail.tls == MailSettings::Tls::none && !mail.host.empty() && !isLoopbackHost(mail.host))
            file.complain("mail.tls", "must not be \"none\" for a mail server on another machine");
        if (mail.user.empty() != mail.password.empty())
            file.complain(mail.user.empty() ? "mail.user" : "mail.password",
                          "is missing: a user and a password go together (HOERING_SMTP_PASSWORD, password_file)");
        if (!file.has("mail.from_address"))
            file.complain("mail.from_address", "must be set when mail.mode is \"smtp\"");
    }
    if (settings.uploads.fileMegabytes > settings.uploads.totalMegabytes)
        file.complain("uploads.file_megabytes", "must not be larger than uploads.total_megabytes");
    if (settings.consultations.shortPeriodDays > settings.consultations.recommendedPeriodDays)
        file.complain("consultations.short_period_days",
                      "must not be larger than consultations.recommended_period_days");
    if (settings.staff.sessionIdle > settings.staff.session)
        file.complain("staff.session_idle_minutes", "must not be longer than staff.session_hours");
}

void fillIn(Settings& settings) {
    for (auto* address : {&settings.mail.fromAddress, &settings.municipality.contactMail})
        *address = mailAsStored(*address);
    auto& server = settings.server;
    if (endsWith(server.publicUrl, "/")) server.publicUrl.pop_back();
    const auto host = hostOfUrl(server.publicUrl);
    if (server.hosts.empty()) {
        server.hosts = {"localhost", "127.0.0.1", "[::1]"};
        if (host && std::ranges::find(server.hosts, *host) == server.hosts.end())
            server.hosts.insert(server.hosts.begin(), *host);
    }
    if (settings.mail.helloName.empty()) settings.mail.helloName = host.value_or("localhost");
}

} // namespace

std::optional<std::string> processEnvironment(const char* name) {
    const char* value = std::getenv(name);
    return value ? std::optional<std::string>(value) : std::nullopt;
}

std::variant<Settings, std::vector<ConfigProblem>> readSettings(std::string_view tomlText,
                                                                const Environment& environment) {
    std::vector<ConfigProblem> problems;
    toml::table root;
    try {
        root = toml::parse(tomlText);
    } catch (const toml::parse_error& error) {
        problems.push_back({static_cast<int>(error.source().begin.line), "", std::string(error.description())});
        return problems;
    }
    Settings settings;
    SecretFiles secrets;
    File file(root, problems);
    file.readKnown(settings, secrets);
    file.refuseUnknown();
    readSecret(file, environment, "HOERING_SMTP_PASSWORD", "mail.password", secrets.smtpPassword,
               settings.mail.password);
    readSecret(file, environment, "HOERING_METRICS_TOKEN", "server.metrics_token", secrets.metricsToken,
               settings.server.metricsToken);
    // Only when each value is right by itself: a wrong one would be complained of twice.
    if (problems.empty()) checkTogether(file, settings);
    if (!problems.empty()) {
        std::ranges::stable_sort(problems, {}, &ConfigProblem::line);
        return problems;
    }
    fillIn(settings);
    return settings;
}

std::string describe(const std::vector<ConfigProblem>& problems, std::string_view fileName) {
    std::ostringstream out;
    for (const auto& problem : problems) {
        out << fileName;
        if (problem.line > 0) out << ':' << problem.line;
        out << ": ";
        if (!problem.key.empty()) out << problem.key << ' ';
        out << problem.sentence << '\n';
    }
    return out.str();
}

std::vector<std::string> settingKeys() {
    std::vector<std::string> keys;
    for (const auto& key : settingTable()) keys.push_back(key.name);
    return keys;
}

} // namespace hoering

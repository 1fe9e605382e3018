#include "app.h"

#include "app_parts.h"
#include "common/crypto.h"
#include "common/strings.h"
#include "dns/mail_domains.h"
#include "usecases/manage_users.h"
#include "web/problem.h"
#include "web/visitor.h"

namespace hoering {

std::span<const EmbeddedFile> assetFiles();

namespace {

std::string hostOf(std::string_view url) {
    const auto start = url.find("://");
    std::string_view rest = start == std::string_view::npos ? url : url.substr(start + 3);
    return std::string(rest.substr(0, rest.find_first_of(":/")));
}

std::string domainOf(std::string_view address) {
    const auto at = address.rfind('@');
    return std::string(at == std::string_view::npos ? "localhost" : address.substr(at + 1));
}

Office makeOffice(const Settings& settings, const text::Catalogue& texts, const DataFolder& folder) {
    std::vector<ReminderStep> steps;
    for (const auto& rule : settings.consultations.defaultReminders)
        steps.push_back({rule.days, rule.workdays, rule.timeOfDay, rule.after});
    const auto& municipality = settings.municipality;
    return Office{texts,
                  {municipality.name, municipality.colour, settings.server.urlAt(settings.server.port),
                   domainOf(settings.mail.fromAddress), municipality.contactName, municipality.contactPhone,
                   municipality.contactMail, settings.mail.journalNumberInSubject},
                  Keys(folder.readOrMakeKey()),
                  {settings.consultations.shortPeriodDays, settings.consultations.recommendedPeriodDays},
                  std::move(steps),
                  settings.consultations.linkGraceDays,
                  settings.uploads.filesPerAnswer,
                  settings.staff.sessionIdle,
                  settings.staff.session,
                  settings.staff.passwordMinLength,
                  {},
                  settings.consultations.releaseAbove,
                  settings.consultations.notReachedWorkdays,
                  settings.staff.twoSteps};
}

std::unique_ptr<smtp::Postman> makePostman(const Settings& settings, const DataFolder& folder) {
    if (settings.mail.mode == MailSettings::Mode::folder) return smtp::makeFolderPostman(folder.mail());
    return smtp::makeSmtpPostman(mailServerOf(settings));
}

http::ServerSettings listenSettings(const Settings& settings, const DataFolder& folder) {
    http::ServerSettings listen;
    listen.address = settings.server.address;
    listen.port = settings.server.port;
    listen.hosts = settings.server.hosts;
    listen.trustedProxies = settings.server.trustedProxies;
    listen.workers = settings.server.workers;
    listen.incoming = folder.incoming();
    listen.hsts = settings.server.https();
    return listen;
}

sqlite::DatabaseOptions databaseOptions(const DataFolder& folder, const Settings& settings) {
    sqlite::DatabaseOptions options;
    options.folder = folder.root;
    options.idleReaders = settings.server.workers; // opening a connection costs more than what it reads
    return options;
}

/// Makes the folders before anything is opened in them.
const DataFolder& created(const DataFolder& folder) {
    folder.create();
    return folder;
}

} // namespace

smtp::SmtpSettings mailServerOf(const Settings& settings) {
    const auto& mail = settings.mail;
    const auto tls = mail.tls == MailSettings::Tls::tls    ? smtp::TlsMode::tls
                     : mail.tls == MailSettings::Tls::none ? smtp::TlsMode::none
                                                           : smtp::TlsMode::startTls;
    return {mail.host,
            mail.port,
            tls,
            mail.user,
            mail.password,
            mail.caFile,
            mail.helloName.empty() ? hostOf(settings.server.publicUrl) : mail.helloName};
}

App::Parts::Parts(Settings given, DataFolder at, const Clock& time, std::unique_ptr<smtp::Postman> bring)
    : settings(std::move(given)), folder(created(at)), clock(time), office(makeOffice(settings, texts, folder)),
      database(databaseOptions(folder, settings), clock), blobs(folder.files()),
      postman(bring ? std::move(bring) : makePostman(settings, folder)),
      outbox(database, office, *postman, clock, {settings.mail.fromName, settings.mail.fromAddress},
             {settings.mail.sessions, settings.mail.ratePerMinute, settings.mail.ratePerDomainPerMinute}),
      clockwork(database, blobs, office, outbox, clock, folder.incoming()),
      assets(assetFiles(), "/static/"), services{database, blobs, office, settings, clock, pages, visits} {
    services.secure = settings.server.https();
    // The address carries the colour: a changed one is fetched anew though the old is kept for a year.
    brandUrl = "/static/css/brand.css?v=" + sha256Hex(settings.municipality.colour).substr(0, 12);
    brandCss = http::prepare(":root{--brand:" + settings.municipality.colour + "}\n", "text/css; charset=utf-8",
                             "public, max-age=31536000, immutable", false);
    services.asset = [this](std::string_view name) { return name == "css/brand.css" ? brandUrl : assets.url(name); };
    services.healthJson = [this] { return healthJson(); };
    services.ready = [this] { return ready(); };
    services.metricsText = [this] { return metricsText(); };
    if (settings.mail.checkDomains)
        services.checkDomains = [this](const std::set<std::string>& domains) {
            dns::DnsSettings how;
            how.server = settings.mail.nameServer;
            return dns::lookUpDomains(domains, how);
        };
    database.onCommit([this](const sqlite::CommitNews& news) {
        if (news.visits) visits.invalidate();
        if (news.publicPages) pages.invalidate();
        if (news.letters) clockwork.wakeOutbox();
        if (news.notices) clockwork.wakeClock();
    });

    http::Program program;
    program.fromMemory = [this](const http::Request& request) -> std::shared_ptr<const http::Prepared> {
        if (startsWith(request.path, "/static/"))
            return request.path == "/static/css/brand.css" ? brandCss : assets.find(request);
        return web::answerFromMemory(request, services);
    };
    program.plan = [this](const http::Request& request) { return web::planBody(request, services); };
    program.handle = [this](http::Request&& request) { return web::answer(std::move(request), services); };
    program.problem = [this](int status, const http::Request& request) {
        return web::edgeProblem(services, status, request);
    };
    program.logPath = [](const http::Request& request) { return web::pathForLog(request); };
    server = std::make_unique<http::Server>(listenSettings(settings, folder), std::move(program));

    if (settings.server.metricsPort != 0) {
        http::ServerSettings local = listenSettings(settings, folder);
        local.address = settings.server.metricsAddress;
        local.port = settings.server.metricsPort;
        local.workers = 1;
        http::Program watch;
        watch.handle = [this](http::Request&& request) {
            if (request.path == "/metrics") return http::Reply::text(metricsText());
            if (request.path == "/health") return http::Reply::json(healthJson(), ready() ? 200 : 503);
            return http::Reply::text("not found\n", 404);
        };
        watch.plan = [](const http::Request&) { return http::BodyPlan{}; };
        watch.problem = [](int status, const http::Request&) {
            return http::Reply::text(std::to_string(status) + "\n", status);
        };
        metricsServer = std::make_unique<http::Server>(std::move(local), std::move(watch));
    }
}

App::App(Settings settings, DataFolder folder, const Clock& clock, std::unique_ptr<smtp::Postman> postman)
    : parts_(std::make_unique<Parts>(std::move(settings), std::move(folder), clock, std::move(postman))) {}

App::~App() {
    if (parts_) stop(std::chrono::seconds{1});
}

App::Parts& App::parts() { return *parts_; }

void App::start() {
    parts_->server->bind();
    parts_->office.house.publicUrl = parts_->settings.server.urlAt(parts_->server->port());
    parts_->server->start();
    if (parts_->metricsServer) parts_->metricsServer->start();
    parts_->clockwork.start();
}

void App::stop(std::chrono::milliseconds patience) {
    parts_->server->stop(patience);
    if (parts_->metricsServer) parts_->metricsServer->stop(std::chrono::seconds{1});
    parts_->clockwork.stop();
}

unsigned short App::port() const { return parts_->server->port(); }
std::string App::publicUrl() const { return parts_->office.house.publicUrl; }

std::string App::firstAdministratorPath() {
    const auto token = parts_->database.write([](sqlite::Tx& tx) { return firstAdministratorToken(tx); });
    return token ? "/kontor/adgang/" + *token : "";
}

} // namespace hoering

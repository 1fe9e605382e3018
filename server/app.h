// The composition root: settings and a data folder become a running service. The same object in end-to-end tests.
// Not here: flags and signals (cli/serve, main), what each part does (its room).
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "app_backup.h"
#include "common/clock.h"
#include "settings.h"
#include "smtp/postman.h"

namespace hoering {

/// The data folder's parts. Everything the service owns is below `root`.
struct DataFolder {
    std::filesystem::path root;
    std::filesystem::path database() const { return root / "hoering.sqlite3"; }
    std::filesystem::path files() const { return root / "files"; }
    std::filesystem::path incoming() const { return root / "incoming"; }
    std::filesystem::path mail() const { return root / "mail"; }
    std::filesystem::path key() const { return root / "secret.key"; }
    /// Makes the folders; 0700.
    void create() const;
    /// The key, made on first use (32 random bytes, mode 0600, fsync'd).
    std::string readOrMakeKey() const;
};

/// How the settings' mail server is spoken to.
smtp::SmtpSettings mailServerOf(const Settings& settings);

class App {
  public:
    /// Opens everything, listens to nothing yet. `postman`: nullptr for the one the settings name.
    /// Throws std::runtime_error with a sentence for the operator.
    App(Settings settings, DataFolder folder, const Clock& clock, std::unique_ptr<smtp::Postman> postman = nullptr);
    ~App();

    /// Binds the port, then starts the jobs.
    void start();
    /// Drains: no new requests, running ones finish, jobs end after their step.
    void stop(std::chrono::milliseconds patience = std::chrono::seconds{20});
    unsigned short port() const;
    std::string publicUrl() const;

    /// The path of a one-time link to create the first administrator; "" once there is a user.
    std::string firstAdministratorPath();
    /// A whole, consistent copy (database, files, key, manifest) into a folder that must not exist yet: written beside
    /// it as target.partial, fsync'd, renamed; then the journal says so. What was damaged before is named in the
    /// report; the rest is copied. Throws std::runtime_error with a sentence; nothing is left then. `progress` gets a
    /// sentence now and then.
    BackupReport backupTo(const std::filesystem::path& target,
                          const std::function<void(const std::string&)>& progress = {});

    struct Parts; // database, blobs, office …: for the command line and tests
    Parts& parts();

  private:
    std::unique_ptr<Parts> parts_;
};

} // namespace hoering

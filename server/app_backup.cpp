#include "app_backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <set>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app_parts.h"
#include "common/crypto.h"
#include "sqlite/inspector.h"
#include "sqlite/journal.h"

namespace hoering {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void failed(const std::string& doing, const fs::path& what) {
    throw std::runtime_error(doing + " " + what.string() + ": " + std::strerror(errno));
}

class File {
  public:
    File(const fs::path& path, int flags) : path_(path), file_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
        if (file_ < 0) failed("opening", path);
    }
    ~File() { ::close(file_); }
    File(const File&) = delete;
    std::size_t read(char* to, std::size_t most) {
        const auto n = ::read(file_, to, most);
        if (n < 0) failed("reading", path_);
        return static_cast<std::size_t>(n);
    }
    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto n = ::write(file_, bytes.data(), bytes.size());
            if (n < 0) failed("writing", path_);
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
    }
    void sync() {
        if (::fsync(file_) != 0) failed("fsync of", path_);
    }

  private:
    const fs::path path_;
    int file_;
};

/// Rows of the copy, hashed and counted; nothing here touches the service's own database.
struct CopyFacts {
    std::vector<sqlite::FileClaim> files;
    sqlite::JournalProof journal;
};
CopyFacts factsOfCopy(const fs::path& database) {
    sqlite::Inspector copy(database);
    return copy.read([](sqlite::ReadTx& tx) { return CopyFacts{sqlite::fileClaims(tx), sqlite::verifyJournal(tx)}; });
}

/// Removes a folder that was not finished.
struct Unfinished {
    fs::path folder;
    ~Unfinished() {
        std::error_code ignored;
        if (!folder.empty()) fs::remove_all(folder, ignored);
    }
};

} // namespace

CopiedFile copyDurably(const fs::path& from, const fs::path& to) {
    File in(from, O_RDONLY), out(to, O_WRONLY | O_CREAT | O_EXCL);
    Sha256 hash;
    CopiedFile copied;
    std::vector<char> block(1 << 20);
    while (const auto n = in.read(block.data(), block.size())) {
        const std::string_view bytes(block.data(), n);
        hash.update(bytes);
        out.write(bytes);
        copied.size += n;
    }
    out.sync();
    copied.sha256 = hash.hex();
    return copied;
}

void writeDurably(const fs::path& file, std::string_view bytes) {
    File out(file, O_WRONLY | O_CREAT | O_EXCL);
    out.write(bytes);
    out.sync();
}

void syncFolder(const fs::path& folder) { File(folder, O_RDONLY | O_DIRECTORY).sync(); }

BackupReport App::backupTo(const fs::path& target, const std::function<void(const std::string&)>& progress) {
    const auto say = [&](const std::string& sentence) {
        if (progress) progress(sentence);
    };
    const auto& parts = *parts_;
    const fs::path partial = target.string() + ".partial";
    if (fs::exists(target)) throw std::runtime_error(target.string() + " is already there; name a new folder");
    if (fs::exists(partial))
        throw std::runtime_error(partial.string() + " is left of a backup that was cut off; remove it first");
    fs::create_directories(partial / "files");
    Unfinished unfinished{partial};
    fs::permissions(partial, fs::perms::owner_all);
    fs::permissions(partial / "files", fs::perms::owner_all);

    nlohmann::ordered_json listed = nlohmann::ordered_json::array();
    BackupReport report;
    const auto list = [&](const std::string& path, const CopiedFile& copied) {
        listed.push_back({{"path", path}, {"size", copied.size}, {"sha256", copied.sha256}});
        report.bytes += copied.size;
    };
    // The database first: whatever its rows point at was on disk before them.
    say("copying the database");
    const fs::path database = partial / "hoering.sqlite3";
    parts_->database.backupTo(database);
    fs::permissions(database, fs::perms::owner_read | fs::perms::owner_write);
    const auto facts = factsOfCopy(database);
    {
        File made(database, O_RDONLY);
        Sha256 hash;
        CopiedFile copied;
        std::vector<char> block(1 << 20);
        while (const auto n = made.read(block.data(), block.size())) {
            hash.update({block.data(), n});
            copied.size += n;
        }
        copied.sha256 = hash.hex();
        list("hoering.sqlite3", copied);
    }
    if (facts.journal.broken) report.problems.push_back(facts.journal.broken->sentence);
    list("secret.key", copyDurably(parts.folder.key(), partial / "secret.key"));
    if (const auto own = parts.folder.root / "hoering.toml"; fs::exists(own))
        list("hoering.toml", copyDurably(own, partial / "hoering.toml"));

    std::set<std::string> done;
    std::set<fs::path> folders;
    for (const auto& file : facts.files) {
        if (!done.insert(file.sha256).second) continue;
        const fs::path from = parts.blobs.pathOf(file.sha256);
        const fs::path inside = fs::path("files") / fs::relative(from, parts.folder.files());
        if (folders.insert(inside.parent_path()).second) {
            fs::create_directories(partial / inside.parent_path());
            fs::permissions(partial / inside.parent_path(), fs::perms::owner_all);
        }
        if (!fs::exists(from)) {
            report.problems.push_back("The file " + file.sha256 + " (" + file.name + ") is missing.");
            continue;
        }
        const auto copied = copyDurably(from, partial / inside);
        if (copied.sha256 != file.sha256 || copied.size != file.size)
            report.problems.push_back("The file " + file.sha256 + " (" + file.name + ") is damaged.");
        list(inside.string(), copied);
        if (++report.files % 100 == 0) say(fmt::format("copied {} of {} files", report.files, facts.files.size()));
    }
    report.journalEntries = facts.journal.count;
    report.journalHead = facts.journal.headHash;
    const nlohmann::ordered_json manifest{
        {"hoering_backup", backupFormat},
        {"made_at", isoUtc(parts.clock.now())},
        {"version", HOERING_VERSION},
        {"journal", {{"entries", report.journalEntries}, {"head", report.journalHead}}},
        {"problems", report.problems},
        {"files", listed}};
    writeDurably(partial / "manifest.json", manifest.dump(1) + "\n");
    for (const auto& folder : folders) syncFolder(partial / folder);
    syncFolder(partial / "files");
    syncFolder(partial);
    fs::rename(partial, target);
    unfinished.folder.clear();
    syncFolder(fs::absolute(target).parent_path());
    // It takes everything along, the key too: when, and where to, belongs in the journal (the copy's ends before it).
    parts_->database.write([&](sqlite::Tx& tx) {
        tx.record(
            {Actor::operations("backup"),
             "backup.made",
             {},
             {},
             {{"folder", target.string()}, {"files", std::to_string(report.files)}, {"head", report.journalHead}}});
    });
    say(fmt::format("copied the database and {} files, {} bytes", report.files, report.bytes));
    return report;
}

} // namespace hoering

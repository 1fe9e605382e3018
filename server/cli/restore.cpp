// hoering restore: a backup becomes a data folder, file by file against the manifest, and is verified then.
#include <fstream>
#include <iostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app_backup.h"
#include "cli/commands.h"
#include "cli/verification.h"

namespace hoering::cli {

namespace fs = std::filesystem;

namespace {

struct Listed {
    fs::path path; // relative, inside the folder
    std::string sha256;
    std::uint64_t size = 0;
};
struct Manifest {
    std::vector<Listed> files;
    std::string journalHead;
    bool ofDamaged = false; // what was backed up was damaged already
};

Manifest readManifest(const fs::path& backup) {
    std::ifstream in(backup / "manifest.json");
    if (!in) throw std::runtime_error("there is no manifest.json in " + backup.string() + "; is it a backup?");
    Manifest manifest;
    try {
        const auto json = nlohmann::json::parse(in);
        if (json.at("hoering_backup").get<int>() != backupFormat)
            throw std::runtime_error("it was made by a newer version of this program");
        manifest.journalHead = json.at("journal").at("head");
        manifest.ofDamaged = !json.at("problems").empty();
        for (const auto& file : json.at("files")) {
            Listed listed{file.at("path").get<std::string>(), file.at("sha256"), file.at("size")};
            if (listed.path.empty() || listed.path.is_absolute() || listed.path != listed.path.lexically_normal() ||
                *listed.path.begin() == "..")
                throw std::runtime_error("it names a file outside the folder: " + listed.path.string());
            manifest.files.push_back(std::move(listed));
        }
    } catch (const std::exception& trouble) {
        throw std::runtime_error("the manifest of " + backup.string() + " cannot be used: " + trouble.what());
    }
    return manifest;
}

/// Everything below a folder that was empty before is taken away again, unless the work was done.
struct EmptyAgain {
    fs::path folder;
    bool done = false;
    ~EmptyAgain() {
        std::error_code ignored;
        if (done) return;
        for (const auto& entry : fs::directory_iterator(folder, ignored)) fs::remove_all(entry.path(), ignored);
    }
};

void copyAll(const fs::path& source, const DataFolder& to, const Manifest& manifest, std::vector<std::string>& wrong) {
    // The database last: a service started on a half restored folder must not take it for a whole one.
    std::vector<const Listed*> order;
    for (const auto& file : manifest.files)
        if (file.path != to.database().filename()) order.push_back(&file);
    for (const auto& file : manifest.files)
        if (file.path == to.database().filename()) order.push_back(&file);
    for (const auto* file : order) {
        const fs::path from = source / file->path;
        if (!fs::exists(from)) {
            wrong.push_back("The file " + file->path.string() + " is missing from the backup.");
            continue;
        }
        const fs::path target = to.root / file->path;
        if (target.parent_path() != to.root) {
            fs::create_directories(target.parent_path());
            fs::permissions(target.parent_path(), fs::perms::owner_all);
        }
        const auto copied = copyDurably(from, target);
        if (copied.sha256 != file->sha256 || copied.size != file->size)
            wrong.push_back("The file " + file->path.string() + " is not as the manifest says: the backup is damaged.");
        syncFolder(target.parent_path());
    }
}

} // namespace

int restore(const RestoreFlags& flags) {
    const DataFolder to{flags.data};
    const Manifest manifest = readManifest(flags.source);
    if (fs::exists(to.root) && !fs::is_empty(to.root)) {
        std::cerr << "hoering: " << to.root.string() << " is not empty; a backup is only put into an empty folder\n";
        return 1;
    }
    to.create();
    EmptyAgain undo{to.root};
    std::vector<std::string> wrong;
    copyAll(flags.source, to, manifest, wrong);
    const bool copied = wrong.empty();
    Verification v;
    if (copied) {
        v = verifyData(to);
        wrong = v.wrong;
        if (v.journalHead != manifest.journalHead)
            wrong.push_back("The journal's head is not the one in the manifest.");
    }
    if (!wrong.empty()) {
        for (const auto& sentence : wrong) std::cerr << "wrong: " << sentence << "\n";
        if (manifest.ofDamaged && copied) {
            undo.done = true; // the best there is: a person decides
            std::cerr << "hoering: restored as it was backed up, but that was damaged already; an older backup may be "
                         "better\n";
        } else {
            std::cerr << "hoering: nothing was restored; try another backup\n";
        }
        return 1;
    }
    syncFolder(to.root);
    undo.done = true;
    std::cout << fmt::format("restored and verified: {} files, {} responses, {} journal entries\nhead: {}\n", v.files,
                             v.responses, v.journalEntries, v.journalHead);
    return 0;
}

} // namespace hoering::cli

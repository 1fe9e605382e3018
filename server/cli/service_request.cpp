#include "cli/service_request.h"

#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <thread>

#include "app_backup.h"
#include "cli/acts.h"
#include "common/clock.h"
#include "common/id.h"
#include "common/log.h"
#include "common/strings.h"
#include "sqlite/folder_lock.h"

namespace hoering::cli {

namespace fs = std::filesystem;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

constexpr auto lookEvery = 20ms;  // for the answer file
constexpr auto takenWithin = 30s; // a service that runs takes a request at once
constexpr std::string_view requestStart = "request-", requestEnd = ".json";

struct RequestFiles {
    fs::path data;
    std::string key;
    fs::path request() const { return data / (std::string(requestStart) + key + std::string(requestEnd)); }
    fs::path answer() const { return data / ("answer-" + key + ".json"); }
    fs::path progress() const { return data / ("progress-" + key + ".txt"); }
};

std::string readAll(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Whoever looks for `file` sees all of it or nothing.
void place(const fs::path& file, const std::string& bytes) {
    const fs::path whole = file.string() + ".partial";
    std::error_code ignored;
    fs::remove(whole, ignored);
    writeDurably(whole, bytes);
    fs::rename(whole, file);
}

/// Removes the files of a request however the wait for it ends.
struct Tidy {
    RequestFiles files;
    ~Tidy() {
        std::error_code ignored;
        for (const auto& file : {files.request(), files.answer(), files.progress()}) fs::remove(file, ignored);
    }
};

/// The user a folder belongs to, "" if that is this one.
std::string otherOwner(const fs::path& folder) {
    struct stat found {};
    if (::stat(folder.c_str(), &found) != 0 || found.st_uid == ::geteuid()) return "";
    const passwd* user = ::getpwuid(found.st_uid);
    return user ? user->pw_name : std::to_string(found.st_uid);
}

int report(const json& answer) {
    for (const auto& line : answer.at("lines")) std::cout << line.get<std::string>() << "\n";
    std::cout << std::flush;
    for (const auto& error : answer.at("errors")) std::cerr << "hoering: " << error.get<std::string>() << "\n";
    return answer.at("ok").get<bool>() ? 0 : 1;
}

/// Asks the process that has the folder. Nothing: it ended without an answer.
std::optional<int> ask(const fs::path& data, pid_t holder, const json& request) {
    const Tidy tidy{{data, newKey()}};
    const auto& files = tidy.files;
    place(files.request(), request.dump() + "\n");
    if (::kill(holder, SIGUSR1) != 0) {
        if (errno == ESRCH) return std::nullopt;
        std::cerr
            << "hoering: process " << holder << " runs on " << data.string()
            << ", but this user may not ask it; run the command as the service's user, or stop the service first\n";
        return 1;
    }
    std::string said;
    const auto patience = std::chrono::steady_clock::now() + takenWithin;
    while (true) {
        const bool gone = ::kill(holder, 0) != 0 && errno == ESRCH; // before the look: a last answer is not missed
        if (const std::string now = readAll(files.progress()); !now.empty() && now != said) std::cerr << (said = now);
        if (fs::exists(files.answer())) return report(json::parse(readAll(files.answer())));
        if (gone) return std::nullopt;
        if (fs::exists(files.request()) && std::chrono::steady_clock::now() > patience) {
            std::cerr << "hoering: process " << holder << " has " << data.string()
                      << ", but does not answer; stop it and run the command again\n";
            return 1;
        }
        std::this_thread::sleep_for(lookEvery);
    }
}

void answerOne(App& app, const RequestFiles& files) {
    const std::string text = readAll(files.request());
    fs::remove(files.request()); // taken
    const json request = json::parse(text, nullptr, false);
    if (!request.is_object()) return;
    log::info("operator_request", {{"act", request.value("act", std::string())}});
    const json answer = act(app, request, [&](const std::string& sentence) {
        place(files.progress(), sentence + "\n");
        log::info("operator_request_progress", {{"what", sentence}});
    });
    place(files.answer(), answer.dump() + "\n");
}

} // namespace

void answerRequests(App& app, const fs::path& data) {
    try {
        std::vector<RequestFiles> waiting; // signals are not counted: all that is there is done
        for (const auto& entry : fs::directory_iterator(data)) {
            const std::string name = entry.path().filename().string();
            if (startsWith(name, requestStart) && endsWith(name, requestEnd))
                waiting.push_back(
                    {data, name.substr(requestStart.size(), name.size() - requestStart.size() - requestEnd.size())});
        }
        for (const auto& files : waiting) answerOne(app, files);
    } catch (const std::exception& trouble) {
        log::error("operator_request_failed", {{"what", std::string(trouble.what())}});
    }
}

int perform(const Place& place, const json& request) {
    ::signal(SIGUSR1, SIG_IGN); // another command may take this one for the service
    const DataFolder folder{place.data};
    if (!fs::exists(folder.database())) {
        std::cerr << "hoering: there is no database in " << place.data.string()
                  << "; check --data, or start the service once\n";
        return 1;
    }
    if (const std::string owner = otherOwner(place.data); !owner.empty()) {
        // Files made by somebody else would be closed to the service.
        std::cerr << "hoering: " << place.data.string() << " belongs to the user " << owner
                  << "; run the command as that user: sudo -u " << owner << " hoering ...\n";
        return 1;
    }
    while (true) {
        if (const auto holder = sqlite::holderOf(place.data)) {
            if (*holder <= 0) {
                std::cerr << "hoering: " << place.data.string()
                          << " is in use by another process; stop that one first\n";
                return 1;
            }
            if (const auto code = ask(place.data, *holder, request)) return *code;
            continue; // it ended meanwhile
        }
        // A service has settings of its own, and secrets that stand in its environment only.
        const auto settings = loadSettings(place);
        if (!settings) return 2;
        const SystemClock clock;
        App app(*settings, folder, clock);
        return report(act(app, request, [](const std::string& sentence) { std::cerr << sentence << "\n"; }));
    }
}

} // namespace hoering::cli

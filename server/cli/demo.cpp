// hoering demo: the worked example in an empty data folder, with its settings and a note of how to get in.
#include <fstream>
#include <iostream>
#include <iterator>

#include <fmt/format.h>

#include "app_backup.h"
#include "cli/commands.h"
#include "cli/demo_example.h"
#include "cli/demo_note.h"
#include "cli/verification.h"
#include "common/calendar.h"
#include "common/log.h"
#include "text/words.h"

namespace hoering::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* demoSettings = R"([municipality]
name = "Ishøj Kommune"
colour = "#1a5c8a"
contact_name = "Sekretariatet"
contact_phone = "12 34 56 78"
contact_mail = "sekretariat@ishoj.example"
privacy_contact = "Databeskyttelsesrådgiveren, dpo@ishoj.example"

[mail]
# Letters are files in the folder mail beside this file; nothing leaves this machine.
mode = "folder"
from_name = "Ishøj Kommune, høringer"
from_address = "hoering@ishoj.example"
)";

std::string noteOf(const Example& example) {
    return fmt::format("The worked example. All people and addresses are made up, and no mail leaves this machine.\n\n"
                       "  Office           {{url}}/kontor\n"
                       "    administrator  {}\n"
                       "    secretariat    {}\n"
                       "    password       {}   (both)\n"
                       "  A party's link   {{url}}{}\n"
                       "                   ({}, in the middle of its answer)\n"
                       "  Public page      {{url}}{}\n"
                       "  Letters          {{url}}/kontor/breve, and as .eml files in {{data}}/mail\n",
                       example.administrator, example.secretariat, example.password, example.partyPath,
                       example.partyName, example.publicPath);
}

/// Empty but for settings: those are the operator's own.
bool isFree(const fs::path& folder) {
    if (!fs::exists(folder)) return true;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().filename() != "hoering.toml") return false;
    return true;
}

} // namespace

std::string demoNote(const fs::path& data, std::string_view url) {
    std::ifstream in(data / "demo.txt");
    const std::string note((std::istreambuf_iterator<char>(in)), {});
    return text::fill(note, {{"url", std::string(url)}, {"data", data.string()}});
}

int demo(const DemoFlags& flags) {
    const DataFolder folder{flags.place.data};
    if (!isFree(folder.root)) {
        std::cerr << "hoering: " << folder.root.string() << " is not empty; the example needs a folder of its own\n";
        return 1;
    }
    folder.create();
    if (flags.place.config.empty() && !fs::exists(folder.root / "hoering.toml")) {
        // The links in the example's letters carry the port.
        const std::string port = flags.port.value_or(0) ? fmt::format("[server]\nport = {}\n\n", *flags.port) : "";
        writeDurably(folder.root / "hoering.toml", port + demoSettings);
    }
    auto settings = loadSettings(flags.place, flags.port);
    if (!settings) return 2;
    settings->mail.mode = MailSettings::Mode::folder; // whatever is set: the example writes to nobody
    log::setLevel(log::Level::warn);
    const Instant now = SystemClock().now();
    Example example;
    {
        ManualClock clock(toInstant(atTime(exampleDates(dateOf(toLocal(now))).start, std::chrono::hours{8})));
        App app(std::move(*settings), folder, clock);
        example = playExample(app, clock, now);
    }
    const auto proof = verifyData(folder);
    for (const auto& sentence : proof.wrong) std::cerr << "wrong: " << sentence << "\n";
    if (!proof.wrong.empty()) return 1;
    writeDurably(folder.root / "demo.txt", noteOf(example));
    syncFolder(folder.root);
    std::cout << fmt::format("demo: {} responses, {} files, {} journal entries\n", proof.responses, proof.files,
                             proof.journalEntries);
    return 0;
}

} // namespace hoering::cli

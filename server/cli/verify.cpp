// hoering verify.
#include <iostream>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/verification.h"
#include "common/strings.h"

namespace hoering::cli {

int verify(const VerifyFlags& flags) {
    const auto v = verifyData({flags.place.data}, lowerAscii(flags.head));
    for (const auto& sentence : v.wrong) std::cerr << "wrong: " << sentence << "\n";
    std::cout << fmt::format("journal:   {} entries\nresponses: {}\nfiles:     {}, {} bytes\nlinks:     {}\n",
                             v.journalEntries, v.responses, v.files, v.fileBytes, v.links);
    if (!v.journalHead.empty()) std::cout << "head:      " << v.journalHead << "\n";
    if (v.keptHeadEntry)
        std::cout << fmt::format("The head given is that of entry {}: nothing up to it was changed or cut off.\n",
                                 *v.keptHeadEntry);
    std::cout << (v.wrong.empty() ? "All is whole. Keep the head elsewhere: nothing before it can be changed unseen.\n"
                                  : fmt::format("{} things are wrong.\n", v.wrong.size()));
    return v.wrong.empty() ? 0 : 1;
}

} // namespace hoering::cli

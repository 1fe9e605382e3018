#include "documents/fonts.h"

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

#include "common/embedded.h"
#include "common/nameless_file.h"

namespace hoering {
std::span<const EmbeddedFile> documentFonts(); // made by scripts/embed.cmake; empty without the style package
}

namespace hoering::documents {
namespace {

constexpr const char* installedFonts[] = {
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
};

/// fontconfig and cairo open faces by path, so the built-in ones get one: a file in memory. cairo caches faces by path
/// for as long as the process lives; hence one descriptor per face, made once and never closed.
const std::vector<std::string>& builtInPaths() {
    static const std::vector<std::string> paths = [] {
        std::vector<std::string> made;
        for (const EmbeddedFile& font : documentFonts()) {
            int file = -1;
            try {
                file = namelessFile("font", font.bytes, Nameless::inMemory);
            } catch (const std::system_error&) {
                file = namelessFile("font", font.bytes, Nameless::inTemporaryFolder);
            }
            made.push_back(namelessPath(file));
        }
        return made;
    }();
    return paths;
}

} // namespace

namespace {

FcConfig* makeFontConfig() {
    FcConfig* config = FcConfigCreate();
    if (config == nullptr) throw std::runtime_error("fontconfig cannot start");
    int found = 0;
    const auto add = [&](const char* path) {
        found += access(path, R_OK) == 0 && FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(path));
    };
    for (const auto& path : builtInPaths()) add(path.c_str());
    for (const char* path : installedFonts) add(path);
    if (found == 0) {
        FcConfigDestroy(config);
        throw std::runtime_error("no font for PDF: install fonts-liberation");
    }
    return config;
}

} // namespace

FcConfig* fontConfig() {
    static FcConfig* const config = makeFontConfig();
    return config;
}

} // namespace hoering::documents

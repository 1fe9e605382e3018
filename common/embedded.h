// Files built into the binary (migrations, texts, assets); see scripts/embed.cmake.
// Not here: serving them (server/http/static_files).
#pragma once

#include <string_view>

namespace hoering {

struct EmbeddedFile {
    std::string_view path; // relative to the folder that was embedded, '/' between
    std::string_view bytes;
};

} // namespace hoering

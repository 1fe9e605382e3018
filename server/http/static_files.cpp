#include "http/static_files.h"

#include <stdexcept>
#include <utility>

#include "common/crypto.h"
#include "common/strings.h"

namespace hoering::http {

std::string contentTypeOf(std::string_view fileName) {
    static constexpr std::pair<std::string_view, std::string_view> types[] = {
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"},
        {".json", "application/json"},
        {".html", "text/html; charset=utf-8"},
        {".webmanifest", "application/manifest+json"}};
    for (const auto& [ending, type] : types)
        if (endsWith(fileName, ending)) return std::string(type);
    return "application/octet-stream";
}

StaticFiles::StaticFiles(std::span<const EmbeddedFile> files, std::string prefix) : prefix_(std::move(prefix)) {
    std::unordered_map<std::string_view, std::string_view> all;
    for (const EmbeddedFile& file : files) all.emplace(file.path, file.bytes);
    for (const EmbeddedFile& file : files) {
        const bool compressed = endsWith(file.path, ".br") || endsWith(file.path, ".gz");
        if (compressed && all.contains(file.path.substr(0, file.path.size() - 3))) continue;
        Prepared prepared;
        prepared.plain = file.bytes; // where the program has them
        if (auto it = all.find(std::string(file.path) + ".gz"); it != all.end()) prepared.gzip = it->second;
        if (auto it = all.find(std::string(file.path) + ".br"); it != all.end()) prepared.brotli = it->second;
        const std::string hash = sha256Hex(file.bytes);
        prepared.contentType = contentTypeOf(file.path);
        prepared.etag = "\"" + hash.substr(0, 32) + "\"";
        File entry;
        entry.version = hash.substr(0, 12);
        prepared.cacheControl = "public, max-age=31536000, immutable";
        entry.immutable = seal(prepared);
        prepared.cacheControl = "public, max-age=0, must-revalidate";
        entry.fresh = seal(std::move(prepared));
        files_.emplace(prefix_ + std::string(file.path), std::move(entry));
    }
}

std::shared_ptr<const Prepared> StaticFiles::find(const Request& request) const {
    if (!startsWith(request.path, prefix_)) return nullptr;
    const auto it = files_.find(request.path);
    if (it == files_.end()) return nullptr;
    return request.queryValue("v") == it->second.version ? it->second.immutable : it->second.fresh;
}

std::string StaticFiles::url(std::string_view name) const {
    const auto it = files_.find(prefix_ + std::string(name));
    if (it == files_.end()) throw std::out_of_range("no static file " + std::string(name));
    return it->first + "?v=" + it->second.version;
}

} // namespace hoering::http

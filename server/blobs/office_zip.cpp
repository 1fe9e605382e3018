#include "blobs/office_zip.h"

#include <zip.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>

#include "common/strings.h"

namespace hoering::blobs {

namespace {

constexpr zip_int64_t mostEntries = 10'000;
constexpr std::uint64_t mostUnpacked = std::uint64_t{1} << 30, suspectUnpacked = 64 << 20, suspectRatio = 200;
constexpr std::uint64_t mostOfEntry = 4 << 20, mostText = 256 << 20;

/// An encrypted Office file is an OLE compound file with a stream "EncryptedPackage" ([MS-OFFCRYPTO] 1.3.1); an old
/// .doc under a new name has none.
bool isCompoundFile(std::string_view head) { return head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"); }

bool hasEncryptedPackage(const std::filesystem::path& file) {
    static constexpr char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    constexpr std::string_view stream(name, sizeof name); // UTF-16LE: the last NUL belongs to it
    std::ifstream in(file, std::ios::binary);
    std::string window; // the end of the last piece, and this one
    std::string piece(256 * 1024, '\0');
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())), in.gcount() > 0) {
        window.append(piece, 0, static_cast<std::size_t>(in.gcount()));
        if (window.find(stream) != std::string::npos) return true;
        window.erase(0, window.size() - std::min(window.size(), stream.size()));
    }
    return false;
}

struct CloseZip {
    void operator()(zip_t* z) const { zip_discard(z); }
};
using Zip = std::unique_ptr<zip_t, CloseZip>;

struct CloseEntry {
    void operator()(zip_file_t* f) const { zip_fclose(f); }
};
using Entry = std::unique_ptr<zip_file_t, CloseEntry>;

std::optional<std::string> entry(zip_t* zip, const char* name) {
    zip_stat_t facts;
    if (zip_stat(zip, name, 0, &facts) != 0 || !(facts.valid & ZIP_STAT_SIZE) || facts.size > mostOfEntry)
        return std::nullopt;
    const Entry opened(zip_fopen(zip, name, 0));
    if (!opened) return std::nullopt;
    std::string bytes(facts.size, '\0'); // never more than it said
    const auto n = zip_fread(opened.get(), bytes.data(), bytes.size());
    if (n != static_cast<zip_int64_t>(facts.size)) return std::nullopt;
    return bytes;
}

bool contains(const std::optional<std::string>& text, std::string_view part) {
    return text && text->find(part) != std::string::npos;
}

/// What the directory alone says.
std::string inspectDirectory(zip_t* zip) {
    const auto count = zip_get_num_entries(zip, 0);
    if (count <= 0 || count > mostEntries) return "error.file.damaged";
    std::uint64_t unpacked = 0, packed = 0;
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t facts;
        if (zip_stat_index(zip, static_cast<zip_uint64_t>(i), 0, &facts) != 0) return "error.file.damaged";
        if ((facts.valid & ZIP_STAT_ENCRYPTION_METHOD) && facts.encryption_method != ZIP_EM_NONE)
            return "error.file.password";
        if (facts.size > mostUnpacked) return "error.file.damaged";
        unpacked += facts.size;
        packed += facts.comp_size;
        const std::string name = lowerAscii(facts.name ? facts.name : "");
        if (name.ends_with("vbaproject.bin") || name.starts_with("basic/") || name.starts_with("scripts/"))
            return "error.file.macros";
    }
    const bool bomb = unpacked > mostUnpacked || (unpacked > suspectUnpacked && unpacked / (packed + 1) > suspectRatio);
    return bomb ? "error.file.damaged" : "";
}

} // namespace

std::string inspectOfficeZip(const std::filesystem::path& file, const std::string& head, std::string_view extension) {
    if (isCompoundFile(head)) {
        return extension != "odt" && hasEncryptedPackage(file) ? "error.file.password" : "error.file.content";
    }
    if (!head.starts_with("PK\x03\x04")) return "error.file.content";
    int trouble = 0;
    const Zip zip(zip_open(file.c_str(), ZIP_RDONLY, &trouble));
    if (!zip) return "error.file.damaged";
    if (auto wrong = inspectDirectory(zip.get()); !wrong.empty()) return wrong;
    if (extension == "odt") {
        const auto kind = entry(zip.get(), "mimetype");
        if (!kind || trim(*kind) != "application/vnd.oasis.opendocument.text") return "error.file.content";
        const auto manifest = entry(zip.get(), "META-INF/manifest.xml");
        if (contains(manifest, "encryption-data")) return "error.file.password";
        return manifest && zip_name_locate(zip.get(), "content.xml", 0) >= 0 ? "" : "error.file.damaged";
    }
    const auto types = entry(zip.get(), "[Content_Types].xml");
    if (!types) return "error.file.content";
    if (contains(types, "macroEnabled")) return "error.file.macros";
    const bool word = extension == "docx";
    if (!contains(types, word ? "wordprocessingml.document.main+xml" : "spreadsheetml.sheet.main+xml"))
        return "error.file.content";
    return zip_name_locate(zip.get(), word ? "word/document.xml" : "xl/workbook.xml", 0) >= 0 ? ""
                                                                                              : "error.file.damaged";
}

bool readXmlParts(const std::filesystem::path& file, const TakePart& take) {
    int trouble = 0;
    const Zip zip(zip_open(file.c_str(), ZIP_RDONLY, &trouble));
    if (!zip) return false;
    bool whole = true;
    std::uint64_t total = 0;
    std::string piece(64 * 1024, '\0');
    const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(zip.get(), 0));
    for (zip_uint64_t i = 0; i < count; ++i) {
        const char* name = zip_get_name(zip.get(), i, 0);
        if (!name) continue;
        const std::string part = lowerAscii(name);
        const bool inside = part.find("embeddings/") != std::string::npos ||
                            part.find("afchunk") != std::string::npos || part.starts_with("object ");
        if (inside) whole = false;
        if (!part.ends_with(".xml")) continue;
        const Entry opened(zip_fopen_index(zip.get(), i, 0));
        zip_int64_t n = opened ? 0 : -1;
        bool first = true;
        while (opened && (n = zip_fread(opened.get(), piece.data(), piece.size())) > 0) {
            const auto bytes = std::string_view(piece).substr(0, static_cast<std::size_t>(n));
            if (first && (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))) n = -1; // UTF-16
            first = false;
            if (n < 0) break;
            if ((total += bytes.size()) > mostText) return false;
            if (!take(part, bytes)) return whole;
        }
        whole = whole && n == 0; // a wrong check sum or a cut entry is -1
        take(part, {});
    }
    return whole;
}

} // namespace hoering::blobs

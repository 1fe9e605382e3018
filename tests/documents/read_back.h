// Reading what the writers made with other people's tools: poppler, qpdf, libzip.
// Not here: what is expected of it (the tests).
#pragma once

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>

#include <unistd.h>
#include <zip.h>

namespace hoering::documents {

/// A file that is gone when the test is over.
class TemporaryFile {
  public:
    explicit TemporaryFile(const std::string& bytes) {
        std::string name = (std::filesystem::temp_directory_path() / "documentXXXXXX").string();
        const int fd = mkstemp(name.data());
        if (fd < 0) throw std::runtime_error("mkstemp");
        close(fd);
        path_ = name;
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    ~TemporaryFile() { std::filesystem::remove(path_); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

/// What a command prints; throws if it fails.
inline std::string outputOf(const std::string& command) {
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("popen");
    std::string out;
    char buffer[4096];
    for (std::size_t n = 0; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
    if (pclose(pipe) != 0) throw std::runtime_error(command + " failed:\n" + out);
    return out;
}

/// The text of a PDF, page by page parted by form feeds, laid out as it looks.
inline std::string textOf(const std::string& pdf) {
    const TemporaryFile file(pdf);
    return outputOf("pdftotext -layout -enc UTF-8 " + file.path() + " - 2>&1");
}
/// The tree of tags with its text.
inline std::string tagsOf(const std::string& pdf) {
    const TemporaryFile file(pdf);
    return outputOf("pdfinfo -struct-text -enc UTF-8 " + file.path() + " 2>&1");
}

inline std::map<std::string, std::string> unzipped(const std::string& bytes) {
    std::map<std::string, std::string> files;
    zip_error_t error;
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (archive == nullptr) throw std::runtime_error(zip_error_strerror(&error));
    for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
        zip_stat_t stat;
        zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &stat);
        std::string content(stat.size, '\0');
        zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
        if (zip_fread(file, content.data(), content.size()) != static_cast<zip_int64_t>(content.size()))
            throw std::runtime_error("short read");
        zip_fclose(file);
        files[stat.name] = content;
    }
    zip_discard(archive);
    return files;
}

inline std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
    return n;
}

} // namespace hoering::documents

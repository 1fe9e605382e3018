// What the tests of server/blobs share: a folder, and tiny files of every kind, made here.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hoering::blobs {

struct TempFolder {
    TempFolder();
    ~TempFolder();
    std::filesystem::path write(const std::string& name, std::string_view bytes) const;
    std::filesystem::path path;
};

std::string readAll(const std::filesystem::path& file);
/// A ZIP file of these entries; with a password each is encrypted.
std::string zipOf(const std::vector<std::pair<std::string, std::string>>& entries, const char* password = nullptr);
std::string docx();
std::string xlsx();
std::string odt();
/// A PDF file of empty pages.
std::string pdf(int pages);
/// A PDF file whose pages say this (ASCII without brackets), with that title; "" is an empty page.
std::string pdfSaying(const std::vector<std::string>& pages, const std::string& title);
/// That file, which opens only with a password, or which only forbids printing.
std::string lockedPdf(bool opensWithout);

/// While true, fdatasync and fsync say EIO in this process.
void failSync(bool yes);

} // namespace hoering::blobs

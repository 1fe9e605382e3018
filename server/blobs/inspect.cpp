#include "blobs/inspect.h"

#include <fcntl.h>
#include <magic.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>

#include "blobs/blob_store.h"
#include "blobs/child.h"
#include "blobs/descriptor.h"
#include "blobs/office_zip.h"
#include "common/strings.h"

namespace hoering::blobs {

namespace {

constexpr std::size_t headBytes = 64 * 1024;

struct Kind {
    std::string_view extension, contentType;
};
constexpr std::array kinds{
    Kind{"pdf", "application/pdf"},
    Kind{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    Kind{"odt", "application/vnd.oasis.opendocument.text"},
    Kind{"rtf", "application/rtf"},
    Kind{"txt", "text/plain"},
    Kind{"png", "image/png"},
    Kind{"jpg", "image/jpeg"},
    Kind{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
};

std::string allowedTypes() {
    std::vector<std::string> names;
    for (const auto& kind : kinds) names.emplace_back(kind.extension);
    return join(names, ", ");
}

std::string inCapitals(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

std::string headOf(const std::filesystem::path& file, std::uint64_t& size) {
    const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat facts {};
    if (!opened || ::fstat(opened.get(), &facts) != 0 || !S_ISREG(facts.st_mode))
        throw BlobFailed("opening " + file.string() + ": " + std::strerror(errno));
    size = static_cast<std::uint64_t>(facts.st_size);
    std::string head(std::min<std::uint64_t>(size, headBytes), '\0');
    std::size_t got = 0;
    while (got < head.size()) {
        const auto n = ::pread(opened.get(), head.data() + got, head.size() - got, static_cast<off_t>(got));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) throw BlobFailed("reading " + file.string() + ": " + std::strerror(errno));
        got += static_cast<std::size_t>(n);
    }
    return head;
}

struct Guess {
    std::string type, encoding; // "image/png", "binary"
};

/// libmagic's word for the first bytes. Opened each time: its tables are 8 MB, and uploads are rare.
Guess guess(const std::string& head) {
    struct Close {
        void operator()(magic_t m) const { magic_close(m); }
    };
    const std::unique_ptr<magic_set, Close> magic(
        magic_open(MAGIC_MIME | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_ELF));
    if (!magic || magic_load(magic.get(), nullptr) != 0) throw BlobFailed("libmagic has no tables");
    const char* said = magic_buffer(magic.get(), head.data(), head.size());
    const std::string_view text = said ? said : "";
    const auto mark = text.find("; charset=");
    return {std::string(text.substr(0, mark)),
            mark == std::string_view::npos ? "binary" : std::string(text.substr(mark + 10))};
}

std::string inspectPdf(const std::filesystem::path& file, const std::string& head, FileFacts& facts) {
    if (std::string_view(head).substr(0, 1024).find("%PDF-") == std::string_view::npos) return "error.file.content";
    const auto said = runChild({"pdfinfo", std::filesystem::absolute(file).string()});
    if (said.exitCode == 127) throw BlobFailed("pdfinfo (poppler-utils) is not installed");
    if (said.output.find("Incorrect password") != std::string::npos) return "error.file.password";
    if (said.exitCode != 0) return "error.file.damaged";
    int pages = 0;
    for (const auto line : split(said.output, '\n'))
        if (line.starts_with("Pages:")) {
            const auto number = trim(line.substr(6));
            std::from_chars(number.data(), number.data() + number.size(), pages);
        }
    if (pages < 1) return "error.file.damaged";
    facts.pages = pages;
    return {};
}

/// An empty string, or the key of what is wrong.
std::string look(const std::filesystem::path& file, const std::string& head, FileFacts& facts) {
    const auto& extension = facts.extension;
    if (extension == "pdf") return inspectPdf(file, head, facts);
    if (extension == "docx" || extension == "xlsx" || extension == "odt")
        return inspectOfficeZip(file, head, extension);
    if (extension == "rtf") return head.starts_with("{\\rtf") ? "" : "error.file.content";
    const Guess found = guess(head);
    if (extension == "txt") {
        const bool another = found.type == "application/pdf" || found.type.ends_with("/rtf");
        return found.encoding == "binary" || another ? "error.file.content" : "";
    }
    return found.type == facts.contentType ? "" : "error.file.content"; // png, jpg
}

} // namespace

std::string extensionOf(std::string_view name) {
    const auto dot = name.rfind('.');
    const std::string extension = dot == std::string::npos ? "" : lowerAscii(name.substr(dot + 1));
    return extension == "jpeg" ? "jpg" : extension;
}

Result<FileFacts> inspect(const std::filesystem::path& file, std::string_view originalName) {
    const std::string name = displayName(originalName);
    const auto refuse = [&](std::string key) {
        Error error{ErrorKind::invalid, std::move(key), {{"file", name}}, {}};
        if (error.key == "error.file.type") error.args.emplace_back("types", allowedTypes());
        if (error.key == "error.file.content") error.args.emplace_back("type", inCapitals(extensionOf(name)));
        return error;
    };
    const std::string extension = extensionOf(name);
    if (extension.empty()) return refuse("error.file.name");
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& k) { return k.extension == extension; });
    if (kind == kinds.end()) return refuse("error.file.type");
    std::uint64_t size = 0;
    const std::string head = headOf(file, size);
    if (size == 0) return refuse("error.file.empty");
    FileFacts facts{extension, std::string(kind->contentType), {}};
    auto wrong = look(file, head, facts);
    if (!wrong.empty()) return refuse(std::move(wrong));
    return facts;
}

} // namespace hoering::blobs

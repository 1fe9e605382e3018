#include "blobs/file_text.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "blobs/blob_store.h"
#include "blobs/child.h"
#include "blobs/markup_text.h"
#include "blobs/office_zip.h"
#include "common/strings.h"
#include "common/utf8.h"

namespace hoering::blobs {
namespace {

constexpr std::size_t mostOfPdf = 16 << 20, mostOfRtf = 64 << 20, pieceBytes = 64 * 1024;

using std::chrono::milliseconds;

/// How long may be searched, on the clock.
class Budget {
  public:
    explicit Budget(milliseconds time) : end_(std::chrono::steady_clock::now() + time) {}
    milliseconds left() const {
        return std::max(milliseconds{1},
                        std::chrono::duration_cast<milliseconds>(end_ - std::chrono::steady_clock::now()));
    }
    bool over() {
        spent_ = spent_ || std::chrono::steady_clock::now() >= end_;
        return spent_;
    }
    void spend() { spent_ = true; }
    bool spent() const { return spent_; }

  private:
    std::chrono::steady_clock::time_point end_;
    bool spent_ = false;
};

ChildOutcome run(std::vector<std::string> argv, Budget& budget) {
    ChildLimits limits;
    limits.time = budget.left();
    limits.memoryBytes = 512 << 20;
    limits.outputBytes = mostOfPdf;
    auto said = runChild(argv, limits);
    if (said.timedOut) budget.spend();
    if (said.exitCode == 127) throw BlobFailed(argv.at(0) + " (poppler-utils) is not installed");
    return said;
}

void searchPdf(const std::filesystem::path& file, FileSearcher& searcher, Budget& budget) {
    const std::string path = std::filesystem::absolute(file).string();
    const auto facts = run({"pdfinfo", "-enc", "UTF-8", path}, budget);
    for (const auto line : split(facts.output, '\n'))
        for (const std::string_view property : {"Title:", "Subject:", "Keywords:", "Author:"})
            if (line.starts_with(property)) searcher.property(trim(line.substr(property.size())));
    const auto text = run({"pdftotext", "-q", "-enc", "UTF-8", path, "-"}, budget);
    if (text.exitCode != 0) searcher.missed();
    int number = 0;
    auto pages = split(text.output, '\f'); // one ends each page
    if (!pages.empty() && trim(pages.back()).empty()) pages.pop_back();
    for (const auto page : pages) {
        searcher.page(++number);
        searcher.add(page);
        if (searcher.full()) return;
    }
    if (pages.empty()) searcher.missed();
}

/// Parts that say something of the document, or of how it looks, and not what it says.
bool isAbout(std::string_view part) {
    return part.starts_with("docprops/") || part == "meta.xml" || part == "settings.xml" || part == "styles.xml";
}

void searchOffice(const std::filesystem::path& file, FileSearcher& searcher, Budget& budget) {
    bool about = false;
    const TextSink sink = [&](std::string_view text) { about ? searcher.property(text) : searcher.add(text); };
    XmlText text(sink);
    const bool whole = readXmlParts(file, [&](std::string_view part, std::string_view piece) {
        about = isAbout(part);
        if (piece.empty()) {
            text.finish();
            text = XmlText(sink);
        } else text.feed(piece);
        if (!budget.over()) return !searcher.full();
        searcher.missed();
        return false;
    });
    if (!whole) searcher.missed();
}

std::ifstream open(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw BlobFailed("opening " + file.string() + " to search it");
    return in;
}

void searchRtf(const std::filesystem::path& file, FileSearcher& searcher) {
    auto in = open(file);
    std::string rtf(std::min<std::uintmax_t>(std::filesystem::file_size(file), mostOfRtf), '\0');
    in.read(rtf.data(), static_cast<std::streamsize>(rtf.size()));
    if (static_cast<std::size_t>(in.gcount()) != rtf.size() || in.peek() != std::char_traits<char>::eof())
        searcher.missed();
    rtfText(rtf, [&](std::string_view text) { searcher.add(text); });
}

/// Of UTF-16 in that order of bytes; what is beyond the basic plane is no digit and becomes a letter.
std::string fromUtf16(std::string_view bytes, bool little) {
    std::string text;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        const auto low = static_cast<unsigned char>(bytes[at + (little ? 0 : 1)]);
        const auto high = static_cast<unsigned char>(bytes[at + (little ? 1 : 0)]);
        const char32_t unit = static_cast<char32_t>(high) << 8 | low;
        utf8::append(text, unit >= 0xD800 && unit <= 0xDFFF ? U'a' : unit);
    }
    return text;
}

/// Of Windows-1252 as nearly everyone who still writes it: bytes are the code points, but for its two dashes.
std::string fromLatin1(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        utf8::append(text, byte == 0x96 || byte == 0x97 ? U'-' : byte);
    }
    return text;
}

void searchPlain(const std::filesystem::path& file, FileSearcher& searcher) {
    auto in = open(file);
    std::string piece(pieceBytes, '\0');
    enum { unknown, utf8, latin1, utf16le, utf16be } as = unknown;
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())), in.gcount() > 0 && !searcher.full()) {
        const auto bytes = std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount()));
        if (as == unknown)
            as = bytes.starts_with("\xFF\xFE") ? utf16le : bytes.starts_with("\xFE\xFF") ? utf16be : utf8;
        if (as == utf16le || as == utf16be) {
            searcher.add(fromUtf16(bytes, as == utf16le));
            continue;
        }
        // A piece may end within a letter of UTF-8: its first bytes alone do not make it another encoding.
        if (as == utf8 && !isUtf8(bytes) && !isUtf8(bytes.substr(0, bytes.find_last_of('\n') + 1))) as = latin1;
        searcher.add(as == latin1 ? fromLatin1(bytes) : std::string(bytes));
    }
}

} // namespace

SearchOutcome searchFile(const std::filesystem::path& file, std::string_view extension, milliseconds time) {
    static constexpr std::array<std::string_view, 3> office{"docx", "odt", "xlsx"};
    FileSearcher searcher;
    Budget budget(time);
    if (extension == "pdf") searchPdf(file, searcher, budget);
    else if (std::find(office.begin(), office.end(), extension) != office.end()) searchOffice(file, searcher, budget);
    else if (extension == "rtf") searchRtf(file, searcher);
    else if (extension == "txt") searchPlain(file, searcher);
    return {searcher.finish(), budget.spent()};
}

} // namespace hoering::blobs

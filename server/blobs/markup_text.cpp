#include "blobs/markup_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "common/strings.h"
#include "common/utf8.h"

namespace hoering::blobs {
namespace {

constexpr std::size_t longestName = 64, pieceBytes = 16 * 1024, deepest = 1'000;

/// Elements that part what stands before them from what comes after: paragraphs, breaks, cells, and the properties.
bool parts(std::string_view tag) {
    static constexpr std::array names{"p",           "h",
                                      "br",          "tab",
                                      "cr",          "s",
                                      "line-break",  "tc",
                                      "si",          "c",
                                      "v",           "row",
                                      "table-cell",  "title",
                                      "subject",     "creator",
                                      "date",        "user",
                                      "keyword",     "keywords",
                                      "lpwstr",      "Company",
                                      "Manager",     "comment",
                                      "description", "lastModifiedBy",
                                      "category",    "annotation",
                                      "note-body"};
    const auto colon = tag.find(':');
    const auto local = colon == std::string_view::npos ? tag : tag.substr(colon + 1);
    return std::find(names.begin(), names.end(), local) != names.end();
}

} // namespace

void XmlText::feed(std::string_view bytes) {
    for (const char c : bytes) take(c);
    if (out_.size() < pieceBytes) return;
    sink_(out_);
    out_.clear();
}

void XmlText::finish() {
    if (in_ == In::entity) endEntity();
    put("\n");
    sink_(out_);
    out_.clear();
}

void XmlText::put(std::string_view text) { out_ += text; }

void XmlText::take(char c) {
    switch (in_) {
    case In::text:
        if (c != '<' && c != '&') {
            out_ += c;
            return;
        }
        in_ = c == '<' ? In::tag : In::entity;
        name_.clear();
        return;
    case In::tag:
        if (c == '>') return endTag();
        if (name_.size() < longestName) name_ += c;
        if (name_ == "!--") in_ = In::comment;
        if (name_ == "![CDATA[") in_ = In::text;
        return;
    case In::comment: // its last two signs are kept
        if (c == '>' && name_.ends_with("--")) in_ = In::text;
        else name_ = name_.substr(name_.size() - 1) + c;
        return;
    case In::entity:
        if (c == ';') return endEntity();
        name_ += c;
        if (name_.size() > 10) { // it was none
            in_ = In::text;
            put("&");
            put(name_);
        }
        return;
    }
}

void XmlText::endTag() {
    in_ = In::text;
    std::string_view tag = name_;
    if (tag.starts_with('/')) tag.remove_prefix(1);
    tag = tag.substr(0, tag.find_first_of(" \t\r\n/"));
    if (tag.ends_with(":noBreakHyphen")) put("-");
    else if (parts(tag)) put("\n");
}

void XmlText::endEntity() {
    in_ = In::text;
    static constexpr std::pair<std::string_view, char> named[] = {
        {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    for (const auto& [name, sign] : named)
        if (name_ == name) {
            out_ += sign;
            return;
        }
    if (!name_.starts_with('#')) return;
    const bool hex = name_.size() > 1 && (name_[1] == 'x' || name_[1] == 'X');
    std::uint32_t code = 0;
    const char* const begin = name_.data() + (hex ? 2 : 1);
    const auto [end, trouble] = std::from_chars(begin, name_.data() + name_.size(), code, hex ? 16 : 10);
    if (trouble == std::errc{} && code > 0 && code <= 0x10FFFF) utf8::append(out_, code);
}

namespace {

/// Reads RTF group by group; of each it is known whether its text is left out.
class RtfReader {
  public:
    RtfReader(std::string_view rtf, const TextSink& sink) : rtf_(rtf), sink_(sink) {}

    void read() {
        while (at_ < rtf_.size()) {
            const char c = rtf_[at_++];
            if (c == '{') enter();
            else if (c == '}') leave();
            else if (c == '\\') control();
            else if (c != '\r' && c != '\n') put(c);
            if (out_.size() >= pieceBytes) hand();
        }
        hand();
    }

  private:
    struct Group {
        bool hidden = false;
        int skip = 1; // signs that stand for a \u before them
    };

    void enter() {
        if (groups_.size() < deepest) groups_.push_back(groups_.back());
        else ++deeper_;
    }
    void leave() {
        if (deeper_ > 0) --deeper_;
        else if (groups_.size() > 1) groups_.pop_back();
        if (!groups_.back().hidden) out_ += ' '; // a field, a footnote or a property may have ended
    }
    void hand() {
        sink_(out_);
        out_.clear();
    }
    void put(char c) {
        if (toSkip_ > 0) --toSkip_;
        else if (!groups_.back().hidden) out_ += c;
    }

    void control() {
        if (at_ >= rtf_.size()) return;
        const char c = rtf_[at_];
        const auto isLetter = [](char x) { return (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z'); };
        if (!isLetter(c)) return symbol(c);
        const auto start = at_;
        while (at_ < rtf_.size() && at_ - start < longestName && isLetter(rtf_[at_])) ++at_;
        const auto word = rtf_.substr(start, at_ - start);
        std::int64_t number = 0;
        const auto [end, trouble] = std::from_chars(rtf_.data() + at_, rtf_.data() + rtf_.size(), number);
        const bool numbered = trouble == std::errc{};
        at_ = static_cast<std::size_t>(end - rtf_.data());
        if (at_ < rtf_.size() && rtf_[at_] == ' ') ++at_;
        obey(word, numbered ? number : 0);
    }

    /// A byte of Windows-1252: dashes and spaces as such, any letter of it as a letter.
    static char signOf(unsigned byte) {
        if (byte < 0x80) return static_cast<char>(byte);
        return byte == 0x96 || byte == 0x97 ? '-' : byte == 0xA0 ? ' ' : 'a';
    }

    void symbol(char c) {
        ++at_;
        if (c == '\'') { // a byte in hexadecimal
            unsigned byte = 0;
            const auto pair = rtf_.substr(at_, 2);
            const auto [end, trouble] = std::from_chars(pair.data(), pair.data() + pair.size(), byte, 16);
            at_ += pair.size();
            put(trouble != std::errc{} ? ' ' : signOf(byte));
        } else if (c == '_') put('-');
        else if (c == '~') put(' ');
        else if (c == '\\' || c == '{' || c == '}') put(c);
        else if (c == '\n' || c == '\r') put('\n');
    }

    void obey(std::string_view word, std::int64_t number) {
        static constexpr std::array<std::string_view, 16> hidden{
            "pict",       "objdata",      "fonttbl",           "colortbl",
            "stylesheet", "datastore",    "themedata",         "colorschememapping",
            "filetbl",    "listtable",    "listoverridetable", "rsidtbl",
            "xmlnstbl",   "latentstyles", "generator",         "fldinst"};
        static constexpr std::array<std::string_view, 10> breaks{"par",  "line", "tab",      "cell",    "row",
                                                                 "page", "sect", "nestcell", "nestrow", "column"};
        Group& here = groups_.back();
        if (std::find(hidden.begin(), hidden.end(), word) != hidden.end()) here.hidden = true;
        else if (std::find(breaks.begin(), breaks.end(), word) != breaks.end()) put('\n');
        else if (word == "endash" || word == "emdash") put('-');
        else if (word == "uc") here.skip = static_cast<int>(std::clamp<std::int64_t>(number, 0, 10));
        else if (word == "bin")
            at_ += std::min(static_cast<std::size_t>(std::max<std::int64_t>(number, 0)), rtf_.size() - at_);
        else if (word == "u") {
            if (!here.hidden) utf8::append(out_, static_cast<char32_t>(static_cast<std::uint16_t>(number)));
            toSkip_ = here.skip;
        }
    }

    std::string_view rtf_;
    const TextSink& sink_;
    std::size_t at_ = 0;
    std::vector<Group> groups_{Group{}};
    std::size_t deeper_ = 0; // groups in one that is too deep to be told apart
    std::string out_;
    int toSkip_ = 0;
};

} // namespace

void rtfText(std::string_view rtf, const TextSink& sink) { RtfReader(rtf, sink).read(); }

} // namespace hoering::blobs

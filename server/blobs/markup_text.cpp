#include "blobs/markup_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "common/strings.h"
#include "common/utf8.h"

namespace hoering::blobs {
namespace {

constexpr std::size_t longestName = 64, pieceBytes = 16 * 1024, deepest = 1'000, mostAside = 1 << 20;

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
                                      "note-body",   "note-citation"};
    return std::find(names.begin(), names.end(), tag) != names.end();
}

std::string_view localName(std::string_view tag) {
    if (tag.starts_with('/')) tag.remove_prefix(1);
    tag = tag.substr(0, tag.find_first_of(" \t\r\n/"));
    const auto colon = tag.find(':');
    return colon == std::string_view::npos ? tag : tag.substr(colon + 1);
}

/// Between two cells, or a text and its footnote: no number runs across it.
constexpr std::string_view beside = "\n|\n";

bool isCell(std::string_view tag) { return tag == "tc" || tag == "c" || tag == "table-cell" || tag == "si"; }

bool isNineDigits(std::string_view text) {
    return text.size() == 9 && text.find_first_not_of("0123456789") == std::string_view::npos;
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
    endValue();
    out_ += '\n';
    out_ += aside_;
    aside_.clear();
    sink_(out_);
    out_.clear();
}

void XmlText::put(char c) {
    if (where_ == Where::text) out_ += c;
    else if (where_ == Where::aside && aside_.size() < mostAside) aside_ += c;
    else value_ += c;
    if (value_.size() > longestName) endValue();
}

/// A number in a cell has lost the nought before it: 010203-1234 is 102031234.
void XmlText::endValue() {
    if (where_ == Where::value && !shared_ && isNineDigits(value_)) out_ += '0';
    out_ += value_;
    value_.clear();
}

void XmlText::take(char c) {
    switch (in_) {
    case In::text:
        if (c != '<' && c != '&') return put(c);
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
            put('&');
            for (const char each : name_) put(each);
        }
        return;
    }
}

void XmlText::endTag() {
    in_ = In::text;
    const auto tag = localName(name_);
    const bool closes = name_.starts_with('/'), empty = name_.ends_with('/');
    if (tag == "noBreakHyphen") return put('-');
    if (tag == "delText" || tag == "instrText") where_ = closes || empty ? Where::text : Where::aside;
    if (tag == "c") shared_ = name_.find(" t=\"s\"") != std::string::npos;
    if (tag == "v") {
        endValue();
        where_ = closes || empty ? Where::text : Where::value;
    }
    if (!parts(tag)) return;
    out_ += isCell(tag) && closes ? beside : "\n";
    if (!aside_.empty() && aside_.back() != '\n') aside_ += '\n';
}

void XmlText::endEntity() {
    in_ = In::text;
    static constexpr std::pair<std::string_view, char> named[] = {
        {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    for (const auto& [name, sign] : named)
        if (name_ == name) return put(sign);
    if (!name_.starts_with('#')) return;
    const bool hex = name_.size() > 1 && (name_[1] == 'x' || name_[1] == 'X');
    std::uint32_t code = 0;
    const char* const begin = name_.data() + (hex ? 2 : 1);
    const auto [end, trouble] = std::from_chars(begin, name_.data() + name_.size(), code, hex ? 16 : 10);
    std::string sign;
    if (trouble == std::errc{} && code > 0 && code <= 0x10FFFF) utf8::append(sign, code);
    for (const char c : sign) put(c);
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
        bool apart = false;    // its text stands by itself
        bool optional = false; // begins with \*: what is not known in it is no text
        int skip = 1;          // signs that stand for a \u before them
    };

    void enter() {
        if (groups_.size() < deepest) {
            groups_.push_back(groups_.back());
            groups_.back().apart = groups_.back().optional = false;
        } else ++deeper_;
    }
    /// A run of letters is a group of its own, so only the end of a footnote, a property … parts what is beside it.
    void leave() {
        if (deeper_ > 0) {
            --deeper_;
            return;
        }
        const bool apart = groups_.back().apart;
        if (groups_.size() > 1) groups_.pop_back();
        if (apart) out_ += beside;
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
        else if (c == '*') groups_.back().optional = true;
    }

    void obey(std::string_view word, std::int64_t number) {
        static constexpr std::array<std::string_view, 20> hidden{
            "pict",      "objdata",   "fonttbl",   "colortbl",           "stylesheet",
            "datastore", "themedata", "filetbl",   "colorschememapping", "listtable",
            "rsidtbl",   "xmlnstbl",  "generator", "listoverridetable",  "latentstyles",
            "fldinst",   "bkmkstart", "bkmkend",   "atrfstart",          "atrfend"};
        static constexpr std::array<std::string_view, 24> apart{
            "footnote", "annotation", "atnid",   "atnauthor", "atndate", "header",  "headerl",  "headerr",
            "headerf",  "footer",     "footerl", "footerr",   "footerf", "shptxt",  "title",    "subject",
            "author",   "keywords",   "doccomm", "operator",  "manager", "company", "category", "staticval"};
        static constexpr std::array<std::string_view, 4> holdsText{"shpinst", "userprops", "ud", "dptxbx"};
        static constexpr std::array<std::string_view, 10> breaks{"par",  "line", "tab",      "cell",    "row",
                                                                 "page", "sect", "nestcell", "nestrow", "column"};
        const auto isIn = [&](const auto& words) { return std::find(words.begin(), words.end(), word) != words.end(); };
        Group& here = groups_.back();
        const bool optional = std::exchange(here.optional, false);
        if (isIn(hidden)) here.hidden = true;
        else if (isIn(apart)) {
            if (!here.hidden) out_ += beside;
            here.apart = !here.hidden;
        } else if (optional && !isIn(holdsText)) here.hidden = true;
        else if (isIn(breaks)) put('\n');
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

// What is looked for in a file's contents before others may see it: CPR numbers and placeholders, and where they stand.
// Not here: getting the text out of a file (server/blobs/file_text.h), what is done about it (lookAtFile in
// server/domain/consultation.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hoering {

/// How much of a file's text could be read.
enum class Reading {
    notYet,  // nobody has looked
    whole,   // all of it
    partly,  // some: pages without any text (scanned ones), or more than is read
    nothing, // a picture, only scanned pages, or nothing that can be read
};
std::string_view readingName(Reading reading); // "" for notYet
Reading readingFrom(std::string_view name);    // notYet for another name
inline constexpr std::size_t hitsPerFile = 10; // of each kind; there may be more

struct FileHit {
    enum class Kind { cpr, placeholder } kind = Kind::cpr;
    std::string what; // a masked number ("010203-xxxx"), or the placeholder as it stands
    int page = 0;     // of a PDF, from 1; 0: it has no pages that can be told
    bool operator==(const FileHit&) const = default;
};

struct FileSearch {
    Reading reading = Reading::notYet;
    std::vector<FileHit> hits; // in the file's order, each once a page
    bool operator==(const FileSearch&) const = default;
};

/// Looks through a text that comes in pieces and may be long: no more than a piece is kept. Numbers are found across
/// pieces, not across pages.
class FileSearcher {
  public:
    /// What comes now stands on this page.
    void page(int number);
    void add(std::string_view text);
    /// Of the file, not in it (title, author …): searched, and no sign that its text could be read.
    void property(std::string_view text);
    /// Something could not be read.
    void missed() { missed_ = true; }
    /// Whether all there is to report has been found: the rest need not be read.
    bool full() const { return cpr_ >= hitsPerFile; }
    /// Call once, after the last piece.
    FileSearch finish();

  private:
    void look(std::string_view text);
    void note(FileHit::Kind kind, std::size_t& count, std::vector<std::string> found);

    FileSearch result_;
    std::string kept_; // not looked at yet
    int page_ = 0;
    std::size_t cpr_ = 0, placeholders_ = 0;
    bool anyText_ = false, textHere_ = false, missed_ = false, property_ = false;
};

} // namespace hoering

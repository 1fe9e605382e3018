// One letter's parts, written twice: as plain text and as HTML, so that both say the same. Private to this room.
// Not here: which letters there are and their words (letters.cpp), MIME and line endings (server/smtp/mime).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hoering::text {

/// Text as HTML: & < > " ' are written as references, which is enough between tags and inside quoted attributes.
std::string escapeHtml(std::string_view text);
/// Lines of at most `width` code points, broken at spaces; a longer word keeps a line of its own. Line breaks stay.
std::string wrapText(std::string_view text, std::size_t width = 72);

/// Everything given is plain text from anywhere: it is escaped here, once. Blank parts are left out.
class LetterBuilder {
  public:
    LetterBuilder(std::string_view language, std::string_view colour);

    void letterhead(std::string_view sender);
    void paragraph(std::string_view words);
    /// Names and values, one a line; those without a value are left out.
    void facts(const std::vector<std::pair<std::string, std::string>>& rows);
    /// A button that leads to the personal link; the text part spells the link out.
    void linkButton(std::string_view label);
    /// A button that leads to a page of the office, for a colleague: no personal link in it.
    void officeButton(std::string_view label, std::string_view address);
    void small(std::string_view words);

    std::string text() const { return text_; }
    std::string html(std::string_view title) const;

  private:
    void add(std::string_view plain, std::string html);
    void button(std::string_view label, std::string_view address);

    std::string language_, colour_, text_, html_;
};

} // namespace hoering::text

// One letter's parts, told twice: as plain text, and as what its HTML is drawn of, so that both say the same. Private
// to this room. Not here: which letters there are and their words (letters.cpp), how the HTML looks (letter_html.h),
// MIME and line endings (server/smtp/mime).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/letter_html.h"

namespace hoering::text {

/// Lines of at most `width` code points, broken at spaces; a longer word keeps a line of its own. Line breaks stay.
std::string wrapText(std::string_view text, std::size_t width = 72);

/// Everything given is plain text from anywhere: it is cleaned here and escaped when it is drawn. Blank parts are left
/// out.
class LetterBuilder {
  public:
    explicit LetterBuilder(std::string_view colour) : colour_(colour) {}

    void letterhead(std::string_view sender);
    /// Blank lines part paragraphs.
    void paragraph(std::string_view words);
    /// A paragraph of the letter's own words, which the office may have replaced: see `reword`.
    void words(std::string_view words);
    /// The office's words (blank lines part paragraphs) instead of all `words`, where the first of them stood.
    void reword(std::string_view body);
    /// Names and values, one a line; those without a value are left out.
    void facts(const std::vector<std::pair<std::string, std::string>>& rows);
    /// A button that leads to the personal link; the text part spells the link out.
    void linkButton(std::string_view label);
    /// A button that leads to a page of the office, for a colleague: no personal link in it.
    void officeButton(std::string_view label, std::string_view address);
    void small(std::string_view words);

    std::string text() const;
    /// For Letter::parts.
    std::string parts() const;

  private:
    struct Part {
        LetterPart part;
        bool words = false; // may be replaced
    };
    static std::vector<Part> paragraphsOf(std::string_view given, bool words);
    std::string preheader() const;

    std::string colour_;
    std::vector<Part> parts_;
};

} // namespace hoering::text

// How a letter looks as HTML mail: the frame and its rows. Tables and inline styles, because that is what Outlook,
// Gmail and the others have in common; no image, nothing loaded, readable when a reader turns it dark. Private to this
// room. Not here: a letter's parts as text (letter_builder.h), its words (*_letters.cpp).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hoering::text {

/// Text as HTML: & < > " ' are written as references, which is enough between tags and inside quoted attributes.
std::string escapeHtml(std::string_view text);

// Rows of the frame; every `words` is plain text and escaped here, a line break stays one. `colour` is escaped.
std::string bandRow(std::string_view words, std::string_view colour);
std::string paragraphRow(std::string_view words);
std::string smallRow(std::string_view words);
std::string factsRow(const std::vector<std::pair<std::string, std::string>>& rows, std::string_view colour);
/// A button whose whole face is the link, also in Outlook.
std::string buttonRow(std::string_view label, std::string_view address, std::string_view colour);

/// The whole document around the rows. `preheader`: what an inbox shows after the subject.
std::string letterFrame(std::string_view language, std::string_view title, std::string_view preheader,
                        std::string_view rows);
/// A letter's HTML with a paragraph on top of everything, set off from the letter.
std::string withNote(std::string html, std::string_view note);

} // namespace hoering::text

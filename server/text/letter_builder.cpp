#include "text/letter_builder.h"

#include "common/strings.h"
#include "domain/letter.h"

namespace hoering::text {
namespace {

/// A link mark from outside must not become a link: only the builder's own may.
std::string withoutMarks(std::string_view text) {
    return replaceAll(std::string(trim(cleanText(text))), linkMark, "(link)");
}

std::string htmlLines(std::string_view text) { return replaceAll(escapeHtml(text), "\n", "<br>\n"); }

} // namespace

std::string escapeHtml(std::string_view text) {
    std::string html;
    html.reserve(text.size() + text.size() / 8);
    for (char c : text) switch (c) {
        case '&': html += "&amp;"; break;
        case '<': html += "&lt;"; break;
        case '>': html += "&gt;"; break;
        case '"': html += "&quot;"; break;
        case '\'': html += "&#39;"; break;
        default: html += c;
        }
    return html;
}

std::string wrapText(std::string_view text, std::size_t width) {
    std::string wrapped;
    for (auto line : split(text, '\n')) {
        std::size_t used = 0;
        for (auto word : split(line, ' ')) {
            if (word.empty()) continue;
            const auto length = countCodePoints(word);
            if (used > 0 && used + 1 + length > width) {
                wrapped += '\n';
                used = 0;
            }
            if (used > 0) wrapped += ' ';
            wrapped.append(word);
            used += length + (used > 0 ? 1 : 0);
        }
        wrapped += '\n';
    }
    if (!wrapped.empty()) wrapped.pop_back();
    return wrapped;
}

LetterBuilder::LetterBuilder(std::string_view language, std::string_view colour)
    : language_(language), colour_(escapeHtml(colour)) {}

void LetterBuilder::add(std::string_view plain, std::string html) {
    text_.append(plain).append("\n\n");
    html_.append(html).append("\n");
}

void LetterBuilder::letterhead(std::string_view sender) {
    const auto words = withoutMarks(sender);
    add(words, "<p style=\"margin:0 0 24px;padding:12px 0 0;border-top:6px solid " + colour_ +
                   ";font-weight:bold;font-size:18px\">" + htmlLines(words) + "</p>");
}

void LetterBuilder::paragraph(std::string_view given) {
    const auto words = withoutMarks(given);
    if (!words.empty()) add(wrapText(words), "<p style=\"margin:0 0 16px\">" + htmlLines(words) + "</p>");
}

void LetterBuilder::facts(const std::vector<std::pair<std::string, std::string>>& rows) {
    std::string plain, html;
    for (const auto& [name, given] : rows) {
        const auto value = withoutMarks(given);
        if (value.empty()) continue;
        plain += wrapText(name + ": " + value) + "\n";
        html += "<strong>" + escapeHtml(name) + ":</strong> " + htmlLines(value) + "<br>\n";
    }
    if (plain.empty()) return;
    plain.pop_back();
    // overflow-wrap: a checksum of 64 digits must not make a phone scroll sideways.
    add(plain, "<p style=\"margin:0 0 16px;padding:0 0 0 12px;border-left:4px solid " + colour_ +
                   ";overflow-wrap:anywhere\">\n" + html + "</p>");
}

void LetterBuilder::linkButton(std::string_view label) { button(label, linkMark); }

void LetterBuilder::officeButton(std::string_view label, std::string_view address) {
    button(label, withoutMarks(address));
}

void LetterBuilder::button(std::string_view label, std::string_view address) {
    add(std::string(label) + ":\n" + std::string(address),
        "<p style=\"margin:24px 0\"><a href=\"" + escapeHtml(address) +
            "\" style=\"display:inline-block;padding:12px 20px;background-color:" + colour_ +
            ";border:1px solid #ffffff;border-radius:4px;color:#ffffff;font-weight:bold;text-decoration:none\">" +
            escapeHtml(label) + "</a></p>");
}

void LetterBuilder::small(std::string_view given) {
    const auto words = withoutMarks(given);
    if (!words.empty())
        add(wrapText(words), "<p style=\"margin:24px 0 0;font-size:14px\">" + htmlLines(words) + "</p>");
}

std::string LetterBuilder::html(std::string_view title) const {
    // No background and no text colour of its own: a reader in dark mode keeps its own.
    return "<!DOCTYPE html>\n<html lang=\"" + language_ +
           "\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
           escapeHtml(title) +
           "</title>\n</head>\n<body style=\"margin:0;padding:16px\">\n"
           "<div style=\"max-width:640px;margin:0 auto;font-family:'IBM Plex Sans',Arial,sans-serif;font-size:16px;"
           "line-height:1.5;overflow-wrap:break-word\">\n" +
           html_ + "</div>\n</body>\n</html>\n";
}

} // namespace hoering::text

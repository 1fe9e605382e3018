#include "text/letter_html.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "common/json_text.h"
#include "common/strings.h"

namespace hoering::text {
namespace {

// Outlook takes Times for a font it does not know, so the first is one that everybody has; and it inherits nothing.
#define FONT "font-family:Arial,Helvetica,sans-serif;"
#define BODY_FONT FONT "font-size:16px;line-height:24px;"
#define TABLE "role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\""

// What a reader that knows it may do better: phones, and the dark. Nothing of it is needed. Colours on the dark have a
// contrast of at least 7:1; the colour of the municipality stays, with a white line around it.
constexpr std::string_view style =
    ":root{color-scheme:light dark;supported-color-schemes:light dark}\n"
    "@media (max-width:480px){\n"
    ".outer{padding:0!important}\n"
    ".pad{padding-left:20px!important;padding-right:20px!important}\n"
    ".name,.value{display:block!important;width:auto!important;padding-left:16px!important}\n"
    ".name{padding-bottom:0!important}.value{padding-top:0!important}\n"
    ".button{width:100%!important}.button a{display:block!important}\n"
    "}\n"
    "@media (prefers-color-scheme:dark){\n"
    ".page{background-color:#101010!important}\n"
    ".card{background-color:#1c1c1c!important;border-color:#4a4a4a!important}\n"
    ".text{color:#f2f2f2!important}.quiet{color:#cfcfcf!important}\n"
    ".facts{background-color:#2b2b2b!important}\n"
    "}\n"
    "[data-ogsc] .text{color:#f2f2f2!important}[data-ogsc] .quiet{color:#cfcfcf!important}\n"
    "[data-ogsb] .card{background-color:#1c1c1c!important}[data-ogsb] .facts{background-color:#2b2b2b!important}\n";

std::string lines(std::string_view text) { return replaceAll(escapeHtml(text), "\n", "<br>\n"); }

std::string row(std::string_view cellAttributes, std::string_view inner) {
    return "<tr><td " + std::string(cellAttributes) + ">" + std::string(inner) + "</td></tr>\n";
}

using Kind = LetterPart::Kind;
constexpr std::array<std::pair<Kind, std::string_view>, 5> kindNames{{{Kind::head, "head"},
                                                                      {Kind::text, "text"},
                                                                      {Kind::facts, "facts"},
                                                                      {Kind::button, "button"},
                                                                      {Kind::small, "small"}}};

std::string bandRow(std::string_view words, std::string_view colour) {
    const std::string shade = escapeHtml(colour);
    return row("class=\"pad\" bgcolor=\"" + shade + "\" style=\"padding:18px 32px;background-color:" + shade +
                   ";color:#ffffff;" FONT "font-size:19px;line-height:26px;font-weight:bold\"",
               lines(words)) +
           row("style=\"padding:0;font-size:1px;line-height:28px;height:28px\"", "");
}

std::string paragraphRow(std::string_view words) {
    return row("class=\"pad\" style=\"padding:0 32px 16px\"",
               "<p class=\"text\" style=\"margin:0;color:#1a1a1a;" BODY_FONT "\">" + lines(words) + "</p>");
}

std::string smallRow(std::string_view words) {
    return row("class=\"pad\" style=\"padding:8px 32px 24px\"",
               "<p class=\"quiet\" style=\"margin:0;padding:16px 0 0;border-top:1px solid #bfbfbf;color:#454545;" FONT
               "font-size:14px;line-height:20px\">" +
                   lines(words) + "</p>");
}

std::string factsRow(const std::vector<std::pair<std::string, std::string>>& rows, std::string_view colour) {
    std::string cells;
    for (const auto& [name, value] : rows) {
        const bool first = &rows.front().first == &name, last = &rows.back().first == &name;
        const std::string over = first ? "14px" : "5px", under = last ? "14px" : "5px";
        // anywhere: a checksum of 64 digits must not make a phone scroll sideways.
        cells += "<tr><th class=\"name quiet\" scope=\"row\" width=\"178\" align=\"left\" valign=\"top\" style=\""
                 "padding:" +
                 over + " 12px " + under +
                 " 16px;text-align:left;vertical-align:top;font-weight:bold;color:#454545;" FONT
                 "font-size:15px;line-height:22px\">" +
                 escapeHtml(name) + ":</th>\n<td class=\"value text\" valign=\"top\" style=\"padding:" + over +
                 " 16px " + under +
                 " 0;vertical-align:top;color:#1a1a1a;word-break:break-word;overflow-wrap:anywhere;" FONT
                 "font-size:15px;line-height:22px\">" +
                 lines(value) + "</td></tr>\n";
    }
    return row("class=\"pad\" style=\"padding:4px 32px 20px\"",
               "<table class=\"facts\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
               "bgcolor=\"#f2f2f2\" style=\"width:100%;table-layout:fixed;background-color:#f2f2f2;"
               "border-left:4px solid " +
                   escapeHtml(colour) + "\">\n" + cells + "</table>");
}

std::string buttonRow(std::string_view label, std::string_view address, std::string_view colour) {
    const std::string shade = escapeHtml(colour);
    const std::string leads = address.empty() ? "" : " href=\"" + escapeHtml(address) + "\"";
    return row("class=\"pad\" style=\"padding:4px 32px 20px\"",
               "<table " TABLE " class=\"button\"><tr><td align=\"center\" bgcolor=\"" + shade +
                   "\" style=\"border-radius:4px;background-color:" + shade + ";mso-padding-alt:14px 28px\"><a" +
                   leads + " style=\"display:inline-block;padding:14px 28px;background-color:" + shade +
                   ";border:1px solid #ffffff;border-radius:4px;color:#ffffff;text-align:center;font-weight:bold;"
                   "text-decoration:none;" FONT "font-size:17px;line-height:24px\">" +
                   escapeHtml(label) + "</a></td></tr></table>");
}

std::string noteRow(std::string_view note) {
    return row(
        "class=\"pad\" bgcolor=\"#ffeecc\" style=\"padding:14px 32px;background-color:#ffeecc;color:#1a1a1a;" BODY_FONT
        "\"",
        lines(note));
}

std::string rowOf(const LetterPart& part, std::string_view colour) {
    switch (part.kind) {
    case Kind::head: return bandRow(part.words, colour);
    case Kind::text: return paragraphRow(part.words);
    case Kind::facts: return factsRow(part.rows, colour);
    case Kind::button: return buttonRow(part.words, part.address, colour);
    case Kind::small: return smallRow(part.words);
    }
    return "";
}

std::string_view nameOf(Kind kind) { return kindNames.at(static_cast<std::size_t>(kind)).second; }

/// As JSON: a list of pairs.
void appendRows(std::string& out, const std::vector<std::pair<std::string, std::string>>& rows) {
    out += '[';
    for (const auto& row : rows) {
        appendJson(out += &row == &rows.front() ? "[" : ",[", row.first);
        appendJson(out += ',', row.second);
        out += ']';
    }
    out += ']';
}

std::string letterFrame(std::string_view language, std::string_view title, std::string_view preheader,
                        std::string_view rows) {
    const std::string lang(language), subject = escapeHtml(title);
    return "<!DOCTYPE html>\n<html lang=\"" + lang +
           "\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n"
           "<meta name=\"supported-color-schemes\" content=\"light dark\">\n<title>" +
           subject + "</title>\n<style>\n" + std::string(style) +
           "</style>\n</head>\n<body class=\"page\" style=\"margin:0;padding:0;background-color:#ececec\">\n"
           "<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">" +
           escapeHtml(preheader) + "</div>\n<div role=\"article\" lang=\"" + lang + "\" aria-label=\"" + subject +
           "\">\n<table " TABLE " class=\"page\" width=\"100%\" bgcolor=\"#ececec\" style=\"background-color:#ececec\">"
           "<tr><td class=\"outer\" align=\"center\" style=\"padding:24px 8px\">\n"
           "<!--[if mso]><table " TABLE " width=\"640\" align=\"center\"><tr><td><![endif]-->\n"
           "<table " TABLE " class=\"card\" width=\"100%\" bgcolor=\"#ffffff\" style=\"width:100%;max-width:640px;"
           "background-color:#ffffff;border:1px solid #d6d6d6;text-align:left\">\n" +
           std::string(rows) +
           "</table>\n<!--[if mso]></td></tr></table><![endif]-->\n</td></tr></table>\n</div>\n</body>\n</html>\n";
}

} // namespace

std::string escapeHtml(std::string_view text) {
    std::string html;
    html.reserve(text.size() + text.size() / 8);
    std::size_t kept = 0; // what stays is copied in runs; this one begins here
    const auto put = [&](std::size_t at, std::string_view instead) {
        html.append(text.substr(kept, at - kept)).append(instead);
        kept = at + 1;
    };
    for (std::size_t at = 0; at < text.size(); ++at) switch (text[at]) {
        case '&': put(at, "&amp;"); break;
        case '<': put(at, "&lt;"); break;
        case '>': put(at, "&gt;"); break;
        case '"': put(at, "&quot;"); break;
        case '\'': put(at, "&#39;"); break;
        default: break;
        }
    return html.append(text.substr(kept));
}

std::string stored(const LetterParts& parts) {
    std::string out = "{\"colour\":";
    out.reserve(2048);
    appendJson(out, parts.colour);
    if (!parts.note.empty()) appendJson(out += ",\"note\":", parts.note);
    const char* between = ",\"parts\":[";
    for (const auto& part : parts.list) {
        appendJson(out.append(std::exchange(between, ",")).append("["), nameOf(part.kind));
        if (part.kind == Kind::facts) appendRows(out += ',', part.rows);
        else appendJson(out += ',', part.words);
        if (part.kind == Kind::button) appendJson(out += ',', part.address);
        out += ']';
    }
    if (parts.list.empty()) out += between;
    appendJson(out += "],\"preheader\":", parts.preheader);
    return out + "}";
}

LetterParts partsOf(const Letter& letter) {
    LetterParts parts;
    try {
        const auto all = nlohmann::json::parse(letter.parts);
        parts.colour = all.at("colour").get<std::string>();
        parts.preheader = all.at("preheader").get<std::string>();
        parts.note = all.value("note", "");
        for (const auto& one : all.at("parts")) {
            const auto name = one.at(0).get<std::string>();
            const auto known = std::ranges::find(kindNames, name, [](const auto& each) { return each.second; });
            if (known == kindNames.end()) throw std::runtime_error("a part \"" + name + "\"");
            LetterPart part{known->first, {}, {}, {}};
            if (part.kind == Kind::facts) one.at(1).get_to(part.rows);
            else one.at(1).get_to(part.words);
            if (part.kind == Kind::button) one.at(2).get_to(part.address);
            parts.list.push_back(std::move(part));
        }
    } catch (const std::exception& trouble) {
        throw std::runtime_error("the parts of letter " + std::to_string(letter.id) + ": " + trouble.what());
    }
    return parts;
}

std::string letterHtml(const Letter& letter) {
    if (letter.parts.empty()) return "";
    const auto parts = partsOf(letter);
    std::string rows;
    rows.reserve(8192);
    if (!parts.note.empty()) rows += noteRow(parts.note);
    for (const auto& part : parts.list) rows += rowOf(part, parts.colour);
    return letterFrame(letter.language, letter.subject, parts.preheader, rows);
}

#undef FONT
#undef BODY_FONT
#undef TABLE

} // namespace hoering::text

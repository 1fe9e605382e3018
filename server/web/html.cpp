#include "web/html.h"

#include "common/strings.h"

namespace hoering::web {

std::string escape(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 16);
    for (const char c : text) switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
        }
    return out;
}

void append(Markup& to, std::string_view text) { to.html_ += escape(text); }

namespace {

template <class List> Markup open(std::string_view tag, const List& attrs) {
    std::string html = "<" + std::string(tag);
    for (const Attr& attr : attrs) {
        if (attr.kind == Attr::Kind::absent) continue;
        html += " ";
        html += attr.name;
        if (attr.kind == Attr::Kind::value) html += "=\"" + escape(attr.value) + "\"";
    }
    html += ">";
    return Markup::trusted(std::move(html));
}

} // namespace

Markup openTag(std::string_view tag, Attrs attrs) { return open(tag, attrs); }
Markup openTag(std::string_view tag, const std::vector<Attr>& attrs) { return open(tag, attrs); }
Markup closeTag(std::string_view tag) { return Markup::trusted("</" + std::string(tag) + ">"); }
Markup voidEl(std::string_view tag, Attrs attrs) { return open(tag, attrs); }
Markup voidEl(std::string_view tag, const std::vector<Attr>& attrs) { return open(tag, attrs); }

Markup paragraphs(std::string_view text, std::string_view cssClass) {
    Markup out, current;
    bool empty = true;
    const auto flush = [&] {
        if (!empty) out += cssClass.empty() ? el("p", {}, current) : el("p", {{"class", cssClass}}, current);
        current = Markup();
        empty = true;
    };
    for (const auto line : split(text, '\n')) {
        if (trim(line).empty()) {
            flush();
            continue;
        }
        if (!empty) current += voidEl("br", {});
        append(current, line);
        empty = false;
    }
    flush();
    return out;
}

} // namespace hoering::web

// HTML as values: text is always escaped, markup only joined. Nothing here knows the design (components.h).
// Not here: Markdown (server/text/markdown.h), whose output comes in through Markup::trusted.
#pragma once

#include <concepts>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hoering::web {

/// Finished markup. Made from elements and escaped text only.
class Markup {
  public:
    Markup() = default;
    /// Markup from a source that escapes by itself (our Markdown, our SVG). Never anything typed.
    static Markup trusted(std::string html) {
        Markup markup;
        markup.html_ = std::move(html);
        return markup;
    }
    const std::string& str() const { return html_; }
    bool empty() const { return html_.empty(); }
    Markup& operator+=(const Markup& other) {
        html_ += other.html_;
        return *this;
    }
    friend Markup operator+(Markup a, const Markup& b) { return std::move(a += b); }

  private:
    friend void append(Markup& to, std::string_view text);
    std::string html_;
};

/// `& < > " '` as references; C0 but tab and newline left out.
std::string escape(std::string_view text);
void append(Markup& to, std::string_view text); // escaped
inline void append(Markup& to, const Markup& markup) { to += markup; }
inline void append(Markup& to, const std::vector<Markup>& list) {
    for (const auto& each : list) to += each;
}
template <class T> void append(Markup& to, const std::optional<T>& maybe) {
    if (maybe) append(to, *maybe);
}

/// An attribute. A false one is left out; a true one stands alone.
struct Attr {
    std::string_view name;
    std::string value;
    enum class Kind { value, present, absent } kind = Kind::value;
    Attr(std::string_view n, std::string v) : name(n), value(std::move(v)) {}
    Attr(std::string_view n, std::string_view v) : name(n), value(v) {}
    Attr(std::string_view n, const char* v) : name(n), value(v) {}
    Attr(std::string_view n, std::int64_t v) : name(n), value(std::to_string(v)) {}
    Attr(std::string_view n, std::same_as<bool> auto v) : name(n), kind(v ? Kind::present : Kind::absent) {}
};
using Attrs = std::initializer_list<Attr>;

Markup openTag(std::string_view tag, Attrs attrs);
Markup openTag(std::string_view tag, const std::vector<Attr>& attrs);
Markup closeTag(std::string_view tag);

/// An element with children: strings (escaped), Markup, vectors and optionals of it.
template <class... C> Markup el(std::string_view tag, Attrs attrs, const C&... children) {
    Markup out = openTag(tag, attrs);
    (append(out, children), ...);
    out += closeTag(tag);
    return out;
}
template <class... C> Markup el(std::string_view tag, const std::vector<Attr>& attrs, const C&... children) {
    Markup out = openTag(tag, attrs);
    (append(out, children), ...);
    out += closeTag(tag);
    return out;
}
/// Elements without an end: input, img, br, meta, link.
Markup voidEl(std::string_view tag, Attrs attrs);
Markup voidEl(std::string_view tag, const std::vector<Attr>& attrs);
template <class... C> Markup join(const C&... children) {
    Markup out;
    (append(out, children), ...);
    return out;
}
/// Typed text with its line breaks: blank lines part paragraphs, single ones become <br>.
Markup paragraphs(std::string_view text, std::string_view cssClass = "");

} // namespace hoering::web

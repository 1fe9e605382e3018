#include "documents/html.h"

#include <algorithm>

#include <fmt/format.h>

#include "documents/chart.h"
#include "documents/sanitize.h"

namespace hoering::documents {
namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light}
body{font:1rem/1.55 "IBM Plex Sans",system-ui,-apple-system,"Segoe UI","Liberation Sans",Arial,sans-serif;color:#212121;
background:#fff;max-width:46rem;margin:2.5rem auto;padding:0 1.25rem;overflow-wrap:anywhere}
h1,h2,h3,h4{color:var(--brand);line-height:1.25;margin:2rem 0 .5rem}
h1{font-size:2rem;margin-top:0}h2{font-size:1.5rem}h3{font-size:1.2rem}h4{font-size:1.05rem}
h5{font-size:1rem;margin:1.25rem 0 .25rem}
header{border-top:5px solid var(--brand);padding-top:1.25rem;border-bottom:1px solid #c7c7c7;margin-bottom:2rem}
header p,footer,.muted{color:#595959}.muted,footer{font-size:.875rem}
a{color:var(--brand)}
blockquote{margin:.75rem 0 1.25rem;padding:0 0 0 1rem;border-left:3px solid var(--brand)}
blockquote p{white-space:pre-wrap;margin:0 0 .75rem}
.wide{overflow-x:auto;overflow-wrap:break-word}.wide:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.9375rem;margin:1rem 0}
caption{text-align:left;font-weight:600;padding-bottom:.25rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid #c7c7c7}
thead th{color:var(--brand);border-bottom:2px solid var(--brand);vertical-align:bottom}
.number{text-align:right;font-variant-numeric:tabular-nums}
dl{display:grid;grid-template-columns:minmax(8rem,3fr) 7fr;gap:.25rem 1rem;margin:1rem 0}
dt{font-weight:600}dd{margin:0;white-space:pre-wrap}
figure{margin:1.25rem 0}figcaption{font-weight:600;margin-bottom:.5rem}
svg{width:100%;height:auto;display:block}
footer{border-top:1px solid #c7c7c7;margin-top:3rem;padding-top:.75rem}
.break{break-before:page;border:0;margin:0;height:0}
@media(max-width:30rem){h1{font-size:1.375rem}dl{display:block}dd{margin-bottom:.5rem}}
@page{size:A4;margin:25mm}
@media print{body{max-width:none;margin:0;padding:0;font-size:10pt}h2,h3,h4,h5{break-after:avoid}
thead{display:table-header-group}tr,figure{break-inside:avoid}p{orphans:2;widows:2}details{display:none}
.wide{overflow:visible;overflow-wrap:anywhere}}
)";

class HtmlWriter {
  public:
    HtmlWriter(std::string& out, std::string numbersWord) : out_(out), numbersWord_(std::move(numbersWord)) {}

    void operator()(const Heading& h) {
        const int level = std::clamp(h.level, 1, 4) + 1;
        out_ += fmt::format("<h{0}>{1}</h{0}>\n", level, escapeHtml(h.text));
    }
    void operator()(const Paragraph& p) { out_ += "<p>" + spans(p.spans) + "</p>\n"; }
    void operator()(const Quote& q) {
        const std::string text = sanitize(q.text);
        out_ += "<blockquote>";
        std::size_t paragraphs = 0;
        for (std::size_t from = 0; from < text.size();) {
            const std::size_t to = std::min(text.find("\n\n", from), text.size());
            out_ += "<p>" + escapeHtml(std::string_view(text).substr(from, to - from)) + "</p>";
            from = std::min(text.find_first_not_of('\n', to), text.size());
            ++paragraphs;
        }
        out_ += paragraphs == 0 ? "<p></p></blockquote>\n" : "</blockquote>\n";
    }
    void operator()(const List& l) {
        const char* tag = l.numbered ? "ol" : "ul";
        if (l.items.empty()) return;
        out_ += fmt::format("<{}>\n", tag);
        for (const auto& item : l.items) out_ += "<li>" + spans(item) + "</li>\n";
        out_ += fmt::format("</{}>\n", tag);
    }
    void operator()(const Table& t) {
        // Words stay whole, and a narrow screen scrolls the table: in a region, so that keys reach it too.
        const std::string id = fmt::format("table-{}", ++tables_);
        out_ += t.caption.empty()
                    ? "<div class=\"wide\"><table>\n"
                    : "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-labelledby=\"" + id +
                          "\"><table>\n<caption id=\"" + id + "\">" + escapeHtml(t.caption) + "</caption>\n";
        if (!t.head.empty()) {
            out_ += "<thead><tr>";
            for (std::size_t i = 0; i < t.head.size(); ++i) {
                const bool number = !t.rows.empty() && i < t.rows[0].size() && t.rows[0][i].numeric;
                out_ += number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">";
                out_ += escapeHtml(t.head[i]) + "</th>";
            }
            out_ += "</tr></thead>\n";
        }
        out_ += "<tbody>\n";
        for (const auto& row : t.rows) {
            out_ += "<tr>";
            for (const auto& cell : row)
                out_ += (cell.numeric ? "<td class=\"number\">" : "<td>") + spans(cell.spans) + "</td>";
            out_ += "</tr>\n";
        }
        out_ += "</tbody></table></div>\n";
    }
    void operator()(const Facts& f) {
        if (f.rows.empty()) return;
        out_ += "<dl>\n";
        for (const auto& [name, value] : f.rows)
            out_ += "<dt>" + escapeHtml(name) + "</dt><dd>" + escapeHtml(value) + "</dd>\n";
        out_ += "</dl>\n";
    }
    void operator()(const Chart& c) {
        if (c.bars.empty()) return;
        const ChartLayout layout = layoutChart(c, 640);
        const std::string id = fmt::format("chart-{}", ++charts_);
        const std::string title = escapeHtml(c.title);
        out_ += "<figure>";
        if (!title.empty()) out_ += "<figcaption>" + title + "</figcaption>\n";
        out_ += fmt::format("<svg role=\"img\" viewBox=\"0 0 {0:.0f} {1:.0f}\" aria-labelledby=\"{2}-title {2}-desc\">"
                            "<title id=\"{2}-title\">{3}</title><desc id=\"{2}-desc\">{4}</desc>\n",
                            layout.width, layout.height, id, title, escapeHtml(c.description));
        for (const ChartBar& bar : layout.bars) {
            out_ += fmt::format("<text x=\"0\" y=\"{:.1f}\" font-size=\"11\">{}</text>", bar.labelY,
                                escapeHtml(shortened(bar.label)));
            out_ += fmt::format("<rect x=\"0\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"var(--brand)\"/>",
                                bar.barY, bar.barWidth, bar.barHeight);
            out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"11\" font-weight=\"600\">{}</text>\n",
                                bar.valueX, bar.valueY, bar.value);
        }
        out_ += "</svg>\n<details><summary>" + numbersWord_ + "</summary><table><tbody>\n";
        for (const ChartBar& bar : layout.bars)
            out_ += "<tr><th scope=\"row\">" + escapeHtml(bar.label) + "</th><td class=\"number\">" + bar.value +
                    "</td></tr>\n";
        out_ += "</tbody></table></details></figure>\n";
    }
    void operator()(const PageBreak&) { out_ += "<hr class=\"break\" aria-hidden=\"true\">\n"; }

  private:
    static std::string spans(const Spans& all) {
        std::string out;
        for (const Span& span : all) {
            std::string text = escapeHtml(span.text);
            if (span.strong) text = "<strong>" + text + "</strong>";
            if (span.muted) text = "<span class=\"muted\">" + text + "</span>";
            const std::string href = safeHref(span.href);
            if (!href.empty()) text = "<a href=\"" + escapeHtml(href) + "\" rel=\"noreferrer\">" + text + "</a>";
            out += text;
        }
        return out;
    }
    /// SVG does not break lines; the table under the chart has the whole label.
    static std::string shortened(const std::string& label) {
        constexpr std::size_t most = 100;
        if (label.size() <= most) return label;
        std::size_t at = most;
        while (at > 0 && (static_cast<unsigned char>(label[at]) & 0xC0U) == 0x80U) --at;
        return label.substr(0, at) + "…";
    }

    std::string& out_;
    std::string numbersWord_;
    int charts_ = 0, tables_ = 0;
};

} // namespace

std::string escapeHtml(std::string_view text) {
    std::string out;
    for (const char c : sanitize(text)) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

std::string toHtml(const Document& document) {
    const std::string title = escapeHtml(sanitizeLine(document.title));
    std::string out = fmt::format("<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
                                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                                  "<meta name=\"referrer\" content=\"no-referrer\">\n",
                                  safeLanguage(document.language));
    if (!document.author.empty())
        out += "<meta name=\"author\" content=\"" + escapeHtml(sanitizeLine(document.author)) + "\">\n";
    out += fmt::format("<title>{}</title>\n<style>:root{{--brand:{}}}{}</style>\n</head>\n<body>\n",
                       title.empty() ? "–" : title, safeColour(document.brandColour), style);
    out += "<header><h1>" + title + "</h1>\n";
    for (const auto* line : {&document.subject, &document.author})
        if (!line->empty()) out += "<p>" + escapeHtml(*line) + "</p>\n";
    out += "</header>\n<main>\n";
    HtmlWriter writer(out, escapeHtml(sanitizeLine(document.numbersWord)));
    for (std::size_t i = firstBlock(document); i < document.blocks.size(); ++i) std::visit(writer, document.blocks[i]);
    out += "</main>\n";
    if (!document.footerText.empty()) out += "<footer><p>" + escapeHtml(document.footerText) + "</p></footer>\n";
    return out + "</body>\n</html>\n";
}

} // namespace hoering::documents

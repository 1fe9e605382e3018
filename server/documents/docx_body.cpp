#include "documents/docx_body.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "documents/chart.h"
#include "documents/docx_parts.h"
#include "documents/sanitize.h"

namespace hoering::documents {
namespace {

using Node = pugi::xml_node;

constexpr int lineTwips = 9072; // A4 less 25 mm on each side, in twentieths of a point

Node add(Node parent, const char* name, const char* attribute = nullptr, const std::string& value = {}) {
    Node node = parent.append_child(name);
    if (attribute != nullptr) node.append_attribute(attribute) = value.c_str();
    return node;
}

struct Look {
    bool strong = false, muted = false, link = false;
};

class BodyWriter {
  public:
    BodyWriter(Node body, DocxBody& out, std::string brand) : body_(body), out_(out), brand_(std::move(brand)) {}

    Node paragraph(Node parent, const char* style) {
        Node p = add(parent, "w:p");
        add(add(p, "w:pPr"), "w:pStyle", "w:val", style);
        return p;
    }
    void line(const char* style, const std::string& text) { run(paragraph(body_, style), sanitizeLine(text)); }

    void operator()(const Heading& h) { line(fmt::format("Heading{}", std::clamp(h.level, 1, 4)).c_str(), h.text); }
    void operator()(const Paragraph& p) { spans(paragraph(body_, "Normal"), p.spans); }
    void operator()(const Quote& q) {
        const std::string text = sanitize(q.text);
        for (std::size_t from = text.find_first_not_of('\n'); from < text.size();) {
            const std::size_t to = std::min(text.find("\n\n", from), text.size());
            run(paragraph(body_, "Quote"), text.substr(from, to - from));
            from = text.find_first_not_of('\n', to);
        }
    }
    void operator()(const List& list) {
        if (list.numbered) ++out_.numberedLists;
        for (const auto& item : list.items) {
            Node p = paragraph(body_, list.numbered ? "ListNumber" : "ListBullet");
            if (list.numbered) {
                Node number = add(p.child("w:pPr"), "w:numPr");
                add(number, "w:ilvl", "w:val", "0");
                add(number, "w:numId", "w:val", std::to_string(out_.numberedLists + 1));
            }
            spans(p, item);
        }
    }
    void operator()(const Facts& f) {
        if (f.rows.empty()) return;
        Node table = startTable({lineTwips * 3 / 10, lineTwips - lineTwips * 3 / 10}, "TableNormal", "");
        for (const auto& [name, value] : f.rows) {
            Node row = add(table, "w:tr");
            run(paragraph(cell(row, lineTwips * 3 / 10), "TableText"), sanitizeLine(name), {.strong = true});
            run(paragraph(cell(row, lineTwips - lineTwips * 3 / 10), "TableText"), sanitize(value));
        }
        afterTable();
    }
    void operator()(const Table& t) {
        std::size_t count = t.head.size();
        for (const auto& row : t.rows) count = std::max(count, row.size());
        count = std::min<std::size_t>(count, 63); // Word's own limit
        if (count == 0) return;
        if (!t.caption.empty()) line("Caption", t.caption);
        const auto widths = columnWidths(t, count);
        Node table = startTable(widths, "TableGrid", sanitizeLine(t.caption));
        if (!t.head.empty()) headRow(table, t, widths);
        for (const auto& cells : t.rows) {
            Node row = add(table, "w:tr");
            add(add(row, "w:trPr"), "w:cantSplit");
            for (std::size_t i = 0; i < count; ++i) {
                Node p = paragraph(cell(row, widths[i]), "TableText");
                if (i >= cells.size()) continue;
                if (cells[i].numeric) add(p.child("w:pPr"), "w:jc", "w:val", "right");
                spans(p, cells[i].spans);
            }
        }
        afterTable();
    }
    /// Bars as shaded cells across a grid of narrow columns: editable, and readable row by row.
    void operator()(const Chart& c) {
        if (c.bars.empty()) return;
        constexpr int steps = 40, kept = 8, label = 3072, step = (lineTwips - label) / steps;
        if (!c.title.empty()) line("Caption", c.title);
        std::vector<int> widths(steps + 1, step);
        widths[0] = label;
        Node table = startTable(widths, "TableNormal", sanitize(c.description));
        for (const ChartBar& bar : layoutChart(c, lineTwips).bars) {
            Node row = add(table, "w:tr");
            add(add(row, "w:trPr"), "w:cantSplit");
            run(paragraph(cell(row, label), "TableText"), bar.label);
            const int length = static_cast<int>(std::ceil(bar.share * (steps - kept)));
            if (length > 0) {
                Node shaded = cell(row, length * step);
                Node properties = shaded.child("w:tcPr");
                add(properties, "w:gridSpan", "w:val", std::to_string(length));
                Node white = add(add(properties, "w:tcBorders"), "w:top", "w:val", "single");
                for (Node side : {white, add(white.parent(), "w:bottom", "w:val", "single")}) {
                    side.append_attribute("w:sz") = "24";
                    side.append_attribute("w:space") = "0";
                    side.append_attribute("w:color") = "FFFFFF";
                }
                Node shade = add(properties, "w:shd", "w:val", "clear");
                shade.append_attribute("w:color") = "auto";
                shade.append_attribute("w:fill") = brand_.c_str();
                paragraph(shaded, "TableText");
            }
            Node rest = cell(row, (steps - length) * step);
            add(rest.child("w:tcPr"), "w:gridSpan", "w:val", std::to_string(steps - length));
            run(paragraph(rest, "TableText"), bar.value, {.strong = true});
        }
        afterTable();
    }
    void operator()(const PageBreak&) { add(add(add(body_, "w:p"), "w:r"), "w:br", "w:type", "page"); }

  private:
    static void run(Node parent, const std::string& text, Look look = {}) {
        Node r = add(parent, "w:r");
        if (look.strong || look.muted || look.link) {
            Node properties = add(r, "w:rPr");
            if (look.link) add(properties, "w:rStyle", "w:val", "Hyperlink");
            if (look.strong) add(properties, "w:b");
            if (look.muted) {
                add(properties, "w:color", "w:val", "595959");
                add(properties, "w:sz", "w:val", "18");
            }
        }
        for (std::size_t from = 0; from <= text.size();) {
            const std::size_t to = std::min(text.find_first_of("\n\t", from), text.size());
            if (to > from) {
                Node t = add(r, "w:t", "xml:space", "preserve");
                t.text() = text.substr(from, to - from).c_str();
            }
            if (to < text.size()) add(r, text[to] == '\n' ? "w:br" : "w:tab");
            from = to + 1;
        }
    }
    void spans(Node p, const Spans& all) {
        for (const Span& span : all) {
            const std::string href = safeHref(span.href);
            Node parent = p;
            if (!href.empty()) {
                parent = add(p, "w:hyperlink", "r:id", fmt::format("link{}", out_.links.size()));
                out_.links.push_back(href);
            }
            run(parent, sanitize(span.text), {span.strong, span.muted, !href.empty()});
        }
    }
    static std::vector<int> columnWidths(const Table& t, std::size_t count) {
        std::vector<double> shares(count, 1.0);
        if (t.widths.size() == count && std::all_of(t.widths.begin(), t.widths.end(), [](double w) { return w > 0; }))
            shares = t.widths;
        const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
        std::vector<int> widths;
        for (const double share : shares) widths.push_back(std::max(1, static_cast<int>(lineTwips * share / sum)));
        return widths;
    }
    Node startTable(const std::vector<int>& widths, const char* style, const std::string& description) {
        Node table = add(body_, "w:tbl");
        Node properties = add(table, "w:tblPr");
        add(properties, "w:tblStyle", "w:val", style);
        add(properties, "w:tblW", "w:w", std::to_string(lineTwips)).append_attribute("w:type") = "dxa";
        add(properties, "w:tblLayout", "w:type", "fixed");
        if (!description.empty()) add(properties, "w:tblDescription", "w:val", description);
        Node grid = add(table, "w:tblGrid");
        for (const int width : widths) add(grid, "w:gridCol", "w:w", std::to_string(width));
        return table;
    }
    static Node cell(Node row, int width) {
        Node c = add(row, "w:tc");
        add(add(c, "w:tcPr"), "w:tcW", "w:w", std::to_string(width)).append_attribute("w:type") = "dxa";
        return c;
    }
    void headRow(Node table, const Table& t, const std::vector<int>& widths) {
        Node row = add(table, "w:tr");
        Node properties = add(row, "w:trPr");
        add(properties, "w:cantSplit");
        add(properties, "w:tblHeader");
        for (std::size_t i = 0; i < widths.size(); ++i) {
            Node c = cell(row, widths[i]);
            Node border = add(add(c.child("w:tcPr"), "w:tcBorders"), "w:bottom", "w:val", "single");
            border.append_attribute("w:sz") = "12";
            border.append_attribute("w:space") = "0";
            border.append_attribute("w:color") = brand_.c_str();
            Node p = paragraph(c, "TableText");
            const bool number = !t.rows.empty() && i < t.rows[0].size() && t.rows[0][i].numeric;
            add(p.child("w:pPr"), "w:keepNext");
            if (number) add(p.child("w:pPr"), "w:jc", "w:val", "right");
            if (i < t.head.size()) run(p, sanitizeLine(t.head[i]), {.strong = true});
        }
    }
    /// Two tables in a row would grow together in Word.
    void afterTable() {
        Node properties = add(add(body_, "w:p"), "w:pPr");
        Node spacing = add(properties, "w:spacing", "w:after", "120");
        spacing.append_attribute("w:line") = "120";
        spacing.append_attribute("w:lineRule") = "exact";
    }

    Node body_;
    DocxBody& out_;
    std::string brand_;
};

struct StringWriter : pugi::xml_writer {
    std::string& out;
    explicit StringWriter(std::string& to) : out(to) {}
    void write(const void* data, std::size_t size) override { out.append(static_cast<const char*>(data), size); }
};

void section(Node body) {
    Node properties = add(body, "w:sectPr");
    add(properties, "w:headerReference", "w:type", "default").append_attribute("r:id") = "header";
    add(properties, "w:footerReference", "w:type", "default").append_attribute("r:id") = "footer";
    add(properties, "w:footerReference", "w:type", "first").append_attribute("r:id") = "footer";
    Node size = add(properties, "w:pgSz", "w:w", "11906");
    size.append_attribute("w:h") = "16838";
    Node margins = add(properties, "w:pgMar", "w:top", "1417");
    for (const char* side : {"w:right", "w:bottom", "w:left"}) margins.append_attribute(side) = "1417";
    for (const char* side : {"w:header", "w:footer"}) margins.append_attribute(side) = "709";
    margins.append_attribute("w:gutter") = "0";
    add(properties, "w:titlePg"); // no header over the title
}

} // namespace

DocxBody docxBody(const Document& document) {
    DocxBody out;
    pugi::xml_document xml;
    Node declaration = xml.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    declaration.append_attribute("standalone") = "yes";
    Node root = add(xml, "w:document", "xmlns:w", wordNamespace);
    root.append_attribute("xmlns:r") = relationNamespace;
    Node body = add(root, "w:body");
    BodyWriter writer(body, out, safeColour(document.brandColour).substr(1));
    writer.line("Title", document.title);
    for (const auto* text : {&document.subject, &document.author})
        if (!text->empty()) writer.line("Subtitle", *text);
    for (std::size_t i = firstBlock(document); i < document.blocks.size(); ++i) std::visit(writer, document.blocks[i]);
    section(body);
    StringWriter to(out.xml);
    xml.save(to, "", pugi::format_raw, pugi::encoding_utf8);
    return out;
}

} // namespace hoering::documents

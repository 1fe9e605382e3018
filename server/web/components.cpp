#include "web/components.h"

#include <algorithm>

#include "common/strings.h"
#include "web/svg.h"

namespace hoering::web {

Markup formOpen(const Desk& desk, std::string_view action, bool multipart, std::vector<Attr> more) {
    std::vector<Attr> attrs{{"method", "post"}, {"action", action}};
    if (multipart) attrs.emplace_back("enctype", "multipart/form-data");
    for (auto& each : more) attrs.push_back(std::move(each));
    return openTag("form", attrs) + hidden("csrf", desk.csrf);
}

namespace {

std::string_view cssOf(ButtonKind kind) {
    switch (kind) {
    case ButtonKind::primary: return "button button-primary";
    case ButtonKind::secondary: return "button button-secondary";
    case ButtonKind::tertiary: return "button button-tertiary";
    case ButtonKind::warning: return "button button-warning";
    }
    return "button";
}

std::string_view nameOf(Tone tone) {
    switch (tone) {
    case Tone::info: return "info";
    case Tone::success: return "success";
    case Tone::warning: return "warning";
    case Tone::error: return "error";
    }
    return "info";
}

} // namespace

Markup submitButton(std::string_view label, ButtonKind kind, std::string_view name, std::string_view value,
                    std::vector<Attr> more) {
    std::vector<Attr> attrs{{"class", cssOf(kind)}, {"type", "submit"}};
    if (!name.empty()) {
        attrs.emplace_back("name", name);
        attrs.emplace_back("value", value);
    }
    for (auto& each : more) attrs.push_back(std::move(each));
    return el("button", attrs, label);
}

Markup linkButton(std::string_view label, std::string_view href, ButtonKind kind) {
    return el("a", {{"class", cssOf(kind)}, {"href", href}}, label);
}

Markup link(std::string_view label, std::string_view href) { return el("a", {{"href", href}}, label); }

Markup alert(Tone tone, std::string_view heading, const Markup& body, int level) {
    const std::string tag = "h" + std::to_string(level);
    return el("div", {{"class", "alert alert-" + std::string(nameOf(tone))}},
              el("div", {{"class", "alert-body"}},
                 heading.empty() ? Markup() : el(tag, {{"class", "alert-heading"}}, heading),
                 el("div", {{"class", "alert-text"}}, body)));
}

Markup findingList(const text::Words& words, const std::vector<Finding>& findings,
                   const std::function<std::string(const std::string& field)>& hrefOf) {
    Markup stops, toDecide, warnings;
    for (const auto& finding : findings) {
        const std::string href = hrefOf(finding.field);
        const std::string sentence = words.sentence(finding.key, finding.args);
        Markup item = el("li", {}, sentence, href.empty() ? Markup() : join(" ", link(words("frame.mend"), href)));
        (!finding.stops ? warnings : finding.toDecide ? toDecide : stops) += item;
    }
    Markup out;
    if (!stops.empty()) out += alert(Tone::error, words("frame.stops"), el("ul", {}, stops));
    if (!toDecide.empty()) out += alert(Tone::warning, words("frame.to_decide"), el("ul", {}, toDecide));
    if (!warnings.empty()) out += alert(Tone::warning, words("frame.warnings"), el("ul", {}, warnings));
    return out;
}

Markup facts(const std::vector<std::pair<std::string, Markup>>& rows) {
    Markup items;
    for (const auto& [label, value] : rows)
        if (!value.empty()) items += el("dt", {}, label) + el("dd", {}, value);
    return items.empty() ? Markup() : el("dl", {{"class", "facts"}}, items);
}

Markup table(std::string_view caption, const std::vector<TableColumn>& columns,
             const std::vector<std::vector<Markup>>& rows, bool hideCaption) {
    Markup head, body;
    for (const auto& column : columns) {
        std::vector<Attr> attrs{{"scope", "col"}};
        if (column.numeric) attrs.emplace_back("class", "number");
        head += el("th", attrs, column.head);
    }
    for (const auto& row : rows) {
        Markup cells;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string title = i < columns.size() ? columns[i].head : "";
            std::vector<Attr> attrs{{"data-title", i == 0 ? std::string() : title}};
            if (i < columns.size() && columns[i].numeric) attrs.emplace_back("class", "number");
            if (i == 0) attrs.emplace_back("scope", "row");
            cells += el(i == 0 ? "th" : "td", attrs, row[i]);
        }
        body += el("tr", {}, cells);
    }
    return el("div", {{"class", "table-frame"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", caption}},
              el("table", {{"class", "office-table"}},
                 el("caption", {{"class", hideCaption ? "sr-only" : ""}}, caption), el("thead", {}, el("tr", {}, head)),
                 el("tbody", {}, body)));
}

Markup badge(Tone tone, std::string_view text) {
    std::string css = "state";
    if (tone == Tone::success) css += " state-open";
    if (tone == Tone::warning) css += " state-soon";
    if (tone == Tone::error) css += " state-late";
    if (tone == Tone::info) css += " state-draft";
    return el("span", {{"class", css}}, text);
}

Markup card(std::string_view heading, std::string_view href, const Markup& body, int level) {
    const std::string tag = "h" + std::to_string(level);
    return el("li", {}, el(tag, {}, el("a", {{"class", "whole"}, {"href", href}}, heading)), body);
}

Markup tabs(std::string_view label, const std::vector<Tab>& list) {
    Markup items;
    for (const auto& tab : list) {
        std::vector<Attr> attrs{{"href", tab.href}};
        if (tab.current) attrs.emplace_back("aria-current", "page");
        items += el("li", {}, el("a", attrs, tab.label));
    }
    return el("nav", {{"aria-label", label}, {"class", "d-print-none"}}, el("ul", {{"class", "tabs"}}, items));
}

Markup barChart(const text::Words& words, std::string_view title, std::string_view description,
                const std::vector<std::pair<std::string, long>>& bars) {
    std::vector<std::vector<Markup>> rows;
    for (const auto& [label, value] : bars) rows.push_back({join(label), join(words.number(value))});
    return el("figure", {{"class", "chart"}}, barChartSvg(title, description, bars),
              el("details", {{"class", "details"}},
                 el("summary", {{"class", "details-summary"}}, words("frame.show_numbers")),
                 table(title, {{words("frame.chart_label")}, {words("frame.chart_number"), true}}, rows)));
}

Markup fileLink(const text::Words& words, const StoredFile& file, std::string_view href, std::string_view label) {
    const auto dot = file.name.rfind('.');
    std::string kind = dot == std::string::npos ? "" : file.name.substr(dot + 1);
    std::transform(kind.begin(), kind.end(), kind.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
    std::string about = kind + (kind.empty() ? "" : ", ") + words.size(file.size);
    if (file.pages) about += ", " + words.count("count.pages", *file.pages);
    return join(el("a", {{"href", href}}, label.empty() ? std::string_view(file.name) : label),
                el("span", {{"class", "quiet"}}, " (" + about + ")"));
}

} // namespace hoering::web

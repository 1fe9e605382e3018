// The design system's parts (Det Fælles Designsystem 11.2) as functions: page, fields, tables, panels.
// Not here: what a page says (*_pages), HTML itself (html.h), styles (static/css).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/consultation.h"
#include "web/desk.h"
#include "web/form.h"
#include "web/html.h"

namespace hoering::web {

/// Where a page belongs: which header it gets.
enum class Room { publicRoom, partyRoom, officeRoom };

struct Crumb {
    std::string text, href; // href "" for the page itself
};

struct Page {
    Room room = Room::publicRoom;
    std::string title;          // h1 and <title>
    std::string lead;           // one paragraph under h1, "" for none
    std::vector<Crumb> crumbs;  // where am I
    const Form* form = nullptr; // its errors are summed up above h1
    std::string notice;         // text key of what just happened ("notice.saved"), "" for none
    std::string noticeMore;     // a sentence that follows it, as it is read; "" for none
    bool wide = false;          // office tables
    std::string address;        // where it is had again, for the language switch; "": where it was asked for
    Markup content;
};
/// The whole HTML page in the desk's language. One h1, skip link, header, crumbs, error summary, footer with the
/// language switch, accessibility statement, privacy, cookies and whom to call.
http::Reply page(const Desk& desk, const Page& page, int status = 200);
/// The same without a Desk, for what the edge refuses before anybody looked who visits.
std::string barePage(const Services& services, const text::Words& words, const Page& page);

/// <form method="post"> with the CSRF token. `multipart` for files.
template <class... C> Markup postForm(const Desk& desk, std::string_view action, const C&... children);
Markup formOpen(const Desk& desk, std::string_view action, bool multipart = false, std::vector<Attr> more = {});
template <class... C> Markup postForm(const Desk& desk, std::string_view action, const C&... children) {
    return formOpen(desk, action) + join(children...) + closeTag("form");
}

struct Field {
    std::string name, label, hint{};
    bool required = false;     // others are marked "(valgfri)"
    std::string type = "text"; // text, email, tel, password, date, search
    std::string autocomplete{};
    int size = 0; // characters wide; 0: the whole column
    std::string inputMode{};
};
Markup textField(const Form& form, const Field& field, std::string_view stored = "");
Markup textArea(const Form& form, const Field& field, int rows, std::string_view stored = "", std::size_t limit = 0,
                std::vector<Attr> more = {});
/// How much of a limit is used, live where scripts run; without them the hint and the server say it. The attributes
/// belong to the textarea of that id, the count stands after it.
void countAttrs(std::vector<Attr>& attrs, const std::string& id, std::size_t limit);
Markup characterCount(const text::Words& words, const std::string& id, std::size_t limit);
Markup checkBox(const Form& form, const std::string& name, const std::string& label, bool stored,
                const std::string& hint = "");
struct Choice {
    std::string value, label, hint{};
};
Markup radios(const Form& form, const std::string& name, const std::string& legend, const std::vector<Choice>& choices,
              std::string_view stored);
Markup selectField(const Form& form, const Field& field, const std::vector<Choice>& choices, std::string_view stored);
/// What may be uploaded, for a file input's accept.
inline constexpr std::string_view acceptedFiles = ".pdf,.docx,.odt,.rtf,.txt,.png,.jpg,.jpeg,.xlsx";
Markup fileField(const Form& form, const Field& field, bool several, std::string_view accept);
Markup hidden(std::string_view name, std::string_view value);

enum class ButtonKind { primary, secondary, tertiary, warning };
Markup submitButton(std::string_view label, ButtonKind kind = ButtonKind::primary, std::string_view name = "",
                    std::string_view value = "", std::vector<Attr> more = {});
Markup linkButton(std::string_view label, std::string_view href, ButtonKind kind = ButtonKind::primary);
Markup link(std::string_view label, std::string_view href);

enum class Tone { info, success, warning, error };
/// A coloured box with a heading (h2 unless `level`).
Markup alert(Tone tone, std::string_view heading, const Markup& body, int level = 2);
/// Findings as warnings or stops, each with a link to where it is mended (`hrefOf(field)`).
Markup findingList(const text::Words& words, const std::vector<Finding>& findings,
                   const std::function<std::string(const std::string& field)>& hrefOf);

/// Label and value pairs (dl).
Markup facts(const std::vector<std::pair<std::string, Markup>>& rows);
/// Head cells are plain text; a cell may be any markup. On a phone each row stacks as a card, labelled by its head.
struct TableColumn {
    std::string head;
    bool numeric = false;
};
Markup table(std::string_view caption, const std::vector<TableColumn>& columns,
             const std::vector<std::vector<Markup>>& rows, bool hideCaption = true);
/// A small status word with a tone.
Markup badge(Tone tone, std::string_view text);
Markup card(std::string_view heading, std::string_view href, const Markup& body, int level = 2);
/// Tabs as links; `current` is marked.
struct Tab {
    std::string label, href;
    bool current = false;
};
Markup tabs(std::string_view label, const std::vector<Tab>& list);

/// Horizontal bars as inline SVG with title, description and the numbers as a table under "Vis tallene".
Markup barChart(const text::Words& words, std::string_view title, std::string_view description,
                const std::vector<std::pair<std::string, long>>& bars);

/// "Referat.pdf (PDF, 1,2 MB, 4 sider)" as a download link.
Markup fileLink(const text::Words& words, const StoredFile& file, std::string_view href, std::string_view label = "");

} // namespace hoering::web

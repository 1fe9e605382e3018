#include "text/markdown.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include <cmark.h>

#include "common/strings.h"

namespace hoering::text {
namespace {

using Node = std::unique_ptr<cmark_node, decltype(&cmark_node_free)>;
using Walk = std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)>;

Node parse(std::string_view markdown) {
    return {cmark_parse_document(markdown.data(), markdown.size(), CMARK_OPT_VALIDATE_UTF8), &cmark_node_free};
}

/// f(node, entering) for every node of the tree, in order of writing.
template <class F> void eachNode(cmark_node* root, F f) {
    const Walk walk(cmark_iter_new(root), &cmark_iter_free);
    for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(walk.get()))
        f(cmark_iter_get_node(walk.get()), event == CMARK_EVENT_ENTER);
}

/// cmark's own safe mode knows javascript:, vbscript:, file: and data:; here only what an officer may mean is let by.
bool isSafeTarget(std::string_view url) {
    const std::string lower = lowerAscii(url);
    for (const char* start : {"https://", "http://", "mailto:", "tel:", "#", "/"})
        if (startsWith(lower, start)) return !startsWith(lower, "//");
    return false;
}

} // namespace

std::string markdownToHtml(std::string_view markdown, int topLevel) {
    const Node root = parse(markdown);
    std::vector<cmark_node*> images;
    eachNode(root.get(), [&](cmark_node* node, bool entering) {
        if (!entering) return;
        const auto type = cmark_node_get_type(node);
        if (type == CMARK_NODE_HEADING)
            cmark_node_set_heading_level(node, std::clamp(cmark_node_get_heading_level(node) + topLevel - 1, 1, 6));
        if (type == CMARK_NODE_LINK && !isSafeTarget(cmark_node_get_url(node))) cmark_node_set_url(node, "");
        if (type == CMARK_NODE_IMAGE) images.push_back(node);
    });
    // Pictures from elsewhere would tell a stranger who reads the page, and the page's CSP forbids them: their words
    // stay.
    for (auto* image : images) {
        while (cmark_node* child = cmark_node_first_child(image)) cmark_node_insert_before(image, child);
        cmark_node_unlink(image);
        cmark_node_free(image);
    }
    // Safe mode is the default since cmark 0.29; without CMARK_OPT_UNSAFE raw HTML becomes a comment.
    const std::unique_ptr<char, decltype(&std::free)> made(cmark_render_html(root.get(), CMARK_OPT_DEFAULT),
                                                           &std::free);
    std::string html = replaceAll(made.get(), "<!-- raw HTML omitted -->", "");
    // cmark writes every < of a text as &lt;, so these bytes are only ever its own tags.
    for (const char* start : {"<a href=\"https://", "<a href=\"http://"})
        html = replaceAll(std::move(html), start, "<a rel=\"noopener noreferrer\" " + std::string(start + 3));
    return html;
}

std::string markdownToPlain(std::string_view markdown) {
    const Node root = parse(markdown);
    std::string plain;
    eachNode(root.get(), [&](cmark_node* node, bool entering) {
        switch (cmark_node_get_type(node)) {
        case CMARK_NODE_TEXT:
        case CMARK_NODE_CODE:
        case CMARK_NODE_CODE_BLOCK:
            if (entering) plain += cmark_node_get_literal(node);
            break;
        case CMARK_NODE_SOFTBREAK: plain += entering ? " " : ""; break;
        case CMARK_NODE_LINEBREAK: plain += entering ? "\n" : ""; break;
        case CMARK_NODE_ITEM:
            if (entering) plain += "- ";
            break;
        case CMARK_NODE_LIST:
            if (!entering) plain += "\n";
            break;
        default: break;
        }
        const bool inItem = cmark_node_parent(node) && cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_ITEM;
        const auto type = cmark_node_get_type(node);
        const bool ends = (!entering && (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING)) ||
                          (entering && type == CMARK_NODE_CODE_BLOCK);
        if (ends) plain += inItem ? "\n" : "\n\n";
    });
    while (plain.find("\n\n\n") != std::string::npos) plain = replaceAll(std::move(plain), "\n\n\n", "\n\n");
    return std::string(trim(plain));
}

} // namespace hoering::text

// The words of the worked example, which are Danish data and not the program's: files in cli/demo, read here.
// Not here: what happens in the example (cli/demo_story.h).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/error.h"
#include "documents/document.h"

namespace hoering::cli {

/// One file: "key: value" lines (a key may come again), "---", and a body. A file without "---" is all body.
struct DemoText {
    std::vector<std::pair<std::string, std::string>> fields;
    std::string body;
    std::string field(std::string_view key) const; // the first, "" for none
    std::vector<std::string> all(std::string_view key) const;
};
/// `holes` are put into the whole file ("{year}"). Throws std::logic_error when there is no such file.
DemoText demoText(std::string_view name, const Args& holes = {});

/// A document from plain Markdown: "#" headings, paragraphs with **strong**, "-" and "1." lists, "|" tables.
documents::Document documentFrom(std::string_view markdown, std::string title, std::string subject, std::string author);

} // namespace hoering::cli

// Text that has broken writers of documents before, in every place a document has for text.
// Not here: ordinary documents (sample.h).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "documents/document.h"

namespace hoering::documents {

inline std::vector<std::pair<std::string, std::string>> hostileTexts() {
    std::string controls;
    for (int c = 0; c < 32; ++c) controls += static_cast<char>(c);
    std::string flood = "a";
    for (int i = 0; i < 20000; ++i) flood += "\xCC\x81"; // U+0301
    return {
        {"controls", "før" + controls + "\x7F" + "efter"},
        {"broken UTF-8", "x\xC0\xAF\xED\xA0\x80\xF5\x80\x80\x80\xFFy\xE2\x82"},
        {"bidi", "a\xE2\x80\xAE"
                 "b\xE2\x81\xA6"
                 "c\xEF\xBB\xBF\xEF\xBF\xBE\xEF\xBF\xBF"},
        {"word", std::string(1 << 20, 'w')},
        {"marks", flood},
        {"emoji",
         "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 \xF0\x9F\x87\xA9\xF0\x9F\x87\xB0"},
        {"arabic", "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7 123 \xD8\xA8\xD9\x83"},
        {"markup", "<script>alert(1)</script> ]]> &amp; \" ' <!-- --> %PDF (\\) \\ {} <b>"},
        {"lines", std::string(5000, '\n') + "a\r\nb\rc\xE2\x80\xA8"
                                            "d"},
        {"spaces", std::string(50000, ' ')},
        {"empty", ""},
    };
}

/// Every field and every kind of block filled with the text.
inline Document filledWith(const std::string& text) {
    Document d;
    d.title = d.author = d.subject = d.headerText = d.footerText = d.pageWord = d.numbersWord = text;
    d.language = d.brandColour = text;
    const Spans spans{{text}, {text, true}, {text, false, true}, {text, false, false, "https://example.dk/" + text}};
    d.blocks = {Heading{1, text},
                Heading{9, text},
                Heading{-1, text},
                Paragraph{spans},
                Quote{text},
                List{false, {spans, {}}},
                List{true, {spans}},
                Facts{{{text, text}, {"", ""}}},
                Chart{text, text, {{text, 5}, {"", -1}}}};
    d.blocks.push_back(Table{text, {text, "b"}, {1, 0}, {{{spans}, {spans, true}}, {}, {{}, {}, {{{text}}}}}});
    d.blocks.push_back(PageBreak{});
    return d;
}

} // namespace hoering::documents

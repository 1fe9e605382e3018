#include "web/letter_view.h"

#include "common/strings.h"
#include "text/letter_html.h"
#include "text/sample_letters.h"
#include "web/ledger_view.h"

namespace hoering::web {

Markup letterFacts(const text::Words& words, const Letter& letter) {
    std::vector<std::pair<std::string, Markup>> rows{
        {words("label.to"), join(letter.toName, letter.toName.empty() ? "" : ", ", letter.toMail)},
        {words("label.subject"), join(letter.subject)},
        {words("label.reply_to"), join(letter.replyMail)},
        {words("label.kind"), join(kindWord(words, letter.kind))}};
    if (!letter.calendar.empty()) rows.push_back({words("label.attached"), join(words("page.letter.calendar"))});
    return facts(rows);
}

Markup letterText(const text::Words& words, const Letter& letter) {
    return el("div", {{"class", "verbatim prose"}, {"lang", letter.language}},
              replaceAll(letter.text, linkMark, words("page.letter.link_here")));
}

Markup letterFrame(const text::Words& words, const Letter& letter, std::string_view href) {
    return el("iframe", {{"class", "letter-frame"},
                         {"src", href},
                         {"sandbox", true},
                         {"title", words("page.letter.frame", {{"subject", letter.subject}})},
                         {"loading", "lazy"}}) +
           el("p", {}, link(words("page.letter.own_page"), href));
}

http::Reply letterDocument(const text::Words& words, const Letter& letter) {
    return http::Reply::html(text::letterHtml(text::withoutLink(words, letter)))
        .with("Content-Security-Policy",
              "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; sandbox")
        .with("X-Frame-Options", "SAMEORIGIN");
}

http::Reply framing(http::Reply reply) {
    return std::move(reply).with("Content-Security-Policy", std::string(http::pagePolicy()) + "; frame-src 'self'");
}

} // namespace hoering::web

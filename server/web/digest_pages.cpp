// The digest (høringsnotat) in the office: what it holds, its figures, and its files. Two are made at a time at most.
#include "common/crypto.h"
#include "documents/docx.h"
#include "documents/html.h"
#include "documents/pdf.h"
#include "usecases/compile_digest.h"
#include "web/components.h"
#include "web/desk.h"
#include "web/digest_document.h"
#include "web/document_permit.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/page_parts.h"
#include "web/problem.h"

namespace hoering::web::digest_pages {
namespace {

/// More answers than this, and the check sums are worked out only when asked for.
constexpr std::size_t manyAnswers = 200;

std::optional<Digest> digestHere(Desk& desk) {
    const auto id = desk.id(0);
    if (!id) return std::nullopt;
    return desk.read([&](sqlite::ReadTx& tx) { return compileDigest(tx, *id, desk.now); });
}

/// In the consultation's language, whoever asks: the same data gives the same bytes.
documents::Document documentOf(const Desk& desk, const Digest& digest) {
    const auto& house = desk.settings().municipality;
    return digestDocument(desk.office().words(digest.consultation.text.language), digest, house.name, house.colour);
}

struct Format {
    std::string_view ending, contentType;
    std::string (*write)(const documents::Document&);
};
constexpr Format pdfFormat{"pdf", "application/pdf", [](const documents::Document& d) { return documents::toPdf(d); }};
constexpr Format docxFormat{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                            [](const documents::Document& d) { return documents::toDocx(d); }};
constexpr Format htmlFormat{"html", "text/html; charset=utf-8",
                            [](const documents::Document& d) { return documents::toHtml(d); }};

http::Reply download(Desk& desk, const Format& format) {
    const auto digest = digestHere(desk);
    if (!digest) return notFoundPage(desk);
    const DocumentPermit permit(*desk.services.documentPermits);
    if (!permit) return problemPage(desk, {ErrorKind::busy, "error.busy", {}, {}}).with("Retry-After", "20");
    return http::Reply::download(format.write(documentOf(desk, *digest)), std::string(format.contentType),
                                 "hoeringsnotat-" + digest->consultation.slug + "." + std::string(format.ending));
}

std::string addressOf(const Digest& digest) { return consultationHref(digest.consultation.id, "/hoeringsnotat"); }

/// The files: one to read is the button, the others stand beside it.
Markup downloads(const Desk& desk, const std::string& base) {
    Markup buttons;
    for (const auto* format : {&pdfFormat, &docxFormat, &htmlFormat})
        buttons += linkButton(desk.t("page.digest.download_" + std::string(format->ending)),
                              base + "." + std::string(format->ending),
                              format == &pdfFormat ? ButtonKind::primary : ButtonKind::secondary);
    return buttonRow(buttons);
}

std::string upper(std::string_view ending) {
    std::string name;
    for (const char c : ending) name += static_cast<char>(c - 'a' + 'A');
    return name;
}

/// What proves that a copy is whole.
Markup checksums(const Desk& desk, const Digest& digest) {
    std::vector<std::vector<Markup>> rows;
    const auto document = documentOf(desk, digest);
    for (const auto* format : {&pdfFormat, &docxFormat, &htmlFormat}) {
        const std::string bytes = format->write(document);
        rows.push_back(
            {join(upper(format->ending)), join(desk.words.size(bytes.size())), el("code", {}, sha256Hex(bytes))});
    }
    return table(desk.t("page.digest.downloads"),
                 {{desk.t("page.digest.file")}, {desk.t("page.digest.size")}, {"SHA-256"}}, rows);
}

/// Answers that should be read before the digest, which repeats them, goes anywhere.
Markup personalData(const Desk& desk, const Digest& digest) {
    Markup items;
    for (const auto& entry : digest.parties)
        if (const auto* answer = standingAnswer(entry.versions); answer && mayHoldCpr(*answer))
            items += el("li", {}, link(entry.party.name, responseHref(*answer)));
    if (items.empty()) return {};
    return alert(Tone::warning, desk.t("page.digest.cpr"),
                 paragraph(desk.t("page.digest.cpr_text")) + el("ul", {}, items));
}

} // namespace

http::Reply overview(Desk& desk) {
    const auto digest = digestHere(desk);
    if (!digest) return notFoundPage(desk);
    const auto& figures = digest->figures;
    Page shown = partPage(desk, digest->consultation, Part::digest);
    std::size_t answers = 0;
    for (const auto& entry : digest->parties) answers += entry.answer() ? 1 : 0;

    Markup content;
    if (digest->preliminary)
        content +=
            alert(Tone::info, desk.t("page.digest.preliminary"), paragraph(preliminaryText(desk.words, *digest)));
    if (answers == 0)
        content += alert(Tone::info, desk.t("page.digest.empty"), paragraph(desk.t("page.digest.empty_text")));
    content += personalData(desk, *digest);
    content += paragraph(desk.t("page.digest.holds"));
    content += paragraph(desk.t("digest.as_of", {{"moment", desk.words.momentExact(digest->asOf)}}));

    bool sums = answers <= manyAnswers || desk.request.queryValue("kontrolsum") == "ja";
    const DocumentPermit permit(*desk.services.documentPermits);
    content += downloads(desk, addressOf(*digest));
    content += sums && permit
                   ? checksums(desk, *digest)
                   : el("p", {}, link(desk.t("page.digest.show_sums"), addressOf(*digest) + "?kontrolsum=ja"));
    content += paragraph(desk.t("page.digest.same_bytes"), "quiet");
    if (figures.consulted + figures.informed > 0)
        content += heading(desk.t("digest.chart")) + barChart(desk.words, desk.t("digest.chart"),
                                                              desk.t("page.digest.chart_text"),
                                                              digestBars(desk.words, figures));
    shown.content += content;
    return page(desk, shown);
}

http::Reply html(Desk& desk) { return download(desk, htmlFormat); }
http::Reply pdf(Desk& desk) { return download(desk, pdfFormat); }
http::Reply docx(Desk& desk) { return download(desk, docxFormat); }

} // namespace hoering::web::digest_pages

#include "documents/pdf.h"

#include <memory>

#include <cairo-pdf.h>
#include <fmt/format.h>

#include "documents/pdf_blocks.h"
#include "documents/pdf_finish.h"
#include "documents/pdf_pages.h"
#include "documents/sanitize.h"

namespace hoering::documents {
namespace {

constexpr double totalPageHeight = 24, totalBaseline = 16;

/// How many pages there are is known last: it is set alone, and every page's footer shows that one drawing.
std::string totalAlone(Typesetter& typesetter, std::size_t pages) {
    std::string bytes;
    const auto append = [](void* to, const unsigned char* data, unsigned int length) {
        static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
        return CAIRO_STATUS_SUCCESS;
    };
    const std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface(
        cairo_pdf_surface_create_for_stream(append, &bytes, 80, totalPageHeight), cairo_surface_destroy);
    const std::unique_ptr<cairo_t, void (*)(cairo_t*)> cr(cairo_create(surface.get()), cairo_destroy);
    const auto text = typesetter.set(richFrom(std::to_string(pages)), footerStyle, 80);
    text.drawLine(cr.get(), 0, 0, totalBaseline - text.lines()[0].baseline);
    cairo_surface_finish(surface.get());
    return bytes;
}

void write(BlockWriter& writer, const Block& block, std::span<const Block> after) {
    std::visit(
        [&](const auto& b) {
            using T = std::decay_t<decltype(b)>;
            if constexpr (std::is_same_v<T, Heading>) writer.heading(b, after);
            if constexpr (std::is_same_v<T, Paragraph>) writer.paragraph(b);
            if constexpr (std::is_same_v<T, Quote>) writer.quote(b);
            if constexpr (std::is_same_v<T, List>) writer.list(b);
            if constexpr (std::is_same_v<T, Table>) writer.table(b);
            if constexpr (std::is_same_v<T, Facts>) writer.facts(b);
            if constexpr (std::is_same_v<T, Chart>) writer.chart(b);
            if constexpr (std::is_same_v<T, PageBreak>) writer.pageBreak();
        },
        block);
}

} // namespace

std::string toPdf(const Document& document, const Progress& progress) {
    const Colour brand = colourFrom(safeColour(document.brandColour));
    const std::string language = safeLanguage(document.language);
    Typesetter typesetter(language, brand);
    PdfExtras extras;
    Pages::Finished finished;
    {
        Pages pages(document, typesetter);
        BlockWriter writer(pages, typesetter, brand);
        writer.title(document);
        const auto& blocks = document.blocks;
        for (std::size_t i = firstBlock(document); i < blocks.size(); ++i) {
            write(writer, blocks[i], std::span(blocks).subspan(i + 1));
            if (progress) progress(i + 1, blocks.size());
        }
        extras.figures = writer.figures();
        finished = pages.finish();
    }
    extras.language = language;
    extras.totalPdf = totalAlone(typesetter, finished.totalAt.size());
    extras.totalDepth = totalPageHeight - totalBaseline;
    extras.totalAt = std::move(finished.totalAt);
    extras.totalBaseline = finished.totalBaseline;
    return finishPdf(finished.bytes, extras);
}

} // namespace hoering::documents

#include "documents/pdf_pages.h"

#include <algorithm>
#include <stdexcept>

#include <cairo-pdf.h>
#include <fmt/format.h>

#include "documents/sanitize.h"

namespace hoering::documents {
namespace {

constexpr double headerTop = 38, footerRule = pageHeight - 50, footerTop = pageHeight - 44;

cairo_status_t append(void* to, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

std::string isoTime(std::chrono::sys_seconds at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{at - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", int(date.year()), unsigned(date.month()),
                       unsigned(date.day()), time.hours().count(), time.minutes().count(), time.seconds().count());
}

} // namespace

Pages::Pages(const Document& document, Typesetter& typesetter)
    : typesetter_(typesetter), surface_(cairo_pdf_surface_create_for_stream(append, &bytes_, pageWidth, pageHeight),
                                        [](cairo_surface_t* p) {
                                            cairo_surface_finish(p);
                                            cairo_surface_destroy(p);
                                        }),
      cr_(cairo_create(surface_.get()), cairo_destroy), pageWord_(sanitizeLine(document.pageWord)) {
    const auto about = [&](cairo_pdf_metadata_t what, const std::string& text) {
        cairo_pdf_surface_set_metadata(surface_.get(), what, text.c_str());
    };
    about(CAIRO_PDF_METADATA_TITLE, sanitizeLine(document.title));
    about(CAIRO_PDF_METADATA_AUTHOR, sanitizeLine(document.author));
    about(CAIRO_PDF_METADATA_SUBJECT, sanitizeLine(document.subject));
    about(CAIRO_PDF_METADATA_CREATE_DATE, isoTime(document.asOf));
    about(CAIRO_PDF_METADATA_MOD_DATE, isoTime(document.asOf));
    if (!document.headerText.empty())
        header_ = typesetter.set(richFrom(sanitizeLine(document.headerText)), footerStyle, lineWidth);
    TextStyle right = footerStyle;
    right.rightAligned = true;
    if (!document.footerText.empty())
        footer_ = typesetter.set(richFrom(sanitizeLine(document.footerText)), right, lineWidth - 110);
    check();
    open("Document");
}

void Pages::check() {
    const cairo_status_t status = cairo_status(cr_.get());
    if (status != CAIRO_STATUS_SUCCESS)
        throw std::runtime_error(std::string("PDF cannot be written: ") + cairo_status_to_string(status));
}

void Pages::gap(double points) {
    if (!atTop()) y_ += points;
}

void Pages::need(double points) {
    if (room() < points && !atTop()) newPage();
}

void Pages::newPage() {
    const std::optional<Bar> side = side_;
    endSide();
    drawArtifacts();
    cairo_show_page(cr_.get());
    check();
    y_ = bodyTop;
    if (side) beginSide(side->x, side->colour);
    if (repeat_) repeat_();
}

void Pages::open(const char* tag) { cairo_tag_begin(cr_.get(), tag, nullptr); }
void Pages::close(const char* tag) { cairo_tag_end(cr_.get(), tag); }

void Pages::leaves(const TextBlock& block, std::size_t from, std::size_t to, double x, double y) {
    if (!block.hasLinks()) {
        open("Span");
        for (std::size_t i = from; i < to; y += block.lines()[i++].height) block.drawLine(cr_.get(), i, x, y);
        close("Span");
        return;
    }
    for (std::size_t i = from; i < to; y += block.lines()[i++].height) {
        for (const auto& stretch : block.stretches(i)) {
            const bool link = !stretch.href.empty();
            // safeHref has escaped whatever cairo's attribute syntax would trip over: quotes and backslashes.
            if (link) cairo_tag_begin(cr_.get(), CAIRO_TAG_LINK, ("uri='" + stretch.href + "'").c_str());
            else open("Span");
            block.drawStretch(cr_.get(), i, stretch, x, y);
            close(link ? CAIRO_TAG_LINK : "Span");
            if (link) rule(x + stretch.x, y + block.lines()[i].baseline + 1.4, stretch.width, 0.5, block.linkColour());
        }
    }
}

void Pages::drawLines(const TextBlock& block, std::size_t from, std::size_t to, double x, double y, const char* tag) {
    open(tag);
    if (block.hasLinks()) leaves(block, from, to, x, y);
    else
        for (std::size_t i = from; i < to; y += block.lines()[i++].height) block.drawLine(cr_.get(), i, x, y);
    close(tag);
}

std::size_t Pages::fitting(const TextBlock& block, std::size_t from, double points) {
    const auto& lines = block.lines();
    std::size_t to = from;
    double used = 0;
    while (to < lines.size() && used + lines[to].height <= points + 0.01) used += lines[to++].height;
    if (to == lines.size()) return to - from;
    if (to + 1 == lines.size() && to > from) --to;
    return from == 0 && to == 1 ? 0 : to - from;
}

void Pages::flow(const TextBlock& block, double x, const char* tag) {
    const std::size_t count = block.lines().size();
    std::size_t n = fitting(block, 0, room());
    if (n == 0 && !atTop()) {
        newPage();
        n = fitting(block, 0, room());
    }
    if (n == count) {
        drawLines(block, 0, count, x, y_, tag);
        y_ += block.height();
        return;
    }
    open(tag);
    for (std::size_t from = 0; from < count;) {
        n = std::max<std::size_t>(1, fitting(block, from, room()));
        leaves(block, from, from + n, x, y_);
        y_ += block.height(from, from + n);
        from += n;
        if (from < count) newPage();
    }
    close(tag);
}

void Pages::rule(double x, double y, double width, double height, Colour colour) {
    bars_.push_back({x, y, width, height, colour});
}

void Pages::beginSide(double x, Colour colour) { side_ = Bar{x, y_, 2, 0, colour}; }

void Pages::endSide() {
    if (side_ && y_ > side_->y) rule(side_->x, side_->y, side_->width, y_ - side_->y, side_->colour);
    side_.reset();
}

void Pages::outline(int level, const std::string& text) {
    const auto place = fmt::format("page={} pos=[{:.1f} {:.1f}]", totalAt_.size() + 1, margin, y_);
    const int id =
        cairo_pdf_surface_add_outline(surface_.get(), outlineParents_[level - 1], text.c_str(), place.c_str(),
                                      level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t{});
    // A level that is left out hangs under the nearest one above it.
    for (int i = level; i < 5; ++i) outlineParents_[i] = id;
}

void Pages::drawArtifacts() {
    cairo_t* cr = cr_.get();
    open(artifactTag);
    rule(margin, footerRule, lineWidth, 0.5, hairline);
    for (const Bar& bar : bars_) {
        cairo_set_source_rgb(cr, bar.colour.red, bar.colour.green, bar.colour.blue);
        cairo_rectangle(cr, bar.x, bar.y, bar.width, bar.height);
        cairo_fill(cr);
    }
    bars_.clear();
    const auto number =
        typesetter_.set(richFrom(fmt::format("{} {} / ", pageWord_, totalAt_.size() + 1)), footerStyle, lineWidth);
    number.drawLine(cr, 0, margin, footerTop);
    totalAt_.push_back(margin + number.widest());
    if (footer_) footer_->drawLine(cr, 0, margin + 110, footerTop);
    if (header_ && totalAt_.size() > 1) header_->drawLine(cr, 0, margin, headerTop); // the first has the title
    close(artifactTag);
}

Pages::Finished Pages::finish() {
    const auto total = typesetter_.set(richFrom("1"), footerStyle, lineWidth);
    drawArtifacts();
    close("Document");
    check();
    cr_.reset();
    cairo_surface_finish(surface_.get());
    const cairo_status_t status = cairo_surface_status(surface_.get());
    if (status != CAIRO_STATUS_SUCCESS)
        throw std::runtime_error(std::string("PDF cannot be written: ") + cairo_status_to_string(status));
    surface_.reset();
    return {std::move(bytes_), std::move(totalAt_), pageHeight - footerTop - total.lines()[0].baseline};
}

} // namespace hoering::documents

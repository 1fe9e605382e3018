// Pages of A4 on a cairo surface: where the next line goes, structure tags, outline, header and footer, and rules that
// are decoration. Only leaves of the tag tree may hold ink: cairo 1.16 leaves text beside child tags unmarked.
// Not here: lines of text (pdf_text.h), what blocks look like (pdf_blocks), what cairo cannot write (pdf_finish.h).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <cairo.h>

#include "documents/pdf_text.h"

namespace hoering::documents {

inline constexpr double pageWidth = 595.276, pageHeight = 841.89, margin = 70.866; // A4 and 25 mm in points
inline constexpr double lineWidth = pageWidth - 2 * margin, bodyTop = margin, bodyBottom = pageHeight - margin;

/// Ink that is no content (header, footer, rules) is drawn in this tag; finishPdf makes artifacts of it.
inline constexpr const char* artifactTag = "NonStruct";

class Pages {
  public:
    Pages(const Document& document, Typesetter& typesetter);

    double y() const { return y_; }
    void moveTo(double y) { y_ = y; }
    double room() const { return bodyBottom - y_; }
    bool atTop() const { return y_ <= bodyTop + 0.01; }
    /// Room before a block: nothing at the top of a page.
    void gap(double points);
    /// Begins a page if less than `points` are left; a block taller than a page is not helped by it.
    void need(double points);
    /// No leaf may be open.
    void newPage();

    void open(const char* tag);
    void close(const char* tag);
    /// Draws lines [from, to) at (x, y): one leaf `tag` without links, else `tag` with leaves in it.
    void drawLines(const TextBlock& block, std::size_t from, std::size_t to, double x, double y, const char* tag);
    /// The same, at y(), over as many pages as it takes, with no single first or last line left alone.
    void flow(const TextBlock& block, double x, const char* tag);
    /// How many lines from `from` on should stand in `points`: all that fit, but not one alone before or after a break.
    static std::size_t fitting(const TextBlock& block, std::size_t from, double points);

    void rule(double x, double y, double width, double height, Colour colour);
    /// A rule at the left of everything until endSide(), across pages.
    void beginSide(double x, Colour colour);
    void endSide();
    /// Called at the top of each new page, e.g. to repeat a table's head; nullptr for none.
    void onNewPage(std::function<void()> repeat) { repeat_ = std::move(repeat); }
    void outline(int level, const std::string& text);
    cairo_t* cr() { return cr_.get(); }

    /// What has been written; no page can be added afterwards.
    struct Finished {
        std::string bytes;
        std::vector<double> totalAt; // per page: x where the number of pages belongs
        double totalBaseline = 0;    // from the bottom of the page
    };
    Finished finish();

  private:
    struct Bar {
        double x, y, width, height;
        Colour colour;
    };
    void leaves(const TextBlock& block, std::size_t from, std::size_t to, double x, double y);
    void drawArtifacts();
    void check();

    std::string bytes_;
    Typesetter& typesetter_;
    std::shared_ptr<cairo_surface_t> surface_;
    std::shared_ptr<cairo_t> cr_;
    std::optional<TextBlock> header_, footer_;
    std::string pageWord_;
    double y_ = bodyTop;
    std::vector<Bar> bars_;
    std::optional<Bar> side_;
    std::function<void()> repeat_;
    std::vector<double> totalAt_;
    int outlineParents_[5] = {0, 0, 0, 0, 0};
};

inline constexpr TextStyle footerStyle{8, 10, false, grey, false, 1};

} // namespace hoering::documents

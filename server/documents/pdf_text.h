// Text set into lines: Pango behind two small classes. A TextBlock knows its lines and how to draw one of them.
// Not here: pages and tags (pdf_pages.h), what is set how (pdf_blocks).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <pango/pangocairo.h>

#include "documents/document.h"

namespace hoering::documents {

struct Colour {
    double red = 0, green = 0, blue = 0;
};
/// From "#rrggbb" as safeColour returns it.
Colour colourFrom(const std::string& hex);
inline constexpr Colour ink{0.13, 0.13, 0.13}, grey{0.35, 0.35, 0.35}, hairline{0.78, 0.78, 0.78};

struct TextStyle {
    double size = 10;      // points
    double leading = 14.5; // points from line to line, more only where a fallback face is taller
    bool strong = false;
    Colour colour = ink;
    bool rightAligned = false;
    int mostLines = 0; // then an ellipsis; 0: no limit
};

/// Sanitized text with ranges (byte offsets) that look or act differently.
struct Rich {
    struct Range {
        std::size_t from = 0, to = 0;
        bool strong = false, muted = false;
        std::string href;
    };
    std::string text;
    std::vector<Range> ranges;
};
Rich richFrom(const Spans& spans);
Rich richFrom(std::string_view text);
/// Parts long text where it may break (a line break, else a space, else any character) into pieces of at most `most`
/// bytes, so that no single layout grows without bound. Nothing is lost but the space or line break parted at.
std::vector<Rich> inPieces(const Rich& rich, std::size_t most = 12000);

class TextBlock {
  public:
    struct Line {
        PangoLayoutLine* line;      // owned by the layout
        double x, height, baseline; // points, from the block's left edge and the line's top
    };
    TextBlock(PangoContext* context, const PangoFontDescription* font, const Rich& rich, const TextStyle& style,
              Colour linkColour, double width);

    const std::vector<Line>& lines() const { return lines_; }
    bool hasLinks() const { return !links_.empty(); }
    double height(std::size_t from, std::size_t to) const;
    double height() const { return height(0, lines_.size()); }
    double widest() const;
    Colour linkColour() const { return linkColour_; }

    /// A stretch of one line that is one link or none.
    struct Stretch {
        std::string href;
        double x = 0, width = 0; // points from the line's left edge
        std::vector<PangoLayoutRun*> runs;
    };
    std::vector<Stretch> stretches(std::size_t line) const;
    void drawLine(cairo_t* cr, std::size_t line, double x, double y) const;
    void drawStretch(cairo_t* cr, std::size_t line, const Stretch& stretch, double x, double y) const;

  private:
    const Rich::Range* linkAt(int offset) const;

    std::shared_ptr<PangoLayout> layout_;
    TextStyle style_;
    Colour linkColour_;
    std::vector<Rich::Range> links_, muted_;
    std::vector<Line> lines_;
};

/// Owns the fonts; one per document being written, used by one thread.
class Typesetter {
  public:
    Typesetter(const std::string& language, Colour linkColour);
    TextBlock set(const Rich& rich, const TextStyle& style, double width);

  private:
    std::shared_ptr<PangoFontMap> map_;
    std::shared_ptr<PangoContext> context_;
    std::shared_ptr<PangoFontDescription> plain_, strong_;
    Colour linkColour_;
};

} // namespace hoering::documents

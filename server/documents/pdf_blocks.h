// How each kind of block looks on A4: sizes, gaps, colours.
// Not here: pages and tags (pdf_pages.h), lines of text (pdf_text.h), charts' geometry (chart.h).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "documents/pdf_pages.h"

namespace hoering::documents {

class BlockWriter {
  public:
    BlockWriter(Pages& pages, Typesetter& typesetter, Colour brand);

    void title(const Document& document);
    /// `after`: the blocks that follow. A heading never stands alone at the foot of a page.
    void heading(const Heading& heading, std::span<const Block> after);
    void paragraph(const Paragraph& paragraph);
    void quote(const Quote& quote);
    void list(const List& list);
    void facts(const Facts& facts);
    void table(const Table& table);
    void chart(const Chart& chart);
    void pageBreak();

    /// The text alternatives of the figures drawn so far, in order.
    const std::vector<std::string>& figures() const { return figures_; }

  private:
    void chartPiece(const Chart& chart, std::size_t first, std::size_t count);
    double leastUnder(std::span<const Block> after);
    /// Caption, head and first row, which stand on one page; in points.
    double topOf(const Table& table);

    Pages& pages_;
    Typesetter& typesetter_;
    Colour brand_;
    std::vector<std::string> figures_;
};

} // namespace hoering::documents

#include "documents/pdf_text.h"

#include <algorithm>
#include <stdexcept>

#include <pango/pangofc-fontmap.h>

#include "documents/fonts.h"
#include "documents/sanitize.h"

namespace hoering::documents {
namespace {

constexpr double mutedSize = 0.88;

guint16 channel(double value) { return static_cast<guint16>(value * 65535); }

void addAttribute(PangoAttrList* list, PangoAttribute* attribute, std::size_t from, std::size_t to) {
    attribute->start_index = static_cast<guint>(from);
    attribute->end_index = static_cast<guint>(to);
    pango_attr_list_insert(list, attribute);
}

void addColour(PangoAttrList* list, const Colour& c, std::size_t from, std::size_t to) {
    addAttribute(list, pango_attr_foreground_new(channel(c.red), channel(c.green), channel(c.blue)), from, to);
}

/// Pango takes the glyph out of a space at which it breaks a line; cairo then spells the space out in a marked sequence
/// of its own, some hundred bytes a line, which trips readers of tags. A space glyph of no width says the same.
void keepSpaces(PangoLayoutLine* line) {
    for (GSList* at = line->runs; at != nullptr; at = at->next) {
        auto* run = static_cast<PangoLayoutRun*>(at->data);
        if (run->glyphs->num_glyphs == 0) continue;
        const char* text = pango_layout_get_text(line->layout) + run->item->offset;
        for (int i : {0, run->glyphs->num_glyphs - 1}) {
            PangoGlyphInfo& glyph = run->glyphs->glyphs[i];
            if (glyph.glyph != PANGO_GLYPH_EMPTY || text[run->glyphs->log_clusters[i]] != ' ') continue;
            hb_codepoint_t space = 0;
            if (hb_font_get_nominal_glyph(pango_font_get_hb_font(run->item->analysis.font), ' ', &space))
                glyph.glyph = space;
        }
    }
}

/// Sanitized text that Pango can break in linear time: a word gets an invisible break chance (U+200B) after each 60
/// characters, and runs of blanks and of line breaks are cut to what a page can show.
std::string breakable(std::string_view raw) {
    constexpr int longestWord = 60, mostBlanks = 60, mostLineBreaks = 3;
    const std::string text = sanitize(raw);
    std::string out;
    out.reserve(text.size());
    int word = 0, blanks = 0, lineBreaks = 0;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t', lineBreak = c == '\n';
        blanks = blank ? blanks + 1 : 0;
        lineBreaks = lineBreak ? lineBreaks + 1 : blank ? lineBreaks : 0;
        if (blanks > mostBlanks || (lineBreak && lineBreaks > mostLineBreaks)) continue;
        const bool starts = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        word = blank || lineBreak ? 0 : word + (starts ? 1 : 0);
        if (word > longestWord && starts) {
            out += "\xE2\x80\x8B";
            word = 1;
        }
        out += c;
    }
    return out;
}

std::size_t partAt(const std::string& text, std::size_t from, std::size_t most) {
    const std::size_t end = from + most;
    for (const char* where : {"\n", " "}) {
        const auto at = text.rfind(*where, end);
        if (at != std::string::npos && at > from + most / 2) return at;
    }
    std::size_t at = from + most / 4; // Pango takes a word in time squared: small pieces
    while (at > from + 1 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
    return at;
}

} // namespace

Colour colourFrom(const std::string& hex) {
    const auto part = [&](std::size_t at) { return std::stoi(hex.substr(at, 2), nullptr, 16) / 255.0; };
    return {part(1), part(3), part(5)};
}

Rich richFrom(std::string_view text) { return {breakable(text), {}}; }

Rich richFrom(const Spans& spans) {
    Rich rich;
    for (const Span& span : spans) {
        const std::size_t from = rich.text.size();
        rich.text += breakable(span.text);
        Rich::Range range{from, rich.text.size(), span.strong, span.muted, safeHref(span.href)};
        if (range.to > from && (range.strong || range.muted || !range.href.empty()))
            rich.ranges.push_back(std::move(range));
    }
    return rich;
}

std::vector<Rich> inPieces(const Rich& rich, std::size_t most) {
    if (rich.text.size() <= most) return {rich};
    std::vector<Rich> pieces;
    for (std::size_t from = 0; from < rich.text.size();) {
        const std::size_t to = rich.text.size() - from <= most ? rich.text.size() : partAt(rich.text, from, most);
        Rich piece{rich.text.substr(from, to - from), {}};
        for (const auto& range : rich.ranges) {
            if (range.to <= from || range.from >= to) continue;
            auto part = range;
            part.from = std::max(range.from, from) - from;
            part.to = std::min(range.to, to) - from;
            piece.ranges.push_back(std::move(part));
        }
        pieces.push_back(std::move(piece));
        from = to;
        if (from < rich.text.size() && (rich.text[from] == ' ' || rich.text[from] == '\n')) ++from;
    }
    return pieces;
}

TextBlock::TextBlock(PangoContext* context, const PangoFontDescription* font, const Rich& rich, const TextStyle& style,
                     Colour linkColour, double width)
    : layout_(pango_layout_new(context), [](PangoLayout* p) { g_object_unref(p); }), style_(style),
      linkColour_(linkColour) {
    PangoLayout* layout = layout_.get();
    pango_layout_set_font_description(layout, font);
    pango_layout_set_width(layout, static_cast<int>(std::max(4.0, width) * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (style.rightAligned) pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
    if (style.mostLines > 0) {
        pango_layout_set_height(layout, -style.mostLines);
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    }
    pango_layout_set_text(layout, rich.text.data(), static_cast<int>(rich.text.size()));
    PangoAttrList* attributes = pango_attr_list_new();
    addAttribute(attributes, pango_attr_size_new(static_cast<int>(style.size * PANGO_SCALE)), 0, rich.text.size() + 1);
    // A word too long for its line is parted as it is: a hyphen put in would read as part of an address.
    addAttribute(attributes, pango_attr_insert_hyphens_new(FALSE), 0, rich.text.size() + 1);
    for (const auto& range : rich.ranges) {
        if (range.strong) addAttribute(attributes, pango_attr_weight_new(PANGO_WEIGHT_SEMIBOLD), range.from, range.to);
        if (range.muted) {
            const int size = static_cast<int>(style.size * mutedSize * PANGO_SCALE);
            addAttribute(attributes, pango_attr_size_new(size), range.from, range.to);
            addColour(attributes, grey, range.from, range.to);
            muted_.push_back(range);
        }
        if (!range.href.empty()) {
            addColour(attributes, linkColour, range.from, range.to);
            links_.push_back(range);
        }
    }
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);

    const std::unique_ptr<PangoLayoutIter, void (*)(PangoLayoutIter*)> iter(pango_layout_get_iter(layout),
                                                                            pango_layout_iter_free);
    do {
        PangoLayoutLine* line = pango_layout_iter_get_line_readonly(iter.get());
        keepSpaces(line);
        PangoRectangle logical;
        pango_layout_iter_get_line_extents(iter.get(), nullptr, &logical);
        const double own = static_cast<double>(logical.height) / PANGO_SCALE;
        const double height = std::max(style.leading, own);
        const double ascent = static_cast<double>(pango_layout_iter_get_baseline(iter.get()) - logical.y) / PANGO_SCALE;
        lines_.push_back({line, static_cast<double>(logical.x) / PANGO_SCALE, height, (height - own) / 2 + ascent});
    } while (pango_layout_iter_next_line(iter.get()));
}

double TextBlock::height(std::size_t from, std::size_t to) const {
    double sum = 0;
    for (std::size_t i = from; i < to; ++i) sum += lines_[i].height;
    return sum;
}

double TextBlock::widest() const {
    int width = 0;
    pango_layout_get_size(layout_.get(), &width, nullptr);
    return static_cast<double>(width) / PANGO_SCALE;
}

const Rich::Range* TextBlock::linkAt(int offset) const {
    const auto at = static_cast<std::size_t>(offset);
    const auto found =
        std::find_if(links_.begin(), links_.end(), [at](const Rich::Range& r) { return r.from <= at && at < r.to; });
    return found == links_.end() ? nullptr : &*found;
}

std::vector<TextBlock::Stretch> TextBlock::stretches(std::size_t line) const {
    std::vector<Stretch> out;
    const Rich::Range* last = nullptr;
    double x = lines_[line].x;
    for (GSList* at = lines_[line].line->runs; at != nullptr; at = at->next) {
        auto* run = static_cast<PangoLayoutRun*>(at->data);
        const Rich::Range* link = linkAt(run->item->offset);
        const double width = static_cast<double>(pango_glyph_string_get_width(run->glyphs)) / PANGO_SCALE;
        if (out.empty() || link != last) out.push_back({link != nullptr ? link->href : "", x, 0, {}});
        out.back().runs.push_back(run);
        out.back().width += width;
        x += width;
        last = link;
    }
    return out;
}

void TextBlock::drawLine(cairo_t* cr, std::size_t line, double x, double y) const {
    cairo_set_source_rgb(cr, style_.colour.red, style_.colour.green, style_.colour.blue);
    cairo_move_to(cr, x + lines_[line].x, y + lines_[line].baseline);
    pango_cairo_show_layout_line(cr, lines_[line].line);
}

void TextBlock::drawStretch(cairo_t* cr, std::size_t line, const Stretch& stretch, double x, double y) const {
    const char* text = pango_layout_get_text(layout_.get());
    double at = x + stretch.x;
    for (PangoLayoutRun* run : stretch.runs) {
        const auto offset = static_cast<std::size_t>(run->item->offset);
        const bool muted = std::any_of(muted_.begin(), muted_.end(),
                                       [&](const Rich::Range& r) { return r.from <= offset && offset < r.to; });
        const Colour& c = !stretch.href.empty() ? linkColour_ : muted ? grey : style_.colour;
        cairo_set_source_rgb(cr, c.red, c.green, c.blue);
        cairo_move_to(cr, at, y + lines_[line].baseline);
        pango_cairo_show_glyph_item(cr, text, run);
        at += static_cast<double>(pango_glyph_string_get_width(run->glyphs)) / PANGO_SCALE;
    }
}

Typesetter::Typesetter(const std::string& language, Colour linkColour)
    : map_(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT), [](PangoFontMap* p) { g_object_unref(p); }),
      linkColour_(linkColour) {
    if (!map_) throw std::runtime_error("Pango has no FreeType font map");
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map_.get()), fontConfig());
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map_.get()), 72); // one unit is one point
    context_ = {pango_font_map_create_context(map_.get()), [](PangoContext* p) { g_object_unref(p); }};
    pango_context_set_language(context_.get(), pango_language_from_string(language.c_str()));
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
    const auto font = [](PangoWeight weight) {
        PangoFontDescription* description = pango_font_description_new();
        pango_font_description_set_family(description, fontFamilies);
        pango_font_description_set_size(description, 10 * PANGO_SCALE);
        pango_font_description_set_weight(description, weight);
        return std::shared_ptr<PangoFontDescription>(description, pango_font_description_free);
    };
    plain_ = font(PANGO_WEIGHT_NORMAL);
    strong_ = font(PANGO_WEIGHT_SEMIBOLD);
}

TextBlock Typesetter::set(const Rich& rich, const TextStyle& style, double width) {
    return {context_.get(), style.strong ? strong_.get() : plain_.get(), rich, style, linkColour_, width};
}

} // namespace hoering::documents

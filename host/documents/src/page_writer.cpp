#include "page_writer.hpp"

#include <pango/pangocairo.h>

#include <cairo-pdf.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace kiosk::documents {
namespace {

constexpr double kPageWidth = 595.276, kPageHeight = 841.89;   // A4
constexpr const char* kFamily = "Noto Serif, Liberation Serif, serif";
constexpr double kRulePitch = 22, kRoomToSign = 62, kCellPadding = 4;

struct FreeObject { void operator()(void* object) const { g_object_unref(object); } };
using LayoutPointer = std::unique_ptr<PangoLayout, FreeObject>;

cairo_status_t append(void* closure, const unsigned char* data, unsigned int size) {
    auto& bytes = *static_cast<core::Bytes*>(closure);
    const auto* first = reinterpret_cast<const std::byte*>(data);
    bytes.insert(bytes.end(), first, first + size);
    return CAIRO_STATUS_SUCCESS;
}

PangoAlignment pango_align(Align align) {
    return align == Align::centre ? PANGO_ALIGN_CENTER : align == Align::right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

std::string without_tags(const std::string& markup) {
    std::string text;
    bool is_tag = false;
    for (const char letter : markup) {
        if (letter == '<') is_tag = true;
        if (!is_tag) text += letter;
        if (letter == '>') is_tag = false;
    }
    return text;
}

}  // namespace

struct PageWriter::Parts {
    Look look;
    core::Bytes bytes;
    cairo_surface_t* surface = nullptr;
    cairo_t* cairo = nullptr;
    PangoContext* context = nullptr;
    double y = 0;
    int pages = 0;

    double left() const { return points(look.margins_mm[3]); }
    double top() const { return points(look.margins_mm[0]); }
    double bottom() const { return kPageHeight - points(look.margins_mm[2]); }
    double width() const { return kPageWidth - left() - points(look.margins_mm[1]); }

    LayoutPointer text(const std::string& markup, const Style& style, double wrap_width) const {
        LayoutPointer layout(pango_layout_new(context));
        PangoFontDescription* font = pango_font_description_new();
        pango_font_description_set_family(font, kFamily);
        pango_font_description_set_size(font, static_cast<int>(std::lround(style.size * PANGO_SCALE)));
        if (style.is_bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
        if (style.is_italic) pango_font_description_set_style(font, PANGO_STYLE_ITALIC);
        pango_layout_set_font_description(layout.get(), font);
        pango_font_description_free(font);
        pango_layout_set_width(layout.get(), static_cast<int>(std::lround(wrap_width * PANGO_SCALE)));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_alignment(layout.get(), pango_align(style.align));
        pango_layout_set_justify(layout.get(), style.align == Align::justified);
        pango_layout_set_indent(layout.get(), static_cast<int>(std::lround(style.indent * PANGO_SCALE)));
        pango_layout_set_spacing(layout.get(), static_cast<int>(std::lround(style.size * 0.12 * PANGO_SCALE)));
        if (pango_parse_markup(markup.c_str(), -1, 0, nullptr, nullptr, nullptr, nullptr))
            pango_layout_set_markup(layout.get(), markup.c_str(), -1);
        else   // marks that cross: the words matter more
            pango_layout_set_text(layout.get(), without_tags(markup).c_str(), -1);
        return layout;
    }

    static double height_of(PangoLayout* layout) {
        int height = 0;
        pango_layout_get_size(layout, nullptr, &height);
        return static_cast<double>(height) / PANGO_SCALE;
    }

    void show(PangoLayout* layout, double x, double at_y) const {
        cairo_move_to(cairo, x, at_y);
        pango_cairo_show_layout(cairo, layout);
    }

    void begin_page() {
        ++pages;
        y = top();
        if (!look.draft.empty()) draw_watermark();
        if (!look.footer.empty()) {
            const LayoutPointer footer = text(look.footer, {9, Align::centre, 0, 0, false, true}, width());
            show(footer.get(), left(), kPageHeight - points(10) - height_of(footer.get()));
        }
        if (pages > 1) {
            const LayoutPointer number = text(std::to_string(pages), {12, Align::centre, 0, 0, false, false}, width());
            show(number.get(), left(), points(10));
        }
    }

    void draw_watermark() const {
        cairo_save(cairo);
        cairo_set_source_rgb(cairo, 0.86, 0.86, 0.86);
        const LayoutPointer draft = text(look.draft, {54, Align::centre, 0, 0, true, false}, kPageHeight * 0.8);
        cairo_translate(cairo, kPageWidth / 2, kPageHeight / 2);
        cairo_rotate(cairo, -0.9);
        show(draft.get(), -kPageHeight * 0.4, -height_of(draft.get()) / 2);
        cairo_restore(cairo);
    }

    void turn_page() {
        cairo_show_page(cairo);
        begin_page();
    }

    void need(double height) {
        if (y + height > bottom() && y > top()) turn_page();
    }

    void line(double x1, double y1, double x2, double y2, bool is_dotted = false) const {
        const double dots[] = {0.8, 2.2};
        cairo_save(cairo);
        cairo_set_line_width(cairo, 0.6);
        if (is_dotted) cairo_set_dash(cairo, dots, 2, 0);
        cairo_move_to(cairo, x1, y1);
        cairo_line_to(cairo, x2, y2);
        cairo_stroke(cairo);
        cairo_restore(cairo);
    }
};

PageWriter::PageWriter(Look look) : parts_(std::make_unique<Parts>()) {
    parts_->look = std::move(look);
    parts_->surface = cairo_pdf_surface_create_for_stream(append, &parts_->bytes, kPageWidth, kPageHeight);
    parts_->cairo = cairo_create(parts_->surface);
    parts_->context = pango_cairo_create_context(parts_->cairo);
    pango_cairo_context_set_resolution(parts_->context, 72);
    pango_context_set_language(parts_->context, pango_language_from_string("vi"));
    parts_->begin_page();
}

PageWriter::~PageWriter() {
    g_object_unref(parts_->context);
    cairo_destroy(parts_->cairo);
    cairo_surface_destroy(parts_->surface);
}

double PageWriter::width() const { return parts_->width(); }

void PageWriter::paragraph(const std::string& markup, const Style& style, double left, double width) {
    Parts& parts = *parts_;
    const LayoutPointer layout = parts.text(markup, style, width > 0 ? width : parts.width() - left);
    PangoLayoutIter* line = pango_layout_get_iter(layout.get());
    do {
        int top = 0, bottom = 0;
        pango_layout_iter_get_line_yrange(line, &top, &bottom);
        PangoRectangle extents{};
        pango_layout_iter_get_line_extents(line, nullptr, &extents);
        const double height = static_cast<double>(bottom - top) / PANGO_SCALE;
        parts.need(height);
        const double baseline = static_cast<double>(pango_layout_iter_get_baseline(line) - top) / PANGO_SCALE;
        cairo_move_to(parts.cairo, parts.left() + left + static_cast<double>(extents.x) / PANGO_SCALE, parts.y + baseline);
        pango_cairo_show_layout_line(parts.cairo, pango_layout_iter_get_line_readonly(line));
        parts.y += height;
    } while (pango_layout_iter_next_line(line));
    pango_layout_iter_free(line);
    parts.y += style.gap_after;
}

void PageWriter::keep_together(double height) { parts_->need(height); }

void PageWriter::side_by_side(const std::vector<std::string>& left, const std::vector<std::string>& right) {
    Parts& parts = *parts_;
    const double start = parts.y, column = parts.width() / 2 - 6;
    double lowest = start;
    for (const auto& [lines, x] : {std::pair(&left, 0.0), std::pair(&right, parts.width() / 2 + 6)}) {
        parts.y = start;
        for (const std::string& line : *lines) paragraph(line, {12, Align::centre, 0, 1, false, false}, x, column);
        lowest = std::max(lowest, parts.y);
    }
    parts.y = lowest + 10;
}

void PageWriter::ruled(int lines) {
    Parts& parts = *parts_;
    for (int line = 0; line < lines; ++line) {
        parts.need(kRulePitch);
        parts.y += kRulePitch;
        parts.line(parts.left(), parts.y - 5, parts.left() + parts.width(), parts.y - 5, true);
    }
    parts.y += 4;
}

void PageWriter::boxes(const std::vector<std::pair<std::string, bool>>& choices, double size) {
    Parts& parts = *parts_;
    const double side = size * 0.8, gap = 14;
    double x = 0, row_height = 0;
    for (const auto& [label, is_ticked] : choices) {
        const LayoutPointer layout = parts.text(label, {size, Align::left, 0, 0, is_ticked, false}, parts.width() - side - 6);
        int width = 0;
        pango_layout_get_size(layout.get(), &width, nullptr);
        const double label_width = static_cast<double>(width) / PANGO_SCALE, height = Parts::height_of(layout.get());
        if (x > 0 && x + side + 6 + label_width > parts.width()) {
            x = 0;
            parts.y += row_height;
        }
        if (x == 0) parts.need(height);
        row_height = height;
        const double left = parts.left() + x, top = parts.y + (height - side) / 2;
        cairo_set_line_width(parts.cairo, 0.8);
        cairo_rectangle(parts.cairo, left, top, side, side);
        cairo_stroke(parts.cairo);
        if (is_ticked) {
            parts.line(left, top, left + side, top + side);
            parts.line(left, top + side, left + side, top);
        }
        parts.show(layout.get(), left + side + 5, parts.y);
        x += side + 6 + label_width + gap;
    }
    parts.y += row_height + 5;
}

void PageWriter::row(const std::vector<std::string>& cells, const std::vector<double>& shares, bool is_head) {
    Parts& parts = *parts_;
    std::vector<LayoutPointer> texts;
    double height = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const bool is_wide = shares[i] > 0.3;
        const Style style{11, is_wide && !is_head ? Align::left : Align::centre, 0, 0, is_head, false};
        texts.push_back(parts.text(i < cells.size() ? cells[i] : "", style, parts.width() * shares[i] - 2 * kCellPadding));
        height = std::max(height, Parts::height_of(texts.back().get()) + 2 * kCellPadding);
    }
    parts.need(height);
    double x = parts.left();
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const double cell = parts.width() * shares[i];
        cairo_set_line_width(parts.cairo, 0.6);
        cairo_rectangle(parts.cairo, x, parts.y, cell, height);
        cairo_stroke(parts.cairo);
        parts.show(texts[i].get(), x + kCellPadding, parts.y + (height - Parts::height_of(texts[i].get())) / 2);
        x += cell;
    }
    parts.y += height;
}

void PageWriter::signature(const std::vector<std::string>& lines, bool is_at_left) {
    Parts& parts = *parts_;
    const double column = parts.width() / 2 - 6, left = is_at_left ? 0 : parts.width() / 2 + 6;
    parts.need(kRoomToSign + 18 * static_cast<double>(lines.size()));
    parts.y += 8;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i + 1 == lines.size()) parts.y += kRoomToSign;
        paragraph(lines[i], {12, Align::centre, 0, 1, false, false}, left, column);
    }
    parts.y += 6;
}

void PageWriter::space(double height) { parts_->y += height; }
void PageWriter::new_page() { parts_->turn_page(); }

core::Result<core::Bytes> PageWriter::finish() {
    cairo_show_page(parts_->cairo);
    cairo_surface_finish(parts_->surface);
    const cairo_status_t status = cairo_surface_status(parts_->surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return core::Error{"document.not_drawn", {std::string("Không vẽ được trang in: ") + cairo_status_to_string(status) + ".",
                                                  std::string("The page cannot be drawn: ") + cairo_status_to_string(status) + "."}};
    return std::move(parts_->bytes);
}

}  // namespace kiosk::documents

// A4 pages that text flows onto, top to bottom, as a PDF in memory. Private to documents; the only place that knows Pango
// and Cairo. Lengths are points (1/72 inch) unless named otherwise.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/result.hpp>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace kiosk::documents {

enum class Align { left = 1, centre, right, justified };

struct Style {
    double size = 13;
    Align align = Align::left;
    double indent = 0;               // of the first line
    double gap_after = 3;
    bool is_bold = false, is_italic = false;
};

constexpr double points(double millimetres) { return millimetres * 72 / 25.4; }

class PageWriter {
  public:
    struct Look {
        std::array<double, 4> margins_mm{};
        std::string footer, draft;
    };
    explicit PageWriter(Look look);
    ~PageWriter();
    PageWriter(const PageWriter&) = delete;
    PageWriter& operator=(const PageWriter&) = delete;

    double width() const;                                    // between the margins

    // A paragraph that may run over to the next page. left, width: within the margins; width 0: all of it.
    void paragraph(const std::string& markup, const Style& style, double left = 0, double width = 0);
    // Begins a new page unless so much room is left: a heading does not stand alone at the foot of a page.
    void keep_together(double height);
    // Two centred columns, side by side.
    void side_by_side(const std::vector<std::string>& left, const std::vector<std::string>& right);
    // Dotted lines for a hand to write on.
    void ruled(int lines);
    // A box, ticked or not, and its label; several in a row, wrapped.
    void boxes(const std::vector<std::pair<std::string, bool>>& choices, double size);
    // A row of a table with rules round its cells; shares add to 1.
    void row(const std::vector<std::string>& cells, const std::vector<double>& shares, bool is_head);
    // Centred lines in half the width, with room to sign before the last one.
    void signature(const std::vector<std::string>& lines, bool is_at_left);
    void space(double height);
    void new_page();

    core::Result<core::Bytes> finish();

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kiosk::documents

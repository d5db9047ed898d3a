// Layout: how a printed page looks, as data that an office can change: a text file with one block a line.
//
//     # a remark
//     page: 20 15 20 30                     margins in millimetres: top, right, bottom, left (A4)
//     footer: Mẫu 02A                       small, on every page
//     draft: BẢN NHÁP                       large and pale across every page
//     left: **ĐẢNG BỘ {dang_bo}**           consecutive lefts and rights stand side by side, centred
//     right: {ngay_lap|words}
//     title: BẢN KIỂM ĐIỂM CÁ NHÂN          centred; also subtitle, heading, text, line, note
//     long 4: {uu_diem}                     a long answer, or four ruled lines where there is none
//     choices: {xep_loai}                   every choice of the question with a box, the chosen one ticked
//     ruled 5: Nhận xét của chi ủy          for somebody else's hand
//     sign: NGƯỜI TỰ KIỂM ĐIỂM | (Ký, ghi rõ họ tên) | {ho_ten}     at the right; sign-left likewise
//     columns: 8 62 15 15                   of the rows that follow, in hundredths of the width
//     row: TT | Nội dung | Điểm tối đa | Điểm đạt     row-head: the same in bold
//     space 6:                              millimetres
//     new-page:
//     if: {xep_loai_cbcc}                   or {x} = value; up to end:
//     each: ung_vien                        for each instance of a repeat; up to end:
//     codes:                                the withdrawal codes
//
// In text **bold** and __italic__ are set so. {name} is what was answered: a choice's label, a date as 05/09/2026, dots
// where there is nothing. {name|words}: a date as "ngày 05 tháng 9 năm 2026". {name|label}: the question itself.
// {name|empty}: nothing instead of dots. {name=value?text}: the text if that was answered.
//
// Plain values. Failures: document.bad_layout, which names the line; document.no_layout.
#pragma once

#include <kiosk/core/result.hpp>

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::documents {

enum class BlockKind {
    left = 1, right, title, subtitle, heading, text, line, note, long_answer, choices, ruled, sign, sign_left, columns, row,
    row_head, space, new_page, condition, each, end, codes,
};

struct Block {
    BlockKind kind = BlockKind::text;
    int number = 0;                      // lines or millimetres, as the kind has it
    std::string text;
    int source_line = 0;
};

struct Layout {
    std::array<double, 4> margins_mm{20, 15, 20, 30};
    std::string footer, draft;
    std::vector<Block> blocks;
};

core::Result<Layout> read_layout(std::string_view text);

// NAME.layout in the last of the folders that has it.
core::Result<Layout> find_layout(const std::vector<std::filesystem::path>& folders, const std::string& name);

}  // namespace kiosk::documents

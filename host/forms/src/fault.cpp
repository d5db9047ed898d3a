#include "fault.hpp"

#include <kiosk/forms/read_form.hpp>

#include <array>
#include <string_view>
#include <utility>

namespace kiosk::forms {

Finding limit_fault(std::string_view limit, std::size_t value, core::Words what) {
    const std::string number = std::to_string(value);
    const std::string name(limit);
    return file_fault("limit." + name, "",
                      {what.vi + " vượt giới hạn " + name + " = " + number + ".",
                       what.en + " exceeds the limit " + name + " = " + number + "."},
                      {"Kiểm tra lại tệp: biểu mẫu bình thường nhỏ hơn nhiều. Nếu tệp đúng là cần lớn như vậy, nâng giới hạn "
                       "bằng cách thêm --limit " + name + "=SỐ vào lệnh.",
                       "Check the file: ordinary forms are far smaller. If it truly must be this large, raise the limit by "
                       "adding --limit " + name + "=NUMBER to the command."});
}

core::Result<void> set_limit(Limits& limits, std::string_view name, std::size_t value) {
    static constexpr std::array<std::pair<std::string_view, std::size_t Limits::*>, 11> kNames = {{
        {"file_bytes", &Limits::file_bytes}, {"zip_entries", &Limits::zip_entries},
        {"unpacked_bytes", &Limits::unpacked_bytes}, {"unpacked_ratio", &Limits::unpacked_ratio},
        {"filled_cells", &Limits::filled_cells}, {"cell_bytes", &Limits::cell_bytes}, {"text_bytes", &Limits::text_bytes},
        {"questions", &Limits::questions}, {"nesting", &Limits::nesting}, {"xml_depth", &Limits::xml_depth},
        {"xml_elements", &Limits::xml_elements},
    }};
    std::string all;
    for (const auto& [known, member] : kNames) {
        if (known == name) {
            limits.*member = value;
            return {};
        }
        all += (all.empty() ? "" : ", ") + std::string(known);
    }
    return core::Error{"limit.unknown", {"Không có giới hạn “" + std::string(name) + "”. Các giới hạn: " + all + ".",
                                         "There is no limit “" + std::string(name) + "”. The limits are: " + all + "."}};
}

}  // namespace kiosk::forms

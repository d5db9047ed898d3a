#include "fault.hpp"

#include <string_view>

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

}  // namespace kiosk::forms

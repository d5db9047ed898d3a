#include "call_faults.hpp"

#include "suggestion.hpp"

#include <kiosk/forms/expression.hpp>

#include <string>
#include <vector>

namespace kiosk::forms {
namespace {

std::string nearest_function(std::string_view name) {
    static const std::vector<std::string> names(function_names().begin(), function_names().end());
    return nearest(name, names);
}

}  // namespace

bool takes(const FunctionEntry& entry, std::size_t count) {
    if (entry.function == Function::indexed_repeat && count % 2 == 0) return false;
    return count >= entry.minimum && (entry.maximum == FunctionEntry::kAnyNumber || count <= entry.maximum);
}

core::Error unknown_function(std::string_view name) {
    const std::string shown(name);
    const std::string nearest(nearest_function(name));
    core::Words words{"Không có hàm “" + shown + "()”", "There is no function \"" + shown + "()\""};
    words.vi += nearest.empty() ? "; hãy kiểm tra lại tên hàm." : "; có phải “" + nearest + "()”?";
    words.en += nearest.empty() ? "; check its name." : "; did you mean \"" + nearest + "()\"?";
    return {"expression.unknown_function", std::move(words)};
}

core::Error wrong_arguments(const FunctionEntry& entry, std::string_view name, std::size_t given) {
    std::string count = std::to_string(entry.minimum);
    std::string count_vi = count;
    if (entry.maximum == FunctionEntry::kAnyNumber) {
        count_vi = "ít nhất " + count;
        count = "at least " + count;
    } else if (entry.function == Function::indexed_repeat) {
        count_vi = "3, 5 hoặc 7";
        count = "3, 5 or 7";
    } else if (entry.maximum != entry.minimum) {
        count_vi += " đến " + std::to_string(entry.maximum);
        count += " to " + std::to_string(entry.maximum);
    }
    const std::string shown(name);
    return {"expression.wrong_arguments",
            {"Hàm “" + shown + "()” cần " + count_vi + " đối số, nhưng nhận " + std::to_string(given) +
                 "; hãy sửa lại danh sách đối số.",
             "The function \"" + shown + "()\" takes " + count + " argument(s) and got " + std::to_string(given) +
                 "; correct its list of arguments."}};
}

}  // namespace kiosk::forms

#include "type_command.hpp"

#include <istream>
#include <ostream>

namespace kiosk::commands {

int run_type_command(const text::TypingOptions& options, std::span<const std::string> keys, std::istream& input,
                     std::ostream& output) {
    std::string line;
    if (!keys.empty()) {
        for (const std::string& part : keys) line += (line.empty() ? "" : " ") + part;
        output << text::type_line(line, options) << '\n';
    } else {
        while (output && std::getline(input, line)) {
            if (line.ends_with('\r')) line.pop_back();
            output << text::type_line(line, options) << '\n';
        }
    }
    output.flush();
    return output ? 0 : 1;
}

}  // namespace kiosk::commands

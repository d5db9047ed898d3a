#include "xml_writer.hpp"

#include <algorithm>

namespace kiosk::forms {
namespace {

std::string escaped_for(std::string_view text, bool is_attribute) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': result += "&amp;"; break;
            case '<': result += "&lt;"; break;
            case '>': result += "&gt;"; break;
            case '"': result += is_attribute ? "&quot;" : "\""; break;
            case '\n': result += is_attribute ? "&#10;" : "\n"; break;
            case '\t': result += is_attribute ? "&#9;" : "\t"; break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20) result += c;
        }
    }
    return result;
}

}  // namespace

std::string escaped(std::string_view text) { return escaped_for(text, false); }
std::string escaped_attribute(std::string_view text) { return escaped_for(text, true); }

Tag& Tag::set(std::string_view attribute, std::string_view value) {
    for (auto& [name, known] : attributes_) {
        if (name != attribute) continue;
        known = value;
        return *this;
    }
    attributes_.emplace_back(attribute, value);
    return *this;
}

std::string Tag::text() const {
    std::string text = "<" + name_;
    for (const auto& [name, value] : attributes_) text += " " + name + "=\"" + escaped_attribute(value) + "\"";
    return text;
}

void XmlLines::add(std::string_view line) {
    // A line break inside a text moves the lines after it.
    next_ += 1 + static_cast<std::uint32_t>(std::count(line.begin(), line.end(), '\n'));
    xml_ += line;
    xml_ += '\n';
}

}  // namespace kiosk::forms

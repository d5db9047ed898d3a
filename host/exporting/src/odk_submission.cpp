#include "odk_submission.hpp"

#include <algorithm>

namespace kiosk::exporting {
namespace {

// "start" of "<start xmlns=…>", "</start>" or "<start/>".
std::string_view name_of(std::string_view tag) {
    tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
    return tag.substr(0, tag.find_first_of(" \t\r\n/>"));
}

// A tag's end, past any '>' in an attribute's value.
std::size_t end_of_tag(std::string_view xml, std::size_t start) {
    char quote = 0;
    for (std::size_t i = start; i < xml.size(); ++i) {
        const char c = xml[i];
        if (quote != 0) quote = c == quote ? char{0} : quote;
        else if (c == '"' || c == '\'') quote = c;
        else if (c == '>') return i + 1;
    }
    return xml.size();
}

}  // namespace

std::string without_values(std::string_view xml, const std::vector<std::string>& paths) {
    std::string kept, path;
    const auto is_untold = [&] { return std::find(paths.begin(), paths.end(), path) != paths.end(); };
    for (std::size_t at = 0; at < xml.size();) {
        const std::size_t tag = std::min(xml.find('<', at), xml.size());
        if (!is_untold()) kept += xml.substr(at, tag - at);
        if (tag == xml.size()) break;
        at = end_of_tag(xml, tag);
        const std::string_view whole = xml.substr(tag, at - tag);
        kept += whole;
        if (whole.starts_with("<?") || whole.starts_with("<!")) continue;
        if (whole.starts_with("</")) path.resize(std::min(path.rfind('/'), path.size()));
        else if (!whole.ends_with("/>")) path.append("/").append(name_of(whole));
    }
    return kept;
}

}  // namespace kiosk::exporting

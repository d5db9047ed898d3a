#include "po_catalogue.hpp"

#include <algorithm>
#include <fstream>
#include <optional>

namespace kiosk {
namespace {

// "a \"quoted\" word" → a "quoted" word; nothing if it is not one quoted string.
std::optional<std::string> unquoted(std::string_view text) {
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
    text = text.substr(1, text.size() - 2);
    std::string plain;
    for (std::size_t index = 0; index < text.size(); ++index) {
        if (text[index] != '\\') {
            plain.push_back(text[index]);
            continue;
        }
        if (++index == text.size()) return std::nullopt;
        switch (text[index]) {
            case 'n': plain.push_back('\n'); break;
            case 't': plain.push_back('\t'); break;
            case '"': case '\\': plain.push_back(text[index]); break;
            default: return std::nullopt;
        }
    }
    return plain;
}

core::Error bad_line(const std::filesystem::path& file, int line) {
    const std::string where = file.string() + ":" + std::to_string(line);
    return {"catalogue.bad_line",
            {"Tệp bản dịch có dòng không đọc được: " + where + ". Mở bằng chương trình dịch .po để sửa.",
             "A translation file has a line that cannot be read: " + where + ". Open it in a .po editor to mend it."}};
}

std::string filled(std::string message, const std::vector<std::string>& arguments) {
    for (std::size_t index = 0; index < arguments.size(); ++index) {
        const std::string mark = "{" + std::to_string(index) + "}";
        for (std::size_t at = message.find(mark); at != std::string::npos; at = message.find(mark, at + arguments[index].size()))
            message.replace(at, mark.size(), arguments[index]);
    }
    return message;
}

}  // namespace

core::Result<void> PoCatalogue::load(const std::string& domain, const std::filesystem::path& folder) {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        if (entry.path().extension() != ".po") continue;
        auto loaded = load_file(domains_[domain][entry.path().stem().string()], entry.path());
        if (!loaded) return loaded;
    }
    return {};
}

core::Result<void> PoCatalogue::load_file(Messages& into, const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string id, message, line;
    enum { outside, in_id, in_message } part = outside;
    const auto finish = [&] {
        if (part == in_message && !id.empty() && !message.empty()) into.insert_or_assign(id, message);
    };
    for (int number = 1; std::getline(in, line); ++number) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        std::string_view rest = line;
        if (rest.empty() || rest.starts_with('#')) continue;
        if (rest.starts_with("msgid ")) {
            finish();
            id.clear();
            message.clear();
            part = in_id;
            rest.remove_prefix(6);
        } else if (rest.starts_with("msgstr ")) {
            if (part != in_id) return bad_line(file, number);
            part = in_message;
            rest.remove_prefix(7);
        }
        const auto text = unquoted(rest);
        if (!text || part == outside) return bad_line(file, number);
        (part == in_id ? id : message).append(*text);
    }
    finish();
    return {};
}

const std::string* PoCatalogue::find(std::string_view domain, std::string_view id, std::string_view language) const {
    const auto languages = domains_.find(domain);
    if (languages == domains_.end()) return nullptr;
    const auto messages = languages->second.find(language);
    if (messages == languages->second.end()) return nullptr;
    const auto message = messages->second.find(id);
    return message == messages->second.end() ? nullptr : &message->second;
}

std::string PoCatalogue::words(std::string_view domain, const core::Text& text, std::string_view language) const {
    const std::string* message = find(domain, text.id, language);
    if (!message) message = find(domain, text.id, "vi");
    return filled(message ? *message : text.id, text.arguments);
}

std::vector<std::string> PoCatalogue::missing(const std::string& domain, const std::string& language) const {
    std::vector<std::string> ids;
    const auto languages = domains_.find(domain);
    if (languages == domains_.end()) return ids;
    for (const auto& [other, messages] : languages->second)
        for (const auto& [id, message] : messages)
            if (!find(domain, id, language)) ids.push_back(id);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

}  // namespace kiosk

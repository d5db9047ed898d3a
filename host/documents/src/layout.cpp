#include <kiosk/documents/layout.hpp>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <utility>

namespace kiosk::documents {
namespace {

constexpr std::pair<std::string_view, BlockKind> kKinds[] = {
    {"left", BlockKind::left}, {"right", BlockKind::right}, {"title", BlockKind::title}, {"subtitle", BlockKind::subtitle},
    {"heading", BlockKind::heading}, {"text", BlockKind::text}, {"line", BlockKind::line}, {"note", BlockKind::note},
    {"long", BlockKind::long_answer}, {"choices", BlockKind::choices}, {"ruled", BlockKind::ruled}, {"sign", BlockKind::sign},
    {"sign-left", BlockKind::sign_left}, {"columns", BlockKind::columns}, {"row", BlockKind::row},
    {"row-head", BlockKind::row_head}, {"space", BlockKind::space}, {"new-page", BlockKind::new_page},
    {"if", BlockKind::condition}, {"each", BlockKind::each}, {"end", BlockKind::end}, {"codes", BlockKind::codes},
};

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

core::Error bad_layout(int line, const core::Words& what) {
    const std::string number = std::to_string(line);
    return {"document.bad_layout", {"Mẫu in, dòng " + number + ": " + what.vi, "Layout, line " + number + ": " + what.en}};
}

std::optional<std::array<double, 4>> margins_in(std::string_view text) {
    std::istringstream words{std::string(text)};
    std::array<double, 4> margins{};
    for (double& margin : margins)
        if (!(words >> margin) || margin < 5 || margin > 100) return std::nullopt;
    return margins;
}

bool has_balanced_braces(std::string_view text) {
    return std::count(text.begin(), text.end(), '{') == std::count(text.begin(), text.end(), '}');
}

class LayoutReader {
  public:
    core::Result<Layout> read(std::string_view text) {
        for (int number = 1; !text.empty(); ++number) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            const std::string_view line = trimmed(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
            if (line.empty() || line.starts_with('#')) continue;
            if (auto taken = take(line, number); !taken) return taken.error();
        }
        if (open_ != 0) return bad_layout(layout_.blocks.back().source_line, {"thiếu “end:”.", "\"end:\" is missing."});
        return std::move(layout_);
    }

  private:
    core::Result<void> take(std::string_view line, int number) {
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos)
            return bad_layout(number, {"mỗi dòng bắt đầu bằng một từ và dấu hai chấm.", "a line begins with a word and a colon."});
        std::string_view word = trimmed(line.substr(0, colon));
        const std::string_view text = trimmed(line.substr(colon + 1));
        if (!has_balanced_braces(text)) return bad_layout(number, {"thiếu dấu “{” hoặc “}”.", "a \"{\" or \"}\" is missing."});
        if (word == "footer") layout_.footer = text;
        else if (word == "draft") layout_.draft = text;
        else if (word == "page") {
            const auto margins = margins_in(text);
            if (!margins) return bad_layout(number, {"cần bốn lề từ 5 đến 100 mm.", "four margins of 5 to 100 mm are needed."});
            layout_.margins_mm = *margins;
        } else {
            return take_block(word, text, number);
        }
        return {};
    }

    core::Result<void> take_block(std::string_view word, std::string_view text, int line) {
        Block block{BlockKind::text, 0, std::string(text), line};
        if (const std::size_t space = word.find(' '); space != std::string_view::npos) {
            const std::string_view digits = trimmed(word.substr(space));
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), block.number);
            if (error != std::errc{} || end != digits.data() + digits.size() || block.number < 0 || block.number > 200)
                return bad_layout(line, {"số không hợp lệ.", "that is no number."});
            word = word.substr(0, space);
        }
        const auto kind = std::find_if(std::begin(kKinds), std::end(kKinds), [&](const auto& known) { return known.first == word; });
        if (kind == std::end(kKinds))
            return bad_layout(line, {"không có từ “" + std::string(word) + "”.", "there is no word \"" + std::string(word) + "\"."});
        block.kind = kind->second;
        if (block.kind == BlockKind::condition || block.kind == BlockKind::each) ++open_;
        if (block.kind == BlockKind::end && --open_ < 0) return bad_layout(line, {"“end:” thừa.", "an \"end:\" too many."});
        layout_.blocks.push_back(std::move(block));
        return {};
    }

    Layout layout_;
    int open_ = 0;
};

}  // namespace

core::Result<Layout> read_layout(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return LayoutReader().read(text);
}

core::Result<Layout> find_layout(const std::vector<std::filesystem::path>& folders, const std::string& name) {
    for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) {
        std::ifstream file(*folder / (name + ".layout"), std::ios::binary);
        if (!file) continue;
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        return read_layout(text);
    }
    return core::Error{"document.no_layout",
                       {"Không có mẫu in “" + name + "”. Chép tệp " + name + ".layout vào thư mục documents.",
                        "There is no layout \"" + name + "\". Copy " + name + ".layout into the folder documents."}};
}

}  // namespace kiosk::documents

#include <kiosk/text/keyboard.hpp>

#include <kiosk/text/unicode.hpp>

#include <algorithm>
#include <charconv>
#include <numeric>

namespace kiosk::text {

namespace {

struct Named {
    std::string_view name;
    KeyAction action;
};

constexpr Named kActions[] = {
    {"tone_level", KeyAction::tone_level}, {"tone_grave", KeyAction::tone_grave}, {"tone_hook", KeyAction::tone_hook},
    {"tone_tilde", KeyAction::tone_tilde}, {"tone_acute", KeyAction::tone_acute}, {"tone_dot", KeyAction::tone_dot},
    {"short_sign", KeyAction::short_sign}, {"shift", KeyAction::shift},           {"backspace", KeyAction::backspace},
    {"remove_word", KeyAction::remove_word}, {"clear", KeyAction::clear},         {"left", KeyAction::left},
    {"right", KeyAction::right},           {"letters", KeyAction::letters},       {"symbols", KeyAction::symbols},
    {"layout", KeyAction::layout},         {"gap", KeyAction::gap},               {"done", KeyAction::done},
};

// Signs that would mean something else in the file, and the space.
struct Spelled {
    std::string_view name;
    std::string_view text;
};

constexpr Spelled kSpelled[] = {{"space", " "}, {"star", "*"}, {"hash", "#"}, {"open", "{"}, {"close", "}"}};

constexpr float kWidest = 20;

core::Error wrong(int line, std::string_view part) {
    const std::string where = std::to_string(line), what(part);
    return {"keyboard.line",
            {"Tệp bàn phím, dòng " + where + ": không hiểu \"" + what + "\". Xem hướng dẫn ở đầu các tệp bàn phím.",
             "Keyboard file, line " + where + ": \"" + what + "\" is not understood. See the notes in the keyboard files."}};
}

std::string_view take_word(std::string_view& line) {
    const std::size_t begin = std::min(line.find_first_not_of(" \t\r"), line.size());
    line.remove_prefix(begin);
    const std::size_t end = std::min(line.find_first_of(" \t\r"), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(end);
    return word;
}

std::optional<float> parse_width(std::string_view text) {
    float width = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), width);
    const bool is_whole = error == std::errc{} && end == text.data() + text.size();
    if (!is_whole || !(width > 0 && width <= kWidest)) return std::nullopt;
    return width;
}

std::optional<Key> parse_key(std::string_view word) {
    Key key;
    // A key may begin with a star only by its name, so a star always parts the width off.
    if (const std::size_t star = word.find('*'); star != std::string_view::npos) {
        const std::optional<float> width = parse_width(word.substr(star + 1));
        if (!width) return std::nullopt;
        key.width = *width;
        word = word.substr(0, star);
    }
    if (word.empty() || !is_utf8(word)) return std::nullopt;
    if (word.front() != '{') {
        key.text = nfc(word);
        return key;
    }
    if (!word.ends_with('}')) return std::nullopt;
    const std::string_view name = word.substr(1, word.size() - 2);
    if (const auto* action = std::ranges::find(kActions, name, &Named::name); action != std::end(kActions)) {
        key.action = action->action;
        return key;
    }
    const auto* spelled = std::ranges::find(kSpelled, name, &Spelled::name);
    if (spelled == std::end(kSpelled)) return std::nullopt;
    key.text = spelled->text;
    return key;
}

}  // namespace

float KeyRow::width() const {
    return std::accumulate(keys.begin(), keys.end(), 0.0F, [](float sum, const Key& key) { return sum + key.width; });
}

float Keyboard::width() const {
    float widest = 0;
    for (const KeyRow& row : rows) widest = std::max(widest, row.width());
    return widest;
}

core::Result<Keyboard> parse_keyboard(std::string_view file) {
    Keyboard keyboard;
    for (int number = 1; !file.empty(); ++number) {
        const std::size_t end = std::min(file.find('\n'), file.size());
        std::string_view line = file.substr(0, end);
        file.remove_prefix(std::min(end + 1, file.size()));
        const std::string_view kind = take_word(line);
        if (kind.empty() || kind.front() == '#') continue;
        if (kind != "row" && kind != "tall") return wrong(number, kind);
        KeyRow row;
        row.is_only_on_tall = kind == "tall";
        for (std::string_view word = take_word(line); !word.empty() && word.front() != '#'; word = take_word(line)) {
            std::optional<Key> key = parse_key(word);
            if (!key) return wrong(number, is_utf8(word) ? word : "?");
            row.keys.push_back(std::move(*key));
        }
        if (row.keys.empty()) return wrong(number, kind);
        keyboard.rows.push_back(std::move(row));
    }
    if (keyboard.rows.empty()) return wrong(1, "");
    return keyboard;
}

std::string name_of(const Key& key) {
    if (key.action != KeyAction::text) return std::string(std::ranges::find(kActions, key.action, &Named::action)->name);
    const auto* spelled = std::ranges::find(kSpelled, key.text, &Spelled::text);
    return spelled != std::end(kSpelled) ? std::string(spelled->name) : key.text;
}

std::optional<Tone> tone_of(KeyAction action) {
    switch (action) {
        case KeyAction::tone_level: return Tone::level;
        case KeyAction::tone_grave: return Tone::grave;
        case KeyAction::tone_hook: return Tone::hook;
        case KeyAction::tone_tilde: return Tone::tilde;
        case KeyAction::tone_acute: return Tone::acute;
        case KeyAction::tone_dot: return Tone::dot;
        default: return std::nullopt;
    }
}

std::string typed_by(const Key& key, bool is_shifted) { return is_shifted ? upper(key.text) : key.text; }

}  // namespace kiosk::text

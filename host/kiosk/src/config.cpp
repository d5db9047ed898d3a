#include "config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kiosk {
namespace {

std::optional<text::TypingMethod> typing_named(std::string_view name) {
    using Method = text::TypingMethod;
    static constexpr std::array<std::pair<std::string_view, Method>, 5> kNames{{{"telex+vni", Method::telex_and_vni}, {"telex", Method::telex},
        {"simple-telex", Method::simple_telex}, {"vni", Method::vni}, {"none", Method::none}}};
    for (const auto& [known, method] : kNames)
        if (known == name) return method;
    return std::nullopt;
}

std::optional<text::ToneStyle> tone_style_named(std::string_view name) {
    if (name == "old") return text::ToneStyle::old_style;
    if (name == "new") return text::ToneStyle::new_style;
    return std::nullopt;
}

class Reader {
  public:
    explicit Reader(ConfigReading& reading) : reading_(reading) {}

    void read(const toml::table& table) {
        app::Policies& policies = reading_.config.policies;
        for (const auto& [key, value] : table) {
            const std::string name(key.str());
            if (name == "organisation") read_text(name, value, policies.organisation);
            else if (name == "whom_to_call") read_text(name, value, policies.whom_to_call);
            else if (name == "takes_loose_files") read_flag(name, value, reading_.config.takes_loose_files);
            else if (name == "hours") read_hours(value);
            else if (name == "kiosk_id") read_text(name, value, reading_.config.kiosk_id);
            else if (name == "wave") read_wave(name, value);
            else if (name == "timezone") read_text(name, value, reading_.config.timezone);
            else if (name == "languages") read_list(name, value, policies.languages);
            else if (name == "asks_language") read_flag(name, value, policies.asks_language);
            else if (name == "skips_home") read_flag(name, value, policies.skips_home);
            else if (name == "screen") read_screen(name, value);
            else if (name == "theme") read_named(name, value, policies.theme, theme_named);
            else if (name == "size") read_named(name, value, policies.size, size_named);
            else if (name == "reduced_motion") read_flag(name, value, policies.reduces_motion);
            else if (name == "headphones") read_flag(name, value, policies.has_headphones);
            else if (name == "typing") read_named(name, value, reading_.config.typing.method, typing_named);
            else if (name == "tone_style") read_named(name, value, reading_.config.typing.tone_style, tone_style_named);
            else if (name == "seconds") read_seconds(value);
            else if (name == "plugins") read_plugins(value);
            else if (name == "pack") read_text(name, value, reading_.config.pack);
            else if (name == "trust") read_trust(value);
            else if (name == "printing") read_printing(value);
            else unknown(name, value);
        }
        if (policies.languages.empty()) fault("config.no_language", "languages", "cần ít nhất một ngôn ngữ", "needs at least one language");
    }

  private:
    void fault(std::string code, const std::string& where, const std::string& vi, const std::string& en) {
        reading_.faults.push_back({std::move(code), {where + ": " + vi + ".", where + ": " + en + "."}});
    }
    std::string place(const std::string& name, const toml::node& node) const {
        return name + " (" + std::to_string(node.source().begin.line) + ")";
    }
    void unknown(const std::string& name, const toml::node& node) {
        fault("config.unknown_key", place(name, node), "không có mục này; xem lại chính tả", "there is no such key; check its spelling");
    }
    void wrong(const std::string& name, const toml::node& node, const std::string& vi, const std::string& en) {
        fault("config.wrong_value", place(name, node), vi, en);
    }
    void read_wave(const std::string& name, const toml::node& node) {
        std::string& wave = reading_.config.wave;
        read_text(name, node, wave);
        if (wave.size() > 40 || wave.find_first_of("\r\n") != std::string::npos)
            wrong(name, node, "phải là một dòng không quá 40 byte", "must be one line of at most 40 bytes");
    }
    void read_text(const std::string& name, const toml::node& node, std::string& into) {
        if (const auto text = node.value<std::string>()) into = *text;
        else wrong(name, node, "phải là chữ trong ngoặc kép", "must be text in quotes");
    }
    void read_flag(const std::string& name, const toml::node& node, bool& into) {
        if (const auto flag = node.value<bool>()) into = *flag;
        else wrong(name, node, "phải là true hoặc false", "must be true or false");
    }
    void read_list(const std::string& name, const toml::node& node, std::vector<std::string>& into) {
        const toml::array* list = node.as_array();
        if (!list || !list->is_homogeneous<std::string>()) return wrong(name, node, "phải là danh sách, ví dụ [\"vi\", \"en\"]", "must be a list, such as [\"vi\", \"en\"]");
        into.clear();
        for (const auto& one : *list) into.push_back(*one.value<std::string>());
    }
    void read_screen(const std::string& name, const toml::node& node) {
        const auto screen = core::ScreenSize::parse(node.value_or(std::string{}));
        if (screen) reading_.config.screen = *screen;
        else wrong(name, node, screen.error().message.vi, screen.error().message.en);
    }
    template <class T>
    void read_named(const std::string& name, const toml::node& node, T& into, std::optional<T> (*named)(std::string_view)) {
        if (const auto found = named(node.value_or(std::string{}))) into = *found;
        else wrong(name, node, "không có giá trị này", "is not one of the values it may have");
    }
    void read_seconds(const toml::node& node) {
        app::Policies& policies = reading_.config.policies;
        const std::array<std::pair<std::string_view, app::Policies::Seconds*>, 6> known{{
            {"browsing", &policies.browsing_idle}, {"form", &policies.form_idle}, {"personal", &policies.personal_idle},
            {"warning", &policies.warning}, {"thanks_poll", &policies.thanks_after_poll}, {"thanks_form", &policies.thanks_after_form}}};
        const toml::table* table = node.as_table();
        if (!table) return wrong("seconds", node, "phải là một bảng", "must be a table");
        for (const auto& [key, value] : *table) {
            const auto found = std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.first == key.str(); });
            if (found == known.end()) { unknown("seconds." + std::string(key.str()), value); continue; }
            const auto seconds = value.value<std::int64_t>();
            const std::int64_t least = key.str() == "warning" ? 20 : 5;   // 20 s is what nearly everyone needs to react
            if (!seconds || *seconds < least || *seconds > 3600)
                wrong("seconds." + std::string(key.str()), value, "phải từ " + std::to_string(least) + " đến 3600", "must be from " + std::to_string(least) + " to 3600");
            else
                *found->second = app::Policies::Seconds(*seconds);
        }
    }
    void read_hours(const toml::node& node) {
        const toml::table* table = node.as_table();
        if (!table) return wrong("hours", node, "phải là một bảng", "must be a table");
        OpeningHours hours;
        for (const auto& [key, value] : *table) {
            const std::string name = "hours." + std::string(key.str());
            if (name == "hours.opens" || name == "hours.closes") {
                const auto minute = minute_of_day(value.value_or(std::string{}));
                if (!minute) wrong(name, value, "viết giờ như \"07:30\"", "write the time as \"07:30\"");
                else (name == "hours.opens" ? hours.opens_minute : hours.closes_minute) = *minute;
            } else if (name == "hours.days") {
                read_days(value, hours);
            } else {
                unknown(name, value);
            }
        }
        if (hours.closes_minute <= hours.opens_minute) wrong("hours.closes", node, "phải muộn hơn opens", "must be later than opens");
        reading_.config.hours = hours;
    }
    void read_days(const toml::node& node, OpeningHours& hours) {
        static constexpr std::array<std::string_view, 7> kDays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
        std::vector<std::string> days;
        read_list("hours.days", node, days);
        hours.days.fill(false);
        for (const std::string& day : days) {
            const auto found = std::find(kDays.begin(), kDays.end(), day);
            if (found == kDays.end()) wrong("hours.days", node, "dùng sun mon tue wed thu fri sat", "use sun mon tue wed thu fri sat");
            else hours.days[static_cast<std::size_t>(found - kDays.begin())] = true;
        }
    }
    void read_trust(const toml::node& node) {
        const std::string word = node.value_or(std::string{});
        if (word != "signed" && word != "development") return wrong("trust", node, "phải là \"signed\" hoặc \"development\"", "must be \"signed\" or \"development\"");
        reading_.config.takes_unsigned_plugins = word == "development";
    }
    void read_printing(const toml::node& node) {
        const toml::table* table = node.as_table();
        if (!table) return wrong("printing", node, "phải là một bảng", "must be a table");
        for (const auto& [key, value] : *table) {
            if (key.str() == "queue") read_text("printing.queue", value, reading_.config.print_queue);
            else unknown("printing." + std::string(key.str()), value);
        }
    }
    void read_plugins(const toml::node& node) {
        const toml::table* table = node.as_table();
        if (!table) return wrong("plugins", node, "phải là một bảng", "must be a table");
        for (const auto& [key, value] : *table) {
            const std::string name(key.str());
            if (name == "order") { read_list("plugins.order", value, reading_.config.plugin_order); continue; }
            const toml::table* settings = value.as_table();
            if (!settings) { unknown("plugins." + name, value); continue; }
            for (const auto& [setting, text] : *settings)
                read_text("plugins." + name + "." + std::string(setting.str()), text, reading_.config.plugin_settings[name][std::string(setting.str())]);
        }
    }

    ConfigReading& reading_;
};

}  // namespace

ConfigReading read_config(const std::filesystem::path& file) {
    ConfigReading reading;
    try {
        Reader(reading).read(toml::parse_file(file.string()));
    } catch (const toml::parse_error& error) {
        const std::string where = file.string() + ":" + std::to_string(error.source().begin.line);
        reading.faults.push_back({"config.not_toml", {where + " không đọc được: " + std::string(error.description()), where + " cannot be read: " + std::string(error.description())}});
    }
    return reading;
}

core::Result<Pack> find_pack(const std::vector<std::filesystem::path>& folders, const std::string& name) {
    for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) {
        const std::filesystem::path file = *folder / (name + ".toml");
        if (!std::filesystem::exists(file)) continue;
        try {
            const toml::table table = toml::parse_file(file.string());
            Pack pack;
            pack.name = {table["name_vi"].value_or(name), table["name_en"].value_or(name)};
            pack.effective_from = table["effective_from"].value_or(std::string{});
            pack.effective_to = table["effective_to"].value_or(std::string{});
            if (const toml::table* plugins = table["plugins"].as_table())
                for (const auto& [activity, settings] : *plugins)
                    if (const toml::table* values = settings.as_table())
                        for (const auto& [key, value] : *values)
                            pack.plugin_settings[std::string(activity.str())][std::string(key.str())] = value.value_or(std::string{});
            return pack;
        } catch (const toml::parse_error& error) {
            const std::string where = file.string() + ":" + std::to_string(error.source().begin.line);
            return core::Error{"pack.not_toml", {where + " không đọc được: " + std::string(error.description()), where + " cannot be read: " + std::string(error.description())}};
        }
    }
    return core::Error{"pack.not_found", {"Không có bộ dữ liệu “" + name + "” (" + name + ".toml). Sửa mục pack trong cấu hình.",
                                          "There is no pack \"" + name + "\" (" + name + ".toml). Correct `pack` in the configuration."}};
}

std::optional<app::Theme> theme_named(std::string_view name) {
    for (const app::Theme theme : {app::Theme::light, app::Theme::contrast_dark, app::Theme::contrast_light})
        if (app::name_of(theme) == name) return theme;
    return std::nullopt;
}

std::optional<app::TextSize> size_named(std::string_view name) {
    for (const app::TextSize size : {app::TextSize::medium, app::TextSize::large, app::TextSize::extra_large})
        if (app::name_of(size) == name) return size;
    return std::nullopt;
}

}  // namespace kiosk

// Config: what the office set for this kiosk, from one TOML file; every value has a default, so a file is not needed.
//
//   kiosk_id = "K07"                            # in the names of its bundles
//   organisation = "UBND Phường Hòa Bình"      # on the attract page
//   languages = ["vi", "en"]                    # the first is where every visit starts
//   asks_language = false                       # a page for it before home
//   skips_home = false                          # with one activity, start with it
//   timezone = "Asia/Ho_Chi_Minh"
//   screen = "1080x1920@268x476"                # pixels and lit millimetres
//   theme = "light"                             # light, contrast-dark, contrast-light
//   size = "M"                                  # M, L, XL
//   typing = "telex+vni"                        # what letter keys do in Vietnamese: telex+vni, telex, simple-telex, vni, none
//   headphones = false                          # a headphone is fitted: personal answers may be read aloud
//   tone_style = "old"                          # old (hòa) or new (hoà)
//   [seconds]                                   # idle times: browsing, form, personal, warning, thanks_poll, thanks_form
//   [plugins]                                   # order = ["opinion_poll"], then a table for each activity's own settings
//
// Reading reports every fault at once: a key nobody knows is one, for it is a misspelt one.
#pragma once

#include <kiosk/app/environment.hpp>
#include <kiosk/core/result.hpp>
#include <kiosk/core/units.hpp>
#include <kiosk/text/typing.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

struct Config {
    app::Policies policies;
    std::optional<core::ScreenSize> screen;
    std::string kiosk_id = "kiosk";
    std::string timezone = "Asia/Ho_Chi_Minh";
    text::TypingOptions typing{text::TypingMethod::telex_and_vni, text::ToneStyle::old_style};
    std::vector<std::string> plugin_order;
    std::map<std::string, std::map<std::string, std::string>> plugin_settings;   // by activity and key
};

struct ConfigReading {
    Config config;
    std::vector<core::Error> faults;   // empty: take it
};

ConfigReading read_config(const std::filesystem::path& file);

std::optional<app::Theme> theme_named(std::string_view name);
std::optional<app::TextSize> size_named(std::string_view name);

}  // namespace kiosk

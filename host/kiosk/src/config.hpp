// Config: what the office set for this kiosk, from one TOML file; every value has a default, so a file is not needed.
//
//   kiosk_id = "K07"                            # in the names of its bundles
//   wave = "2026-Q4"                            # label of this round, in every poll answer: all that dates it
//   organisation = "UBND Phường Hòa Bình"      # on the attract page
//   languages = ["vi", "en"]                    # the first is where every visit starts
//   asks_language = false                       # a page for it before home
//   skips_home = false                          # with one activity, start with it
//   timezone = "Asia/Ho_Chi_Minh"
//   screen = "1080x1920@268x476"                # pixels and lit millimetres
//   theme = "light"                             # light, contrast-dark, contrast-light
//   size = "M"                                  # M, L, XL
//   whom_to_call = "Ông A, 0235 123 456"        # on the page "out of service"
//   takes_loose_files = true                    # forms, plugins, packs, layouts in the data folder, unsigned: for trying out
//   [hours]                                     # opens = "07:30", closes = "17:00", days = ["mon", "tue", …]
//   pack = "2026"                               # the activities' data: rules, forms and names in force
//   trust = "signed"                            # or "development": takes unsigned plugins, for their authors
//   [printing]                                  # queue = "Canon" of CUPS (empty: its default), "none", "folder:PATH"
//   typing = "telex+vni"                        # what letter keys do in Vietnamese: telex+vni, telex, simple-telex, vni, none
//   reduced_motion = false                      # pages change at once, nothing moves
//   headphones = false                          # a headphone is fitted: personal answers may be read aloud
//   tone_style = "old"                          # old (hòa) or new (hoà)
//   [seconds]                                   # idle times: browsing, form, personal, warning, thanks_poll, thanks_form
//   [plugins]                                   # order = ["opinion_poll"], then a table for each activity's own settings
//
// Reading reports every fault at once: a key nobody knows is one, for it is a misspelt one.
#pragma once

#include "opening_hours.hpp"

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

// A pack: what a set of rules, forms and names in force means for each activity, as NAME.toml with `name_vi`, `name_en`,
// `effective_from`, `effective_to` and the same [plugins] as the configuration, which overrides it. The last of the
// folders that has it counts.
struct Pack {
    core::Words name;
    std::string effective_from, effective_to;      // "2026-01-01"; empty: no end
    std::map<std::string, std::map<std::string, std::string>> plugin_settings;
};

struct Config {
    app::Policies policies;
    std::optional<core::ScreenSize> screen;
    std::string kiosk_id = "kiosk";
    std::string wave;
    std::string timezone = "Asia/Ho_Chi_Minh";
    bool takes_loose_files = true;                 // forms, plugins, packs, layouts in the data folder that no office signed
    std::optional<OpeningHours> hours;
    std::string pack = "2026";
    Pack rules;                                    // what that pack says of itself
    bool takes_unsigned_plugins = false;
    std::string print_queue;
    text::TypingOptions typing{text::TypingMethod::telex_and_vni, text::ToneStyle::old_style};
    std::vector<std::string> plugin_order;
    std::map<std::string, std::map<std::string, std::string>> plugin_settings;   // by activity and key
};

struct ConfigReading {
    Config config;
    std::vector<core::Error> faults;   // empty: take it
};

ConfigReading read_config(const std::filesystem::path& file);

// The pack of that name; see Pack.
core::Result<Pack> find_pack(const std::vector<std::filesystem::path>& folders, const std::string& name);

std::optional<app::Theme> theme_named(std::string_view name);
std::optional<app::TextSize> size_named(std::string_view name);

}  // namespace kiosk

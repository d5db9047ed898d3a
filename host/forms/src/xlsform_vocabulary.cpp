#include "xlsform_vocabulary.hpp"

#include "unicode.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kiosk::forms {
namespace {

constexpr TypeEntry kTypes[] = {
    {"text", Support::full, "input", "string", "", "", "", ""},
    {"integer", Support::full, "input", "int", "", "", "", ""},
    {"decimal", Support::full, "input", "decimal", "", "", "", ""},
    {"note", Support::full, "input", "string", "", "", "", ""},
    {"calculate", Support::full, "", "string", "", "", "", ""},
    {"hidden", Support::full, "", "string", "", "", "", ""},
    {"range", Support::full, "range", "int", "", "", "", ""},
    {"date", Support::full, "input", "date", "", "", "", ""},
    {"time", Support::full, "input", "time", "", "", "", ""},
    {"dateTime", Support::full, "input", "dateTime", "", "", "", ""},
    {"acknowledge", Support::full, "trigger", "string", "", "", "", ""},
    {"barcode", Support::full, "input", "barcode", "", "", "", ""},
    {"image", Support::full, "upload", "binary", "", "", "image/*", ""},
    {"start", Support::full, "", "dateTime", "timestamp", "start", "", ""},
    {"end", Support::full, "", "dateTime", "timestamp", "end", "", ""},
    {"today", Support::full, "", "date", "date", "today", "", ""},
    {"deviceid", Support::full, "", "string", "property", "deviceid", "", ""},
    {"username", Support::full, "", "string", "property", "username", "", ""},
    {"phonenumber", Support::full, "", "string", "property", "phonenumber", "", ""},
    {"email", Support::full, "", "string", "property", "email", "", ""},
    {"subscriberid", Support::legacy, "", "string", "property", "subscriberid", "", ""},
    {"simserial", Support::legacy, "", "string", "property", "simserial", "", ""},
    {"percentage", Support::legacy, "input", "int", "", "", "", "0 <= . and . <= 100"},
    {"phone number", Support::legacy, "input", "string", "", "", "", "regex(., '^\\d*$')"},
    {"number of days in last month", Support::legacy, "input", "int", "", "", "", "0 <= . and . <= 31"},
    {"number of days in last six months", Support::legacy, "input", "int", "", "", "", "0 <= . and . <= 183"},
    {"number of days in last year", Support::legacy, "input", "int", "", "", "", "0 <= . and . <= 365"},
    {"csv-external", Support::full, "", "", "", "", "", ""},
    {"xml-external", Support::full, "", "", "", "", "", ""},
    {"audit", Support::full, "", "binary", "", "", "", ""},
    {"audio", Support::refused, "", "", "", "", "", ""},
    {"background-audio", Support::refused, "", "", "", "", "", ""},
    {"video", Support::refused, "", "", "", "", "", ""},
    {"file", Support::refused, "", "", "", "", "", ""},
    {"geopoint", Support::refused, "", "", "", "", "", ""},
    {"geotrace", Support::refused, "", "", "", "", "", ""},
    {"geoshape", Support::refused, "", "", "", "", "", ""},
    {"start-geopoint", Support::refused, "", "", "", "", "", ""},
    {"background-geopoint", Support::refused, "", "", "", "", "", ""},
    {"osm", Support::refused, "", "", "", "", "", ""},
    {"include", Support::refused, "", "", "", "", "", ""},
    {"cascading_select", Support::refused, "", "", "", "", "", ""},
};

using Alias = std::pair<std::string_view, std::string_view>;

// Old spellings, in snake case, of the types above.
constexpr Alias kTypeAliases[] = {
    {"string", "text"}, {"q_string", "text"}, {"add_text_prompt", "text"},
    {"int", "integer"}, {"q_int", "integer"}, {"add_integer_prompt", "integer"},
    {"q_decimal", "decimal"}, {"add_decimal_prompt", "decimal"},
    {"q_note", "note"}, {"add_note_prompt", "note"},
    {"q_calculate", "calculate"}, {"add_calculate_prompt", "calculate"}, {"calculation", "calculate"},
    {"q_date", "date"}, {"add_date_prompt", "date"},
    {"datetime", "dateTime"}, {"date_time", "dateTime"}, {"q_date_time", "dateTime"}, {"q_datetime", "dateTime"},
    {"add_date_time_prompt", "dateTime"}, {"add_datetime_prompt", "dateTime"},
    {"trigger", "acknowledge"}, {"q_acknowledge", "acknowledge"}, {"add_acknowledge_prompt", "acknowledge"},
    {"q_barcode", "barcode"}, {"add_barcode_prompt", "barcode"},
    {"photo", "image"}, {"q_picture", "image"}, {"q_image", "image"}, {"add_image_prompt", "image"},
    {"add_photo_prompt", "image"},
    {"start_time", "start"}, {"get_start_time", "start"}, {"end_time", "end"}, {"get_end_time", "end"},
    {"get_today", "today"}, {"imei", "deviceid"}, {"device_id", "deviceid"}, {"get_device_id", "deviceid"},
    {"get_phone_number", "phonenumber"}, {"subscriber_id", "subscriberid"}, {"get_subscriber_id", "subscriberid"},
    {"sim_id", "simserial"}, {"get_sim_id", "simserial"},
    {"uri:deviceid", "deviceid"}, {"uri:username", "username"}, {"uri:email", "email"},
    {"uri:phonenumber", "phonenumber"}, {"uri:simserial", "simserial"}, {"uri:subscriberid", "subscriberid"},
    {"phone_number", "phone number"}, {"number_of_days_in_last_month", "number of days in last month"},
    {"number_of_days_in_last_six_months", "number of days in last six months"},
    {"number_of_days_in_last_year", "number of days in last year"},
    {"csv_external", "csv-external"}, {"xml_external", "xml-external"},
    {"q_audio", "audio"}, {"add_audio_prompt", "audio"}, {"background_audio", "background-audio"},
    {"q_video", "video"}, {"add_video_prompt", "video"}, {"add_file_prompt", "file"},
    {"gps", "geopoint"}, {"location", "geopoint"}, {"q_geopoint", "geopoint"}, {"q_location", "geopoint"},
    {"add_location_prompt", "geopoint"}, {"start_geopoint", "start-geopoint"},
    {"background_geopoint", "background-geopoint"},
};

struct SelectCommand {
    std::string_view words;              // snake case
    std::string_view kind;
    bool from_file, external;
};

// Longest first, so that "select_one_from_file" is not taken for "select_one_from" a list.
constexpr SelectCommand kSelectCommands[] = {
    {"add_select_multiple_prompt_using", "select_multiple", false, false},
    {"add_select_one_prompt_using", "select_one", false, false},
    {"select_all_that_apply_from", "select_multiple", false, false},
    {"select_multiple_from_file", "select_multiple", true, false},
    {"select_all_that_apply", "select_multiple", false, false},
    {"select_multiple_using", "select_multiple", false, false},
    {"select_multiple_from", "select_multiple", false, false},
    {"select_one_from_file", "select_one", true, false},
    {"select_one_external", "select_one", false, true},
    {"select_multiple", "select_multiple", false, false},
    {"select_one_using", "select_one", false, false},
    {"select_one_from", "select_one", false, false},
    {"select_one", "select_one", false, false},
    {"q_select1", "select_one", false, false},
    {"q_select", "select_multiple", false, false},
    {"select1", "select_one", false, false},
    {"rank", "rank", false, false},
};

constexpr Alias kSurveyColumns[] = {
    {"type", "type"}, {"command", "type"}, {"name", "name"}, {"tag", "name"}, {"value", "name"},
    {"label", "label"}, {"caption", "label"}, {"text", "label"}, {"hint", "hint"}, {"guidance_hint", "guidance_hint"},
    {"image", "image"}, {"big-image", "big-image"}, {"big_image", "big-image"}, {"audio", "audio"}, {"video", "video"},
    {"required", "required"}, {"required_message", "required_message"}, {"requiredmsg", "required_message"},
    {"relevant", "relevant"}, {"relevance", "relevant"}, {"skippattern", "relevant"},
    {"constraint", "constraint"}, {"constraint_message", "constraint_message"},
    {"constraining_message", "constraint_message"}, {"calculation", "calculation"}, {"calculate", "calculation"},
    {"default", "default"}, {"trigger", "trigger"}, {"read_only", "read_only"}, {"readonly", "read_only"},
    {"appearance", "appearance"}, {"parameters", "parameters"}, {"choice_filter", "choice_filter"},
    {"repeat_count", "repeat_count"}, {"count", "repeat_count"}, {"jr:count", "repeat_count"},
    {"autoplay", "autoplay"}, {"rows", "rows"}, {"note", "note"}, {"comment", "note"}, {"notes", "note"},
    {"save_to", "save_to"}, {"instance", "instance"}, {"bind", "bind"}, {"body", "body"}, {"control", "body"},
    {"media", "media"}, {"disabled", "disabled"}, {"noapperrorstring", "noAppErrorString"},
    {"no_app_error_string", "noAppErrorString"}, {"list_name", "list_name"}, {"query", "query"}, {"intent", "intent"},
    {"compact_tag", "compact_tag"}, {"sms_field", "sms_field"}, {"sms_option", "sms_option"},
    {"sms_separator", "sms_separator"}, {"sms_allow_media", "sms_allow_media"}, {"sms_date_format", "sms_date_format"},
    {"sms_datetime_format", "sms_datetime_format"}, {"sms_response", "sms_response"}, {"hxl", "hxl"},
};

constexpr Alias kChoicesColumns[] = {
    {"list_name", "list_name"}, {"name", "name"}, {"value", "name"}, {"label", "label"}, {"caption", "label"},
    {"image", "image"}, {"big-image", "big-image"}, {"big_image", "big-image"}, {"audio", "audio"}, {"video", "video"},
    {"media", "media"},
};

constexpr Alias kSettingsColumns[] = {
    {"form_title", "form_title"}, {"title", "form_title"}, {"set_form_title", "form_title"},
    {"form_id", "form_id"}, {"id_string", "form_id"}, {"set_form_id", "form_id"},
    {"version", "version"}, {"default_language", "default_language"}, {"instance_name", "instance_name"},
    {"style", "style"}, {"public_key", "public_key"}, {"allow_choice_duplicates", "allow_choice_duplicates"},
    {"submission_url", "submission_url"}, {"name", "name"}, {"namespaces", "namespaces"}, {"attribute", "attribute"},
    {"instance_xmlns", "instance_xmlns"}, {"instance_id", "instance_id"}, {"clean_text_values", "clean_text_values"},
    {"add_none_option", "add_none_option"}, {"flat", "flat"}, {"auto_send", "auto_send"}, {"auto_delete", "auto_delete"},
    {"client_editable", "client_editable"}, {"omit_instanceid", "omit_instanceID"}, {"sms_keyword", "sms_keyword"},
    {"sms_separator", "sms_separator"}, {"sms_allow_media", "sms_allow_media"}, {"sms_date_format", "sms_date_format"},
    {"sms_datetime_format", "sms_datetime_format"}, {"sms_response", "sms_response"}, {"prefix", "prefix"},
    {"delimiter", "delimiter"},
};

constexpr std::string_view kTranslatable[] = {"label", "hint", "guidance_hint", "image", "big-image", "audio", "video",
                                              "constraint_message", "required_message"};

constexpr std::string_view kRefusedSurveyColumns[] = {"save_to", "noAppErrorString", "intent", "compact_tag"};
constexpr std::string_view kRefusedSettings[] = {"auto_send", "auto_delete", "client_editable", "omit_instanceID",
                                                 "prefix", "delimiter"};

constexpr std::string_view kAppearances[] = {
    "minimal", "search", "autocomplete", "quick", "columns", "columns-1", "columns-2", "columns-3", "columns-4",
    "columns-pack", "no-buttons", "likert", "field-list", "table-list", "list", "list-nolabel", "label", "multiline",
    "numbers", "rating", "picker", "counter", "signature", "month-year", "year", "no-calendar", "masked",
    "thousands-sep", "vertical", "no-ticks", "draw", "annotate", "new", "new-front", "image-map", "url", "printer",
    "hidden-answer",
};
constexpr std::string_view kLegacyAppearances[] = {
    "horizontal", "horizontal-compact", "compact", "quickcompact", "comment", "autocomplete_chars", "picker-only",
    "no-label", "bearing-only", "hidden", "dynamic-advanced", "spinner", "quick-compact", "textarea", "distress",
};
constexpr std::string_view kRefusedAppearances[] = {
    "bearing", "map", "maps", "placement-map", "hide-input", "ethiopian", "coptic", "islamic", "bikram-sambat",
    "myanmar", "persian", "ex",
};

constexpr std::string_view kRefusedParameters[] = {
    "capture-accuracy", "warning-accuracy", "allow-mock-accuracy", "incremental", "reference-geometry", "quality", "app",
    "location-priority", "location-min-interval", "location-max-age", "track-changes", "track-changes-reasons", "identify-user",
};

template <class Table>
bool holds(const Table& table, std::string_view text) {
    return std::find(std::begin(table), std::end(table), text) != std::end(table);
}

std::string snake_case(std::string_view text) {
    std::string joined;
    for (const std::string& word : split_words(text)) {
        if (!joined.empty()) joined += '_';
        joined += ascii_lower(word);
    }
    return joined;
}

}  // namespace

const TypeEntry* find_type(std::string_view written) {
    std::string key = snake_case(written);
    for (const auto& [alias, name] : kTypeAliases) {
        if (key == alias) key = name;
    }
    for (const TypeEntry& entry : kTypes) {
        if (key == entry.name || key == ascii_lower(entry.name)) return &entry;
    }
    return nullptr;
}

std::vector<std::string> type_names() {
    std::vector<std::string> names;
    for (const TypeEntry& entry : kTypes) {
        if (entry.support != Support::legacy) names.emplace_back(entry.name);
    }
    for (const std::string_view name : {"select_one", "select_multiple", "rank", "select_one_from_file",
                                        "select_multiple_from_file", "begin_group", "end_group", "begin_repeat",
                                        "end_repeat"}) {
        names.emplace_back(name);
    }
    return names;
}

Structure find_structure(std::string_view written) {
    static constexpr std::pair<std::string_view, Structure> kStructures[] = {
        {"begin_group", Structure::begin_group}, {"begingroup", Structure::begin_group},
        {"end_group", Structure::end_group}, {"endgroup", Structure::end_group},
        {"begin_repeat", Structure::begin_repeat}, {"begin_lgroup", Structure::begin_repeat}, {"begin_looped_group", Structure::begin_repeat},
        {"end_repeat", Structure::end_repeat}, {"end_lgroup", Structure::end_repeat}, {"end_looped_group", Structure::end_repeat},
        {"begin_loop", Structure::begin_loop}, {"end_loop", Structure::end_loop}};
    const std::string key = snake_case(written);
    for (const auto& [name, structure] : kStructures)
        if (key == name) return structure;
    return key.starts_with("begin_loop_") ? Structure::begin_loop : Structure::none;
}

std::string loop_list(std::string_view written) {
    const std::vector<std::string> words = split_words(written);
    const std::size_t used = words.empty() || ascii_lower(words[0]) == "begin" ? 2 : 1;
    const std::size_t at = words.size() > used && ascii_lower(words[used]) == "over" ? used + 1 : used;
    return at < words.size() ? words[at] : std::string();
}

std::string_view find_setting_type(std::string_view written) {
    const std::string key = snake_case(written);
    if (key == "form_title" || key == "set_form_title") return "form_title";
    return key == "form_id" || key == "set_form_id" ? "form_id" : std::string_view();
}

SelectType parse_select(std::string_view written) {
    const std::vector<std::string> words = split_words(written);
    const std::string first = words.empty() ? std::string() : ascii_lower(words[0]);
    for (const SelectCommand& command : kSelectCommands) {
        if (!command.words.starts_with(first)) continue;
        std::string joined;
        std::size_t used = 0;
        while (used < words.size() && joined.size() < command.words.size()) {
            if (used > 0) joined += '_';
            joined += ascii_lower(words[used++]);
        }
        if (joined != command.words) continue;
        SelectType select;
        select.kind = command.kind;
        select.from_file = command.from_file;
        select.external = command.external;
        if (used == words.size()) {
            select.is_malformed = true;
            return select;
        }
        select.list = words[used++];
        std::string rest;
        for (; used < words.size(); ++used) rest += (rest.empty() ? "" : "_") + ascii_lower(words[used]);
        select.or_other = rest == "or_other" || rest == "or_specify_other";
        select.is_malformed = !rest.empty() && !select.or_other;
        return select;
    }
    return {};
}

std::string_view find_column(std::string_view sheet, std::string_view snake) {
    const auto look_in = [&](const auto& table) -> std::string_view {
        for (const auto& [alias, key] : table) {
            if (snake == alias) return key;
        }
        return {};
    };
    if (sheet == "survey") return look_in(kSurveyColumns);
    if (sheet == "settings") return look_in(kSettingsColumns);
    return look_in(kChoicesColumns);
}

std::vector<std::string> column_names(std::string_view sheet) {
    std::vector<std::string> names;
    const auto add = [&](const auto& table) {
        for (const auto& [alias, key] : table) {
            if (alias == key) names.emplace_back(key);
        }
    };
    if (sheet == "survey") add(kSurveyColumns);
    else if (sheet == "settings") add(kSettingsColumns);
    else add(kChoicesColumns);
    return names;
}

bool is_translatable(std::string_view key) { return holds(kTranslatable, key); }

bool is_refused_column(std::string_view sheet, std::string_view key) {
    if (key.starts_with("sms_")) return true;
    return sheet == "survey" ? holds(kRefusedSurveyColumns, key) : sheet == "settings" && holds(kRefusedSettings, key);
}

Appearance find_appearance(std::string_view token) {
    const std::string lower = ascii_lower(token);
    if (holds(kAppearances, lower) || holds(kLegacyAppearances, lower)) return Appearance::known;
    if (holds(kRefusedAppearances, lower) || lower.starts_with("ex:") || lower.starts_with("ex(")) return Appearance::refused;
    const auto is_numbered = [&](std::string_view stem) {
        return lower.size() > stem.size() && lower.starts_with(stem) &&
               std::all_of(lower.begin() + static_cast<std::ptrdiff_t>(stem.size()), lower.end(), is_ascii_digit);
    };
    if (is_numbered("columns-") || is_numbered("compact-") || is_numbered("quickcompact-") || is_numbered("w") ||
        lower.starts_with("printer:") || lower.starts_with("kiosk:")) {
        return Appearance::known;
    }
    return Appearance::unknown;
}

std::vector<std::string> appearance_names() { return {std::begin(kAppearances), std::end(kAppearances)}; }

const std::vector<std::string>& parameters_of(std::string_view type, bool from_file) {
    static const std::vector<std::string> kNothing;
    static const std::vector<std::string> kText = {"rows"};
    static const std::vector<std::string> kImage = {"max-pixels"};
    static const std::vector<std::string> kRange = {"start", "end", "step", "tick_interval", "tick_labelset", "placeholder"};
    static const std::vector<std::string> kSelect = {"randomize", "seed"};
    static const std::vector<std::string> kFile = {"randomize", "seed", "value", "label"};
    if (type == "text") return kText;
    if (type == "image") return kImage;
    if (type == "range") return kRange;
    if (type == "select_one" || type == "select_multiple" || type == "rank") return from_file ? kFile : kSelect;
    return kNothing;
}

bool is_refused_parameter(std::string_view name) { return holds(kRefusedParameters, name); }

YesNo yes_or_no(std::string_view text) {
    const std::string lower = ascii_lower(trimmed(text));
    if (lower == "yes" || lower == "true" || lower == "true()" || lower == "có") return YesNo::yes;
    if (lower == "no" || lower == "false" || lower == "false()" || lower == "không") return YesNo::no;
    return YesNo::other;
}

}  // namespace kiosk::forms

#include "question_rules.hpp"

#include "suggestion.hpp"
#include "unicode.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace kiosk::forms {
namespace {

std::optional<double> number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_number = error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
    return is_number ? std::optional(value) : std::nullopt;
}

const std::string* find_parameter(const SurveyItem& item, std::string_view key) {
    for (const auto& [name, value] : item.parameters) {
        if (name == key) return &value;
    }
    return nullptr;
}

bool is_multiple(double value, double of) { return of != 0 && std::abs(std::remainder(value, of)) < 1e-9; }

bool lies_between(double value, double a, double b) { return value >= std::min(a, b) && value <= std::max(a, b); }

std::string joined(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    return list;
}

}  // namespace

void QuestionRules::report_parameter(const SurveyItem& item, std::string code, const std::string& text, core::Words message, core::Words repair) {
    report_.error(std::move(code), table_.place(*item.row, "parameters"), text, std::move(message), std::move(repair));
}

void QuestionRules::read_parameters(SurveyItem& item) {
    std::string text = straight_quotes(written(table_, *item.row, "parameters").text);
    std::replace_if(text.begin(), text.end(), [](char c) { return c == ',' || c == ';'; }, ' ');
    // "start = 1" is common; the spaces around = mean nothing.
    for (std::size_t at; (at = text.find(" =")) != std::string::npos;) text.erase(at, 1);
    for (std::size_t at; (at = text.find("= ")) != std::string::npos;) text.erase(at + 1, 1);
    for (const std::string& word : split_words(text)) take_parameter(item, word);
    if (item.type == "range") check_range(item);
    if (!item.select.kind.empty()) check_select_parameters(item);
    for (const char* name : {"rows", "max-pixels"}) {
        const std::string* value = find_parameter(item, name);
        if (value == nullptr || (!value->empty() && std::ranges::all_of(*value, is_ascii_digit))) continue;
        report_parameter(item, "parameters.not_a_number", *value,
                         {"Tham số " + in_quotes(name) + " phải là số nguyên.", "The parameter " + in_quotes(name) + " must be a whole number."},
                         {"Viết một số, ví dụ " + std::string(name) + "=4.", "Write a number, as in " + std::string(name) + "=4."});
    }
}

void QuestionRules::take_parameter(SurveyItem& item, std::string_view word) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
        return report_parameter(item, "parameters.malformed", std::string(word),
                                {"Cột parameters phải có dạng tên=giá_trị.", "The column parameters must be of the form name=value."},
                                {"Sửa " + in_quotes(word) + ", ví dụ start=1 end=5 step=1.", "Mend " + in_quotes(word) + ", as in start=1 end=5 step=1."});
    }
    const std::string name = ascii_lower(word.substr(0, equals));
    const std::vector<std::string>& allowed = parameters_of(item.type, item.select.from_file);
    if (std::ranges::find(allowed, name) == allowed.end()) return report_unknown_parameter(item, name);
    item.parameters.emplace_back(name, word.substr(equals + 1));
}

void QuestionRules::report_unknown_parameter(const SurveyItem& item, const std::string& name) {
    if (is_refused_parameter(name)) {
        return report_parameter(item, "parameters.not_applicable", name,
                                {"Tham số " + in_quotes(name) + " không dùng được trên kiosk.", "The parameter " + in_quotes(name) + " does not apply on a kiosk."},
                                {"Xoá " + in_quotes(name) + " khỏi ô này.", "Remove " + in_quotes(name) + " from this cell."});
    }
    const std::vector<std::string>& allowed = parameters_of(item.type, item.select.from_file);
    const core::Words message = {"Loại " + in_quotes(item.type) + " không có tham số " + in_quotes(name) + ".",
                                 "The type " + in_quotes(item.type) + " has no parameter " + in_quotes(name) + "."};
    if (allowed.empty()) {
        report_.warning("parameters.ignored", table_.place(*item.row, "parameters"), name, message,
                        {"Tham số này bị bỏ qua; nên xoá ô.", "It is ignored; better clear the cell."});
        return;
    }
    report_parameter(item, "parameters.unknown", name, message,
                     did_you_mean(nearest(name, allowed), {"Dùng được: " + joined(allowed) + ".", "It takes: " + joined(allowed) + "."}));
}

void QuestionRules::check_range(SurveyItem& item) {
    Range range{};
    constexpr std::array<const char*, 3> kNames = {"start", "end", "step"};
    constexpr std::array<const char*, 3> kDefaults = {"1", "10", "1"};
    bool is_decimal = false;
    for (std::size_t i = 0; i < range.size(); ++i) {
        if (find_parameter(item, kNames[i]) == nullptr) item.parameters.emplace_back(kNames[i], kDefaults[i]);
        const std::string text = *find_parameter(item, kNames[i]);
        const auto value = number(text);
        if (!value) {
            return report_parameter(item, "range.not_a_number", text,
                                    {"Tham số " + in_quotes(kNames[i]) + " phải là số.", "The parameter " + in_quotes(kNames[i]) + " must be a number."},
                                    {"Viết start=1 end=5 step=1.", "Write start=1 end=5 step=1."});
        }
        range[i] = *value;
        is_decimal = is_decimal || text.find('.') != std::string::npos;
    }
    if (is_decimal && item.data_type == "int") item.data_type = "decimal";
    check_step(item, range);
    check_ticks(item, range);
}

void QuestionRules::check_step(const SurveyItem& item, const Range& range) {
    const auto [start, end, step] = range;
    if (step == 0) {
        report_parameter(item, "range.zero_step", "step=0", {"Bước nhảy step không được bằng 0.", "The step must not be 0."},
                         {"Viết step=1.", "Write step=1."});
    } else if (std::abs(step) > std::abs(end - start)) {
        report_parameter(item, "range.step_too_large", *find_parameter(item, "step"),
                         {"Bước nhảy step lớn hơn cả khoảng từ start đến end.", "The step is larger than the range from start to end."},
                         {"Giảm step hoặc tăng end.", "Lessen step or raise end."});
    } else if (!is_multiple(end - start, step)) {
        report_.warning("range.uneven", table_.place(*item.row, "parameters"), *find_parameter(item, "end"),
                        {"Từ start đến end không chia hết cho step.", "The range from start to end is not a whole number of steps."},
                        {"Chọn end sao cho end = start + n × step.", "Choose end so that end = start + n × step."});
    }
}

void QuestionRules::check_ticks(const SurveyItem& item, const Range& range) {
    const auto [start, end, step] = range;
    double interval = step;
    for (const char* name : {"tick_interval", "placeholder"}) {
        const std::string* text = find_parameter(item, name);
        if (text == nullptr) continue;
        const auto value = number(*text);
        const bool is_interval = std::string_view(name) == "tick_interval";
        if (!value) {
            report_parameter(item, "range.not_a_number", *text,
                             {"Tham số " + in_quotes(name) + " phải là số.", "The parameter " + in_quotes(name) + " must be a number."},
                             {"Viết một số, ví dụ " + std::string(name) + "=1.", "Write a number, as in " + std::string(name) + "=1."});
        } else if (is_interval && (*value == 0 || std::abs(*value) > std::abs(end - start) || !is_multiple(*value, step))) {
            report_parameter(item, "range.bad_interval", *text,
                             {"tick_interval phải là bội của step, khác 0 và không lớn hơn khoảng từ start đến end.",
                              "tick_interval must be a multiple of step, not 0, and no larger than the range from start to end."},
                             {"Viết ví dụ tick_interval=" + *find_parameter(item, "step") + ".", "Write tick_interval=" + *find_parameter(item, "step") + ", for instance."});
        } else if (!is_interval && !(lies_between(*value, start, end) && is_multiple(*value - start, step))) {
            report_parameter(item, "range.bad_placeholder", *text,
                             {"placeholder phải là một giá trị chọn được, từ start đến end.", "placeholder must be a value that can be chosen, from start to end."},
                             {"Chọn placeholder = start + n × step.", "Choose placeholder = start + n × step."});
        }
        if (value && is_interval) interval = *value;
    }
    if (find_parameter(item, "tick_labelset") != nullptr) check_tick_labels(item, range, interval);
    const bool has_ticks = find_parameter(item, "tick_interval") || find_parameter(item, "placeholder") || find_parameter(item, "tick_labelset");
    const auto other = std::ranges::find_if(item.appearance, [](const std::string& token) { return token != "vertical" && token != "no-ticks"; });
    if (!has_ticks || other == item.appearance.end()) return;
    report_parameter(item, "range.ticks_with_appearance", *other,
                     {"tick_interval, placeholder, tick_labelset không dùng được cùng kiểu hiển thị " + in_quotes(*other) + ".",
                      "tick_interval, placeholder and tick_labelset do not go with the appearance " + in_quotes(*other) + "."},
                     {"Bỏ các tham số đó, hoặc chỉ dùng vertical, no-ticks.", "Drop these parameters, or use only vertical, no-ticks."});
}

void QuestionRules::check_tick_labels(const SurveyItem& item, const Range& range, double interval) {
    const std::string& name = *find_parameter(item, "tick_labelset");
    const ChoiceList* list = survey_.list(name);
    if (list == nullptr) {
        return report_parameter(item, "list.unknown", name,
                                {"Không có danh sách " + in_quotes(name) + " ở trang choices.", "There is no list " + in_quotes(name) + " in the sheet choices."},
                                did_you_mean(nearest(name, list_names(survey_, false)), {"Thêm danh sách vào trang choices.", "Add the list to the sheet choices."}));
    }
    const auto [start, end, step] = range;
    const bool is_bare = std::ranges::find(item.appearance, "no-ticks") != item.appearance.end();
    for (const SurveyChoice& choice : list->choices) {
        const auto value = number(choice.name);
        const bool is_end = value && (*value == start || *value == end);
        if (value && lies_between(*value, start, end) && is_multiple(*value - start, interval) && (!is_bare || is_end)) continue;
        return report_parameter(item, "range.bad_tick_label", choice.name,
                                {"Nhãn vạch " + in_quotes(choice.name) + " của danh sách " + in_quotes(name) + " không ứng với vạch nào của thang.",
                                 "The tick label " + in_quotes(choice.name) + " of the list " + in_quotes(name) + " belongs to no tick of the range."},
                                is_bare ? core::Words{"Với no-ticks chỉ đặt nhãn cho start và end.", "With no-ticks, label start and end only."}
                                        : core::Words{"Mã lựa chọn phải là số bằng start + n × tick_interval.", "A choice's name must be a number, start + n × tick_interval."});
    }
    if (!is_bare || list->choices.size() <= 2) return;
    report_parameter(item, "range.bad_tick_label", name, {"Với no-ticks danh sách nhãn chỉ có hai mục.", "With no-ticks the list of labels has two items only."},
                     {"Chỉ giữ nhãn của start và end.", "Keep the labels of start and end only."});
}

void QuestionRules::check_select_parameters(SurveyItem& item) {
    const std::string* randomize = find_parameter(item, "randomize");
    const std::string* seed = find_parameter(item, "seed");
    if (randomize != nullptr && *randomize != "true" && *randomize != "false") {
        report_parameter(item, "parameters.bad_value", *randomize, {"randomize phải là true hoặc false.", "randomize must be true or false."},
                         {"Viết randomize=true.", "Write randomize=true."});
    }
    if (seed != nullptr && randomize == nullptr) {
        report_parameter(item, "parameters.seed_alone", *seed, {"seed chỉ dùng khi có randomize=true.", "seed needs randomize=true."},
                         {"Thêm randomize=true.", "Add randomize=true."});
    } else if (seed != nullptr && !number(*seed) && !is_reference(*seed)) {
        report_parameter(item, "parameters.bad_value", *seed, {"seed phải là số hoặc ${tên_câu_hỏi}.", "seed must be a number or a ${question}."},
                         {"Viết ví dụ seed=7.", "Write seed=7, for instance."});
    }
    for (const char* name : {"value", "label"}) {
        const std::string* value = find_parameter(item, name);
        if (value == nullptr || is_xml_name(*value)) continue;
        report_parameter(item, "parameters.bad_value", *value,
                         {in_quotes(*value) + " không thể là tên cột của tệp.", in_quotes(*value) + " cannot be a column of the file."},
                         {"Viết đúng tên cột trong tệp .csv.", "Write the column's name in the .csv file."});
    }
}

}  // namespace kiosk::forms

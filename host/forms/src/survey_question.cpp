#include "survey.hpp"

#include "suggestion.hpp"
#include "unicode.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace kiosk::forms {
namespace {

std::optional<double> number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

bool is_reference(std::string_view text) { return text.starts_with("${") && text.find('}') == text.size() - 1; }

bool has_extension(std::string_view file, std::string_view extension) { return ascii_lower(file).ends_with(extension); }

const std::string* find(const Pairs& pairs, std::string_view key) {
    for (const auto& [name, value] : pairs) {
        if (name == key) return &value;
    }
    return nullptr;
}

std::vector<std::string> list_names(const Survey& survey) {
    std::vector<std::string> names;
    for (const ChoiceList& list : survey.lists) names.push_back(list.name);
    return names;
}

}  // namespace

// 2026-11-24, 08:30 or both: digits and what joins them.
static bool is_date_or_time(std::string_view text) {
    return text.size() >= 5 && is_ascii_digit(text.front()) && text.find_first_not_of("0123456789-:.T+Z") == std::string_view::npos &&
           (std::count(text.begin(), text.end(), '-') == 2 || text.find(':') != std::string_view::npos);
}

bool is_dynamic_default(std::string_view text, std::string_view type) {
    if (is_date_or_time(text)) return false;
    const bool holds_hyphens = type == "date" || type == "dateTime" || type == "time" || type == "image" || type == "barcode";
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const char before = i == 0 ? ' ' : text[i - 1];
        if (quote != 0) {
            if (c == quote) quote = 0;
            continue;
        }
        const auto is_name_byte = [](char b) {
            return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || is_ascii_digit(b) || b == '_' || b == '-' || b == '.' ||
                   static_cast<unsigned char>(b) >= 0x80;
        };
        switch (c) {
            case '\'':
            case '"':
                quote = c;
                break;
            case '$':
                if (text.substr(i, 2) == "${") return true;
                break;
            case '(':
                if (is_name_byte(before)) return true;  // a call: "có (một)" is text, "today()" is not
                break;
            case '[': case ']': case '|': case '*': case '+':
                return true;
            case '-':
                // A hyphen inside a word is part of it; before a digit it is a sign.
                if (!holds_hyphens && !(is_name_byte(before) && !is_ascii_digit(before)) &&
                    !(i + 1 < text.size() && is_ascii_digit(text[i + 1]))) return true;
                break;
            case ' ':
                if (text.substr(i, 5) == " div " || text.substr(i, 5) == " mod ") return true;
                break;
            default:
                break;
        }
    }
    return false;
}

Place QuestionRules::type_place(const SurveyItem& item) const { return table_.place(*item.row, "type"); }

bool QuestionRules::apply_type(SurveyItem& item) {
    const std::string as_written = item.type;
    item.select = parse_select(as_written);
    if (!item.select.kind.empty()) return apply_select(item);
    const TypeEntry* entry = find_type(as_written);
    if (entry == nullptr) {
        report_.error("type.unknown", type_place(item), as_written,
                      {"Không có loại câu hỏi " + quoted(as_written) + ".", "There is no question type " + quoted(as_written) + "."},
                      did_you_mean(nearest(as_written.substr(0, as_written.find(' ')), type_names()),
                                   {"Dùng text, integer, decimal, date, note, calculate, range, select_one DANH_SÁCH, …",
                                    "Use text, integer, decimal, date, note, calculate, range, select_one LIST, …"}));
        return false;
    }
    if (entry->support == Support::refused) {
        report_.error("type.not_applicable", type_place(item), as_written,
                      {"Loại câu hỏi " + quoted(as_written) + " không dùng được trên kiosk.",
                       "The question type " + quoted(as_written) + " does not apply on a kiosk."},
                      {"Xoá câu hỏi này hoặc dùng loại khác (text, select_one, image với appearance signature …).",
                       "Remove this question or use another type (text, select_one, image with appearance signature …)."});
        return false;
    }
    if (entry->support == Support::legacy) {
        report_.warning("type.legacy", type_place(item), as_written,
                        {"Loại " + quoted(as_written) + " là cách viết cũ.", "The type " + quoted(as_written) + " is an old one."},
                        {"Nên dùng loại mới, ví dụ integer hay text với constraint.", "Prefer a current one, such as integer or text with a constraint."});
    }
    item.type = entry->control.empty() || entry->support != Support::legacy
                    ? std::string(entry->name)
                    : (entry->data_type == "int" ? "integer" : "text");
    item.control = entry->control;
    item.data_type = entry->data_type;
    item.preload = entry->preload;
    item.preload_parameter = entry->preload_parameter;
    item.media_type = entry->media_type;
    if (!entry->constraint.empty()) item.constraint.text = entry->constraint;
    if (item.type == "note") item.read_only.text = "true()";
    return true;
}

bool QuestionRules::apply_select(SurveyItem& item) {
    const std::string as_written = item.type;
    SelectType& select = item.select;
    if (select.is_malformed) {
        const bool has_list = !select.list.empty();
        report_.error(has_list ? "type.malformed" : "type.no_list", type_place(item), as_written,
                      has_list ? core::Words{"Không hiểu phần sau tên danh sách trong " + quoted(as_written) + ".",
                                             "What follows the list's name in " + quoted(as_written) + " is not understood."}
                               : core::Words{quoted(as_written) + " thiếu tên danh sách lựa chọn.", quoted(as_written) + " lacks the name of a list."},
                      {"Viết " + std::string(select.kind) + " TÊN_DANH_SÁCH, hoặc thêm or_other; tên danh sách không có dấu cách.",
                       "Write " + std::string(select.kind) + " LIST, or add or_other; a list's name has no spaces."});
        return false;
    }
    item.type = select.kind;
    item.control = select.kind == "select_one" ? "select1" : select.kind == "rank" ? "odk:rank" : "select";
    item.data_type = select.kind == "rank" ? "odk:rank" : "string";
    check_list(item);
    return true;
}

void QuestionRules::check_list(SurveyItem& item) {
    SelectType& select = item.select;
    const std::string& list = select.list;
    const bool is_file = has_extension(list, ".csv") || has_extension(list, ".xml") || has_extension(list, ".geojson");
    if (select.from_file || (is_file && !select.external)) {
        if (has_extension(list, ".geojson")) {
            report_.error("type.not_applicable", type_place(item), list,
                          {"Tệp .geojson không dùng được trên kiosk.", "A .geojson file does not apply on a kiosk."},
                          {"Dùng tệp .csv.", "Use a .csv file."});
        } else if (!is_file) {
            report_.error("type.bad_file", type_place(item), list,
                          {"Tệp " + quoted(list) + " phải có đuôi .csv hoặc .xml.", "The file " + quoted(list) + " must end in .csv or .xml."},
                          {"Viết đủ tên tệp, ví dụ select_one_from_file xa.csv.", "Write the file's full name, as in select_one_from_file communes.csv."});
        }
        select.from_file = true;
        return;
    }
    if (is_reference(list)) return;  // checked where the names are known
    const ChoiceList* found = survey_.list(list);
    if (found == nullptr) {
        std::string where;
        if (survey_.lists.empty()) where = nearest("choices", other_sheets_);
        const std::string suggestion = nearest(list, list_names(survey_));
        report_.error("list.unknown", type_place(item), list,
                      {"Không có danh sách " + quoted(list) + " ở trang choices.", "There is no list " + quoted(list) + " in the sheet choices."},
                      !where.empty() ? core::Words{"Đổi tên trang " + quoted(where) + " thành “choices”.", "Rename the sheet " + quoted(where) + " to “choices”."}
                                     : did_you_mean(suggestion, {"Thêm các lựa chọn của danh sách này vào trang choices.",
                                                                 "Add this list's choices to the sheet choices."}));
        return;
    }
    if (select.kind == "select_one") return;
    for (const SurveyChoice& choice : found->choices) {
        if (choice.name.find(' ') == std::string::npos) continue;
        report_.error("choice.space_in_name", choice.cell.place(), choice.name,
                      {"Mã lựa chọn " + quoted(choice.name) + " có dấu cách, mà danh sách " + quoted(list) + " được dùng để chọn nhiều.",
                       "The choice name " + quoted(choice.name) + " has a space, and the list " + quoted(list) + " is used to select several."},
                      {"Thay dấu cách bằng _.", "Write _ for the space."});
    }
}

void QuestionRules::apply_columns(SurveyItem& item) {
    const SheetRow& row = *item.row;
    const auto take = [&](Written& target, std::string_view key) {
        Written cell = written(table_, row, key);
        if (cell.text.empty()) return;
        cell.text = straight_quotes(cell.text);
        target = std::move(cell);
    };
    take(item.relevant, "relevant");
    take(item.constraint, "constraint");
    take(item.required, "required");
    take(item.read_only, "read_only");
    take(item.calculation, "calculation");
    take(item.choice_filter, "choice_filter");
    if (item.kind == ItemKind::repeat) take(item.repeat_count, "repeat_count");
    item.appearance = split_words(table_.value(row, "appearance"));
    check_appearance(item);
    check_refused_columns(item);
    read_attributes(item);
    read_trigger(item);
    read_default(item);
    read_parameters(item);
    if (item.type == "calculate" && item.calculation.empty() && !item.default_is_dynamic) {
        report_.error("question.no_calculation", table_.place(row, "calculation"), table_.value(row, "name"),
                      {"Câu loại calculate chưa có công thức.", "A question of type calculate has no calculation."},
                      {"Điền cột calculation.", "Fill in the column calculation."});
    }
    if (!item.choice_filter.empty() && item.select.or_other) {
        report_.error("select.filter_with_other", item.choice_filter.place(), item.choice_filter.text,
                      {"or_other không dùng chung được với choice_filter.", "or_other cannot be used with choice_filter."},
                      {"Bỏ or_other và thêm lựa chọn “other” vào danh sách, cùng một câu text.",
                       "Drop or_other, add a choice “other” to the list, and a text question."});
    }
    const bool is_shown = !item.control.empty() && item.kind == ItemKind::question;
    const bool has_words = std::any_of(item.texts.begin(), item.texts.end(), [](const LocalWritten& local) {
        return local.key == "label" || local.key == "hint" || local.key == "image" || local.key == "audio";
    });
    if (is_shown && !has_words) {
        report_.warning("question.no_label", table_.place(row, "label"), table_.value(row, "name"),
                        {"Câu hỏi này chưa có nhãn.", "This question has no label."}, {"Điền cột label.", "Fill in the column label."});
    }
}

void QuestionRules::check_appearance(SurveyItem& item) {
    for (const std::string& token : item.appearance) {
        if (token.find("${") != std::string::npos || token.find('(') != std::string::npos) continue;
        const Place place = table_.place(*item.row, "appearance");
        switch (find_appearance(token)) {
            case Appearance::known:
                break;
            case Appearance::refused:
                report_.error("appearance.not_applicable", place, token,
                              {"Kiểu hiển thị " + quoted(token) + " không dùng được trên kiosk.",
                               "The appearance " + quoted(token) + " does not apply on a kiosk."},
                              {"Xoá " + quoted(token) + " khỏi ô này.", "Remove " + quoted(token) + " from this cell."});
                break;
            case Appearance::unknown:
                report_.warning("appearance.unknown", place, token,
                                {"Không có kiểu hiển thị " + quoted(token) + ".", "There is no appearance " + quoted(token) + "."},
                                did_you_mean(nearest(token, appearance_names()), {"Kiểu này bị bỏ qua.", "It is ignored."}));
                break;
        }
    }
}

void QuestionRules::check_refused_columns(SurveyItem& item) {
    for (const Column& column : table_.columns()) {
        if (!is_refused_column("survey", column.key) || item.row->at(column.index) == nullptr) continue;
        report_.error("column.not_applicable", table_.place(*item.row, column), table_.value(*item.row, column),
                      {"Cột " + quoted(column.header) + " không dùng được trên kiosk.", "The column " + quoted(column.header) + " does not apply on a kiosk."},
                      {"Xoá ô này.", "Clear this cell."});
    }
}

void QuestionRules::read_attributes(SurveyItem& item) {
    for (const Column& column : table_.columns()) {
        const std::string text = table_.value(*item.row, column);
        if (text.empty()) continue;
        if (column.key == "body::accuracyThreshold") {
            report_.error("column.not_applicable", table_.place(*item.row, column), text,
                          {"Cột " + quoted(column.header) + " không dùng được trên kiosk.", "The column " + quoted(column.header) + " does not apply on a kiosk."},
                          {"Xoá ô này.", "Clear this cell."});
        } else if (column.key == "bind::type") {
            item.data_type = text;
        } else if (column.key.starts_with("bind::")) {
            item.bind_attributes.emplace_back(column.key.substr(6), text);
        } else if (column.key.starts_with("body::")) {
            item.body_attributes.emplace_back(column.key.substr(6), text);
        } else if (column.key.starts_with("instance::")) {
            item.instance_attributes.emplace_back(column.key.substr(10), text);
        } else if (column.key.starts_with("kiosk:")) {
            item.kiosk.emplace_back(survey_.attribute_name(column), text);
        } else if (column.key == "autoplay" || column.key == "rows") {
            item.body_attributes.emplace_back(column.key, text);
        }
    }
}

void QuestionRules::read_trigger(SurveyItem& item) {
    item.trigger = written(table_, *item.row, "trigger");
    std::string_view rest = item.trigger.text;
    while (!(rest = trimmed(rest)).empty()) {
        const std::size_t close = rest.find('}');
        if (!rest.starts_with("${") || close == std::string_view::npos) {
            report_.error("trigger.malformed", item.trigger.place(), item.trigger.text,
                          {"Cột trigger phải là tên câu hỏi dạng ${tên}.", "The column trigger must hold questions as ${name}."},
                          {"Viết ${tên_câu_hỏi}; nhiều câu thì cách nhau bằng dấu phẩy.", "Write ${question}; separate several by commas."});
            item.triggers.clear();
            return;
        }
        item.triggers.emplace_back(trimmed(rest.substr(2, close - 2)));
        rest.remove_prefix(close + 1);
        if (const std::string_view after = trimmed(rest); after.starts_with(',')) rest = after.substr(1);
    }
}

void QuestionRules::read_default(SurveyItem& item) {
    item.default_value = written(table_, *item.row, "default");
    if (item.default_value.empty()) return;
    item.default_is_dynamic = is_dynamic_default(item.default_value.text, item.type);
    if (item.default_is_dynamic) {
        item.default_value.text = straight_quotes(item.default_value.text);
    } else if (item.type == "image" && item.default_value.text.find("jr://") == std::string::npos) {
        item.default_value.text = "jr://images/" + item.default_value.text;
    }
}

void QuestionRules::read_parameters(SurveyItem& item) {
    const Written cell = written(table_, *item.row, "parameters");
    const Place place = cell.place();
    std::string text = straight_quotes(cell.text);
    std::replace_if(text.begin(), text.end(), [](char c) { return c == ',' || c == ';'; }, ' ');
    // "start = 1" is common; the spaces around = mean nothing.
    for (std::size_t at; (at = text.find(" =")) != std::string::npos;) text.erase(at, 1);
    for (std::size_t at; (at = text.find("= ")) != std::string::npos;) text.erase(at + 1, 1);
    const std::vector<std::string>& allowed = parameters_of(item.type, item.select.from_file);
    for (const std::string& word : split_words(text)) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || equals == 0) {
            report_.error("parameters.malformed", place, word,
                          {"Cột parameters phải có dạng tên=giá_trị.", "The column parameters must be of the form name=value."},
                          {"Sửa " + quoted(word) + ", ví dụ start=1 end=5 step=1.", "Mend " + quoted(word) + ", as in start=1 end=5 step=1."});
            continue;
        }
        const std::string name = ascii_lower(word.substr(0, equals));
        if (std::find(allowed.begin(), allowed.end(), name) == allowed.end()) {
            std::string list;
            for (const std::string& one : allowed) list += (list.empty() ? "" : ", ") + one;
            report_.error("parameters.unknown", place, name,
                          {"Loại " + quoted(item.type) + " không có tham số " + quoted(name) + ".",
                           "The type " + quoted(item.type) + " has no parameter " + quoted(name) + "."},
                          did_you_mean(nearest(name, allowed), list.empty() ? core::Words{"Xoá ô này.", "Clear this cell."}
                                                                            : core::Words{"Dùng được: " + list + ".", "It takes: " + list + "."}));
            continue;
        }
        item.parameters.emplace_back(name, word.substr(equals + 1));
    }
    if (item.type == "range") check_range(item);
    if (!item.select.kind.empty()) check_select_parameters(item);
    for (const char* name : {"rows", "max-pixels"}) {
        const std::string* value = find(item.parameters, name);
        if (value == nullptr || (!value->empty() && std::all_of(value->begin(), value->end(), is_ascii_digit))) continue;
        report_.error("parameters.not_a_number", place, *value,
                      {"Tham số " + quoted(name) + " phải là số nguyên.", "The parameter " + quoted(name) + " must be a whole number."},
                      {"Viết một số, ví dụ " + std::string(name) + "=4.", "Write a number, as in " + std::string(name) + "=4."});
    }
}

void QuestionRules::check_range(SurveyItem& item) {
    const Place place = table_.place(*item.row, "parameters");
    const auto report = [&](std::string code, const std::string& text, core::Words message, core::Words repair) {
        report_.error(std::move(code), place, text, std::move(message), std::move(repair));
    };
    std::array<double, 3> values{};
    constexpr std::array<const char*, 3> kNames = {"start", "end", "step"};
    constexpr std::array<const char*, 3> kDefaults = {"1", "10", "1"};
    bool is_decimal = false;
    for (std::size_t i = 0; i < 3; ++i) {
        if (find(item.parameters, kNames[i]) == nullptr) item.parameters.emplace_back(kNames[i], kDefaults[i]);
        const std::string text = *find(item.parameters, kNames[i]);
        const auto value = number(text);
        if (!value) {
            return report("range.not_a_number", text, {"Tham số " + quoted(kNames[i]) + " phải là số.", "The parameter " + quoted(kNames[i]) + " must be a number."},
                          {"Viết start=1 end=5 step=1.", "Write start=1 end=5 step=1."});
        }
        values[i] = *value;
        is_decimal = is_decimal || text.find('.') != std::string::npos;
    }
    const auto [start, end, step] = values;
    if (step == 0) {
        report("range.zero_step", "step=0", {"Bước nhảy step không được bằng 0.", "The step must not be 0."}, {"Viết step=1.", "Write step=1."});
    } else if (std::abs(step) > std::abs(end - start)) {
        report("range.step_too_large", *find(item.parameters, "step"), {"Bước nhảy step lớn hơn cả khoảng từ start đến end.", "The step is larger than the range from start to end."},
               {"Giảm step hoặc tăng end.", "Lessen step or raise end."});
    } else if (std::abs(std::remainder(end - start, step)) > 1e-9) {
        report_.warning("range.uneven", place, *find(item.parameters, "end"),
                        {"Từ start đến end không chia hết cho step.", "The range from start to end is not a whole number of steps."},
                        {"Chọn end sao cho end = start + n × step.", "Choose end so that end = start + n × step."});
    }
    if (is_decimal && item.data_type == "int") item.data_type = "decimal";
    if (const std::string* list = find(item.parameters, "tick_labelset"); list != nullptr && survey_.list(*list) == nullptr) {
        report("list.unknown", *list, {"Không có danh sách " + quoted(*list) + " ở trang choices.", "There is no list " + quoted(*list) + " in the sheet choices."},
               did_you_mean(nearest(*list, list_names(survey_)), {"Thêm danh sách vào trang choices.", "Add the list to the sheet choices."}));
    }
    if (const std::string* tick = find(item.parameters, "tick_interval"); tick != nullptr && !number(*tick)) {
        report("range.not_a_number", *tick, {"Tham số “tick_interval” phải là số.", "The parameter “tick_interval” must be a number."},
               {"Viết tick_interval=1.", "Write tick_interval=1."});
    }
}

void QuestionRules::check_select_parameters(SurveyItem& item) {
    const Place place = table_.place(*item.row, "parameters");
    const std::string* randomize = find(item.parameters, "randomize");
    const std::string* seed = find(item.parameters, "seed");
    if (randomize != nullptr && *randomize != "true" && *randomize != "false") {
        report_.error("parameters.bad_value", place, *randomize, {"randomize phải là true hoặc false.", "randomize must be true or false."},
                      {"Viết randomize=true.", "Write randomize=true."});
    }
    if (seed != nullptr && randomize == nullptr) {
        report_.error("parameters.seed_alone", place, *seed, {"seed chỉ dùng khi có randomize=true.", "seed needs randomize=true."},
                      {"Thêm randomize=true.", "Add randomize=true."});
    } else if (seed != nullptr && !number(*seed) && !is_reference(*seed)) {
        report_.error("parameters.bad_value", place, *seed, {"seed phải là số hoặc ${tên_câu_hỏi}.", "seed must be a number or a ${question}."},
                      {"Viết ví dụ seed=7.", "Write seed=7, for instance."});
    }
    for (const char* name : {"value", "label"}) {
        const std::string* value = find(item.parameters, name);
        if (value == nullptr || is_xml_name(*value)) continue;
        report_.error("parameters.bad_value", place, *value,
                      {quoted(*value) + " không thể là tên cột của tệp.", quoted(*value) + " cannot be a column of the file."},
                      {"Viết đúng tên cột trong tệp .csv.", "Write the column's name in the .csv file."});
    }
}

}  // namespace kiosk::forms

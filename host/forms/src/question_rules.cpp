#include "question_rules.hpp"

#include "suggestion.hpp"
#include "unicode.hpp"

#include <algorithm>

namespace kiosk::forms {
namespace {

bool has_extension(std::string_view file, std::string_view extension) { return ascii_lower(file).ends_with(extension); }

// "selct_one tinh" → "select_one tinh"; empty if nothing is near.
std::string nearest_type(const std::string& written) {
    if (const std::string whole = nearest(written, type_names()); !whole.empty()) return whole;
    const std::size_t space = std::min(written.find(' '), written.size());
    const std::string first = nearest(written.substr(0, space), type_names());
    return first.empty() ? first : first + written.substr(space);
}

}  // namespace

bool is_reference(std::string_view text) { return text.starts_with("${") && text.find('}') == text.size() - 1; }

std::vector<std::string> list_names(const Survey& survey, bool is_external) {
    std::vector<std::string> names;
    for (const ChoiceList& list : survey.lists) {
        if (list.is_external == is_external) names.push_back(list.name);
    }
    return names;
}

Place QuestionRules::type_place(const SurveyItem& item) const { return table_.place(*item.row, "type"); }

bool QuestionRules::apply_type(SurveyItem& item) {
    const std::string as_written = item.type;
    item.select = parse_select(as_written);
    if (!item.select.kind.empty()) return apply_select(item);
    // "osm TAGS" names a list of tags; what matters is that it is a map.
    const bool is_map = ascii_lower(as_written).starts_with("osm ");
    const TypeEntry* entry = find_type(is_map ? "osm" : as_written);
    if (entry == nullptr) {
        report_.error("type.unknown", type_place(item), as_written,
                      {"Không có loại câu hỏi " + in_quotes(as_written) + ".", "There is no question type " + in_quotes(as_written) + "."},
                      did_you_mean(nearest_type(as_written),
                                   {"Dùng text, integer, decimal, date, note, calculate, range, select_one DANH_SÁCH, …",
                                    "Use text, integer, decimal, date, note, calculate, range, select_one LIST, …"}));
        return false;
    }
    if (entry->support == Support::refused) {
        report_.error("type.not_applicable", type_place(item), as_written,
                      {"Loại câu hỏi " + in_quotes(as_written) + " không dùng được trên kiosk.",
                       "The question type " + in_quotes(as_written) + " does not apply on a kiosk."},
                      {"Xoá câu hỏi này hoặc dùng loại khác (text, select_one, image với appearance signature …).",
                       "Remove this question or use another type (text, select_one, image with appearance signature …)."});
        return false;
    }
    if (entry->support == Support::legacy) {
        report_.warning("type.legacy", type_place(item), as_written,
                        {"Loại " + in_quotes(as_written) + " là cách viết cũ.", "The type " + in_quotes(as_written) + " is an old one."},
                        {"Nên dùng loại mới, ví dụ integer hay text với constraint.", "Prefer a current one, such as integer or text with a constraint."});
    }
    if (entry->name == "audit") check_audit(item);
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
                      has_list ? core::Words{"Không hiểu phần sau tên danh sách trong " + in_quotes(as_written) + ".",
                                             "What follows the list's name in " + in_quotes(as_written) + " is not understood."}
                               : core::Words{in_quotes(as_written) + " thiếu tên danh sách lựa chọn.", in_quotes(as_written) + " lacks the name of a list."},
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

// An audit is a log of the visit with its times: no kiosk keeps one.
void QuestionRules::check_audit(const SurveyItem& item) {
    const std::string name = table_.value(*item.row, "name");
    if (!name.empty() && name != "audit") {
        report_.error("name.audit", table_.place(*item.row, "name"), name,
                      {"Hàng audit phải có tên là “audit” hoặc để trống.", "A row of type audit must be named “audit” or not at all."},
                      {"Xoá ô này.", "Clear this cell."});
        return;
    }
    report_.warning("type.audit", type_place(item), "audit",
                    {"Kiosk không ghi nhật ký thao tác nên hàng audit bị bỏ qua.", "A kiosk keeps no log of what visitors do, so the row audit is ignored."},
                    {"Không cần làm gì; có thể xoá hàng này.", "Nothing needs doing; the row may be removed."});
}

void QuestionRules::check_list(SurveyItem& item) {
    SelectType& select = item.select;
    const std::string& list = select.list;
    const bool is_file = has_extension(list, ".csv") || has_extension(list, ".xml") || has_extension(list, ".geojson");
    select.from_file = select.from_file || (is_file && !select.external);
    if (select.or_other && (select.from_file || is_reference(list))) {
        report_.error("select.other_without_list", type_place(item), item.type,
                      {"or_other cần một danh sách ở trang choices.", "or_other needs a list of the sheet choices."},
                      {"Bỏ or_other và thêm một câu text riêng cho câu trả lời khác.", "Drop or_other and add a text question for other answers."});
    }
    if (select.from_file) return check_file(item);
    if (is_reference(list)) return;  // checked where the names are known
    if (survey_.list(select) == nullptr) return report_no_list(item);
    if (select.kind != "select_one") check_choice_names(item);
}

void QuestionRules::check_file(const SurveyItem& item) {
    const std::string& file = item.select.list;
    if (has_extension(file, ".geojson")) {
        report_.error("type.not_applicable", type_place(item), file,
                      {"Tệp .geojson không dùng được trên kiosk.", "A .geojson file does not apply on a kiosk."},
                      {"Dùng tệp .csv.", "Use a .csv file."});
    } else if (!has_extension(file, ".csv") && !has_extension(file, ".xml")) {
        report_.error("type.bad_file", type_place(item), file,
                      {"Tệp " + in_quotes(file) + " phải có đuôi .csv hoặc .xml.", "The file " + in_quotes(file) + " must end in .csv or .xml."},
                      {"Viết đủ tên tệp, ví dụ select_one_from_file xa.csv.", "Write the file's full name, as in select_one_from_file communes.csv."});
    }
}

void QuestionRules::report_no_list(const SurveyItem& item) {
    const std::string& list = item.select.list;
    const std::string sheet = item.select.external ? "external_choices" : "choices";
    const std::vector<std::string> names = list_names(survey_, item.select.external);
    const std::string misnamed = names.empty() ? nearest(sheet, other_sheets_) : std::string();
    report_.error("list.unknown", type_place(item), list,
                  {"Không có danh sách " + in_quotes(list) + " ở trang " + sheet + ".", "There is no list " + in_quotes(list) + " in the sheet " + sheet + "."},
                  !misnamed.empty() ? core::Words{"Đổi tên trang " + in_quotes(misnamed) + " thành " + in_quotes(sheet) + ".", "Rename the sheet " + in_quotes(misnamed) + " to " + in_quotes(sheet) + "."}
                                    : did_you_mean(nearest(list, names), {"Thêm các lựa chọn của danh sách này vào trang " + sheet + ".",
                                                                          "Add this list's choices to the sheet " + sheet + "."}));
}

void QuestionRules::check_choice_names(const SurveyItem& item) {
    const std::string& list = item.select.list;
    for (const SurveyChoice& choice : survey_.list(item.select)->choices) {
        if (choice.name.find(' ') == std::string::npos) continue;
        report_.error("choice.space_in_name", choice.cell.place(), choice.name,
                      {"Mã lựa chọn " + in_quotes(choice.name) + " có dấu cách, mà danh sách " + in_quotes(list) + " được dùng để chọn nhiều.",
                       "The choice name " + in_quotes(choice.name) + " has a space, and the list " + in_quotes(list) + " is used to select several."},
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
    read_appearance(item);
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
    settle_control(item);
}

// What is computed and has no words of its own is not shown, whatever its type.
void QuestionRules::settle_control(SurveyItem& item) {
    if (item.control.empty() || item.kind != ItemKind::question) return;
    const auto has = [&](std::string_view key) { return std::ranges::find(item.texts, key, &LocalWritten::key) != item.texts.end(); };
    if (has("big-image") && !has("image")) {
        report_.error("question.big_image_alone", table_.place(*item.row, "big-image"), table_.value(*item.row, "big-image"),
                      {"big-image là ảnh phóng to của image, mà cột image để trống.", "A big-image is the enlargement of an image, and the column image is empty."},
                      {"Điền cột image.", "Fill in the column image."});
    }
    // A guidance hint alone may never be seen.
    constexpr std::array<std::string_view, 5> kShown = {"label", "hint", "image", "audio", "video"};
    if (std::ranges::any_of(kShown, has)) return;
    if (!item.calculation.empty() || !item.triggers.empty()) {
        item.control = {};
        return;
    }
    report_.error("question.no_label", table_.place(*item.row, "label"), table_.value(*item.row, "name"),
                  {"Câu hỏi này không có nhãn, gợi ý hay hình nào để hiện.", "This question has no label, hint or picture to show."},
                  {"Điền cột label.", "Fill in the column label."});
}

void QuestionRules::read_appearance(SurveyItem& item) {
    std::string text = straight_quotes(table_.value(*item.row, "appearance"));
    take_search(item, text);
    item.appearance = split_words(text);
    check_appearance(item);
}

void QuestionRules::check_appearance(SurveyItem& item) {
    for (const std::string& token : item.appearance) {
        if (token.find("${") != std::string::npos && find_appearance(token) == Appearance::unknown) continue;
        const Place place = table_.place(*item.row, "appearance");
        switch (find_appearance(token)) {
            case Appearance::known:
                break;
            case Appearance::refused:
                report_.error("appearance.not_applicable", place, token,
                              {"Kiểu hiển thị " + in_quotes(token) + " không dùng được trên kiosk.",
                               "The appearance " + in_quotes(token) + " does not apply on a kiosk."},
                              {"Xoá " + in_quotes(token) + " khỏi ô này.", "Remove " + in_quotes(token) + " from this cell."});
                break;
            case Appearance::unknown:
                report_.warning("appearance.unknown", place, token,
                                {"Không có kiểu hiển thị " + in_quotes(token) + ".", "There is no appearance " + in_quotes(token) + "."},
                                did_you_mean(nearest(token, appearance_names()), {"Kiểu này bị bỏ qua.", "It is ignored."}));
                break;
        }
    }
}

void QuestionRules::check_refused_columns(SurveyItem& item) {
    for (const Column& column : table_.columns()) {
        if (!is_refused_column("survey", column.key) || item.row->at(column.index) == nullptr) continue;
        report_.error("column.not_applicable", table_.place(*item.row, column), table_.value(*item.row, column),
                      {"Cột " + in_quotes(column.header) + " không dùng được trên kiosk.", "The column " + in_quotes(column.header) + " does not apply on a kiosk."},
                      {"Xoá ô này.", "Clear this cell."});
    }
}

void QuestionRules::read_attributes(SurveyItem& item) {
    for (const Column& column : table_.columns()) {
        const std::string text = table_.value(*item.row, column);
        if (text.empty()) continue;
        if (column.key == "body::accuracyThreshold") {
            report_.error("column.not_applicable", table_.place(*item.row, column), text,
                          {"Cột " + in_quotes(column.header) + " không dùng được trên kiosk.", "The column " + in_quotes(column.header) + " does not apply on a kiosk."},
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
    std::string_view rest = trimmed(item.trigger.text);
    while (!rest.empty()) {
        const std::size_t close = rest.find('}');
        const std::string_view after = close == std::string_view::npos ? std::string_view() : trimmed(rest.substr(close + 1));
        if (!rest.starts_with("${") || close == std::string_view::npos || !(after.empty() || after.starts_with(','))) {
            report_.error("trigger.malformed", item.trigger.place(), item.trigger.text,
                          {"Cột trigger phải là tên câu hỏi dạng ${tên}.", "The column trigger must hold questions as ${name}."},
                          {"Viết ${tên_câu_hỏi}; nhiều câu thì cách nhau bằng dấu phẩy.", "Write ${question}; separate several by commas."});
            item.triggers.clear();
            return;
        }
        item.triggers.emplace_back(trimmed(rest.substr(2, close - 2)));
        rest = after.empty() ? after : trimmed(after.substr(1));
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

}  // namespace kiosk::forms

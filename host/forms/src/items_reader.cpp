#include "items_reader.hpp"

#include "fault.hpp"
#include "suggestion.hpp"
#include "unicode.hpp"

#include <algorithm>

namespace kiosk::forms {
namespace {

std::string_view word_for(ItemKind kind) { return kind == ItemKind::repeat ? "repeat" : "group"; }

}  // namespace

ItemsReader::ItemsReader(const Table& table, const Limits& limits, const std::vector<std::string>& other_sheets, Survey& survey,
                         Report& report)
    : table_(table), limits_(limits), survey_(survey), report_(report), rules_(table, other_sheets, survey, report) {
    scopes_.push_back({kNone, "/" + survey.settings.root, {}, {}, {}});
}

void ItemsReader::read() {
    if (!check_headers()) return;
    survey_.items.reserve(std::min(table_.rows().size(), limits_.questions));   // they are large, and moving them was felt
    read_rows(table_.rows().begin(), table_.rows().end());
    while (scopes_.size() > 1) {
        if (!is_stopped_) report_unclosed(survey_.items[scopes_.back().item]);
        close();
    }
}

bool ItemsReader::check_headers() {
    if (table_.has_key("type")) return true;
    std::vector<std::string> headers;
    for (const Column& column : table_.columns()) headers.push_back(column.header);
    const std::string suggestion = nearest("type", headers);
    report_.error("column.missing", {"survey", table_.header_row(), "type", ""}, suggestion,
                  {"Trang survey thiếu cột “type”.", "The sheet survey has no column “type”."},
                  suggestion.empty() ? core::Words{"Thêm cột type vào hàng tiêu đề.", "Add the column type to the header row."}
                                     : core::Words{"Đổi tên cột " + in_quotes(suggestion) + " thành “type”.",
                                                   "Rename the column " + in_quotes(suggestion) + " to “type”."});
    return false;
}

void ItemsReader::read_rows(Row first, Row last) {
    for (Row row = first; row != last && !is_stopped_; ++row) {
        if (survey_.items.size() >= limits_.questions) {
            return stop(limit_fault("questions", limits_.questions, {"Số câu hỏi", "The number of questions"}), *row);
        }
        if (path_bytes_ > limits_.text_bytes) {
            return stop(limit_fault("text_bytes", limits_.text_bytes, {"Tổng độ dài đường dẫn các câu hỏi", "The questions' paths altogether"}), *row);
        }
        if (find_structure(table_.value(*row, "type")) == Structure::begin_loop) row = read_loop(row, last);
        else read_row(*row);
        if (row == last) return;
    }
}

void ItemsReader::read_row(const SheetRow& row) {
    if (yes_or_no(table_.value(row, "disabled")) == YesNo::yes) {
        report_.warning("question.disabled", table_.place(row, "disabled"), table_.value(row, "name"),
                        {"Hàng này bị tắt bằng cột disabled.", "This row is switched off by the column disabled."},
                        {"Nên dùng cột relevant.", "Prefer the column relevant."});
        return;
    }
    const std::string type = table_.value(row, "type");
    if (type.empty()) return report_no_type(row, table_.value(row, "name"));
    switch (find_structure(type)) {
        case Structure::begin_group: return open(row, ItemKind::group);
        case Structure::begin_repeat: return open(row, ItemKind::repeat);
        case Structure::end_group: return end(row, ItemKind::group, type);
        case Structure::end_repeat: return end(row, ItemKind::repeat, type);
        case Structure::begin_loop:
        case Structure::end_loop:
            report_.error("group.unmatched_end", table_.place(row, "type"), type,
                          {in_quotes(type) + " không khớp với begin_loop nào.", in_quotes(type) + " matches no begin_loop."},
                          {"Xoá hàng này, hoặc thêm begin_loop over DANH_SÁCH ở phía trên.", "Remove this row, or add a begin_loop over LIST above."});
            return;
        case Structure::none:
            if (!take_setting(row, type)) read_question(row, type);
    }
}

// Settings once stood among the questions: "set form title" with the title as its name.
bool ItemsReader::take_setting(const SheetRow& row, const std::string& type) {
    const std::string_view setting = find_setting_type(type);
    if (setting.empty()) return false;
    const Written cell = written(table_, row, "name");
    report_.warning("type.legacy", table_.place(row, "type"), type,
                    {"Thiết lập " + in_quotes(setting) + " viết ở trang survey là cách cũ.", "The setting " + in_quotes(setting) + " in the sheet survey is an old way."},
                    {"Nên chuyển sang trang settings.", "Better move it to the sheet settings."});
    if (setting == "form_title") survey_.settings.titles.push_back({"title", survey_.default_language, cell});
    else if (setting == "form_id") survey_.settings.id = cell.text;
    return true;
}

void ItemsReader::report_no_type(const SheetRow& row, const std::string& name) {
    const auto texts = local_texts(table_, row, survey_);
    const bool is_note_row = name.empty() && std::ranges::find(texts, "label", &LocalWritten::key) == texts.end();
    if (is_note_row) {
        report_.warning("question.skipped_row", {"survey", row.number, "", ""}, row.cells.front().text,
                        {"Hàng này không có type nên bị bỏ qua.", "This row has no type, so it is skipped."},
                        {"Điền cột type, hoặc xoá hàng.", "Fill in the column type, or remove the row."});
        return;
    }
    report_.error("question.no_type", table_.place(row, "type"), name,
                  {"Câu hỏi này chưa có loại (type).", "This question has no type."},
                  {"Điền cột type, ví dụ text, integer, select_one TÊN_DANH_SÁCH.",
                   "Fill in the column type, such as text, integer, select_one LIST."});
}

bool ItemsReader::begin_item(SurveyItem& item, const SheetRow& row) {
    item.row = &row;
    item.type_cell = written(table_, row, "type");
    item.name = table_.value(row, "name");
    if (item.name.empty() && item.type == "note") item.name = "generated_note_name_" + std::to_string(row.number);
    if (item.name.empty() && item.type == "audit") item.name = "audit";
    if (!loop_choices_.empty()) substitute_name(item);
    item.parent = scopes_.back().item;
    item.depth = static_cast<std::uint32_t>(scopes_.size());
    item.texts = local_texts(table_, row, survey_);
    const bool is_usable = check_name(item, row);
    if (!is_usable) item.name.resize(std::min<std::size_t>(item.name.size(), 255));
    item.path = scopes_.back().path + "/" + item.name;
    return is_usable;
}

bool ItemsReader::check_name(const SurveyItem& item, const SheetRow& row) {
    const Place place = table_.place(row, "name");
    if (item.name.empty()) {
        report_.error("name.missing", place, "", {"Hàng này chưa có tên (name).", "This row has no name."},
                      {"Điền cột name bằng tên ngắn, không dấu cách, ví dụ tuoi.",
                       "Fill in the column name with a short name without spaces, such as age."});
        return false;
    }
    if (!is_xml_name(item.name)) {
        report_.error("name.invalid", place, item.name,
                      {"Tên " + in_quotes(item.name) + " không hợp lệ.", "The name " + in_quotes(item.name) + " is not valid."},
                      {"Bắt đầu bằng chữ hoặc _, sau đó chỉ dùng chữ, số, _ - . ; không dùng dấu cách.",
                       "Begin with a letter or _, then use only letters, digits, _ - . ; no spaces."});
        return false;
    }
    const std::string prefix = item.name.substr(0, item.name.find(':'));
    if (prefix.size() < item.name.size() && !is_declared_prefix(prefix, survey_.settings)) {
        report_.error("name.undeclared_prefix", place, item.name,
                      {"Tiền tố " + in_quotes(prefix) + " của tên này chưa được khai báo.", "The prefix " + in_quotes(prefix) + " of this name is not declared."},
                      {"Bỏ dấu hai chấm, hoặc thêm " + prefix + "=\"http://…\" vào cột namespaces của trang settings.",
                       "Drop the colon, or add " + prefix + "=\"http://…\" to the column namespaces of the sheet settings."});
        return false;
    }
    constexpr std::size_t kLongest = 255;
    if (item.name.size() > kLongest) {
        report_.error("name.too_long", place, item.name,
                      {"Tên dài quá " + std::to_string(kLongest) + " byte.", "The name is longer than " + std::to_string(kLongest) + " bytes."},
                      {"Đặt tên ngắn, ví dụ tuoi; câu hỏi dài viết ở cột label.", "Give it a short name, such as age; long questions belong in the column label."});
        return false;
    }
    Scope& scope = scopes_.back();
    const auto [first, is_new] = scope.names.try_emplace(item.name, row.number);
    if (!is_new) {
        report_.error("name.duplicate", place, item.name,
                      {"Tên " + in_quotes(item.name) + " đã dùng ở hàng " + std::to_string(first->second) + " trong cùng nhóm.",
                       "The name " + in_quotes(item.name) + " is already used in row " + std::to_string(first->second) + " of the same group."},
                      {"Đặt tên khác.", "Give it another name."});
        return false;
    }
    const auto [other, is_new_lower] = scope.lower.try_emplace(ascii_lower(item.name), item.name);
    if (!is_new_lower) {
        report_.warning("name.case", place, item.name,
                        {"Tên " + in_quotes(item.name) + " chỉ khác " + in_quotes(other->second) + " ở chữ hoa, chữ thường.",
                         "The name " + in_quotes(item.name) + " differs from " + in_quotes(other->second) + " only in letter case."},
                        {"Nên đặt tên khác hẳn.", "Better give it a quite different name."});
    }
    if (scopes_.size() == 1 && item.name == "meta") {
        report_.error("name.reserved", place, item.name, {"Tên “meta” được dành riêng.", "The name “meta” is reserved."},
                      {"Đặt tên khác.", "Give it another name."});
        return false;
    }
    return check_repeat_name(item, row, place);
}

bool ItemsReader::check_repeat_name(const SurveyItem& item, const SheetRow& row, const Place& place) {
    if (item.kind != ItemKind::repeat) return true;
    const auto [first, is_new] = repeat_names_.try_emplace(item.name, row.number);
    if (is_new && item.name != survey_.settings.root) return true;
    report_.error("name.duplicate", place, item.name,
                  {"Tên nhóm lặp " + in_quotes(item.name) + " đã dùng " +
                       (is_new ? "cho gốc biểu mẫu." : "ở hàng " + std::to_string(first->second) + "."),
                   "The repeat's name " + in_quotes(item.name) + " is already used " +
                       (is_new ? "for the form's root." : "in row " + std::to_string(first->second) + ".")},
                  {"Đặt tên khác; tên nhóm lặp phải là duy nhất trong cả biểu mẫu.",
                   "Give it another name; a repeat's name must be unique in the whole form."});
    return false;
}

void ItemsReader::open(const SheetRow& row, ItemKind kind) {
    SurveyItem item;
    item.kind = kind;
    item.type = word_for(kind);
    begin_item(item, row);  // a group with a bad name is still opened, or its end would seem unmatched
    rules_.apply_columns(item);
    substitute(item);
    if (!item.required.empty() && yes_or_no(item.required.text) != YesNo::no) {
        report_.error("group.required", item.required.place(), item.required.text,
                      {"Nhóm không thể là bắt buộc.", "A group cannot be required."},
                      {"Xoá ô này và đặt required ở các câu hỏi bên trong.",
                       "Clear this cell and set required on the questions inside."});
    }
    check_group_label(item);
    check_nesting(row);
    if (kind == ItemKind::repeat) generate_count(item);
    const auto index = static_cast<std::uint32_t>(survey_.items.size());
    const std::string path = item.path;
    const bool is_table_list = expand_table_list(item);
    add(std::move(item));
    scopes_.push_back({index, path, {}, {}, is_table_list ? "?" : ""});
    if (is_table_list) generate_table_label(index, row);
}

// A field-list needs no heading: its questions stand on one page anyhow.
void ItemsReader::check_group_label(const SurveyItem& item) {
    const bool is_page = std::ranges::find(item.appearance, "field-list") != item.appearance.end();
    if (!item.texts.empty() || (is_page && item.kind == ItemKind::group)) return;
    report_.warning("group.no_label", table_.place(*item.row, "label"), item.name,
                    {"Nhóm " + in_quotes(item.name) + " chưa có nhãn.", "The " + item.type + " " + in_quotes(item.name) + " has no label."},
                    {"Điền cột label.", "Fill in the column label."});
}

void ItemsReader::check_nesting(const SheetRow& row) {
    if (scopes_.size() <= limits_.nesting) return;
    stop(limit_fault("nesting", limits_.nesting, {"Số nhóm lồng nhau", "The nesting of groups"}), row);
}

void ItemsReader::stop(Finding fault, const SheetRow& row) {
    const Place place = table_.place(row, "type");
    fault.sheet = place.sheet;
    fault.row = place.row;
    fault.column = place.column;
    fault.cell = place.cell;
    if (!is_stopped_) report_.error(std::move(fault));
    is_stopped_ = true;
}

void ItemsReader::end(const SheetRow& row, ItemKind kind, const std::string& type) {
    const std::string word(word_for(kind));
    if (scopes_.size() > floor_ && survey_.items[scopes_.back().item].kind == kind) return close();
    const std::string expected = scopes_.size() > floor_ ? survey_.items[scopes_.back().item].type : "";
    core::Words repair = {"Xoá hàng này, hoặc thêm begin_" + word + " ở phía trên.",
                          "Remove this row, or add a begin_" + word + " above."};
    if (!expected.empty()) {
        const SurveyItem& open_item = survey_.items[scopes_.back().item];
        repair = {"Nhóm đang mở là " + in_quotes(open_item.name) + " (begin_" + expected + "); viết end_" + expected + ".",
                  "What is open here is " + in_quotes(open_item.name) + " (begin_" + expected + "); write end_" + expected + "."};
    }
    report_.error("group.unmatched_end", table_.place(row, "type"), type,
                  {in_quotes(type) + " không khớp với begin_" + word + " nào.", in_quotes(type) + " matches no begin_" + word + "."},
                  std::move(repair));
    // Most likely the wrong word for the group that is open: go on as if it were right.
    if (!expected.empty()) close();
}

void ItemsReader::report_unclosed(const SurveyItem& item) {
    const std::string word(item.type);
    const Place place = item.row != nullptr ? table_.place(*item.row, "type") : Place{"survey", 0, "type", ""};
    report_.error("group.unclosed", place, "begin_" + word,
                  {"Nhóm " + in_quotes(item.name) + " mở ra ở đây nhưng không có end_" + word + ".",
                   "The " + word + " " + in_quotes(item.name) + " opens here and has no end_" + word + "."},
                  {"Thêm một hàng end_" + word + " sau câu hỏi cuối của nhóm.",
                   "Add a row end_" + word + " after the last question of the group."});
}

void ItemsReader::close() {
    const std::uint32_t item = scopes_.back().item;
    survey_.items[item].end = static_cast<std::uint32_t>(survey_.items.size());
    scopes_.pop_back();
}

void ItemsReader::read_question(const SheetRow& row, const std::string& type) {
    SurveyItem item;
    item.type = type;
    item.row = &row;
    const bool is_typed = rules_.apply_type(item);
    const bool is_named = begin_item(item, row);
    if (!is_typed) return;
    rules_.apply_columns(item);
    substitute(item);
    if (!item.select.kind.empty()) apply_table_list(item);
    generate_none(item);
    const SelectType select = item.select;
    const std::string name = item.name;
    if (!is_named) return;
    add(std::move(item));
    if (select.or_other) generate_other(name, select);
}

void ItemsReader::place_inside(SurveyItem& item) const {
    item.parent = scopes_.back().item;
    item.depth = static_cast<std::uint32_t>(scopes_.size());
    item.path = scopes_.back().path + "/" + item.name;
}

void ItemsReader::add(SurveyItem item) {
    item.end = static_cast<std::uint32_t>(survey_.items.size()) + 1;
    path_bytes_ += item.path.size();
    survey_.items.push_back(std::move(item));
}

void read_items(const Table& survey_table, const Limits& limits, const std::vector<std::string>& other_sheets,
                Survey& survey, Report& report) {
    ItemsReader(survey_table, limits, other_sheets, survey, report).read();
}

}  // namespace kiosk::forms

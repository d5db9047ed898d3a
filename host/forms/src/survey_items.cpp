#include "survey.hpp"

#include "fault.hpp"
#include "suggestion.hpp"
#include "unicode.hpp"

#include <algorithm>
#include <unordered_map>

namespace kiosk::forms {
namespace {

std::string_view word_for(ItemKind kind) { return kind == ItemKind::repeat ? "repeat" : "group"; }

class ItemsReader {
  public:
    ItemsReader(const Table& table, const Limits& limits, const std::vector<std::string>& other_sheets, Survey& survey,
                Report& report)
        : table_(table), limits_(limits), survey_(survey), report_(report), rules_(table, other_sheets, survey, report) {
        scopes_.push_back({kNone, "/" + survey.settings.root, {}, {}, {}});
    }

    void read() {
        if (!check_headers()) return;
        for (const SheetRow& row : table_.rows()) {
            if (survey_.items.size() >= limits_.questions) {
                report_.error(limit_fault("questions", limits_.questions, {"Số câu hỏi", "The number of questions"}));
                return;
            }
            read_row(row);
        }
        while (scopes_.size() > 1) {
            report_unclosed(survey_.items[scopes_.back().item]);
            close();
        }
    }

  private:
    struct Scope {
        std::uint32_t item;                                   // kNone: the survey itself
        std::string path;
        std::unordered_map<std::string, std::uint32_t> names; // → row
        std::unordered_map<std::string, std::string> lower;   // lower case → as written
        std::string table_list;                               // of a table-list group: "?" until its first select says
    };

    bool check_headers() {
        if (table_.has_key("type")) return true;
        std::vector<std::string> headers;
        for (const Column& column : table_.columns()) headers.push_back(column.header);
        const std::string suggestion = nearest("type", headers);
        report_.error("column.missing", {"survey", table_.header_row(), "type", ""}, suggestion,
                      {"Trang survey thiếu cột “type”.", "The sheet survey has no column “type”."},
                      suggestion.empty() ? core::Words{"Thêm cột type vào hàng tiêu đề.", "Add the column type to the header row."}
                                         : core::Words{"Đổi tên cột " + quoted(suggestion) + " thành “type”.",
                                                       "Rename the column " + quoted(suggestion) + " to “type”."});
        return false;
    }

    void read_row(const SheetRow& row) {
        if (yes_or_no(table_.value(row, "disabled")) == YesNo::yes) {
            report_.warning("question.disabled", table_.place(row, "disabled"), table_.value(row, "name"),
                            {"Hàng này bị tắt bằng cột disabled.", "This row is switched off by the column disabled."},
                            {"Nên dùng cột relevant.", "Prefer the column relevant."});
            return;
        }
        const std::string type = table_.value(row, "type");
        const std::string name = table_.value(row, "name");
        if (type.empty()) return report_no_type(row, name);
        switch (find_structure(type)) {
            case Structure::begin_group: return open(row, ItemKind::group);
            case Structure::begin_repeat: return open(row, ItemKind::repeat);
            case Structure::end_group: return end(row, ItemKind::group, type);
            case Structure::end_repeat: return end(row, ItemKind::repeat, type);
            case Structure::refused: return report_loop(row, type);
            case Structure::none: return read_question(row, type);
        }
    }

    void report_no_type(const SheetRow& row, const std::string& name) {
        const bool is_note_row = name.empty() && local_texts(table_, row, survey_).empty();
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

    void report_loop(const SheetRow& row, const std::string& type) {
        report_.error("type.not_applicable", table_.place(row, "type"), type,
                      {"Loại " + quoted(type) + " là cách viết cũ, không dùng được.", "The type " + quoted(type) + " is obsolete and not supported."},
                      {"Dùng begin_repeat … end_repeat với repeat_count.", "Use begin_repeat … end_repeat with repeat_count."});
    }

    // The path, name and texts an item has whatever its type. False if its name will not do.
    bool begin_item(SurveyItem& item, const SheetRow& row) {
        item.row = &row;
        item.name = table_.value(row, "name");
        if (item.name.empty() && item.type == "note") item.name = "generated_note_name_" + std::to_string(row.number);
        item.parent = scopes_.back().item;
        item.depth = static_cast<std::uint32_t>(scopes_.size());
        item.texts = local_texts(table_, row, survey_);
        const bool is_usable = check_name(item, row);
        item.path = scopes_.back().path + "/" + item.name;
        return is_usable;
    }

    bool check_name(const SurveyItem& item, const SheetRow& row) {
        const Place place = table_.place(row, "name");
        if (item.name.empty()) {
            report_.error("name.missing", place, "", {"Hàng này chưa có tên (name).", "This row has no name."},
                          {"Điền cột name bằng tên ngắn, không dấu cách, ví dụ tuoi.",
                           "Fill in the column name with a short name without spaces, such as age."});
            return false;
        }
        if (!is_xml_name(item.name)) {
            report_.error("name.invalid", place, item.name,
                          {"Tên " + quoted(item.name) + " không hợp lệ.", "The name " + quoted(item.name) + " is not valid."},
                          {"Bắt đầu bằng chữ hoặc _, sau đó chỉ dùng chữ, số, _ - . ; không dùng dấu cách.",
                           "Begin with a letter or _, then use only letters, digits, _ - . ; no spaces."});
            return false;
        }
        Scope& scope = scopes_.back();
        const auto [first, is_new] = scope.names.try_emplace(item.name, row.number);
        if (!is_new) {
            report_.error("name.duplicate", place, item.name,
                          {"Tên " + quoted(item.name) + " đã dùng ở hàng " + std::to_string(first->second) + " trong cùng nhóm.",
                           "The name " + quoted(item.name) + " is already used in row " + std::to_string(first->second) + " of the same group."},
                          {"Đặt tên khác.", "Give it another name."});
            return false;
        }
        const auto [other, is_new_lower] = scope.lower.try_emplace(ascii_lower(item.name), item.name);
        if (!is_new_lower) {
            report_.warning("name.case", place, item.name,
                            {"Tên " + quoted(item.name) + " chỉ khác " + quoted(other->second) + " ở chữ hoa, chữ thường.",
                             "The name " + quoted(item.name) + " differs from " + quoted(other->second) + " only in letter case."},
                            {"Nên đặt tên khác hẳn.", "Better give it a quite different name."});
        }
        if (scopes_.size() == 1 && item.name == "meta") {
            report_.error("name.reserved", place, item.name, {"Tên “meta” được dành riêng.", "The name “meta” is reserved."},
                          {"Đặt tên khác.", "Give it another name."});
            return false;
        }
        return check_repeat_name(item, row, place);
    }

    bool check_repeat_name(const SurveyItem& item, const SheetRow& row, const Place& place) {
        if (item.kind != ItemKind::repeat) return true;
        const auto [first, is_new] = repeat_names_.try_emplace(item.name, row.number);
        if (is_new && item.name != survey_.settings.root) return true;
        report_.error("name.duplicate", place, item.name,
                      {"Tên nhóm lặp " + quoted(item.name) + " đã dùng " +
                           (is_new ? "cho gốc biểu mẫu." : "ở hàng " + std::to_string(first->second) + "."),
                       "The repeat's name " + quoted(item.name) + " is already used " +
                           (is_new ? "for the form's root." : "in row " + std::to_string(first->second) + ".")},
                      {"Đặt tên khác; tên nhóm lặp phải là duy nhất trong cả biểu mẫu.",
                       "Give it another name; a repeat's name must be unique in the whole form."});
        return false;
    }

    void open(const SheetRow& row, ItemKind kind) {
        SurveyItem item;
        item.kind = kind;
        item.type = word_for(kind);
        begin_item(item, row);  // a group with a bad name is still opened, or its end would seem unmatched
        rules_.apply_columns(item);
        if (!item.required.empty() && yes_or_no(item.required.text) != YesNo::no) {
            report_.error("group.required", item.required.place(), item.required.text,
                          {"Nhóm không thể là bắt buộc.", "A group cannot be required."},
                          {"Xoá ô này và đặt required ở các câu hỏi bên trong.",
                           "Clear this cell and set required on the questions inside."});
        }
        if (scopes_.size() > limits_.nesting) {
            Finding fault = limit_fault("nesting", limits_.nesting, {"Số nhóm lồng nhau", "The nesting of groups"});
            const Place place = table_.place(row, "type");
            fault.sheet = place.sheet;
            fault.row = place.row;
            fault.column = place.column;
            fault.cell = place.cell;
            if (!reported_nesting_) report_.error(std::move(fault));
            reported_nesting_ = true;
        }
        if (kind == ItemKind::repeat) generate_count(item);
        const auto index = static_cast<std::uint32_t>(survey_.items.size());
        const std::string path = item.path;
        const auto table_list = std::find(item.appearance.begin(), item.appearance.end(), "table-list");
        const bool is_table_list = table_list != item.appearance.end();
        if (is_table_list) {
            item.appearance.erase(table_list);
            if (std::find(item.appearance.begin(), item.appearance.end(), "field-list") == item.appearance.end()) {
                item.appearance.insert(item.appearance.begin(), "field-list");
            }
        }
        add(std::move(item));
        scopes_.push_back({index, path, {}, {}, is_table_list ? "?" : ""});
        if (is_table_list) generate_table_label(index, row);
    }

    // A repeat_count that is more than one reference is computed by a node of its own, as ODK clients expect.
    void generate_count(SurveyItem& repeat) {
        const std::string& text = repeat.repeat_count.text;
        const bool is_reference = text.starts_with("${") && text.find('}') == text.size() - 1;
        if (text.empty() || is_reference) return;
        SurveyItem count;
        count.type = "calculate";
        count.data_type = "string";
        count.name = repeat.name + "_count";
        count.path = scopes_.back().path + "/" + count.name;
        count.parent = repeat.parent;
        count.depth = repeat.depth;
        count.row = nullptr;
        count.calculation = repeat.repeat_count;
        count.read_only.text = "true()";
        repeat.repeat_count.text = "${" + count.name + "}";
        add(std::move(count));
    }

    // The label of a table-list group becomes a note above the grid.
    void generate_table_label(std::uint32_t group, const SheetRow& row) {
        std::vector<LocalWritten>& texts = survey_.items[group].texts;
        const auto is_label = [](const LocalWritten& local) { return local.key == "label" || local.key == "hint"; };
        SurveyItem note;
        std::copy_if(texts.begin(), texts.end(), std::back_inserter(note.texts), is_label);
        if (note.texts.empty()) return;
        texts.erase(std::remove_if(texts.begin(), texts.end(), is_label), texts.end());
        note.type = "note";
        note.control = "input";
        note.data_type = "string";
        note.read_only.text = "true()";
        note.name = "generated_table_list_label_" + std::to_string(row.number);
        place_inside(note);
        add(std::move(note));
    }

    void place_inside(SurveyItem& item) const {
        item.parent = scopes_.back().item;
        item.depth = static_cast<std::uint32_t>(scopes_.size());
        item.path = scopes_.back().path + "/" + item.name;
    }

    void end(const SheetRow& row, ItemKind kind, const std::string& type) {
        const std::string word(word_for(kind));
        if (scopes_.size() > 1 && survey_.items[scopes_.back().item].kind == kind) return close();
        const std::string expected = scopes_.size() > 1 ? survey_.items[scopes_.back().item].type : "";
        core::Words repair = {"Xoá hàng này, hoặc thêm begin_" + word + " ở phía trên.",
                              "Remove this row, or add a begin_" + word + " above."};
        if (!expected.empty()) {
            const SurveyItem& open_item = survey_.items[scopes_.back().item];
            repair = {"Nhóm đang mở là " + quoted(open_item.name) + " (begin_" + expected + "); viết end_" + expected + ".",
                      "What is open here is " + quoted(open_item.name) + " (begin_" + expected + "); write end_" + expected + "."};
        }
        report_.error("group.unmatched_end", table_.place(row, "type"), type,
                      {quoted(type) + " không khớp với begin_" + word + " nào.", quoted(type) + " matches no begin_" + word + "."},
                      std::move(repair));
        // Most likely the wrong word for the group that is open: go on as if it were right.
        if (!expected.empty()) close();
    }

    void report_unclosed(const SurveyItem& item) {
        const std::string word(item.type);
        const Place place = item.row != nullptr ? table_.place(*item.row, "type") : Place{"survey", 0, "type", ""};
        report_.error("group.unclosed", place, "begin_" + word,
                      {"Nhóm " + quoted(item.name) + " mở ra ở đây nhưng không có end_" + word + ".",
                       "The " + word + " " + quoted(item.name) + " opens here and has no end_" + word + "."},
                      {"Thêm một hàng end_" + word + " sau câu hỏi cuối của nhóm.",
                       "Add a row end_" + word + " after the last question of the group."});
    }

    void close() {
        const std::uint32_t item = scopes_.back().item;
        survey_.items[item].end = static_cast<std::uint32_t>(survey_.items.size());
        scopes_.pop_back();
    }

    void read_question(const SheetRow& row, const std::string& type) {
        SurveyItem item;
        item.type = type;
        item.row = &row;
        const bool is_typed = rules_.apply_type(item);
        const bool is_named = begin_item(item, row);
        if (!is_typed) return;
        rules_.apply_columns(item);
        if (!item.select.kind.empty()) apply_table_list(item);
        const SelectType select = item.select;
        const std::string name = item.name;
        if (!is_named) return;
        add(std::move(item));
        if (select.or_other) generate_other(name, select);
    }

    void apply_table_list(SurveyItem& item) {
        std::string& list = scopes_.back().table_list;
        if (list.empty()) return;
        if (list == "?") {
            list = item.select.list;
            SurveyItem header;
            header.type = item.type;
            header.control = item.control;
            header.data_type = item.data_type;
            header.select = item.select;
            header.select.or_other = false;
            header.name = "reserved_name_for_field_list_labels_" + std::to_string(item.row->number);
            header.appearance = {"label"};
            place_inside(header);
            add(std::move(header));
        }
        if (list != item.select.list) {
            report_.error("appearance.table_list", table_.place(*item.row, "type"), item.select.list,
                          {"Các câu trong nhóm table-list phải dùng chung danh sách " + quoted(list) + ".",
                           "The questions of a table-list group must share the list " + quoted(list) + "."},
                          {"Dùng cùng danh sách, hoặc tách câu này ra nhóm khác.", "Use the same list, or move this question to another group."});
        }
        item.appearance = {"list-nolabel"};
    }

    void generate_other(const std::string& name, const SelectType& select) {
        SurveyItem other;
        other.type = "text";
        other.control = "input";
        other.data_type = "string";
        other.name = name + "_other";
        other.relevant.text = "selected(../" + name + ", 'other')";
        place_inside(other);
        for (std::uint32_t language = 0; language < survey_.languages.size(); ++language) {
            other.texts.push_back({"label", language, {words_of("specify_other", language), nullptr, nullptr, nullptr, {}}});
        }
        add(std::move(other));
        for (ChoiceList& list : survey_.lists) {
            const bool has_it = std::any_of(list.choices.begin(), list.choices.end(),
                                            [](const SurveyChoice& choice) { return choice.name == "other"; });
            if (list.name != select.list || has_it) continue;
            SurveyChoice choice;
            choice.name = "other";
            for (std::uint32_t language = 0; language < survey_.languages.size(); ++language) {
                choice.texts.push_back({"label", language, {words_of("other", language), nullptr, nullptr, nullptr, {}}});
            }
            list.choices.push_back(std::move(choice));
        }
    }

    // What the settings columns kiosk:other and kiosk:specify_other say, else ODK's words or theirs in Vietnamese.
    std::string words_of(std::string_view key, std::uint32_t language) const {
        for (const LocalWritten& local : survey_.settings.other) {
            if (local.key == key && local.language == language) return local.written.text;
        }
        const std::string code = ascii_lower(survey_.languages[language].code);
        const bool is_vietnamese = code == "vi" || code.starts_with("vi-") || folded(code).find("viet") != std::string::npos;
        if (key == "other") return is_vietnamese ? "Khác" : "Other";
        return is_vietnamese ? "Xin ghi rõ" : "Specify other.";
    }

    void add(SurveyItem item) {
        item.end = static_cast<std::uint32_t>(survey_.items.size()) + 1;
        survey_.items.push_back(std::move(item));
    }

    const Table& table_;
    const Limits& limits_;
    Survey& survey_;
    Report& report_;
    QuestionRules rules_;
    std::vector<Scope> scopes_;
    std::unordered_map<std::string, std::uint32_t> repeat_names_;
    bool reported_nesting_ = false;
};

}  // namespace

void read_items(const Table& survey_table, const Limits& limits, const std::vector<std::string>& other_sheets,
                Survey& survey, Report& report) {
    ItemsReader(survey_table, limits, other_sheets, survey, report).read();
}

}  // namespace kiosk::forms

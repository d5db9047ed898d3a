// Items that no row spells out.
#include "items_reader.hpp"

#include "fault.hpp"
#include "suggestion.hpp"
#include "unicode.hpp"

#include <algorithm>
#include <utility>

namespace kiosk::forms {
namespace {

bool is_label_or_hint(const LocalWritten& local) { return local.key == "label" || local.key == "hint"; }

bool has_choice(const ChoiceList& list, std::string_view name) {
    return std::ranges::find(list.choices, name, &SurveyChoice::name) != list.choices.end();
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) text.replace(at, what.size(), with);
}

std::string label_of(const SurveyChoice& choice, std::uint32_t language) {
    const LocalWritten* any = nullptr;
    for (const LocalWritten& local : choice.texts) {
        if (local.key != "label") continue;
        if (local.language == language) return local.written.text;
        if (any == nullptr) any = &local;
    }
    return any == nullptr ? choice.name : any->written.text;
}

}  // namespace

// A repeat_count that is more than one reference is computed by a node of its own, as ODK clients expect.
void ItemsReader::generate_count(SurveyItem& repeat) {
    const std::string& text = repeat.repeat_count.text;
    const bool is_reference = text.starts_with("${") && text.find('}') == text.size() - 1;
    if (text.empty() || is_reference) return;
    SurveyItem count;
    count.type = "calculate";
    count.data_type = "string";
    count.name = repeat.name + "_count";
    count.calculation = repeat.repeat_count;
    count.read_only.text = "true()";
    place_inside(count);
    repeat.repeat_count.text = "${" + count.name + "}";
    add_generated(std::move(count), *repeat.row);
}

// table-list is field-list with a header row of labels and bare questions below it.
bool ItemsReader::expand_table_list(SurveyItem& item) {
    const auto table_list = std::ranges::find(item.appearance, "table-list");
    if (table_list == item.appearance.end()) return false;
    item.appearance.erase(table_list);
    if (std::ranges::find(item.appearance, "field-list") == item.appearance.end()) {
        item.appearance.insert(item.appearance.begin(), "field-list");
    }
    return true;
}

// The label of a table-list group becomes a note above the grid.
void ItemsReader::generate_table_label(std::uint32_t group, const SheetRow& row) {
    std::vector<LocalWritten>& texts = survey_.items[group].texts;
    SurveyItem note;
    std::ranges::copy_if(texts, std::back_inserter(note.texts), is_label_or_hint);
    if (note.texts.empty()) return;
    std::erase_if(texts, is_label_or_hint);
    note.type = "note";
    note.control = "input";
    note.data_type = "string";
    note.read_only.text = "true()";
    note.name = "generated_table_list_label_" + std::to_string(row.number);
    place_inside(note);
    add(std::move(note));
}

void ItemsReader::apply_table_list(SurveyItem& item) {
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
                      {"Các câu trong nhóm table-list phải dùng chung danh sách " + in_quotes(list) + ".",
                       "The questions of a table-list group must share the list " + in_quotes(list) + "."},
                      {"Dùng cùng danh sách, hoặc tách câu này ra nhóm khác.", "Use the same list, or move this question to another group."});
    }
    if (!item.choice_filter.empty()) {
        report_.error("appearance.table_list_filter", item.choice_filter.place(), item.choice_filter.text,
                      {"Câu trong nhóm table-list không dùng được choice_filter: các câu chung một hàng lựa chọn.",
                       "A question of a table-list group cannot have a choice_filter: the questions share one row of choices."},
                      {"Xoá ô này, hoặc bỏ table-list ở nhóm.", "Clear this cell, or remove table-list from the group."});
    }
    item.appearance = {"list-nolabel"};
}

void ItemsReader::generate_other(const std::string& name, const SelectType& select) {
    SurveyItem other;
    other.type = "text";
    other.control = "input";
    other.data_type = "string";
    other.name = name + "_other";
    other.relevant.text = "selected(../" + name + ", 'other')";
    other.texts = generated_texts("specify_other");
    place_inside(other);
    add_generated(std::move(other), *survey_.items.back().row);
    add_choice(select, "other");
}

// add_none_option: "none of these", which excludes the others.
void ItemsReader::generate_none(SurveyItem& item) {
    if (!survey_.settings.add_none_option || item.select.kind != "select_multiple") return;
    add_choice(item.select, "none");
    const std::string rule = "(. = 'none' or not(selected(., 'none')))";
    item.constraint.text = item.constraint.empty() ? rule : "(" + item.constraint.text + ") and " + rule;
}

void ItemsReader::add_choice(const SelectType& select, std::string_view name) {
    for (ChoiceList& list : survey_.lists) {
        if (list.name != select.list || list.is_external != select.external || has_choice(list, name)) continue;
        SurveyChoice choice;
        choice.name = name;
        choice.texts = generated_texts(name);
        list.choices.push_back(std::move(choice));
    }
}

std::vector<LocalWritten> ItemsReader::generated_texts(std::string_view key) const {
    std::vector<LocalWritten> texts;
    for (std::uint32_t language = 0; language < survey_.languages.size(); ++language) {
        texts.push_back({"label", language, {words_of(key, language), nullptr, nullptr, nullptr, {}}});
    }
    return texts;
}

// What the settings columns kiosk:other and kiosk:specify_other say, else ODK's words or theirs in Vietnamese.
std::string ItemsReader::words_of(std::string_view key, std::uint32_t language) const {
    for (const LocalWritten& local : survey_.settings.other) {
        if (local.key == key && local.language == language) return local.written.text;
    }
    const std::string code = ascii_lower(survey_.languages[language].code);
    const bool is_vietnamese = code == "vi" || code.starts_with("vi-") || fold(code).find("viet") != std::string::npos;
    if (key == "other") return is_vietnamese ? "Khác" : "Other";
    if (key == "none") return is_vietnamese ? "Không có" : "None";
    return is_vietnamese ? "Xin ghi rõ" : "Specify other.";
}

// A name that the rows take as well would make two nodes of one name.
void ItemsReader::add_generated(SurveyItem item, const SheetRow& row) {
    const auto [first, is_new] = scopes_.back().names.try_emplace(item.name, row.number);
    if (!is_new) {
        report_.error("name.duplicate", table_.place(row, "name"), item.name,
                      {"Hàng này sinh ra câu hỏi " + in_quotes(item.name) + ", mà tên đó đã dùng ở hàng " + std::to_string(first->second) + ".",
                       "This row makes a question " + in_quotes(item.name) + ", and that name is already used in row " +
                           std::to_string(first->second) + "."},
                      {"Đổi tên câu ở hàng " + std::to_string(first->second) + ".", "Rename the question in row " + std::to_string(first->second) + "."});
        return;
    }
    add(std::move(item));
}

ItemsReader::Row ItemsReader::read_loop(Row begin, Row last) {
    const std::string type = table_.value(*begin, "type");
    const std::string list_name = loop_list(type);
    Row end = begin + 1;
    for (int depth = 1; end != last; ++end) {
        const Structure structure = find_structure(table_.value(*end, "type"));
        if (structure == Structure::begin_loop) ++depth;
        if (structure == Structure::end_loop && --depth == 0) break;
    }
    const ChoiceList* list = survey_.list(list_name);
    if (list == nullptr) {
        std::vector<std::string> names;
        for (const ChoiceList& one : survey_.lists) names.push_back(one.name);
        report_.error(list_name.empty() ? "type.no_list" : "list.unknown", table_.place(*begin, "type"), type,
                      {"Không có danh sách " + in_quotes(list_name) + " ở trang choices.", "There is no list " + in_quotes(list_name) + " in the sheet choices."},
                      did_you_mean(nearest(list_name, names), {"Viết begin_loop over TÊN_DANH_SÁCH.", "Write begin_loop over LIST."}));
    }
    open(*begin, ItemKind::group);
    if (list != nullptr) {
        const std::vector<SurveyChoice> choices = list->choices;  // the rows may add to the list
        for (const SurveyChoice& choice : choices) {
            if (choice.name != "none" && !is_stopped_) read_copy(begin, end, choice);
        }
    }
    if (end == last && !is_stopped_) report_.error("group.unclosed", table_.place(*begin, "type"), type,
                                   {"Vòng lặp mở ra ở đây nhưng không có end_loop.", "The loop opens here and has no end_loop."},
                                   {"Thêm một hàng end_loop sau câu hỏi cuối.", "Add a row end_loop after its last question."});
    close();
    return end;
}

void ItemsReader::read_copy(Row begin, Row end, const SurveyChoice& choice) {
    loop_choices_.push_back(&choice);
    open_copy(*begin, choice);
    const std::size_t outer_floor = std::exchange(floor_, scopes_.size());
    read_rows(begin + 1, end);
    while (scopes_.size() > floor_) {
        if (!is_stopped_) report_unclosed(survey_.items[scopes_.back().item]);
        close();
    }
    floor_ = outer_floor;
    close();
    loop_choices_.pop_back();
}

void ItemsReader::open_copy(const SheetRow& row, const SurveyChoice& choice) {
    SurveyItem item;
    item.kind = ItemKind::group;
    item.type = "group";
    item.row = &row;
    item.name = choice.name;
    item.texts = choice.texts;
    if (!is_xml_name(item.name)) {
        report_.error("name.invalid", choice.cell.place(), item.name,
                      {"Mã lựa chọn " + in_quotes(item.name) + " được dùng làm tên nhóm trong begin_loop nhưng không hợp lệ.",
                       "The choice name " + in_quotes(item.name) + " serves as a group's name in begin_loop and is not valid."},
                      {"Bắt đầu bằng chữ hoặc _, sau đó chỉ dùng chữ, số, _ - . .", "Begin with a letter or _, then use only letters, digits, _ - . ."});
    }
    place_inside(item);
    check_nesting(row);
    if (survey_.items.size() >= limits_.questions) {
        stop(limit_fault("questions", limits_.questions, {"Số câu hỏi", "The number of questions"}), row);
    }
    const auto index = static_cast<std::uint32_t>(survey_.items.size());
    const std::string path = item.path;
    add(std::move(item));
    scopes_.push_back({index, path, {}, {}, {}});
}

void ItemsReader::substitute_name(SurveyItem& item) const {
    for (const SurveyChoice* choice : loop_choices_) replace_all(item.name, "%(name)s", choice->name);
}

// %(name)s and %(label)s in what is copied for each choice.
void ItemsReader::substitute(SurveyItem& item) const {
    for (auto choice = loop_choices_.rbegin(); choice != loop_choices_.rend(); ++choice) {
        for (LocalWritten& local : item.texts) {
            replace_all(local.written.text, "%(name)s", (*choice)->name);
            replace_all(local.written.text, "%(label)s", label_of(**choice, local.language));
        }
        for (Written* cell : {&item.relevant, &item.constraint, &item.required, &item.read_only, &item.calculation, &item.default_value,
                              &item.choice_filter, &item.repeat_count}) {
            replace_all(cell->text, "%(name)s", (*choice)->name);
        }
    }
}

}  // namespace kiosk::forms

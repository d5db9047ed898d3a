#include "survey.hpp"

#include "suggestion.hpp"
#include "unicode.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace kiosk::forms {
namespace {

class ChoicesReader {
  public:
    ChoicesReader(const Table& table, bool is_external, Survey& survey, Report& report)
        : table_(table), is_external_(is_external), survey_(survey), report_(report) {}

    void read() {
        if (!check_headers()) return;
        for (const SheetRow& row : table_.rows()) read_row(row);
        for (ChoiceList& list : survey_.lists) {
            list.needs_itext = std::any_of(list.choices.begin(), list.choices.end(), [&](const SurveyChoice& choice) {
                return std::any_of(choice.texts.begin(), choice.texts.end(), [&](const LocalWritten& local) {
                    return survey_.languages.size() > 1 || local.key != "label" ||
                           local.written.text.find("${") != std::string::npos;
                });
            });
        }
    }

  private:
    bool check_headers() {
        bool is_complete = true;
        for (const std::string_view key : {"list_name", "name"}) {
            if (table_.has_key(key)) continue;
            is_complete = false;
            std::vector<std::string> headers;
            for (const Column& column : table_.columns()) headers.push_back(column.header);
            const std::string suggestion = nearest(key, headers);
            report_.error("column.missing", {table_.sheet_name(), table_.header_row(), std::string(key), ""}, suggestion,
                          {"Trang " + table_.sheet_name() + " thiếu cột " + in_quotes(key) + ".", "The sheet " + table_.sheet_name() + " has no column " + in_quotes(key) + "."},
                          suggestion.empty()
                              ? core::Words{"Thêm cột " + in_quotes(key) + " vào hàng tiêu đề.", "Add the column " + in_quotes(key) + " to the header row."}
                              : core::Words{"Đổi tên cột " + in_quotes(suggestion) + " thành " + in_quotes(key) + ".",
                                            "Rename the column " + in_quotes(suggestion) + " to " + in_quotes(key) + "."});
        }
        for (const Column& column : table_.columns()) {
            if (!find_column("choices", column.key).empty() || is_xml_name(column.key)) continue;
            report_.warning("column.bad_name", table_.header_place(column), column.header,
                            {"Tên cột " + in_quotes(column.header) + " không dùng được trong choice_filter nên cột này bị bỏ qua.",
                             "The column name " + in_quotes(column.header) + " cannot be used in choice_filter, so the column is ignored."},
                            {"Nếu cần dùng: bắt đầu bằng chữ, chỉ dùng chữ, số, _ - . ; thay dấu cách bằng _.",
                             "If it is needed: begin with a letter, use only letters, digits, _ - . ; write _ for a space."});
        }
        return is_complete;
    }

    ChoiceList& list(const std::string& name) {
        const auto [at, is_new] = list_index_.try_emplace(name, survey_.lists.size());
        if (is_new) {
            survey_.lists.push_back({name, {}, false, is_external_, free_instance(name)});
        }
        return survey_.lists[at->second];
    }

    // A list of external_choices may be called as one of choices is.
    std::string free_instance(std::string name) const {
        while (std::ranges::find(survey_.lists, name, &ChoiceList::instance) != survey_.lists.end()) name += "_external";
        return name;
    }

    void read_row(const SheetRow& row) {
        const std::string list_name = table_.value(row, "list_name");
        SurveyChoice choice;
        choice.cell = written(table_, row, "name");
        choice.name = straight_quotes(choice.cell.text);
        choice.texts = local_texts(table_, row, survey_);
        if (list_name.empty()) {
            if (choice.name.empty()) return;  // a heading or a note between lists
            report_.warning("choice.no_list", table_.place(row, "list_name"), choice.name,
                            {"Lựa chọn " + in_quotes(choice.name) + " không thuộc danh sách nào nên bị bỏ qua.",
                             "The choice " + in_quotes(choice.name) + " belongs to no list, so it is ignored."},
                            {"Điền cột list_name.", "Fill in the column list_name."});
            return;
        }
        ChoiceList& target = list(list_name);
        check_choice(row, list_name, choice);
        if (choice.name.empty()) return;
        for (const Column& column : table_.columns()) {
            if (!find_column("choices", column.key).empty() || !is_xml_name(column.key)) continue;
            std::string text = table_.value(row, column);
            if (!text.empty()) choice.extra.emplace_back(column.key, std::move(text));
        }
        target.choices.push_back(std::move(choice));
    }

    void check_choice(const SheetRow& row, const std::string& list_name, const SurveyChoice& choice) {
        if (choice.name.empty()) {
            report_.error("choice.no_name", table_.place(row, "name"), list_name,
                          {"Lựa chọn này của danh sách " + in_quotes(list_name) + " chưa có tên (mã).",
                           "This choice of the list " + in_quotes(list_name) + " has no name."},
                          {"Điền cột name bằng một mã ngắn, không dấu cách, ví dụ rat_tot.",
                           "Fill in the column name with a short code without spaces, such as rat_tot."});
            return;
        }
        const bool has_label = std::any_of(choice.texts.begin(), choice.texts.end(), [](const LocalWritten& local) {
            return local.key == "label" || local.key == "image" || local.key == "audio";
        });
        if (!has_label) {
            report_.warning("choice.no_label", table_.place(row, "label"), choice.name,
                            {"Lựa chọn " + in_quotes(choice.name) + " chưa có nhãn; người dân sẽ thấy mã.",
                             "The choice " + in_quotes(choice.name) + " has no label; visitors would see its name."},
                            {"Điền cột label.", "Fill in the column label."});
        }
        auto& seen = names_[list_name];
        const auto [first, is_new] = seen.try_emplace(choice.name, row.number);
        if (!is_new && !survey_.settings.allow_choice_duplicates) {
            report_.error("choice.duplicate", table_.place(row, "name"), choice.name,
                          {"Danh sách " + in_quotes(list_name) + " đã có lựa chọn tên " + in_quotes(choice.name) + " ở hàng " +
                               std::to_string(first->second) + ".",
                           "The list " + in_quotes(list_name) + " already has a choice named " + in_quotes(choice.name) +
                               " in row " + std::to_string(first->second) + "."},
                          {"Đặt tên khác, hoặc đặt allow_choice_duplicates = yes ở trang settings nếu cố ý.",
                           "Give it another name, or set allow_choice_duplicates = yes in settings if it is meant."});
        }
    }

    const Table& table_;
    bool is_external_;
    Survey& survey_;
    Report& report_;
    std::unordered_map<std::string, std::size_t> list_index_;
    std::unordered_map<std::string, std::unordered_map<std::string, std::uint32_t>> names_;  // of each list: name → row
};

}  // namespace

void read_choices(const Table& choices, bool is_external, Survey& survey, Report& report) {
    if (choices.is_present() && !choices.rows().empty()) ChoicesReader(choices, is_external, survey, report).read();
}

}  // namespace kiosk::forms

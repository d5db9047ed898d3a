#include "survey_instances.hpp"

#include "unicode.hpp"

#include <unordered_map>

namespace kiosk::forms {
namespace {

// "xa.csv" → "xa"
std::string stem(std::string_view file) { return std::string(file.substr(0, file.rfind('.'))); }

std::string source_of(std::string_view file) {
    return (ascii_lower(file).ends_with(".csv") ? "jr://file-csv/" : "jr://file/") + std::string(file);
}

// "jr://file-csv/xa.csv" → "xa.csv"
std::string_view file_of(std::string_view source) { return source.substr(source.rfind('/') + 1); }

Place type_place(const SurveyItem& item) { return item.type_cell.place(); }

class InstanceFinder {
  public:
    InstanceFinder(const Survey& survey, Report& report) : survey_(survey), report_(report) {}

    std::vector<SurveyInstance> find() {
        for (const ChoiceList& list : survey_.lists) add({list.instance, "", &list, {}});
        for (std::uint32_t i = 0; i < survey_.items.size(); ++i) {
            const SurveyItem& item = survey_.items[i];
            if (item.select.from_file) add({stem(item.select.list), source_of(item.select.list), nullptr, item.type_cell});
            if (item.type == "csv-external" || item.type == "xml-external") add_declared(i);
            for (const Written* cell : {&item.calculation, &item.relevant, &item.constraint, &item.required, &item.read_only,
                                        &item.default_value, &item.choice_filter}) {
                add_pulled(*cell);
            }
        }
        return std::move(found_);
    }

  private:
    void add(SurveyInstance instance) {
        const auto [known, is_new] = by_id_.try_emplace(instance.id, found_.size());
        if (is_new) {
            found_.push_back(std::move(instance));
            return;
        }
        const SurveyInstance& first = found_[known->second];
        if (first.source != instance.source) report_clash(first, instance);
    }

    void report_clash(const SurveyInstance& first, const SurveyInstance& second) {
        const core::Words other = first.list != nullptr
                                      ? core::Words{"danh sách " + in_quotes(first.id) + " ở trang choices", "the list " + in_quotes(first.id) + " of the sheet choices"}
                                      : core::Words{"tệp " + in_quotes(file_of(first.source)), "the file " + in_quotes(file_of(first.source))};
        report_.error("instance.duplicate", second.cell.place(), second.id,
                      {"Tên " + in_quotes(second.id) + " vừa chỉ tệp " + in_quotes(file_of(second.source)) + " vừa chỉ " + other.vi + ".",
                       "The name " + in_quotes(second.id) + " stands both for the file " + in_quotes(file_of(second.source)) + " and for " + other.en + "."},
                      {"Đổi tên tệp hoặc danh sách để mỗi tên chỉ một thứ.", "Rename the file or the list, so that each name stands for one thing."});
    }

    // A file declared by a row of its own: outside repeats, and once.
    void add_declared(std::uint32_t index) {
        const SurveyItem& item = survey_.items[index];
        const Place place = type_place(item);
        for (std::uint32_t at = item.parent; at != kNone; at = survey_.items[at].parent) {
            if (survey_.items[at].kind != ItemKind::repeat) continue;
            report_.error("instance.in_repeat", place, item.name,
                          {"Tệp ngoài " + in_quotes(item.name) + " không khai báo được bên trong nhóm lặp " + in_quotes(survey_.items[at].name) + ".",
                           "The external file " + in_quotes(item.name) + " cannot be declared inside the repeat " + in_quotes(survey_.items[at].name) + "."},
                          {"Chuyển hàng này ra ngoài begin_repeat … end_repeat.", "Move this row out of begin_repeat … end_repeat."});
            return;
        }
        const auto [first, is_new] = declared_.try_emplace(item.name, index);
        if (!is_new) {
            const Place other = type_place(survey_.items[first->second]);
            report_.error("instance.duplicate", place, item.name,
                          {"Tệp ngoài " + in_quotes(item.name) + " đã được khai báo ở ô " + other.cell + ".",
                           "The external file " + in_quotes(item.name) + " is already declared in " + other.cell + "."},
                          {"Xoá một trong hai hàng.", "Remove one of the two rows."});
            return;
        }
        add({item.name, source_of(item.name + (item.type == "csv-external" ? ".csv" : ".xml")), nullptr, item.type_cell});
    }

    // pulldata('members', …) reads members.csv.
    void add_pulled(const Written& cell) {
        constexpr std::string_view kCall = "pulldata(";
        const std::string_view xpath = cell.xpath;
        for (std::size_t at = 0; (at = xpath.find(kCall, at)) != std::string_view::npos; at += kCall.size()) {
            const std::string_view argument = trimmed(xpath.substr(at + kCall.size()));
            if (argument.empty() || (argument[0] != '\'' && argument[0] != '"')) continue;
            const std::size_t close = argument.find(argument[0], 1);
            if (close == std::string_view::npos || close == 1) continue;
            const std::string name(trimmed(argument.substr(1, close - 1)));
            add({name, source_of(name + ".csv"), nullptr, cell});
        }
    }

    const Survey& survey_;
    Report& report_;
    std::vector<SurveyInstance> found_;
    std::unordered_map<std::string, std::size_t> by_id_;
    std::unordered_map<std::string, std::uint32_t> declared_;
};

}  // namespace

std::string instance_of(const Survey& survey, const SurveyItem& item) {
    if (item.select.from_file) return stem(item.select.list);
    const ChoiceList* list = survey.list(item.select);
    return list == nullptr ? item.select.list : list->instance;
}

std::vector<SurveyInstance> find_instances(const Survey& survey, Report& report) { return InstanceFinder(survey, report).find(); }

}  // namespace kiosk::forms

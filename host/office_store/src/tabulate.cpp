#include "tabulate.hpp"

#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace kiosk::office_store {
namespace {

template <class Number>
Value number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

// A calculation may give 3.0 where its form promises an integer.
Value integer_of(std::string_view text) {
    const Value exact = number<std::int64_t>(text);
    if (!std::holds_alternative<std::monostate>(exact)) return exact;
    const Value decimal = number<double>(text);
    const auto* value = std::get_if<double>(&decimal);
    constexpr double kExactUpTo = 9007199254740992.0;
    if (value == nullptr || std::trunc(*value) != *value || std::abs(*value) > kExactUpTo) return {};
    return static_cast<std::int64_t>(*value);
}

Value decimal_of(std::string_view text) {
    const Value value = number<double>(text);
    const auto* decimal = std::get_if<double>(&value);
    return decimal != nullptr && std::isfinite(*decimal) ? value : Value{};
}

// What is no number in a column of numbers is left out of it; the document beside it keeps it.
Value value_of(std::string_view text, core::AnswerType type) {
    if (text.empty()) return {};
    if (type == core::AnswerType::integer) return integer_of(text);
    if (type == core::AnswerType::decimal) return decimal_of(text);
    return text;
}

class Tabulator {
  public:
    Tabulator(const forms::Submission& submission, const DefinitionPlan& plan)
        : elements_(submission.elements), plan_(plan), open_row_(plan.tables.size()) {}

    std::vector<TabulatedRow> run(std::string_view key) {
        open_row_[0] = add_row(0, std::string(key), "", 1);
        path_ = "/" + elements_[0].name;
        descend(0, 0, path_.size());
        return std::move(rows_);
    }

  private:
    std::size_t add_row(std::size_t table, std::string key, std::string parent, std::int64_t position) {
        rows_.push_back({table, std::move(key), std::move(parent), position,
                         std::vector<Value>(plan_.tables[table].question_columns.size())});
        return rows_.size() - 1;
    }

    // The children of an element. `row` is the innermost row open; its own path is path_'s first `row_path` bytes.
    void descend(std::size_t element, std::size_t row, std::size_t row_path) {
        for (std::size_t child = element + 1; child < elements_[element].end; child = elements_[child].end) {
            const std::size_t length = path_.size();
            path_ += '/';
            path_ += elements_[child].name;
            if (const auto repeat = plan_.repeats.find(path_); repeat != plan_.repeats.end())
                take_instance(child, repeat->second, row, row_path);
            else if (elements_[child].end == child + 1)
                take_value(elements_[child]);
            else
                descend(child, row, row_path);
            path_.resize(length);
        }
    }

    void take_instance(std::size_t element, std::size_t table, std::size_t row, std::size_t row_path) {
        const std::string parent = rows_[row].key;
        const std::int64_t position = ++instances_[{row, table}];
        std::string key = parent + path_.substr(row_path) + "[" + std::to_string(position) + "]";
        const std::size_t own = add_row(table, std::move(key), parent, position);
        const auto before = std::exchange(open_row_[table], own);
        descend(element, own, path_.size());
        open_row_[table] = before;
    }

    void take_value(const forms::SubmissionElement& element) {
        const auto found = plan_.columns.find(path_);
        if (found == plan_.columns.end()) return;
        const PlannedColumn& column = found->second;
        if (!open_row_[column.table]) return;
        rows_[*open_row_[column.table]].answers[column.column] = value_of(element.value, column.type);
    }

    const std::vector<forms::SubmissionElement>& elements_;
    const DefinitionPlan& plan_;
    std::vector<std::optional<std::size_t>> open_row_;                      // by table
    std::map<std::pair<std::size_t, std::size_t>, std::int64_t> instances_;  // so far, by row and table
    std::vector<TabulatedRow> rows_;
    std::string path_;
};

}  // namespace

std::vector<TabulatedRow> tabulate(const forms::Submission& submission, const DefinitionPlan& plan, std::string_view key) {
    if (submission.elements.empty() || plan.tables.empty()) return {};
    return Tabulator(submission, plan).run(key);
}

}  // namespace kiosk::office_store

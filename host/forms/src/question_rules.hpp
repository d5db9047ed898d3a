// QuestionRules: what its type asks of a question, and what its columns say: list, parameters, appearance, default, trigger.
//
// Part of read_items(). Refers to what it is given; reports what is wrong and goes on.
#pragma once

#include "survey.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

class QuestionRules {
  public:
    QuestionRules(const Table& table, const std::vector<std::string>& other_sheets, Survey& survey, Report& report)
        : table_(table), other_sheets_(other_sheets), survey_(survey), report_(report) {}

    // False if the row cannot become a question.
    bool apply_type(SurveyItem& item);
    void apply_columns(SurveyItem& item);

  private:
    using Range = std::array<double, 3>;  // start, end, step

    bool apply_select(SurveyItem& item);
    void check_audit(const SurveyItem& item);
    void check_list(SurveyItem& item);
    void check_file(const SurveyItem& item);
    void report_no_list(const SurveyItem& item);
    void check_choice_names(const SurveyItem& item);
    void settle_control(SurveyItem& item);
    void read_appearance(SurveyItem& item);
    void check_appearance(SurveyItem& item);
    void take_search(SurveyItem& item, std::string& appearance);
    void report_search(const SurveyItem& item, std::string_view call);
    void read_attributes(SurveyItem& item);
    void read_trigger(SurveyItem& item);
    void read_default(SurveyItem& item);
    void check_refused_columns(SurveyItem& item);
    void read_parameters(SurveyItem& item);
    void take_parameter(SurveyItem& item, std::string_view word);
    void report_unknown_parameter(const SurveyItem& item, const std::string& name);
    void check_range(SurveyItem& item);
    void check_step(const SurveyItem& item, const Range& range);
    void check_ticks(const SurveyItem& item, const Range& range);
    void check_tick_labels(const SurveyItem& item, const Range& range, double interval);
    void check_select_parameters(SurveyItem& item);
    void report_parameter(const SurveyItem& item, std::string code, const std::string& text, core::Words message, core::Words repair);
    Place type_place(const SurveyItem& item) const;

    const Table& table_;
    const std::vector<std::string>& other_sheets_;
    Survey& survey_;
    Report& report_;
};

// Whether a default is an expression rather than a value: it calls, computes, selects or refers.
bool is_dynamic_default(std::string_view text, std::string_view type);

// "${name}" and nothing else.
bool is_reference(std::string_view text);
std::vector<std::string> list_names(const Survey& survey, bool is_external);

}  // namespace kiosk::forms

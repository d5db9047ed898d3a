// References: turns ${name} into paths, as other XLSForm programs do: absolute, or relative between questions of the same
// repeat; and checks every expression of a Survey: its syntax, its names, and that none needs itself.
//
// Works on the Survey given, filling in Written::xpath. Findings go to the Report.
#pragma once

#include "parsed_expressions.hpp"
#include "survey.hpp"
#include "survey_instances.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kiosk::forms {

class References {
  public:
    References(Survey& survey, ParsedExpressions& expressions, const Limits& limits, Report& report);

    // Everything in the survey.
    void resolve_all();

    // That the expressions ask only for instances the form has.
    void check_instances(const std::vector<SurveyInstance>& instances);

    // A label's pieces, ${name} as outputs. context: the item shown, kNone for a choice's label.
    TextTemplate pieces(const Written& text, std::uint32_t context);
    // The item a name means, or kNone; without a finding.
    std::uint32_t find(std::string_view name) const;
    // Path of target as seen from context (an item, or kNone for the root).
    std::string path(std::uint32_t context, std::uint32_t target, bool in_predicate) const;

  private:
    // Where a piece of the XPath came from in the cell.
    struct Segment {
        std::size_t xpath_offset, xpath_length, cell_offset, cell_length;
    };
    struct Scan;

    void resolve_item(std::uint32_t index);
    void resolve_texts(const std::vector<LocalWritten>& texts);
    void count_reference(std::uint32_t target, const Written& cell);
    std::string nearest_name(std::string_view name) const;
    void resolve_select(std::uint32_t index);
    void resolve_triggers(std::uint32_t index);
    void report_group_trigger(const SurveyItem& item, const std::string& name);
    void report_unseen_trigger(const SurveyItem& item, const std::string& name);
    // over: the repeat whose instances a predicate is asked of; kNone: it is no predicate, or one over something else.
    void resolve(Written& cell, std::uint32_t context, std::string_view column, bool is_predicate = false, std::uint32_t over = kNone);
    void resolve_attribute(std::string& text, std::uint32_t context);
    std::uint32_t repeat_of_choices(std::uint32_t index);
    void check(Written& cell, std::string_view column, const std::vector<Segment>& segments);
    void report_cycles();
    void add_dependencies(std::uint32_t index, const Written& cell, std::vector<std::uint32_t>& needs);
    void check_instances(const Written& cell, const std::vector<std::string>& ids);
    std::uint32_t resolve_name(std::string_view inside, const Place& place);
    std::uint32_t find_path(std::uint32_t context, std::string_view path) const;

    Survey& survey_;
    ParsedExpressions& expressions_;
    Report& report_;
    std::size_t most_reference_bytes_, reference_bytes_ = 0;
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_name_;
    std::unordered_map<std::string, std::uint32_t> by_path_;
};

}  // namespace kiosk::forms

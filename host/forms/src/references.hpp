// References: turns ${name} into paths, as other XLSForm programs do: absolute, or relative between questions of the same
// repeat; and checks every expression of a Survey: its syntax, its names, and that none needs itself.
//
// Works on the Survey given, filling in Written::xpath. Findings go to the Report.
#pragma once

#include "survey.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kiosk::forms {

class References {
  public:
    References(Survey& survey, Report& report);

    // Everything in the survey.
    void resolve_all();

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
    void resolve_texts(const std::vector<LocalWritten>& texts, std::uint32_t context);
    void resolve_select(std::uint32_t index);
    void resolve_triggers(std::uint32_t index);
    void resolve(Written& cell, std::uint32_t context, bool is_predicate, std::string_view column);
    void check(Written& cell, std::string_view column, const std::vector<Segment>& segments);
    void report_cycles();
    void add_dependencies(std::uint32_t index, const Written& cell, std::vector<std::uint32_t>& needs) const;
    std::uint32_t resolve_name(std::string_view inside, const Place& place);
    std::uint32_t find_path(std::uint32_t context, std::string_view path) const;

    Survey& survey_;
    Report& report_;
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_name_;
    std::unordered_map<std::string, std::uint32_t> by_path_;
};

}  // namespace kiosk::forms

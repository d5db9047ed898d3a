// ItemsReader: the rows of the sheet survey become the items of a Survey, with those that the rows only imply: counts,
// the parts of a table-list, the question behind or_other, the copies of a loop.
//
// Part of read_items(). Refers to what it is given.
#pragma once

#include "question_rules.hpp"
#include "survey.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kiosk::forms {

class ItemsReader {
  public:
    ItemsReader(const Table& table, const Limits& limits, const std::vector<std::string>& other_sheets, Survey& survey, Report& report);

    void read();

  private:
    struct Scope {
        std::uint32_t item;                                   // kNone: the survey itself
        std::string path;
        std::unordered_map<std::string, std::uint32_t> names; // → row
        std::unordered_map<std::string, std::string> lower;   // lower case → as written
        std::string table_list;                               // of a table-list group: "?" until its first select says
    };
    using Row = std::vector<SheetRow>::const_iterator;

    bool check_headers();
    void read_rows(Row first, Row last);
    void read_row(const SheetRow& row);
    bool take_setting(const SheetRow& row, const std::string& type);
    void read_question(const SheetRow& row, const std::string& type);
    void report_no_type(const SheetRow& row, const std::string& name);

    // The path, name and texts an item has whatever its type. False if its name will not do.
    bool begin_item(SurveyItem& item, const SheetRow& row);
    bool check_name(const SurveyItem& item, const SheetRow& row);
    bool check_repeat_name(const SurveyItem& item, const SheetRow& row, const Place& place);
    void place_inside(SurveyItem& item) const;
    void add(SurveyItem item);
    void add_generated(SurveyItem item, const SheetRow& row);

    void open(const SheetRow& row, ItemKind kind);
    void end(const SheetRow& row, ItemKind kind, const std::string& type);
    void close();
    void check_nesting(const SheetRow& row);
    void check_group_label(const SurveyItem& item);
    void stop(Finding fault, const SheetRow& row);
    void report_unclosed(const SurveyItem& item);

    // begin_loop over LIST … end_loop: a group with a group for each choice, the rows between in each of them. Returns the
    // row of end_loop, or last if there is none.
    Row read_loop(Row begin, Row last);
    void read_copy(Row begin, Row end, const SurveyChoice& choice);
    void open_copy(const SheetRow& row, const SurveyChoice& choice);
    void substitute(SurveyItem& item) const;
    void substitute_name(SurveyItem& item) const;

    void generate_count(SurveyItem& repeat);
    bool expand_table_list(SurveyItem& item);
    void generate_table_label(std::uint32_t group, const SheetRow& row);
    void apply_table_list(SurveyItem& item);
    void generate_other(const std::string& name, const SelectType& select);
    void generate_none(SurveyItem& item);
    void add_choice(const SelectType& select, std::string_view name);
    std::vector<LocalWritten> generated_texts(std::string_view key) const;
    std::string words_of(std::string_view key, std::uint32_t language) const;

    const Table& table_;
    const Limits& limits_;
    Survey& survey_;
    Report& report_;
    QuestionRules rules_;
    std::vector<Scope> scopes_;
    std::size_t floor_ = 1;                                   // scopes that an end_… row may not close
    std::vector<const SurveyChoice*> loop_choices_;           // innermost last
    std::unordered_map<std::string, std::uint32_t> repeat_names_;
    std::size_t path_bytes_ = 0;
    bool is_stopped_ = false;                                 // a limit was passed: what follows is not read
};

}  // namespace kiosk::forms

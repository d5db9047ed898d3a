// Form versions the store knows: each is read once, its questions, choices and labels written into tables, and the
// tables and columns its answers need are made.
#pragma once

#include "database.hpp"

#include <kiosk/core/response.hpp>
#include <kiosk/office_store/office_store.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::office_store {

struct PlannedColumn {
    std::size_t table = 0;               // index into DefinitionPlan::tables
    std::size_t column = 0;              // index into its question_columns
    core::AnswerType type = core::AnswerType::text;
};

struct PlannedTable {
    std::string name;
    std::string repeat_path;             // empty: the form's own table, which is tables[0]
    std::vector<std::string> question_columns;
};

// Where the elements of a submission go.
struct DefinitionPlan {
    bool readable = false;               // false: answers are kept as documents only
    std::vector<PlannedTable> tables;
    std::map<std::string, PlannedColumn, std::less<>> columns;   // by path
    std::map<std::string, std::size_t, std::less<>> repeats;     // by path, to a table
};

// What every row of a form's table begins with, and of a repeat's table.
const std::vector<std::string>& form_row_columns();
const std::vector<std::string>& repeat_row_columns();

// Makes the version known if it is not. In a transaction of its own, before any answer needs it.
core::Result<void> ensure_definition(Database& database, const DefinitionReader& reader, const core::FormVersion& form,
                                     std::string_view xml);
core::Result<DefinitionPlan> load_plan(Database& database, const core::Sha256& definition);

}  // namespace kiosk::office_store

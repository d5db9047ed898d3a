// The forms of an activity with their versions united: what AnswerTables::forms() gives, and where its columns lie.
#pragma once

#include "database.hpp"

#include <kiosk/core/answer_tables.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::office_store {

struct SqlTable {
    std::string name;
    std::vector<std::string> columns;    // in the order of AnswerTable::columns
};

struct UnitedForm {
    core::AnswerForm form;
    std::vector<SqlTable> tables;        // in the order of AnswerForm::tables
};

// Versions in their natural order ("2" before "10"). A column of a later version stands behind the one it follows there;
// labels and choices are those of the newest version that has them. The same store gives the same order, always.
core::Result<std::vector<UnitedForm>> united_forms(Database& database, std::string_view activity);

// One definition only, as its activity uses it: for summaries by version.
struct VersionedForm {
    UnitedForm united;
    std::string version, title;
};
core::Result<std::vector<VersionedForm>> forms_by_version(Database& database, std::string_view activity);

}  // namespace kiosk::office_store

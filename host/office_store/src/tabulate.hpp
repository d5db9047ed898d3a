// One submission as rows of its form's tables. Pure.
#pragma once

#include "database.hpp"
#include "definitions.hpp"

#include <kiosk/forms/submission.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace kiosk::office_store {

struct TabulatedRow {
    std::size_t table = 0;               // index into DefinitionPlan::tables
    std::string key;                     // "uuid:…/member[1]"
    std::string parent_key;              // empty in the form's own table
    std::int64_t position = 0;           // 1, 2, … among its siblings in the repeat
    std::vector<Value> answers;          // as question_columns; text points into the submission
};

// The form's own row first. What the plan has no column for is left out: the document is kept whole beside it.
std::vector<TabulatedRow> tabulate(const forms::Submission& submission, const DefinitionPlan& plan, std::string_view key);

}  // namespace kiosk::office_store

// The rows of one form's table, in the order of their keys. Where the engine allows, over a connection of its own, so that
// several may read at once.
#pragma once

#include "answer_forms.hpp"
#include "database.hpp"

namespace kiosk::office_store {

core::Result<std::unique_ptr<core::RowReader>> make_row_reader(Database& database, const UnitedForm& form, std::size_t table,
                                                               const core::AnswerFilter& filter);

}  // namespace kiosk::office_store

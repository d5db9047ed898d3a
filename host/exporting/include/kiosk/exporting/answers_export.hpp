// Answers into files people can use: CSV, XLSX, JSON Lines, ODK submissions. Streams: memory does not grow with rows.
//
// A form's own rows go to ACTIVITY.csv, each repeat's to ACTIVITY-REPEAT.csv (ACTIVITY-FORM… where an activity has several
// forms and none was named). Every file has KEY, a repeat's PARENT_KEY too. Text that a spreadsheet would run as a formula
// is disarmed. Anonymous forms go out without time and in random order. May use threads of its own while it runs.
// Failures: codes export.*, stick.*.
#pragma once

#include <kiosk/core/answer_tables.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace kiosk::exporting {

enum class ExportFormat { csv = 1, xlsx = 2, json_lines = 3, odk = 4 };

// select_multiple: as one column of names, as a column of 0 and 1 for each choice, or both.
enum class MultiSelect { single = 1, split = 2, both = 3 };

struct ExportOptions {
    ExportFormat format = ExportFormat::csv;
    std::string labels;                          // a language's code; empty: codes
    MultiSelect multi = MultiSelect::single;
    bool byte_order_mark = true;                 // of CSV, without which Excel misreads Vietnamese
    core::AnswerFilter filter;
    // Now and then, of each table, from whichever thread is writing, never from two at once: rows so far, and how much of the
    // table that is, 0 to 1. May be empty.
    std::function<void(std::uint64_t rows, double share)> progress;
};

struct ExportedFile {
    std::filesystem::path path;
    std::uint64_t rows = 0;
};

// One form into the folder, which is made if it is not there. `stem` begins every file's name.
core::Result<std::vector<ExportedFile>> export_form(const core::AnswerTables& tables, const core::AnswerForm& form,
                                                    const std::string& stem, const std::filesystem::path& folder,
                                                    const ExportOptions& options);

}  // namespace kiosk::exporting

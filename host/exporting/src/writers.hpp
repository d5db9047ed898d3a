// One writer a format; each writes one form, as export_form() describes. Private to exporting.
#pragma once

#include <kiosk/exporting/answers_export.hpp>

#include <string>
#include <vector>

namespace kiosk::exporting {

using ExportResult = core::Result<std::vector<ExportedFile>>;

// How much of the key space lies before this key: 0 to 1.
double share_of_keys(std::string_view key);

struct ExportJob {
    const core::AnswerTables& tables;
    const core::AnswerForm& form;
    std::string stem;
    std::filesystem::path folder;
    const ExportOptions& options;

    // "STEM.csv", "STEM-member.csv"
    std::filesystem::path path(const std::string& repeat, std::string_view extension) const;
    void tell_progress(std::uint64_t rows, double share) const {
        if (options.progress) options.progress(rows, share);
    }
    // Keys are random and come in their order, so how far along they are says how much is done.
    void tell_progress(std::uint64_t rows, std::string_view key) const {
        if (rows % 8192 == 0 && options.progress) options.progress(rows, share_of_keys(key));
    }
};

ExportResult write_csv(const ExportJob& job);
ExportResult write_json_lines(const ExportJob& job);
ExportResult write_xlsx(const ExportJob& job);
ExportResult write_odk(const ExportJob& job);

}  // namespace kiosk::exporting

#include <kiosk/exporting/answers_export.hpp>

#include "output_file.hpp"
#include "sheet.hpp"
#include "writers.hpp"

#include <charconv>
#include <system_error>

namespace kiosk::exporting {

double share_of_keys(std::string_view key) {
    constexpr std::string_view kBefore = "uuid:";
    constexpr std::size_t kDigits = 4;
    if (key.size() < kBefore.size() + kDigits) return 0;
    unsigned value = 0;
    const char* const digits = key.data() + kBefore.size();
    std::from_chars(digits, digits + kDigits, value, 16);
    return value / 65536.0;
}

std::filesystem::path ExportJob::path(const std::string& repeat, std::string_view extension) const {
    std::string name = stem;
    if (!repeat.empty()) name += "-" + repeat;
    return folder / (name + std::string(extension));
}

core::Result<std::vector<ExportedFile>> export_form(const core::AnswerTables& tables, const core::AnswerForm& form,
                                                    const std::string& stem, const std::filesystem::path& folder,
                                                    const ExportOptions& options) {
    if (!options.labels.empty() && language_index(form, options.labels) == std::string::npos) {
        std::string known;
        for (const std::string& language : form.languages) known += (known.empty() ? "" : ", ") + language;
        return core::Error{"export.no_such_language",
                           {"Biểu mẫu không có ngôn ngữ “" + options.labels + "”. Các ngôn ngữ có sẵn: " + known + ".",
                            "The form has no language \"" + options.labels + "\". It has: " + known + "."}};
    }
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return cannot_write(folder, error.value());
    const ExportJob job{tables, form, stem, folder, options};
    switch (options.format) {
        case ExportFormat::csv: return write_csv(job);
        case ExportFormat::xlsx: return write_xlsx(job);
        case ExportFormat::json_lines: return write_json_lines(job);
        case ExportFormat::odk: return write_odk(job);
    }
    KIOSK_ASSERT(false);
}

}  // namespace kiosk::exporting

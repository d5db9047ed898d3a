// ODK submissions in the folders ODK Briefcase and Central's tools know: STEM/instances/uuid…/submission.xml.
#include "odk_submission.hpp"
#include "output_file.hpp"
#include "sheet.hpp"
#include "writers.hpp"

#include <algorithm>
#include <system_error>

namespace kiosk::exporting {

ExportResult write_odk(const ExportJob& job) {
    const std::filesystem::path instances = job.folder / job.stem / "instances";
    ExportedFile exported{instances, 0};
    const std::vector<std::string> untold = untold_paths(job.form);
    auto written = job.tables.for_each_document(
        job.form, job.options.filter, [&](std::string_view key, std::string_view xml) -> core::Result<void> {
            std::string name(key);
            name.erase(std::remove(name.begin(), name.end(), ':'), name.end());
            std::error_code error;
            std::filesystem::create_directories(instances / name, error);
            if (error) return cannot_write(instances / name, error.value());
            auto file = OutputFile::create(instances / name / "submission.xml");
            if (!file) return file.error();
            file->write(untold.empty() ? std::string(xml) : without_values(xml, untold));
            job.tell_progress(++exported.rows, key);
            return file->finish();
        });
    if (!written) return written.error();
    return std::vector{exported};
}

}  // namespace kiosk::exporting

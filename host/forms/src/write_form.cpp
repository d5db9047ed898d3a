#include <kiosk/forms/write_form.hpp>

#include "csv.hpp"
#include "fault.hpp"
#include "read_sheets.hpp"
#include "sniff.hpp"
#include "xlsx_writer.hpp"

namespace kiosk::forms {

std::variant<core::Bytes, Finding> write_workbook(const ReadFile& folder, const Limits& limits) {
    auto read = sheets_of_folder(folder, limits);
    if (auto* fault = std::get_if<Finding>(&read)) return std::move(*fault);
    const FormSheets& sheets = std::get<FormSheets>(read);
    if (sheets.sheets.empty()) {
        return file_fault("folder.no_sheets", "",
                          {"Thư mục không có survey.csv, choices.csv hay settings.csv.", "The folder has no survey.csv, choices.csv or settings.csv."},
                          {"Chọn đúng thư mục chứa các tệp đó.", "Choose the folder that holds those files."});
    }
    auto bytes = write_xlsx(sheets.sheets);
    if (bytes) return *std::move(bytes);
    return file_fault("workbook.not_written", "", {"Không tạo được sổ tính.", "The workbook could not be made."},
                      {"Máy có thể đã hết bộ nhớ; thử lại.", "The machine may be out of memory; try again."});
}

std::variant<NamedFiles, Finding> write_folder(core::ByteView workbook, const Limits& limits) {
    if (sniff(workbook) != FileKind::zip) {
        if (sniff(workbook) == FileKind::other) return refused_kind(workbook);
        return file_fault("file.xml", "", {"Đây là tệp XML, không phải sổ tính.", "This is an XML file, not a workbook."},
                          {"Dùng tệp .xlsx.", "Use an .xlsx file."});
    }
    if (auto fault = refused_zip(workbook, limits)) return *std::move(fault);
    auto read = sheets_of_workbook(workbook, limits);
    if (auto* fault = std::get_if<Finding>(&read)) return std::move(*fault);
    NamedFiles files;
    for (const Sheet& sheet : std::get<FormSheets>(read).sheets) {
        const std::string csv = write_csv(sheet);
        const auto* bytes = reinterpret_cast<const std::byte*>(csv.data());
        files.emplace_back(sheet.name + ".csv", core::Bytes(bytes, bytes + csv.size()));
    }
    if (!files.empty()) return files;
    return file_fault("sheet.missing", "survey", {"Sổ tính không có trang survey, choices hay settings.", "The workbook has no sheet survey, choices or settings."},
                      {"Kiểm tra tên các trang.", "Check the names of the sheets."});
}

}  // namespace kiosk::forms

#include <kiosk/forms/read_form.hpp>

#include "fault.hpp"
#include "read_sheets.hpp"
#include "sniff.hpp"
#include "unicode.hpp"
#include "xform_reader.hpp"

namespace kiosk::forms {
namespace {

FormReading refused(Finding fault) {
    FormReading reading;
    reading.diagnosis.errors.push_back(std::move(fault));
    return reading;
}

std::string_view as_text(core::ByteView content) { return {reinterpret_cast<const char*>(content.data()), content.size()}; }

FormReading read_from_sheets(OrFinding<FormSheets> sheets, std::string_view name, const ReadFile& beside, const Limits& limits) {
    if (auto* fault = std::get_if<Finding>(&sheets)) return refused(std::move(*fault));
    const FormSheets& read = std::get<FormSheets>(sheets);
    return read_form_sheets(read, name, beside, limits);
}

FormReading read_from_xform(core::ByteView content, std::string_view name, const ReadFile& beside, const Limits& limits) {
    FormReading reading;
    Report report;
    ParsedExpressions expressions;
    auto form = read_xform(nfc(as_text(content)), beside, limits, true, expressions, report);
    if (form) {
        if (form->id.empty()) form->id = name.substr(0, name.rfind('.'));
        reading.id = form->id;
        reading.version = form->version;
        for (const TextPiece& piece : form->text(form->title, form->default_language)) reading.title += piece.text;
        if (!report.has_errors()) finish_form(*std::move(form), nullptr, expressions, report, reading);
    }
    reading.diagnosis = report.take();
    return reading;
}

}  // namespace

FormReading read_form(core::ByteView content, std::string_view name, const ReadFile& beside, const Limits& limits) {
    if (content.size() > limits.file_bytes) {
        return refused(limit_fault("file_bytes", limits.file_bytes, {"Dung lượng tệp", "The size of the file"}));
    }
    switch (sniff(content)) {
        case FileKind::zip:
            if (auto fault = refused_zip(content, limits)) return refused(*std::move(fault));
            return read_from_sheets(sheets_of_workbook(content, limits), name, beside, limits);
        case FileKind::xml:
            return read_from_xform(content, name, beside, limits);
        case FileKind::other:
            break;
    }
    return refused(refused_kind(content));
}

FormReading read_form_folder(const ReadFile& folder, std::string_view name, const Limits& limits) {
    return read_from_sheets(sheets_of_folder(folder, limits), name, folder, limits);
}

}  // namespace kiosk::forms

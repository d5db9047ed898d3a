#include "read_sheets.hpp"

#include "compiled_form.hpp"
#include "csv.hpp"
#include "digest.hpp"
#include "references.hpp"
#include "suggestion.hpp"
#include "survey.hpp"
#include "survey_instances.hpp"
#include "table.hpp"
#include "unicode.hpp"
#include "xform_reader.hpp"
#include "xform_writer.hpp"
#include "xlsx_reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace kiosk::forms {
namespace {

constexpr std::array<std::string_view, 6> kSheetNames = {"survey", "choices", "settings", "external_choices", "entities", "osm"};

const Sheet* find_sheet(const FormSheets& sheets, std::string_view name) {
    for (const Sheet& sheet : sheets.sheets) {
        if (sheet.name == name) return &sheet;
    }
    return nullptr;
}

void report_no_survey(const FormSheets& sheets, Report& report) {
    const std::string near = nearest("survey", sheets.other_sheets);
    report.error("sheet.missing", {"", 0, "", ""}, "survey",
                 {"Không có trang “survey”.", "There is no sheet named “survey”."},
                 near.empty() ? core::Words{"Đặt tên trang chứa câu hỏi là “survey”.", "Name the sheet that holds the questions “survey”."}
                              : core::Words{"Đổi tên trang " + in_quotes(near) + " thành “survey”.", "Rename the sheet " + in_quotes(near) + " to “survey”."});
}

void report_misspelt_sheets(const FormSheets& sheets, Report& report) {
    for (const std::string& name : sheets.other_sheets) {
        if (name.starts_with('_')) continue;
        const std::string near = nearest(name, {"choices", "settings", "external_choices"});
        if (near.empty() || find_sheet(sheets, near) != nullptr) continue;
        report.warning("sheet.misspelt", {name, 0, "", ""}, name,
                       {"Trang " + in_quotes(name) + " bị bỏ qua.", "The sheet " + in_quotes(name) + " is ignored."},
                       {"Nếu ý bạn là “" + near + "”, đổi tên trang; nếu không, đặt dấu _ trước tên.",
                        "If you meant “" + near + "”, rename the sheet; if not, put a _ before its name."});
    }
}

void report_entities(const FormSheets& sheets, Report& report) {
    for (const std::string_view name : {"entities", "osm"}) {
        const Sheet* sheet = find_sheet(sheets, name);
        if (sheet == nullptr || sheet->rows.size() < 2) continue;
        const SheetRow& row = sheet->rows[1];
        report.error("sheet.not_applicable", {std::string(name), row.number, "", cell_name(row.cells.front().column, row.number)},
                     row.cells.front().text,
                     {"Trang " + in_quotes(name) + " không dùng được trên kiosk.", "The sheet " + in_quotes(name) + " does not apply on a kiosk."},
                     {"Xoá trang này.", "Remove the sheet."});
    }
}

Finding second_sheet(const std::string& canonical, const std::string& name) {
    Finding finding = file_fault("sheet.duplicate", name, {"Sổ tính có hai trang cùng nghĩa " + in_quotes(canonical) + ".", "The workbook has two sheets that mean " + in_quotes(canonical) + "."},
                                 {"Đổi tên hoặc xoá một trang; đặt dấu _ trước tên nếu là trang ghi chú.", "Rename or remove one; put a _ before its name if it is for notes."});
    finding.sheet = canonical;
    return finding;
}

Place place_of(const XFormPlaces& places, std::uint32_t line, const std::string& attribute) {
    const auto found = places.find({line, attribute});
    return found == places.end() ? Place{"survey", 0, attribute, ""} : found->second;
}

std::string attribute_of(ExpressionUse use) {
    switch (use) {
        case ExpressionUse::calculation: return "calculate";
        case ExpressionUse::relevant: return "relevant";
        case ExpressionUse::repeat_count: return "jr:count";
        case ExpressionUse::choices:
        case ExpressionUse::seed: return "nodeset";
        case ExpressionUse::required: return "required";
        case ExpressionUse::read_only: return "readonly";
        case ExpressionUse::constraint: return "constraint";
        case ExpressionUse::action: return "value";
        case ExpressionUse::target: return "ref";
        case ExpressionUse::prompt: return "relevant";
    }
    return {};
}

}  // namespace

void finish_form(Form form, const XFormPlaces* places, ParsedExpressions& expressions, Report& report, FormReading& reading) {
    Compilation compilation = compile_form(form, expressions);
    for (const CompileFault& fault : compilation.faults) {
        const std::string attribute = attribute_of(fault.use);
        const std::uint32_t line = fault.slot < form.nodes.size() ? form.nodes[fault.slot].line : 0;
        const Place place = places != nullptr ? place_of(*places, line, attribute) : Place{"", line, attribute, ""};
        if (!fault.cycle.empty()) {
            report.error("expression.cycle", place, fault.source, fault.error.message,
                         {"Bỏ một trong các tham chiếu trên để không câu nào cần chính nó.", "Remove one of these references, so that none needs itself."});
            continue;
        }
        const std::string at = std::to_string(fault.span.column);
        report.error(fault.error.code, place, fault.source, fault.error.message,
                     {"Sửa biểu thức ở ký tự thứ " + at + ".", "Mend the expression at character " + at + "."});
    }
    if (report.has_errors()) return;
    const auto hash = digest(form.definition, "SHA-256");
    KIOSK_ASSERT(hash && hash->size() == form.sha256.size());
    std::memcpy(form.sha256.data(), hash->data(), form.sha256.size());
    form.compiled = std::move(compilation.form);
    reading.form = std::make_shared<const Form>(std::move(form));
}

std::string canonical_sheet_name(std::string_view name) {
    std::string lower = ascii_lower(single_spaced(name));
    std::replace(lower.begin(), lower.end(), ' ', '_');
    return std::find(kSheetNames.begin(), kSheetNames.end(), lower) == kSheetNames.end() ? std::string() : lower;
}

OrFinding<FormSheets> sheets_of_workbook(core::ByteView content, const Limits& limits) {
    auto read = read_xlsx(content, limits, [](std::string_view name) { return !canonical_sheet_name(name).empty(); });
    if (auto* fault = std::get_if<Finding>(&read)) return std::move(*fault);
    Workbook& workbook = std::get<Workbook>(read);
    FormSheets sheets{std::move(workbook.sheets), std::move(workbook.other_sheets), std::move(workbook.findings)};
    for (Sheet& sheet : sheets.sheets) {
        const std::string canonical = canonical_sheet_name(sheet.name);
        const bool is_second = std::any_of(sheets.sheets.begin(), sheets.sheets.end(), [&](const Sheet& other) {
            return &other < &sheet && other.name == canonical;
        });
        if (is_second) sheets.findings.push_back(second_sheet(canonical, sheet.name));
        for (Finding& finding : sheets.findings) {
            if (finding.sheet == sheet.name) finding.sheet = canonical;
        }
        sheet.name = canonical;
    }
    return sheets;
}

OrFinding<FormSheets> sheets_of_folder(const ReadFile& folder, const Limits& limits) {
    FormSheets sheets;
    for (const std::string_view name : kSheetNames) {
        const auto content = folder(std::string(name) + ".csv");
        if (!content) continue;
        auto sheet = read_csv(*content, name, limits);
        if (auto* fault = std::get_if<Finding>(&sheet)) return std::move(*fault);
        sheets.sheets.push_back(std::get<Sheet>(std::move(sheet)));
    }
    return sheets;
}

FormReading read_form_sheets(const FormSheets& sheets, std::string_view name, const ReadFile& beside, const Limits& limits) {
    FormReading reading;
    Report report;
    for (const Finding& finding : sheets.findings) report.error(finding);
    const Sheet* survey_sheet = find_sheet(sheets, "survey");
    if (survey_sheet == nullptr) {
        report_no_survey(sheets, report);
        reading.diagnosis = report.take();
        return reading;
    }
    report_misspelt_sheets(sheets, report);
    report_entities(sheets, report);
    const auto table = [&](Table::Kind kind, std::string_view sheet_name) {
        const Sheet* sheet = find_sheet(sheets, sheet_name);
        return sheet == nullptr ? Table() : Table(kind, *sheet, report);
    };
    Table survey_table(Table::Kind::survey, *survey_sheet, report);
    const Table choices = table(Table::Kind::choices, "choices");
    const Table external_choices = table(Table::Kind::choices, "external_choices");
    const Table settings = table(Table::Kind::settings, "settings");

    Survey survey;
    find_languages(survey_table, choices, settings, survey);
    read_settings(settings, name, survey, report);
    if (survey.settings.keeps_spaces) survey_table.keep_spaces();
    check_attribute_columns(survey_table, survey.settings, report);
    check_attribute_columns(settings, survey.settings, report);
    read_choices(choices, false, survey, report);
    read_choices(external_choices, true, survey, report);
    read_items(survey_table, limits, sheets.other_sheets, survey, report);
    ParsedExpressions expressions;
    References references(survey, expressions, limits, report);
    references.resolve_all();
    const std::vector<SurveyInstance> instances = find_instances(survey, report);
    references.check_instances(instances);
    reading.id = survey.settings.id;
    reading.version = survey.settings.version;
    reading.title = survey.settings.titles.empty() ? reading.id : survey.settings.titles.front().written.text;
    if (!report.has_errors()) {
        WrittenXForm xform = write_xform(survey, references, instances);
        auto form = read_xform(std::move(xform.xml), beside, limits, false, expressions, report);
        report.put_back(xform.places);
        if (form && !report.has_errors()) finish_form(*std::move(form), &xform.places, expressions, report, reading);
    }
    reading.diagnosis = report.take();
    return reading;
}

}  // namespace kiosk::forms

#include "reading_helpers.hpp"

#include <catch2/catch_test_macros.hpp>
#include <zip.h>

namespace kiosk::forms::testing {
namespace {

std::string trimmed(std::string text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells;
    for (std::size_t at = line.find('|') + 1; at < line.size();) {
        const std::size_t end = line.find('|', at);
        if (end == std::string_view::npos) break;
        std::string cell = trimmed(std::string(line.substr(at, end - at)));
        for (std::size_t escape; (escape = cell.find("\\n")) != std::string::npos;) cell.replace(escape, 2, "\n");
        cells.push_back(std::move(cell));
        at = end + 1;
    }
    return cells;
}

std::string csv_cell(const std::string& text) {
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

}  // namespace

core::Bytes bytes_of(std::string_view text) {
    const auto* data = reinterpret_cast<const std::byte*>(text.data());
    return {data, data + text.size()};
}

ReadFile folder_of(Files files) {
    return [files = std::move(files)](std::string_view name) -> std::optional<core::Bytes> {
        const auto found = files.find(std::string(name));
        return found == files.end() ? std::nullopt : std::optional(bytes_of(found->second));
    };
}

Files sheets_of(std::string_view drawing) {
    Files files;
    std::string sheet;
    while (!drawing.empty()) {
        const std::size_t end = std::min(drawing.find('\n'), drawing.size());
        const std::string_view line = drawing.substr(0, end);
        drawing.remove_prefix(std::min(drawing.size(), end + 1));
        if (line.find('|') == std::string_view::npos) continue;
        std::vector<std::string> cells = cells_of(line);
        if (cells.empty()) continue;
        if (!cells.front().empty()) {
            sheet = cells.front() + ".csv";
            files[sheet];
            continue;
        }
        std::string& csv = files[sheet];
        for (std::size_t i = 1; i < cells.size(); ++i) csv += (i == 1 ? "" : ",") + csv_cell(cells[i]);
        csv += "\r\n";
    }
    return files;
}

FormReading read_drawing(std::string_view drawing, const Files& beside) {
    Files files = sheets_of(drawing);
    files.insert(beside.begin(), beside.end());
    return read_form_folder(folder_of(std::move(files)), "test_form");
}

std::shared_ptr<const Form> good_form(std::string_view drawing, const Files& beside) {
    FormReading reading = read_drawing(drawing, beside);
    for (const Finding& error : reading.diagnosis.errors) {
        UNSCOPED_INFO(error.code << " " << error.cell << " [" << error.text << "] " << error.message.en);
    }
    REQUIRE(reading.form != nullptr);
    return reading.form;
}

namespace {

std::vector<std::string> codes(const std::vector<Finding>& findings) {
    std::vector<std::string> all;
    for (const Finding& finding : findings) all.push_back(finding.code + " " + (finding.cell.empty() ? "-" : finding.cell));
    return all;
}

}  // namespace

std::vector<std::string> errors_of(const FormReading& reading) { return codes(reading.diagnosis.errors); }
std::vector<std::string> warnings_of(const FormReading& reading) { return codes(reading.diagnosis.warnings); }
std::vector<std::string> errors_of_drawing(std::string_view drawing) { return errors_of(read_drawing(drawing)); }

const Node& node_at(const Form& form, std::string_view path) {
    const std::uint32_t index = form.find_node(path);
    INFO("path " << path);
    REQUIRE(index != kNone);
    return form.nodes[index];
}

const Control& control_at(const Form& form, std::string_view path) {
    const Node& node = node_at(form, path);
    INFO("control of " << path);
    REQUIRE(node.control != kNone);
    return form.controls[node.control];
}

std::string flat(const TextTemplate& pieces) {
    std::string text;
    for (const TextPiece& piece : pieces) text += piece.output.empty() ? piece.text : "${" + piece.output + "}";
    return text;
}

std::string label_at(const Form& form, std::string_view path, std::uint32_t language) {
    return flat(form.text(control_at(form, path).label, language));
}

namespace {

core::Bytes zipped(const std::vector<std::pair<std::string, std::string>>& parts, const char* password) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    for (const auto& [name, content] : parts) {
        zip_source_t* part = zip_source_buffer(archive, content.data(), content.size(), 0);
        const zip_int64_t index = zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_UTF_8);
        REQUIRE(index >= 0);
        if (password != nullptr) REQUIRE(zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password) == 0);
    }
    REQUIRE(zip_close(archive) == 0);
    zip_stat_t stat;
    REQUIRE(zip_source_stat(target, &stat) == 0);
    core::Bytes bytes(stat.size);
    REQUIRE(zip_source_open(target) == 0);
    REQUIRE(zip_source_read(target, bytes.data(), bytes.size()) == static_cast<zip_int64_t>(bytes.size()));
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

}  // namespace

core::Bytes zip_of(const std::vector<std::pair<std::string, std::string>>& parts) { return zipped(parts, nullptr); }

core::Bytes encrypted_zip_of(const std::string& name, const std::string& content) { return zipped({{name, content}}, "mật khẩu"); }

core::Bytes workbook_of(const RawWorkbook& raw) {
    const std::string main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const std::string types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    std::string sheets, relations;
    std::vector<std::pair<std::string, std::string>> parts;
    for (std::size_t i = 0; i < raw.sheets.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        sheets += "<sheet name=\"" + raw.sheets[i].first + "\" sheetId=\"" + number + "\" r:id=\"rId" + number + "\"/>";
        relations += "<Relationship Id=\"rId" + number + "\" Type=\"" + types + "worksheet\" Target=\"worksheets/sheet" + number + ".xml\"/>";
        parts.emplace_back("xl/worksheets/sheet" + number + ".xml",
                           "<worksheet " + main + "><sheetData>" + raw.sheets[i].second + "</sheetData></worksheet>");
    }
    relations += "<Relationship Id=\"rIdS\" Type=\"" + types + "sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
                 "<Relationship Id=\"rIdT\" Type=\"" + types + "styles\" Target=\"styles.xml\"/>";
    const std::string package = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    parts.insert(parts.begin(), {"[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"});
    parts.emplace_back("_rels/.rels", package + "<Relationship Id=\"rId1\" Type=\"" + types + "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    parts.emplace_back("xl/_rels/workbook.xml.rels", package + relations + "</Relationships>");
    parts.emplace_back("xl/workbook.xml", "<workbook " + main + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">" +
                                              raw.workbook_properties + "<sheets>" + sheets + "</sheets></workbook>");
    parts.emplace_back("xl/sharedStrings.xml", "<sst " + main + ">" + raw.shared_strings + "</sst>");
    parts.emplace_back("xl/styles.xml", "<styleSheet " + main + "><numFmts>" + raw.number_formats + "</numFmts><cellXfs>" + raw.cell_formats + "</cellXfs></styleSheet>");
    return zip_of(parts);
}

FormReading read_workbook(const RawWorkbook& raw) { return read_form(workbook_of(raw), "test_form.xlsx", nullptr); }

}  // namespace kiosk::forms::testing

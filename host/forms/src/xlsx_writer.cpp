#include "xlsx_writer.hpp"

#include <zip.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {
namespace {

constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view kPackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";

std::string escaped(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        // "_x0041_" would read back as "A": its underscore is written as an escape itself.
        if (c == '_' && text.size() - i >= 7 && text[i + 1] == 'x' && text[i + 6] == '_') result += "_x005F_";
        else if (c == '&') result += "&amp;";
        else if (c == '<') result += "&lt;";
        else if (c == '>') result += "&gt;";
        else if (c == '"') result += "&quot;";
        else if (c == '\r') result += "_x000D_";
        else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') result += c;
    }
    return result;
}

std::string content_types(std::size_t sheets) {
    std::string xml(kDeclaration);
    xml += "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
           "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
           "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
           "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
           "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>";
    for (std::size_t i = 1; i <= sheets; ++i) {
        xml += "<Override PartName=\"/xl/worksheets/sheet" + std::to_string(i) +
               ".xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>";
    }
    return xml + "</Types>";
}

std::string relation(std::size_t id, std::string_view type, std::string_view target) {
    return "<Relationship Id=\"rId" + std::to_string(id) + "\" Type=\"" + std::string(kRelations) + "/" + std::string(type) +
           "\" Target=\"" + std::string(target) + "\"/>";
}

std::string package_relations() {
    return std::string(kDeclaration) + "<Relationships xmlns=\"" + std::string(kPackageRelations) + "\">" +
           relation(1, "officeDocument", "xl/workbook.xml") + "</Relationships>";
}

std::string workbook_relations(std::size_t sheets) {
    std::string xml = std::string(kDeclaration) + "<Relationships xmlns=\"" + std::string(kPackageRelations) + "\">";
    for (std::size_t i = 1; i <= sheets; ++i) xml += relation(i, "worksheet", "worksheets/sheet" + std::to_string(i) + ".xml");
    return xml + relation(sheets + 1, "styles", "styles.xml") + "</Relationships>";
}

std::string workbook_part(const Sheets& sheets) {
    std::string xml = std::string(kDeclaration) + "<workbook xmlns=\"" + std::string(kMain) + "\" xmlns:r=\"" + std::string(kRelations) + "\"><sheets>";
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        xml += "<sheet name=\"" + escaped(sheets[i].name) + "\" sheetId=\"" + number + "\" r:id=\"rId" + number + "\"/>";
    }
    return xml + "</sheets></workbook>";
}

// Three cell formats: 0 plain, 1 the bold header, 2 text (so that Excel leaves "007" and "=…" alone) that wraps.
std::string styles_part() {
    return std::string(kDeclaration) + "<styleSheet xmlns=\"" + std::string(kMain) + "\">"
           "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
           "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
           "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFDDE8F4\"/></patternFill></fill></fills>"
           "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
           "<cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
           "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\"/>"
           "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\">"
           "<alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs>"
           "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";
}

// Wide enough for most of what the column holds, narrow enough to see its neighbours.
std::string column_widths(const Sheet& sheet) {
    std::vector<std::size_t> widths;
    for (const SheetRow& row : sheet.rows) {
        for (const SheetCell& cell : row.cells) {
            if (cell.column >= widths.size()) widths.resize(cell.column + 1, 8);
            widths[cell.column] = std::clamp<std::size_t>(cell.text.size() + 2, widths[cell.column], 40);
        }
    }
    if (widths.empty()) return {};
    std::string xml = "<cols>";
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        xml += "<col min=\"" + number + "\" max=\"" + number + "\" width=\"" + std::to_string(widths[i]) + "\" customWidth=\"1\"/>";
    }
    return xml + "</cols>";
}

std::string sheet_part(const Sheet& sheet) {
    std::string xml = std::string(kDeclaration) + "<worksheet xmlns=\"" + std::string(kMain) + "\">"
                      "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
                      "</sheetView></sheetViews>" + column_widths(sheet) + "<sheetData>";
    for (const SheetRow& row : sheet.rows) {
        xml += "<row r=\"" + std::to_string(row.number) + "\">";
        for (const SheetCell& cell : row.cells) {
            xml += "<c r=\"" + cell_name(cell.column, row.number) + "\" s=\"" + (row.number == sheet.rows.front().number ? "1" : "2") +
                   "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + escaped(cell.text) + "</t></is></c>";
        }
        xml += "</row>";
    }
    return xml + "</sheetData></worksheet>";
}

// A zip made in memory.
class ZipMaker {
  public:
    ZipMaker() {
        zip_error_t error;
        zip_error_init(&error);
        source_ = zip_source_buffer_create(nullptr, 0, 0, &error);
        if (source_ == nullptr) return;
        zip_source_keep(source_);  // the archive owns one reference and gives it up on closing; the bytes are read after
        archive_ = zip_open_from_source(source_, ZIP_TRUNCATE, &error);
        if (archive_ == nullptr) zip_source_free(source_);
    }
    ~ZipMaker() {
        if (archive_ != nullptr) zip_discard(archive_);
        if (source_ != nullptr) zip_source_free(source_);
    }
    ZipMaker(const ZipMaker&) = delete;
    ZipMaker& operator=(const ZipMaker&) = delete;

    // The content must live until finish().
    bool add(const std::string& name, const std::string& content) {
        if (archive_ == nullptr) return false;
        zip_source_t* part = zip_source_buffer(archive_, content.data(), content.size(), 0);
        if (part == nullptr) return false;
        const zip_int64_t index = zip_file_add(archive_, name.c_str(), part, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(part);
            return false;
        }
        constexpr zip_uint16_t kFirstDosDate = 0x21;  // 1 January 1980
        return zip_file_set_dostime(archive_, static_cast<zip_uint64_t>(index), 0, kFirstDosDate, 0) == 0;
    }

    std::optional<core::Bytes> finish() {
        if (archive_ == nullptr || zip_close(archive_) != 0) return std::nullopt;
        archive_ = nullptr;
        zip_stat_t stat;
        if (zip_source_stat(source_, &stat) != 0 || zip_source_open(source_) != 0) return std::nullopt;
        core::Bytes bytes(static_cast<std::size_t>(stat.size));
        const zip_int64_t got = zip_source_read(source_, bytes.data(), bytes.size());
        zip_source_close(source_);
        return got == static_cast<zip_int64_t>(bytes.size()) ? std::optional(std::move(bytes)) : std::nullopt;
    }

  private:
    zip_source_t* source_ = nullptr;
    zip_t* archive_ = nullptr;
};

}  // namespace

std::optional<core::Bytes> write_xlsx(const Sheets& sheets) {
    std::vector<std::pair<std::string, std::string>> parts = {
        {"[Content_Types].xml", content_types(sheets.size())},
        {"_rels/.rels", package_relations()},
        {"xl/workbook.xml", workbook_part(sheets)},
        {"xl/_rels/workbook.xml.rels", workbook_relations(sheets.size())},
        {"xl/styles.xml", styles_part()},
    };
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        parts.emplace_back("xl/worksheets/sheet" + std::to_string(i + 1) + ".xml", sheet_part(sheets[i]));
    }
    ZipMaker zip;
    for (const auto& [name, content] : parts) {
        if (!zip.add(name, content)) return std::nullopt;
    }
    return zip.finish();
}

}  // namespace kiosk::forms

// Workbooks as real programs write them, and as nobody should.
#include "reading_helpers.hpp"

#include <kiosk/forms/write_form.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdio>
#include <functional>

#include <sys/stat.h>
#include <unistd.h>

using namespace kiosk;
using namespace kiosk::forms;
using namespace kiosk::forms::testing;

namespace {

std::string inline_cell(const std::string& reference, const std::string& text) {
    return "<c r=\"" + reference + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}

std::string row(int number, const std::string& cells) { return "<row r=\"" + std::to_string(number) + "\">" + cells + "</row>"; }

const std::string kHeader = row(1, inline_cell("A1", "type") + inline_cell("B1", "name") + inline_cell("C1", "label") + inline_cell("D1", "default"));

// One question whose default is the cell given.
FormReading read_default(const std::string& cell, RawWorkbook raw = {}) {
    raw.sheets = {{"survey", kHeader + row(2, inline_cell("A2", "text") + inline_cell("B2", "q") + inline_cell("C2", "Q") + cell)}};
    return read_workbook(raw);
}

std::string default_of(const std::string& cell, RawWorkbook raw = {}) {
    const FormReading reading = read_default(cell, std::move(raw));
    for (const Finding& error : reading.diagnosis.errors) UNSCOPED_INFO(error.code << " " << error.message.en);
    REQUIRE(reading.form != nullptr);
    return node_at(*reading.form, "/data/q").default_value;
}

std::string code_of(core::ByteView content, std::string_view name = "f.xlsx", const Limits& limits = {}) {
    const FormReading reading = read_form(content, name, nullptr, limits);
    CHECK(reading.form == nullptr);
    REQUIRE(reading.diagnosis.errors.size() == 1);
    const Finding& fault = reading.diagnosis.errors.front();
    CHECK_FALSE(fault.message.vi.empty());
    CHECK_FALSE(fault.message.en.empty());
    CHECK_FALSE(fault.repair.vi.empty());
    CHECK_FALSE(fault.repair.en.empty());
    return fault.code;
}

}  // namespace

TEST_CASE("Text cells are read however a program stores them") {
    RawWorkbook shared;
    shared.shared_strings = "<si><t>đơn</t></si><si><r><rPr><b/></rPr><t xml:space=\"preserve\">in </t></r><r><t>đậm</t></r></si>"
                            "<si><t>漢</t><rPh sb=\"0\" eb=\"1\"><t>kan</t></rPh></si>";
    CHECK(default_of("<c r=\"D2\" t=\"s\"><v>0</v></c>", shared) == "đơn");
    CHECK(default_of("<c r=\"D2\" t=\"s\"><v>1</v></c>", shared) == "in đậm");
    CHECK(default_of("<c r=\"D2\" t=\"s\"><v>2</v></c>", shared) == "漢");
    CHECK(default_of("<c r=\"D2\" t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r></is></c>") == "ab");
    CHECK(default_of("<c r=\"D2\" t=\"str\"><f>A2</f><v>tính sẵn</v></c>") == "tính sẵn");
    CHECK(default_of("<c r=\"D2\" t=\"inlineStr\"><is><t>a_x000D_\nb</t></is></c>") == "a\nb");
    CHECK(default_of("<c r=\"D2\" t=\"inlineStr\"><is><t>_x005F_x0041_</t></is></c>") == "_x0041_");
}

TEST_CASE("Text is brought to NFC and rid of the spaces one cannot see") {
    CHECK(default_of("<c r=\"D2\" t=\"inlineStr\"><is><t>Vie\u0302\u0323t</t></is></c>") == "Việt");
    CHECK(default_of("<c r=\"D2\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> \u00a0a\u00a0b \u200b</t></is></c>") == "a b");
}

TEST_CASE("Booleans, whole numbers and fractions become the text an author sees") {
    CHECK(default_of("<c r=\"D2\" t=\"b\"><v>1</v></c>") == "TRUE");
    CHECK(default_of("<c r=\"D2\" t=\"b\"><v>0</v></c>") == "FALSE");
    CHECK(default_of("<c r=\"D2\"><v>7</v></c>") == "7");
    CHECK(default_of("<c r=\"D2\"><v>7.0</v></c>") == "7");
    CHECK(default_of("<c r=\"D2\"><v>1E+2</v></c>") == "100");
    CHECK(default_of("<c r=\"D2\"><v>0.10000000000000001</v></c>") == "0.1");
    CHECK(default_of("<c r=\"D2\"><v>0.30000000000000004</v></c>") == "0.3");
    CHECK(default_of("<c r=\"D2\"><v>100000000000</v></c>") == "100000000000");
    CHECK(default_of("<c r=\"D2\" t=\"n\"><f>3+4</f><v>7</v></c>") == "7");
}

TEST_CASE("Dates are ISO dates in both of Excel's calendars") {
    RawWorkbook raw;
    raw.number_formats = "<numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/><numFmt numFmtId=\"165\" formatCode=\"&quot;day&quot;0\"/>"
                         "<numFmt numFmtId=\"166\" formatCode=\"[$-42A]d mmmm yyyy\"/><numFmt numFmtId=\"167\" formatCode=\"[Red]0.0\"/>";
    raw.cell_formats = "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/>";
    CHECK(default_of("<c r=\"D2\" s=\"1\"><v>43831</v></c>", raw) == "2020-01-01");
    CHECK(default_of("<c r=\"D2\" s=\"2\"><v>43831.5</v></c>", raw) == "2020-01-01T12:00:00");
    CHECK(default_of("<c r=\"D2\" s=\"3\"><v>43831</v></c>", raw) == "43831");
    CHECK(default_of("<c r=\"D2\" s=\"4\"><v>43831</v></c>", raw) == "2020-01-01");
    CHECK(default_of("<c r=\"D2\" s=\"5\"><v>43831</v></c>", raw) == "43831");
    CHECK(default_of("<c r=\"D2\" s=\"1\"><v>0.3541666667</v></c>", raw) == "08:30:00");
    CHECK(default_of("<c r=\"D2\" s=\"1\"><v>59</v></c>", raw) == "1900-02-28");
    CHECK(default_of("<c r=\"D2\" s=\"1\"><v>61</v></c>", raw) == "1900-03-01");
    raw.workbook_properties = "<workbookPr date1904=\"1\"/>";
    CHECK(default_of("<c r=\"D2\" s=\"1\"><v>42369</v></c>", raw) == "2020-01-01");
    CHECK(default_of("<c r=\"D2\" s=\"1\"><v>0.3541666667</v></c>", raw) == "08:30:00");
    CHECK(default_of("<c r=\"D2\" s=\"1\"><v>0</v></c>", raw) == "1904-01-01");
}

TEST_CASE("A formula without a value and a formula's error are told with their cell") {
    CHECK(errors_of(read_default("<c r=\"D2\"><f>A2</f></c>")) == std::vector<std::string>{"cell.formula_without_value D2"});
    CHECK(errors_of(read_default("<c r=\"D2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>")) == std::vector<std::string>{"cell.formula_error D2"});
}

TEST_CASE("Cells and rows without references follow each other") {
    RawWorkbook raw;
    raw.sheets = {{"survey",
                   "<row><c t=\"inlineStr\"><is><t>type</t></is></c><c t=\"inlineStr\"><is><t>name</t></is></c><c t=\"inlineStr\"><is><t>label</t></is></c></row>"
                   "<row><c t=\"inlineStr\"><is><t>text</t></is></c><c t=\"inlineStr\"><is><t>q</t></is></c><c t=\"inlineStr\"><is><t>Q</t></is></c></row>"}};
    const FormReading reading = read_workbook(raw);
    REQUIRE(reading.form != nullptr);
    CHECK(label_at(*reading.form, "/data/q") == "Q");
}

TEST_CASE("Sheets and columns are found in any letter case and with spaces around") {
    RawWorkbook raw;
    raw.sheets = {{" Survey ", row(1, inline_cell("A1", " Type ") + inline_cell("B1", "NAME") + inline_cell("C1", "Label::English (en) ") +
                                          inline_cell("D1", "Constraint  Message::English (en)") + inline_cell("E1", "constraint")) +
                                   row(2, inline_cell("A2", "Integer") + inline_cell("B2", "q") + inline_cell("C2", "Q") +
                                              inline_cell("D2", "No") + inline_cell("E2", ". &gt; 1"))}};
    const FormReading reading = read_workbook(raw);
    REQUIRE(reading.form != nullptr);
    CHECK(node_at(*reading.form, "/data/q").type == "integer");
    CHECK(flat(reading.form->text(node_at(*reading.form, "/data/q").constraint_message, 0)) == "No");
}

TEST_CASE("Prefixed XML, as some programs write it, is read") {
    const std::string ns = "xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const std::string package = "<r:Relationships xmlns:r=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    const core::Bytes workbook = zip_of({
        {"[Content_Types].xml", "<Types/>"},
        {"_rels/.rels", package + "<r:Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"/xl/Workbook.xml\"/></r:Relationships>"},
        {"xl/_rels/workbook.xml.rels", package + "<r:Relationship Id=\"s\" Type=\"x/worksheet\" Target=\"../xl/worksheets/s.xml\"/></r:Relationships>"},
        {"xl/workbook.xml", "<x:workbook " + ns + " xmlns:q=\"u\"><x:sheets><x:sheet name=\"survey\" q:id=\"s\"/></x:sheets></x:workbook>"},
        {"xl/worksheets/s.xml", "<x:worksheet " + ns + "><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"inlineStr\"><x:is><x:t>type</x:t></x:is></x:c>"
                                "<x:c r=\"B1\" t=\"inlineStr\"><x:is><x:t>name</x:t></x:is></x:c></x:row><x:row r=\"2\"><x:c r=\"A2\" t=\"inlineStr\"><x:is>"
                                "<x:t>hidden</x:t></x:is></x:c><x:c r=\"B2\" t=\"inlineStr\"><x:is><x:t>q</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"},
    });
    const FormReading reading = read_form(workbook, "f.xlsx", nullptr);
    for (const Finding& error : reading.diagnosis.errors) UNSCOPED_INFO(error.code << " " << error.text);
    REQUIRE(reading.form != nullptr);
    CHECK(node_at(*reading.form, "/data/q").type == "hidden");
}

TEST_CASE("A hundred thousand blank styled rows cost nothing but their bytes") {
    std::string rows = kHeader + row(2, inline_cell("A2", "text") + inline_cell("B2", "q") + inline_cell("C2", "Q"));
    for (int i = 3; i < 100003; ++i) rows += "<row r=\"" + std::to_string(i) + "\" s=\"1\"><c r=\"A" + std::to_string(i) + "\" s=\"1\"/></row>";
    RawWorkbook raw;
    raw.sheets = {{"survey", rows}};
    const FormReading reading = read_workbook(raw);
    REQUIRE(reading.form != nullptr);
    CHECK(reading.form->controls.size() == 1);
}

TEST_CASE("Each foreign kind of file is told what it is") {
    CHECK(code_of(bytes_of("")) == "file.empty");
    std::string ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    CHECK(code_of(bytes_of(ole + std::string(600, '\0'))) == "file.old_excel");
    std::string encrypted = ole;
    for (const char c : std::string("EncryptedPackage")) encrypted += std::string{c, '\0'};
    CHECK(code_of(bytes_of(encrypted)) == "file.encrypted");
    CHECK(code_of(bytes_of("%PDF-1.7")) == "file.pdf");
    CHECK(code_of(bytes_of("<!DOCTYPE html><html><table>")) == "file.html");
    CHECK(code_of(bytes_of("\n<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">")) == "file.html");
    CHECK(code_of(bytes_of("type,name,label\ntext,q,Q\n")) == "file.csv");
    CHECK(code_of(bytes_of("\xef\xbb\xbftype;name;label\n")) == "file.csv");
    CHECK(code_of(bytes_of("{\"survey\":[]}")) == "file.json");
    CHECK(code_of(bytes_of("\x1f\x8b\x08")) == "file.archive");
    CHECK(code_of(bytes_of("\x89PNG\r\n")) == "file.picture");
    CHECK(code_of(bytes_of("hello")) == "file.unknown");
    CHECK(code_of(zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}})) == "file.ods");
    CHECK(code_of(zip_of({{"[Content_Types].xml", "<x/>"}, {"word/document.xml", "<x/>"}})) == "file.word");
    CHECK(code_of(zip_of({{"[Content_Types].xml", "<x/>"}, {"xl/workbook.bin", "x"}})) == "file.xlsb");
    CHECK(code_of(zip_of({{"survey.xlsx", "x"}})) == "file.archive");
    CHECK(code_of(bytes_of("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>")) == "xform.not_an_xform");
}

TEST_CASE("A damaged zip is refused, wherever it was cut or changed") {
    RawWorkbook raw;
    raw.sheets = {{"survey", kHeader}};
    const core::Bytes whole = workbook_of(raw);
    for (std::size_t length = 4; length < whole.size(); length += 97) {
        const FormReading reading = read_form(core::ByteView(whole).first(length), "f.xlsx", nullptr);
        CHECK(reading.form == nullptr);
        CHECK(reading.diagnosis.errors.size() == 1);
    }
}

TEST_CASE("Names that leave the archive, and names used twice, are refused") {
    CHECK(code_of(zip_of({{"../../etc/passwd", "x"}})) == "file.unsafe_name");
    CHECK(code_of(zip_of({{"/etc/passwd", "x"}})) == "file.unsafe_name");
    CHECK(code_of(zip_of({{"xl\\..\\..\\x", "x"}})) == "file.unsafe_name");
    CHECK(code_of(zip_of({{"C:x", "x"}})) == "file.unsafe_name");
    CHECK(code_of(zip_of({{"xl/workbook.xml", "x"}, {"XL/workbook.xml", "x"}})) == "file.duplicate_part");
}

TEST_CASE("Limits are enforced, and the message says which and how to raise it") {
    RawWorkbook raw;
    raw.sheets = {{"survey", kHeader + row(2, inline_cell("A2", std::string(5000, 'x')))}};
    const core::Bytes workbook = workbook_of(raw);
    Limits limits;
    limits.cell_bytes = 1000;
    CHECK(code_of(workbook, "f.xlsx", limits) == "limit.cell_bytes");
    limits = {};
    limits.filled_cells = 3;
    CHECK(code_of(workbook, "f.xlsx", limits) == "limit.filled_cells");
    limits = {};
    limits.unpacked_bytes = 4000;
    CHECK(code_of(workbook, "f.xlsx", limits) == "limit.unpacked_bytes");
    limits = {};
    limits.zip_entries = 2;
    CHECK(code_of(workbook, "f.xlsx", limits) == "limit.zip_entries");
    limits = {};
    limits.file_bytes = 100;
    CHECK(code_of(workbook, "f.xlsx", limits) == "limit.file_bytes");
    const FormReading reading = read_form(workbook, "f.xlsx", nullptr, limits);
    CHECK(reading.diagnosis.errors[0].repair.en.find("--limit file_bytes=") != std::string::npos);
    CHECK(reading.diagnosis.errors[0].message.vi.find("file_bytes = 100") != std::string::npos);
}

TEST_CASE("A zip bomb stops at the unpacked size") {
    RawWorkbook raw;
    raw.sheets = {{"survey", kHeader + row(2, inline_cell("A2", "text")) + std::string(30u << 20, ' ')}};
    const core::Bytes bomb = workbook_of(raw);
    REQUIRE(bomb.size() < 100'000);
    Limits limits;
    limits.unpacked_bytes = 8u << 20;
    CHECK(code_of(bomb, "f.xlsx", limits) == "limit.unpacked_bytes");
    limits = {};
    limits.unpacked_ratio = 100;
    CHECK(code_of(bomb, "f.xlsx", limits) == "limit.unpacked_ratio");
}

// Bytes that came onto the error stream meanwhile.
long said_on_the_error_stream(const std::function<void()>& act) {
    std::FILE* kept = std::tmpfile();
    REQUIRE(kept != nullptr);
    const int before = ::dup(STDERR_FILENO);
    ::dup2(::fileno(kept), STDERR_FILENO);
    act();
    ::dup2(before, STDERR_FILENO);
    ::close(before);
    struct stat status = {};
    CHECK(::fstat(::fileno(kept), &status) == 0);
    std::fclose(kept);
    return static_cast<long>(status.st_size);
}

TEST_CASE("An encoding that cannot be converted is told in the finding only, not on the error stream") {
    std::string code;
    const auto act = [&] {
        code = code_of(bytes_of("<?xml version=\"1.0\" encoding=\"UTF-32\"?><h:html xmlns:h=\"http://www.w3.org/1999/xhtml\"></h:html>"), "f.xml");
    };
    CHECK(said_on_the_error_stream(act) == 0);
    CHECK(code == "xml.malformed");
}

TEST_CASE("Entities are never expanded and nesting is bounded") {
    const std::string bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    RawWorkbook raw;
    raw.sheets = {{"survey", kHeader}};
    raw.shared_strings = "<si><t>x</t></si>";
    std::string xml = bomb + "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&b;</t></is></c></row></sheetData></worksheet>";
    const std::string package = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    const core::Bytes workbook = zip_of({{"[Content_Types].xml", "<Types/>"},
                                         {"xl/_rels/workbook.xml.rels", package + "<Relationship Id=\"s\" Type=\"x/worksheet\" Target=\"worksheets/s.xml\"/></Relationships>"},
                                         {"xl/workbook.xml", "<workbook xmlns:q=\"u\"><sheets><sheet name=\"survey\" q:id=\"s\"/></sheets></workbook>"},
                                         {"xl/worksheets/s.xml", xml}});
    CHECK(code_of(workbook) == "xml.doctype");
    CHECK(code_of(bytes_of("<?xml version=\"1.0\"?>" + bomb + "<h:html xmlns:h=\"http://www.w3.org/1999/xhtml\">&b;</h:html>"), "f.xml") == "xml.doctype");
    std::string chain = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">";
    for (char name = 'b'; name < 'k'; ++name) {
        chain += std::string("<!ENTITY ") + name + " \"";
        for (int i = 0; i < 10; ++i) chain += std::string("&") + static_cast<char>(name - 1) + ";";
        chain += "\">";
    }
    CHECK(code_of(bytes_of("<?xml version=\"1.0\"?>" + chain + "]><h:html xmlns:h=\"http://www.w3.org/1999/xhtml\">&j;</h:html>"), "f.xml") == "xml.doctype");
    std::string deep;
    for (int i = 0; i < 100000; ++i) deep += "<a>";
    const std::string code = code_of(bytes_of(deep), "f.xml");
    CHECK(code == "limit.xml_depth");
}

TEST_CASE("Folder and workbook carry the same sheets, cell for cell") {
    const Files folder = sheets_of(R"(
        | survey   |                    |      |                       |                 |
        |          | type               | name | label::Tiếng Việt (vi)| label::English  |
        |          | select_one yn      | a    | Dòng một\nDòng "hai"  | One, two; three |
        |          |                    |      |                       |                 |
        |          | text               | b    | _x0041_ & <b>         | =1+1            |
        | choices  |                    |      |                       |                 |
        |          | list_name          | name | label::Tiếng Việt (vi)|                 |
        |          | yn                 | 007  | Có                    |                 |
        | settings |                    |      |                       |                 |
        |          | form_id            |      |                       |                 |
        |          | round_trip         |      |                       |                 |
    )");
    const auto workbook = write_workbook(folder_of(folder));
    REQUIRE(std::holds_alternative<core::Bytes>(workbook));
    CHECK(write_workbook(folder_of(folder)) == workbook);
    const auto files = write_folder(std::get<core::Bytes>(workbook));
    REQUIRE(std::holds_alternative<NamedFiles>(files));
    Files back;
    for (const auto& [name, bytes] : std::get<NamedFiles>(files)) {
        back[name] = std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    CHECK(back.size() == 3);
    const FormReading first = read_form_folder(folder_of(folder), "f");
    const FormReading second = read_form(std::get<core::Bytes>(workbook), "f.xlsx", nullptr);
    const FormReading third = read_form_folder(folder_of(back), "f");
    REQUIRE(first.form != nullptr);
    REQUIRE(second.form != nullptr);
    REQUIRE(third.form != nullptr);
    CHECK(first.form->same_meaning(*second.form));
    CHECK(first.form->same_meaning(*third.form));
    CHECK(first.form->sha256 == third.form->sha256);
    CHECK(label_at(*third.form, "/data/a") == "Dòng một\nDòng \"hai\"");
    const auto again = write_workbook(folder_of(back));
    CHECK(again == workbook);
}

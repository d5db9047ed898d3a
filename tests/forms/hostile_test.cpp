// Forms made to hurt: each ends, soon and in little memory, in words that name the limit. One that does not end takes
// hours and meets CTest's timeout.
#include "reading_helpers.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using namespace kiosk::forms;
using namespace kiosk::forms::testing;

using Codes = std::vector<std::string>;

namespace {

FormReading read_survey(std::string survey, const Limits& limits = {}) {
    return read_form_folder(folder_of({{"survey.csv", std::move(survey)}}), "f", limits);
}

FormReading read_xml(const std::string& model, const std::string& body, const Limits& limits = {}) {
    const std::string xml = "<h:html xmlns=\"http://www.w3.org/2002/xforms\" xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:head><h:title>T</h:title><model>" +
                            model + "</model></h:head><h:body>" + body + "</h:body></h:html>";
    return read_form(bytes_of(xml), "f.xml", nullptr, limits);
}

}  // namespace

TEST_CASE("Groups a hundred thousand deep stop at the nesting limit") {
    std::string survey = "type,name,label\n";
    for (int i = 0; i < 100'000; ++i) survey += "begin_group,g" + std::to_string(i) + ",G\n";
    CHECK(errors_of(read_survey(survey)) == Codes{"limit.nesting A62"});
}

TEST_CASE("More questions than the limit are not read") {
    std::string survey = "type,name,label\n";
    for (int i = 0; i < 60'000; ++i) survey += "text,q" + std::to_string(i) + ",Q\n";
    const FormReading reading = read_survey(survey);
    CHECK(errors_of(reading) == Codes{"limit.questions A20002"});
    CHECK(reading.diagnosis.errors[0].repair.vi.find("--limit questions=") != std::string::npos);
}

TEST_CASE("Long names in deep groups do not multiply") {
    std::string survey = "type,name,label\n";
    for (int i = 0; i < 50; ++i) survey += "begin_group," + std::string(250, static_cast<char>('a' + i % 26)) + std::to_string(i) + ",G\n";
    for (int i = 0; i < 15'000; ++i) survey += "text,q" + std::to_string(i) + ",Q\n";
    CHECK(errors_of(read_survey(survey)).front().starts_with("limit.text_bytes"));
    CHECK(errors_of(read_survey("type,name,label\ntext," + std::string(256, 'x') + ",Q\n")) == Codes{"name.too_long B2"});
}

TEST_CASE("References that grow into long paths stop at the limit on text") {
    std::string survey = "type,name,label,relevant\n", path;
    for (int i = 0; i < 40; ++i) survey += "begin_group," + std::string(200, 'g') + std::to_string(i) + ",G,\n";
    survey += "text,a,A,\n";
    std::string label;
    for (int i = 0; i < 20'000; ++i) label += "${a}";
    survey += "text,b," + label + ",\n";
    for (int i = 0; i < 40; ++i) survey += "end_group,,,\n";
    CHECK(errors_of(read_survey(survey)) == Codes{"limit.text_bytes C43"});
}

TEST_CASE("A cell of many references is too long an expression, not a long wait") {
    std::string text;
    for (int i = 0; i < 10'000; ++i) text += "${quite_a_long_name_of_a_question_that_grows} + ";
    Limits limits;
    limits.cell_bytes = 1u << 20;
    const std::string survey = "type,name,label,relevant\ntext,quite_a_long_name_of_a_question_that_grows,A,\ntext,b,B," + text + "1\n";
    CHECK(errors_of(read_survey(survey, limits)) == Codes{"expression.too_long D3"});
}

TEST_CASE("Faults without end are told as the first thousand and their number") {
    std::string survey = "type,name,label,relevant\n";
    for (int i = 0; i < 5'000; ++i) survey += "text,q" + std::to_string(i) + ",Q,${nhầm} + ${lẫn} + ${cả}\n";
    const FormReading reading = read_survey(survey);
    CHECK(reading.diagnosis.errors.size() == 1001);
    CHECK(reading.diagnosis.errors.back().code == "report.more");
    CHECK(reading.diagnosis.errors.back().text == "14000");
}

TEST_CASE("Loops inside loops stop at the number of questions") {
    std::string survey = "type,name,label\n", choices = "list_name,name,label\n";
    for (int i = 0; i < 6; ++i) survey += "begin loop over l,l" + std::to_string(i) + ",L\n";
    survey += "text,q,Q\n";
    for (int i = 0; i < 6; ++i) survey += "end loop,,\n";
    for (int i = 0; i < 300; ++i) choices += "l,c" + std::to_string(i) + ",C\n";
    const FormReading reading = read_form_folder(folder_of({{"survey.csv", survey}, {"choices.csv", choices}}), "f");
    CHECK(errors_of(reading).front().starts_with("limit.questions"));
}

TEST_CASE("A million blank styled rows are passed over quickly") {
    std::string rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>type</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>name</t></is></c>"
                       "<c r=\"C1\" t=\"inlineStr\"><is><t>label</t></is></c></row>"
                       "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>text</t></is></c><c r=\"B2\" t=\"inlineStr\"><is><t>q</t></is></c>"
                       "<c r=\"C2\" t=\"inlineStr\"><is><t>Q</t></is></c></row>";
    for (int i = 3; i < 1'000'000; ++i) rows += "<row r=\"" + std::to_string(i) + "\" s=\"1\"><c r=\"A" + std::to_string(i) + "\" s=\"1\"/></row>";
    RawWorkbook raw;
    raw.sheets = {{"survey", rows}};
    const FormReading reading = read_workbook(raw);
    REQUIRE(reading.form != nullptr);
    CHECK(reading.form->controls.size() == 1);
}

TEST_CASE("An XForm of a hundred thousand flat elements stops at the limit, one of twenty thousand is read") {
    const auto form = [](int count) {
        std::string instance = "<instance><data id=\"d\">", binds, body;
        for (int i = 0; i < count; ++i) {
            const std::string name = "q" + std::to_string(i);
            instance += "<" + name + "/>";
            binds += "<bind nodeset=\"/data/" + name + "\" type=\"string\"/>";
            body += "<input ref=\"/data/" + name + "\"/>";
        }
        return read_xml(instance + "</data></instance>" + binds, body);
    };
    CHECK(errors_of(form(100'000)) == Codes{"limit.questions -"});
    CHECK(form(19'000).form != nullptr);
}

TEST_CASE("Long element names nested in an XForm do not multiply") {
    std::string open, close;
    for (int i = 0; i < 100; ++i) {
        const std::string name(40'000, static_cast<char>('a' + i % 26));
        open += "<" + name + ">";
        close = "</" + name + ">" + close;
    }
    std::string leaves;
    for (int i = 0; i < 5000; ++i) leaves += "<x" + std::to_string(i) + "/>";
    CHECK(errors_of(read_xml("<instance><data id=\"d\">" + open + leaves + close + "</data></instance>", "")) == Codes{"limit.text_bytes -"});
}

TEST_CASE("A part blown up by a single endless text stops at the length of a cell") {
    RawWorkbook raw;
    raw.sheets = {{"survey", std::string(40u << 20, ' ')}};
    CHECK(errors_of(read_workbook(raw)) == Codes{"limit.cell_bytes -"});
}

TEST_CASE("Encrypted zips and workbooks whose formulas never settled are told as what they are") {
    CHECK(errors_of(read_form(encrypted_zip_of("xl/workbook.xml", "<x/>"), "f.xlsx", nullptr)) == Codes{"file.encrypted -"});
    RawWorkbook raw;
    raw.sheets = {{"survey", "<row r=\"1\"><c r=\"A1\" t=\"e\"><f>B1</f><v>Err:522</v></c><c r=\"B1\"><f>A1</f></c></row>"}};
    CHECK(errors_of(read_workbook(raw)) == Codes{"cell.formula_error A1", "cell.formula_without_value B1", "column.missing -"});
}

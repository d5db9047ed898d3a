// Every finding that no other test tells of, with the cell it names; and that each speaks to a clerk in both languages.
#include "reading_helpers.hpp"

#include <kiosk/forms/write_form.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using namespace kiosk::forms;
using namespace kiosk::forms::testing;

using Codes = std::vector<std::string>;

namespace {

constexpr const char* kChoices = "| choices | | | |\n| | list_name | name | label |\n| | l | a | A |\n";

FormReading read_rows(const std::string& headers, const std::string& rows) {
    return read_drawing("| survey | | | | | |\n| | type | name | label | " + headers + " |\n" + rows + kChoices);
}

FormReading read_row(const std::string& row) { return read_rows("parameters | calculation", "| | " + row + " |\n"); }

std::string code_of_file(std::string_view content) { return errors_of(read_form(bytes_of(content), "f.xlsx", nullptr)).at(0); }
std::string code_of_zip(const std::vector<std::pair<std::string, std::string>>& parts) {
    return errors_of(read_form(zip_of(parts), "f.xlsx", nullptr)).at(0);
}

FormReading read_xform(const std::string& model, const std::string& body) {
    const std::string xml = "<h:html xmlns=\"http://www.w3.org/2002/xforms\" xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:head><h:title>T</h:title><model>"
                            "<instance><data id=\"d\"><a/></data></instance>" + model + "</model></h:head><h:body>" + body + "</h:body></h:html>";
    return read_form(bytes_of(xml), "f.xml", nullptr);
}

}  // namespace

TEST_CASE("Faults of a question's type name its cell") {
    CHECK(errors_of(read_row(" | q | Q | | ")) == Codes{"question.no_type A2"});
    CHECK(errors_of(read_row("calculate | q | | | ")) == Codes{"question.no_calculation E2"});
    CHECK(errors_of(read_row("select_one | q | Q | | ")) == Codes{"type.no_list A2"});
    CHECK(errors_of(read_row("select_one l and more | q | Q | | ")) == Codes{"type.malformed A2"});
    CHECK(errors_of(read_row("select_one_from_file xa | q | Q | | ")) == Codes{"type.bad_file A2"});
    CHECK(errors_of(read_row("select_one_from_file xa.geojson | q | Q | | ")) == Codes{"type.not_applicable A2"});
    CHECK(errors_of(read_row("range | q | Q | start=1 end=3 step=5 | ")) == Codes{"range.step_too_large D2"});
    CHECK(warnings_of(read_row("range | q | Q | start=1 end=6 step=2 | ")) == Codes{"range.uneven D2"});
    CHECK(errors_of(read_row("text | q | | | ")) == Codes{"question.no_label C2"});
}

TEST_CASE("A question shows a label, a hint or a picture; a guidance hint or a larger picture alone is not enough") {
    const auto with = [](const std::string& column) {
        return errors_of(read_rows(column, "| | text | q | | x |\n"));
    };
    for (const char* column : {"hint", "image", "audio", "hint::English (en)"}) CHECK(with(column).empty());
    CHECK(with("guidance_hint") == Codes{"question.no_label C2"});
    CHECK(with("big-image") == Codes{"question.big_image_alone D2", "question.no_label C2"});
}

TEST_CASE("What is computed and not shown sets no trigger off") {
    const auto triggered_by = [](const std::string& row) {
        return errors_of(read_rows("calculation | trigger", "| | " + row + " |\n| | dateTime | at | | now() | ${a} |\n"));
    };
    CHECK(triggered_by("calculate | a | | 5 + 4 | ") == Codes{"trigger.not_shown E3"});
    CHECK(triggered_by("calculate | a | Shown? | 5 + 4 | ") == Codes{"trigger.not_shown E3"});
    CHECK(triggered_by("integer | a | | 1 + 1 | ") == Codes{"trigger.not_shown E3"});
    CHECK(triggered_by("integer | a | Shown | 1 + 1 | ").empty());
    CHECK(triggered_by("begin_group | a | G | | |\n| | text | q | Q | | |\n| | end_group | | | ") == Codes{"trigger.not_a_question E5"});
}

TEST_CASE("The prefix of a name must be declared") {
    const std::string sheet = "| survey | | | |\n| | type | name | label |\n| | text | tinh:ma | Q |\n";
    CHECK(errors_of(read_drawing(sheet)) == Codes{"name.undeclared_prefix B2"});
    CHECK(errors_of(read_drawing(sheet + "| settings | |\n| | namespaces |\n| | tinh=\"http://example.vn\" |\n")).empty());
}

TEST_CASE("A row with neither type, name nor label is a note between questions") {
    const FormReading reading = read_rows("hint", "| | | | | an author's note |\n| | text | q | Q | |\n");
    CHECK(errors_of(reading).empty());
    CHECK(warnings_of(reading) == Codes{"question.skipped_row -"});
}

TEST_CASE("A group without a label is named, unless it is a page of questions") {
    const auto group = [](const std::string& appearance) {
        return warnings_of(read_rows("appearance | note", "| | begin_group | g | | " + appearance + " | |\n| | text | q | Q | | |\n| | end_group | | | | |\n"));
    };
    CHECK(group("") == Codes{"group.no_label C2"});
    CHECK(group("field-list").empty());
}

TEST_CASE("Choices that are filtered by what their answer decides are no circle") {
    const FormReading reading = read_rows("choice_filter | relevant", "| | begin_repeat | pet | Pet | | |\n"
                                          "| | select_one ${kind} | like | Like which? | kind != '' | |\n"
                                          "| | text | kind | Which kind? | | ${like} = '' |\n| | end_repeat | | | | |\n");
    CHECK(errors_of(reading).empty());
}

TEST_CASE("What needs itself is a circle, by name or by a dot") {
    const FormReading reading = read_rows("calculation | note", "| | calculate | a | | . + 1 | |\n");
    REQUIRE(errors_of(reading) == Codes{"expression.cycle D2"});
    CHECK(reading.diagnosis.errors[0].message.en.find("a → a") != std::string::npos);
}

TEST_CASE("Rows that are passed over are named") {
    const FormReading reading = read_rows("disabled | _x", "| | text | off | Off | yes | |\n| | | | | | only a note |\n| | text | Ab | Q | | |\n| | text | ab | Q | | |\n");
    REQUIRE(reading.form != nullptr);
    CHECK(warnings_of(reading) == Codes{"question.disabled D2", "question.skipped_row -", "name.case B5"});
    CHECK(reading.diagnosis.warnings[1].row == 3);
    CHECK(reading.form->find_node("/data/off") == kNone);
}

TEST_CASE("A trigger that is no reference, and one to nothing, are told") {
    CHECK(errors_of(read_rows("trigger | calculation", "| | calculate | q | | a | 1 |\n")) == Codes{"trigger.malformed D2"});
    CHECK(errors_of(read_rows("trigger | calculation", "| | calculate | q | | ${nope} | 1 |\n")) == Codes{"reference.unknown D2"});
    CHECK(errors_of(read_rows("trigger | calculation", "| | text | a | A | | |\n| | calculate | q | | ${a} ${a} x | 1 |\n")) == Codes{"trigger.malformed D3"});
}

TEST_CASE("Choices that belong nowhere or say nothing are named") {
    const FormReading reading = read_drawing(R"(
        | survey  |              |      |       |        |
        |         | type         | name | label |        |
        |         | select_one l | q    | Q     |        |
        | choices |              |      |       |        |
        |         | list_name    | name | label | 2 much |
        |         | l            | a    |       | x      |
        |         |              | b    | B     |        |
    )");
    CHECK(warnings_of(reading) == Codes{"column.bad_name D1", "choice.no_label C2", "choice.no_list A3"});
}

TEST_CASE("Columns without a header, or in a language that means nothing, are named") {
    CHECK(warnings_of(read_form_folder(folder_of({{"survey.csv", "type,name,label,\ntext,q,Q,lost\n"}}), "f")) == Codes{"column.no_header D2"});
    CHECK(warnings_of(read_rows("relevant::English | note", "| | text | q | Q | 1 | |\n")) == Codes{"column.not_translatable D1"});
}

TEST_CASE("Sheets and settings that are passed over are named") {
    CHECK(warnings_of(read_drawing("| survey | | | |\n| | type | name | label |\n| | text | q | Q |\n| settings | |\n| | form_id |\n| | a |\n| | b |\n")) ==
          Codes{"settings.extra_row -"});
    RawWorkbook raw;
    const std::string rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>type</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>name</t></is></c></row>"
                             "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>hidden</t></is></c><c r=\"B2\" t=\"inlineStr\"><is><t>q</t></is></c></row>";
    raw.sheets = {{"survey", rows}, {"choises", rows}, {"_settigns", rows}};
    const FormReading reading = read_workbook(raw);
    CHECK(warnings_of(reading) == Codes{"sheet.misspelt -"});
    CHECK(reading.diagnosis.warnings[0].text == "choises");
    raw.sheets = {{"survey", rows}, {"Survey ", rows}};
    CHECK(errors_of(read_workbook(raw)) == Codes{"sheet.duplicate -"});
    raw.sheets = {{"surveys", rows}};
    CHECK(read_workbook(raw).diagnosis.errors.at(0).repair.en.find("“surveys”") != std::string::npos);
}

TEST_CASE("Files that are no workbook are told what they are") {
    CHECK(code_of_file("{\\rtf1 x}") == "file.rtf -");
    CHECK(code_of_file("PK\x03\x04 broken") == "file.damaged_zip -");
    CHECK(code_of_zip({{"mimetype", "application/vnd.oasis.opendocument.text"}}) == "file.opendocument -");
    CHECK(code_of_zip({{"[Content_Types].xml", "<x/>"}, {"ppt/presentation.xml", "<x/>"}}) == "file.powerpoint -");
    CHECK(code_of_zip({{"Index/Document.iwa", "x"}}) == "file.numbers -");
    CHECK(code_of_zip({{"[Content_Types].xml", "<x/>"}, {"xl/workbook.xml", "<workbook/>"}}) == "file.broken_workbook -");
    const auto converted = write_folder(bytes_of("<h:html/>"));
    REQUIRE(std::holds_alternative<Finding>(converted));
    CHECK(std::get<Finding>(converted).code == "file.xml");
}

TEST_CASE("A limit that is not there cannot be set") {
    Limits limits;
    CHECK(set_limit(limits, "nesting", 3).has_value());
    CHECK(limits.nesting == 3);
    const auto refused = set_limit(limits, "patience", 3);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == "limit.unknown");
    CHECK(refused.error().message.vi.find("filled_cells") != std::string::npos);
}

TEST_CASE("Faults of an XForm that no workbook can have are told") {
    CHECK(errors_of(read_xform("<setvalue event=\"odk-instance-first-load\" ref=\"/data/b\"/>", "")) == Codes{"xform.action_without_node -"});
    CHECK(errors_of(read_xform("<instance id=\"l\"><root/></instance><instance id=\"l\"><root/></instance>", "")) == Codes{"xform.duplicate_instance -"});
    CHECK(warnings_of(read_xform("", "<marquee/>")) == Codes{"xform.unknown_tag -"});
}

TEST_CASE("Every fault of a bad form speaks both languages, and says what to do") {
    const FormReading reading = read_drawing(R"(
        | survey   |                     |        |           |              |                |            |             |                  |
        |          | type                | name   | label     | relevant     | parameters     | appearance | save_to     | constraint_mesage |
        |          | intger              | a      | A         |              |                |            |             | x                |
        |          | text                | b b    | B         | ${c          | rows=x         | map        | e           |                  |
        |          | select_one nope     | c      | ${d}      | foo(         |                |            |             |                  |
        |          | range               | e      | E         | ${e}         | step=0         |            |             |                  |
        |          | begin_group         | g      | G         |              |                |            |             |                  |
        |          | end_repeat          |        |           |              |                |            |             |                  |
        |          | video               | v      | V         | ${last-saved#a} |             |            |             |                  |
        | choices  |                     |        |           |              |                |            |             |                  |
        |          | list_name           | name   | label     |              |                |            |             |                  |
        |          | l                   |        | A         |              |                |            |             |                  |
        | settings |                     |        |           |              |                |            |             |                  |
        |          | auto_send           | name   |           |              |                |            |             |                  |
        |          | yes                 | a b    |           |              |                |            |             |                  |
    )");
    CHECK(reading.diagnosis.errors.size() >= 14);
    for (const Finding& error : reading.diagnosis.errors) {
        INFO(error.code);
        CHECK_FALSE(error.sheet.empty());
        CHECK_FALSE(error.cell.empty());
        for (const core::Words* words : {&error.message, &error.repair}) {
            CHECK_FALSE(words->vi.empty());
            CHECK_FALSE(words->en.empty());
            CHECK(words->vi != words->en);
        }
    }
}

// The faults an author makes, each told with its cell and its repair.
#include "reading_helpers.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace kiosk;
using namespace kiosk::forms;
using namespace kiosk::forms::testing;

using Codes = std::vector<std::string>;

TEST_CASE("Types that make no sense on a kiosk are refused by name") {
    for (const std::string type : {"geopoint", "geotrace", "geoshape", "start-geopoint", "background-geopoint", "audio", "video",
                                   "file", "background-audio", "osm", "osm building_tags", "include", "gps"}) {
        INFO(type);
        const FormReading reading = read_drawing("| survey | | | |\n| | type | name | label |\n| | " + type + " | q | Q |\n");
        CHECK(reading.form == nullptr);
        CHECK(errors_of(reading) == Codes{"type.not_applicable A2"});
        CHECK(reading.diagnosis.errors[0].text == type);
    }
}

TEST_CASE("A misspelt type, list or name is met with the nearest there is") {
    const FormReading reading = read_drawing(R"(
        | survey  |                   |      |       |               |
        |         | type              | name | label | relevant      |
        |         | intger            | tuổi | Tuổi  |               |
        |         | select_one gioi   | g    | Giới  | ${tuoi} > 3   |
        |         | selct_one gioi_tinh | g2 | Giới  |               |
        | choices |                   |      |       |               |
        |         | list_name         | name | label |               |
        |         | gioi_tinh         | nam  | Nam   |               |
        |         | giới              | nu   | Nữ    |               |
    )");
    CHECK(errors_of(reading) == Codes{"type.unknown A2", "list.unknown A3", "reference.unknown D3", "type.unknown A4"});
    CHECK(reading.diagnosis.errors[0].repair.en.find("integer") != std::string::npos);
    CHECK(reading.diagnosis.errors[1].repair.en.find("giới") != std::string::npos);
    CHECK(reading.diagnosis.errors[3].repair.vi.find("select_one") != std::string::npos);
}

TEST_CASE("Names are found by folding Vietnamese tones") {
    const FormReading reading = read_drawing(R"(
        | survey |         |      |       |             |
        |        | type    | name | label | relevant    |
        |        | integer | tuổi | Tuổi  |             |
        |        | text    | q    | Q     | ${tuoi} > 3 |
    )");
    REQUIRE(errors_of(reading) == Codes{"reference.unknown D3"});
    CHECK(reading.diagnosis.errors[0].repair.vi == "Có phải ý bạn là ${tuổi}?");
}

TEST_CASE("Twelve different faults in one workbook are all told, each with its cell, in Vietnamese") {
    const FormReading reading = read_drawing(R"(
        | survey   |                     |          |       |                    |                     |            |              |
        |          | type                | name     | label | relevant           | calculation         | constraint | relevnt      |
        |          | begin_group         | nhom     | Nhóm  |                    |                     |            |              |
        |          | intger              | tuoi     | Tuổi  |                    |                     |            |              |
        |          | text                | ho ten   | Tên   |                    |                     |            |              |
        |          | select_one tinhs    | tinh     | Tỉnh  |                    |                     |            |              |
        |          | text                | xa       | Xã    | ${tinhh} = '1'     |                     |            | x            |
        |          | text                | xa       | Xã    |                    |                     |            |              |
        |          | calculate           | a        |       |                    | ${b} + 1            |            |              |
        |          | calculate           | b        |       |                    | ${a} + 1            |            |              |
        |          | integer             | diem     | Điểm  |                    |                     | . > (3     |              |
        |          | geopoint            | vi_tri   | Vị trí|                    |                     |            |              |
        |          | text                |          | Trống |                    |                     |            |              |
        | choices  |                     |          |       |                    |                     |            |              |
        |          | list_name           | name     | label |                    |                     |            |              |
        |          | tinh                | da_nang  | ĐN    |                    |                     |            |              |
        |          | tinh                | da_nang  | ĐN    |                    |                     |            |              |
    )");
    CHECK(reading.form == nullptr);
    Codes found = errors_of(reading);
    CHECK(found == Codes{"column.unknown G1", "group.unclosed A2", "type.unknown A3", "name.invalid B4", "list.unknown A5",
                         "reference.unknown D6", "name.duplicate B7", "expression.cycle E8", "expression.incomplete F10",
                         "type.not_applicable A11", "name.missing B12", "choice.duplicate B3"});
    for (const Finding& error : reading.diagnosis.errors) {
        CHECK_FALSE(error.sheet.empty());
        CHECK(error.row > 0);
        CHECK_FALSE(error.message.vi.empty());
        CHECK_FALSE(error.message.en.empty());
        CHECK_FALSE(error.repair.vi.empty());
    }
    const auto cycle = std::find_if(reading.diagnosis.errors.begin(), reading.diagnosis.errors.end(),
                                    [](const Finding& error) { return error.code == "expression.cycle"; });
    REQUIRE(cycle != reading.diagnosis.errors.end());
    CHECK(cycle->message.vi == "Vòng lặp phụ thuộc: a → b → a.");
}

TEST_CASE("Faults of groups are told where they begin") {
    CHECK(errors_of_drawing(R"(
        | survey |              |      |       |
        |        | type         | name | label |
        |        | end_group    |      |       |
        |        | begin_repeat | r    | R     |
        |        | text         | q    | Q     |
        |        | end_group    |      |       |
        |        | begin_group  | g    | G     |
        |        | begin_group  | h    | H     |
        |        | text         | p    | P     |
    )") == Codes{"group.unmatched_end A2", "group.unmatched_end A5", "group.unclosed A6", "group.unclosed A7"});
    CHECK(errors_of_drawing(R"(
        | survey |              |      |       |          |
        |        | type         | name | label | required |
        |        | begin_group  | g    | G     | yes      |
        |        | text         | g    | Q     |          |
        |        | end_group    |      |       |          |
    )") == Codes{"group.required D2"});
}

TEST_CASE("Names must be unique where they stand, and repeats everywhere") {
    CHECK(errors_of_drawing(R"(
        | survey |              |      |       |
        |        | type         | name | label |
        |        | text         | a    | A     |
        |        | text         | a    | A     |
        |        | begin_group  | g    | G     |
        |        | text         | a    | A     |
        |        | begin_repeat | r    | R     |
        |        | text         | x    | A     |
        |        | end_repeat   |      |       |
        |        | end_group    |      |       |
        |        | begin_repeat | r    | R     |
        |        | text         | y    | A     |
        |        | end_repeat   |      |       |
        |        | begin_repeat | data | R     |
        |        | text         | y    | A     |
        |        | end_repeat   |      |       |
        |        | text         | meta | A     |
    )") == Codes{"name.duplicate B3", "name.duplicate B10", "name.duplicate B13", "name.reserved B16"});
    CHECK(errors_of_drawing(R"(
        | survey |             |      |       |             |
        |        | type        | name | label | relevant    |
        |        | begin_group | g    | G     |             |
        |        | text        | a    | A     |             |
        |        | end_group   |      |       |             |
        |        | begin_group | h    | G     |             |
        |        | text        | a    | A     |             |
        |        | end_group   |      |       |             |
        |        | text        | b    | A     | ${a} = '1'  |
    )") == Codes{"reference.ambiguous D8"});
}

TEST_CASE("Malformed references and expressions name the character") {
    const FormReading reading = read_drawing(R"(
        | survey |      |       |          |                     |                    |
        |        | type | name  | label    | relevant            | constraint         |
        |        | text | tuổi  | T        |                     |                    |
        |        | text | b     | ${ tuổi }| ${tuổi > 3          | ${tuổi} > 3 and )  |
        |        | text | c     | C        | ${last-saved#tuổi}  | selectd(., 'x')    |
    )");
    CHECK(errors_of(reading) == Codes{"reference.malformed D3", "expression.unexpected E3", "reference.malformed C3",
                                      "reference.last_saved D4", "expression.unknown_function E4"});
    CHECK(reading.diagnosis.errors[1].repair.en == "Mend the expression at character 17.");
}

TEST_CASE("Parameters are checked against their type") {
    CHECK(errors_of_drawing(R"(
        | survey  |              |      |       |                         |
        |         | type         | name | label | parameters              |
        |         | range        | a    | A     | start=1 end=x           |
        |         | range        | b    | B     | start=1 end=5 step=0    |
        |         | range        | c    | C     | start=1 end=5 stpe=1    |
        |         | text         | d    | D     | rows=x                  |
        |         | integer      | e    | E     | rows=3                  |
        |         | select_one l | f    | F     | seed=3                  |
        |         | select_one l | g    | G     | randomize=maybe         |
        |         | text         | h    | H     | rows                    |
        |         | range        | i    | I     | start=0.5 end=2.5 step=0.5 |
        | choices |              |      |       |                         |
        |         | list_name    | name | label |                         |
        |         | l            | x    | X     |                         |
    )") == Codes{"range.not_a_number D2", "range.zero_step D3", "parameters.unknown D4", "parameters.not_a_number D5",
                 "parameters.seed_alone D7", "parameters.bad_value D8", "parameters.malformed D9"});
}

TEST_CASE("Choice names with spaces are refused where several may be chosen") {
    CHECK(errors_of_drawing(R"(
        | survey  |                   |      |       |
        |         | type              | name | label |
        |         | select_multiple l | a    | A     |
        | choices |                   |      |       |
        |         | list_name         | name | label |
        |         | l                 | x y  | X     |
        |         | l                 |      | X     |
    )") == Codes{"choice.space_in_name B2", "choice.no_name B3"});
}

TEST_CASE("Choices may share a name only where the form allows it") {
    const std::string drawing = R"(
        | survey   |              |      |       |
        |          | type         | name | label |
        |          | select_one l | a    | A     |
        | choices  |              |      |       |
        |          | list_name    | name | label |
        |          | l            | x    | X     |
        |          | l            | x    | Y     |
    )";
    CHECK(errors_of_drawing(drawing) == Codes{"choice.duplicate B3"});
    CHECK(errors_of_drawing(drawing + "| settings | |\n| | allow_choice_duplicates |\n| | yes |\n").empty());
}

TEST_CASE("Settings and columns that do not apply are refused by name") {
    CHECK(errors_of_drawing(R"(
        | survey   |      |      |       |         |                         |
        |          | type | name | label | save_to | body::accuracyThreshold |
        |          | text | q    | Q     | x       | 5                       |
        | settings |      |      |       |         |                         |
        |          | auto_send | sms_keyword |  |     |                     |
        |          | true      | x           |  |     |                     |
    )") == Codes{"column.not_applicable D2", "column.not_applicable E2", "setting.not_applicable A2", "setting.not_applicable B2"});
}

TEST_CASE("Duplicate headers are refused, whatever they are called") {
    CHECK(errors_of_drawing(R"(
        | survey |      |      |       |       |           |           |
        |        | type | name | label | Label | relevant  | relevance |
        |        | text | q    | Q     | P     | true()    | true()    |
    )") == Codes{"column.duplicate D1", "column.duplicate F1"});
}

TEST_CASE("Nesting of groups is bounded, with the limit named") {
    std::string drawing = "| survey | | | |\n| | type | name | label |\n";
    for (int i = 0; i < 70; ++i) drawing += "| | begin_group | g" + std::to_string(i) + " | G |\n";
    drawing += "| | text | q | Q |\n";
    for (int i = 0; i < 70; ++i) drawing += "| | end_group | | |\n";
    const FormReading reading = read_drawing(drawing);
    REQUIRE(reading.diagnosis.errors.size() == 1);
    CHECK(reading.diagnosis.errors[0].code == "limit.nesting");
    CHECK(reading.diagnosis.errors[0].cell == "A62");
}

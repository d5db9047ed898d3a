// What a workbook means: types, columns, references, and the faults an author makes.
#include "reading_helpers.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace kiosk;
using namespace kiosk::forms;
using namespace kiosk::forms::testing;

using Codes = std::vector<std::string>;

TEST_CASE("Every type a kiosk takes becomes its control and bind") {
    const auto form = good_form(R"(
        | survey  |                       |      |       |             |             |
        |         | type                  | name | label | calculation | appearance  |
        |         | text                  | t    | T     |             |             |
        |         | integer               | i    | T     |             |             |
        |         | decimal               | d    | T     |             |             |
        |         | note                  | n    | T     |             |             |
        |         | select_one yn         | s1   | T     |             |             |
        |         | select_multiple yn    | sm   | T     |             |             |
        |         | rank yn               | r    | T     |             |             |
        |         | range                 | g    | T     |             |             |
        |         | date                  | da   | T     |             |             |
        |         | time                  | ti   | T     |             |             |
        |         | dateTime              | dt   | T     |             |             |
        |         | acknowledge           | a    | T     |             |             |
        |         | trigger               | tr   | T     |             |             |
        |         | barcode               | b    | T     |             |             |
        |         | image                 | im   | T     |             | signature   |
        |         | calculate             | c    |       | 1 + 1       |             |
        |         | hidden                | h    |       |             |             |
        |         | start                 | st   |       |             |             |
        |         | end                   | en   |       |             |             |
        |         | today                 | td   |       |             |             |
        |         | deviceid              | de   |       |             |             |
        |         | username              | us   |       |             |             |
        |         | q string              | qs   | T     |             |             |
        |         | Date Time             | d2   | T     |             |             |
        | choices |                       |      |       |             |             |
        |         | list_name             | name | label |             |             |
        |         | yn                    | yes  | Yes   |             |             |
    )");
    const auto has = [&](std::string_view path, std::string_view type, std::string_view data_type, std::string_view element) {
        const Node& node = node_at(*form, path);
        CHECK(node.type == type);
        CHECK(node.data_type == data_type);
        if (element.empty()) CHECK(node.control == kNone);
        else CHECK(control_at(*form, path).element == element);
    };
    has("/data/t", "text", "string", "input");
    has("/data/i", "integer", "int", "input");
    has("/data/d", "decimal", "decimal", "input");
    has("/data/n", "note", "string", "input");
    has("/data/s1", "select_one", "string", "select1");
    has("/data/sm", "select_multiple", "string", "select");
    has("/data/r", "rank", "odk:rank", "rank");
    has("/data/g", "range", "int", "range");
    has("/data/da", "date", "date", "input");
    has("/data/ti", "time", "time", "input");
    has("/data/dt", "dateTime", "dateTime", "input");
    has("/data/a", "acknowledge", "string", "trigger");
    has("/data/tr", "acknowledge", "string", "trigger");
    has("/data/b", "barcode", "barcode", "input");
    has("/data/im", "image", "binary", "upload");
    has("/data/c", "calculate", "string", "");
    has("/data/h", "hidden", "string", "");
    has("/data/st", "start", "dateTime", "");
    has("/data/en", "end", "dateTime", "");
    has("/data/td", "today", "date", "");
    has("/data/de", "deviceid", "string", "");
    has("/data/us", "username", "string", "");
    has("/data/qs", "text", "string", "input");
    has("/data/d2", "dateTime", "dateTime", "input");
    CHECK(node_at(*form, "/data/c").calculation == "1 + 1");
    CHECK(node_at(*form, "/data/n").read_only == "true()");
    CHECK(node_at(*form, "/data/meta/instanceID").preload == "uid");
    const Pairs range = control_at(*form, "/data/g").parameters;
    CHECK(range == Pairs{{"start", "1"}, {"end", "10"}, {"step", "1"}});
}

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

TEST_CASE("A reference outside repeats is an absolute path, inside one it is relative") {
    const auto form = good_form(R"(
        | survey |              |       |       |                      |                                              |
        |        | type         | name  | label | relevant             | calculation                                  |
        |        | text         | ten   | T     |                      |                                              |
        |        | begin_repeat | nguoi | N     | ${ten} != ''         |                                              |
        |        | text         | ho    | H     |                      |                                              |
        |        | begin_group  | them  | G     | ${ho} != ''          |                                              |
        |        | text         | q     | Q     | ${ho} = ${ten}       |                                              |
        |        | end_group    |       |       |                      |                                              |
        |        | begin_repeat | con   | C     |                      |                                              |
        |        | text         | tuoi  | T     | ${ho} = 'x'          |                                              |
        |        | calculate    | vi    |       |                      | indexed-repeat(${ho}, ${nguoi}, position(..)) |
        |        | end_repeat   |       |       |                      |                                              |
        |        | end_repeat   |       |       |                      |                                              |
        |        | calculate    | tong  |       |                      | count(${nguoi}) + sum(${tuoi})               |
    )");
    CHECK(node_at(*form, "/data/nguoi").relevant == "/data/ten != ''");
    CHECK(node_at(*form, "/data/nguoi/them").relevant == "../ho != ''");
    CHECK(node_at(*form, "/data/nguoi/them/q").relevant == "../../ho = /data/ten");
    CHECK(node_at(*form, "/data/nguoi/con/tuoi").relevant == "../../ho = 'x'");
    CHECK(node_at(*form, "/data/nguoi/con/vi").calculation == "indexed-repeat(/data/nguoi/ho, /data/nguoi, position(..))");
    CHECK(node_at(*form, "/data/tong").calculation == "count(/data/nguoi) + sum(/data/nguoi/con/tuoi)");
    CHECK(node_at(*form, "/data/nguoi").type == "repeat");
    CHECK(control_at(*form, "/data/nguoi").element == "repeat");
    CHECK(label_at(*form, "/data/nguoi") == "N");
}

TEST_CASE("choice_filter becomes a predicate that looks back with current()") {
    const auto form = good_form(R"(
        | survey  |                 |      |       |                  |                          |
        |         | type            | name | label | choice_filter    | parameters               |
        |         | select_one tinh | tinh | T     |                  | randomize=true           |
        |         | select_one xa   | xa   | X     | tinh = ${tinh}   | randomize = true, seed=${tinh} |
        |         | begin_repeat    | r    | R     |                  |                          |
        |         | select_one tinh | t2   | T     |                  |                          |
        |         | select_one xa   | x2   | X     | tinh = ${t2}     |                          |
        |         | end_repeat      |      |       |                  |                          |
        |         | select_one ${x2} | x3  | X     |                  |                          |
        | choices |                 |      |       |                  |                          |
        |         | list_name       | name | label | tinh             |                          |
        |         | tinh            | dn   | ĐN    |                  |                          |
        |         | xa              | a    | A     | dn               |                          |
    )");
    const auto itemset = [&](std::string_view path) { return *control_at(*form, path).itemset; };
    CHECK(itemset("/data/tinh").randomize);
    CHECK(itemset("/data/tinh").seed.empty());
    CHECK(itemset("/data/xa").nodeset == "instance('xa')/root/item[tinh = /data/tinh]");
    CHECK(itemset("/data/xa").seed == "/data/tinh");
    CHECK(itemset("/data/r/x2").nodeset == "instance('xa')/root/item[tinh = current()/../t2]");
    CHECK(itemset("/data/x3").nodeset == "/data/r[./x2 != '']");
    CHECK(itemset("/data/x3").value == "x2");
}

TEST_CASE("Languages come from the columns, and a column without one is in the default language") {
    const auto form = good_form(R"(
        | survey   |      |      |                         |                     |                   |
        |          | type | name | label::Tiếng Việt (vi)  | label::English (en) | hint::English (en)|
        |          | text | q    | Tên                     | Name                | Full              |
        | settings |      |      |                         |                     |                   |
        |          | default_language |        |                     |                   |               |
        |          | vi               |        |                     |                   |               |
    )");
    REQUIRE(form->languages.size() == 2);
    CHECK(form->languages[form->default_language].name == "Tiếng Việt (vi)");
    CHECK(form->find_language("en") == 1);
    CHECK(label_at(*form, "/data/q", 1) == "Name");
    CHECK(label_at(*form, "/data/q", 0) == "Tên");
    const Control& control = control_at(*form, "/data/q");
    CHECK(flat(form->text(control.hint, 0)) == "Full");

    const auto mixed = good_form(R"(
        | survey   |                  |      |       |                     |
        |          | type             | name | label | label::English (en) |
        |          | text             | q    | Tên   | Name                |
        | settings |                  |      |       |                     |
        |          | default_language |      |       |                     |
        |          | Tiếng Việt (vi)  |      |       |                     |
    )");
    REQUIRE(mixed->languages.size() == 2);
    CHECK(mixed->languages[mixed->default_language].code == "vi");
    CHECK(label_at(*mixed, "/data/q", mixed->default_language) == "Tên");
}

TEST_CASE("Labels carry answers, hints guidance, and choices media") {
    const auto form = good_form(R"(
        | survey  |               |      |                      |      |               |                    |            |
        |         | type          | name | label                | hint | guidance_hint | constraint_message | constraint |
        |         | text          | ten  | Tên                  |      |               |                    |            |
        |         | text          | q    | Chào ${ten}, **bạn**! | H   | Dài hơn       | Không phải ${ten}  | . != ${ten}|
        |         | select_one c  | s    | S                    |      |               |                    |            |
        | choices |               |      |                      |      |               |                    |            |
        |         | list_name     | name | label                | image| audio         |                    |            |
        |         | c             | a    | Của ${ten}           | a.png| a.mp3         |                    |            |
    )");
    CHECK(label_at(*form, "/data/q") == "Chào ${/data/ten}, **bạn**!");
    const Control& control = control_at(*form, "/data/q");
    CHECK(flat(form->guidance(control.hint, 0)) == "Dài hơn");
    CHECK(flat(form->text(node_at(*form, "/data/q").constraint_message, 0)) == "Không phải ${/data/ten}");
    const Translated* choice = form->find_itext("c-0");
    REQUIRE(choice != nullptr);
    CHECK(flat(form->text(*choice, 0)) == "Của ${/data/ten}");
    CHECK(form->medium(*choice, 0, &LocalText::image) == "a.png");
    CHECK(form->medium(*choice, 0, &LocalText::audio) == "a.mp3");
    CHECK(control_at(*form, "/data/s").itemset->label_is_itext);
}

TEST_CASE("or_other adds the choice and the question, in the form's language") {
    const auto form = good_form(R"(
        | survey   |                       |      |                        |                     |
        |          | type                  | name | label::Tiếng Việt (vi) | label::English (en) |
        |          | select_one c or_other | s    | S                      | S                   |
        | choices  |                       |      |                        |                     |
        |          | list_name             | name | label::Tiếng Việt (vi) | label::English (en) |
        |          | c                     | a    | A                      | A                   |
        | settings |                       |      |                        |                     |
        |          | kiosk:specify_other::Tiếng Việt (vi) |  |             |                     |
        |          | Nói rõ                |      |                        |                     |
    )");
    CHECK(node_at(*form, "/data/s_other").relevant == "selected(../s, 'other')");
    CHECK(label_at(*form, "/data/s_other", 0) == "Nói rõ");
    CHECK(label_at(*form, "/data/s_other", 1) == "Specify other.");
    CHECK(flat(form->text(*form->find_itext("c-1"), 0)) == "Khác");
    CHECK(flat(form->text(*form->find_itext("c-1"), 1)) == "Other");
}

TEST_CASE("Defaults are values, or expressions set when the visit or the repeat begins") {
    const auto form = good_form(R"(
        | survey |              |      |       |                |
        |        | type         | name | label | default        |
        |        | text         | a    | A     | plain-text     |
        |        | integer      | b    | B     | -5             |
        |        | date         | c    | C     | 2026-11-24     |
        |        | date         | d    | D     | today()        |
        |        | begin_repeat | r    | R     |                |
        |        | integer      | e    | E     | 1 + 1          |
        |        | integer      | f    | F     | 3              |
        |        | end_repeat   |      |       |                |
        |        | text         | g    | G     | có (một)       |
        |        | text         | h    | H     | A + B +        |
    )");
    CHECK(node_at(*form, "/data/a").default_value == "plain-text");
    CHECK(node_at(*form, "/data/b").default_value == "-5");
    CHECK(node_at(*form, "/data/c").default_value == "2026-11-24");
    CHECK(node_at(*form, "/data/g").default_value == "có (một)");
    CHECK(node_at(*form, "/data/h").default_value == "A + B +");
    CHECK(node_at(*form, "/data/r/f").default_value == "3");
    REQUIRE(form->actions.size() == 2);
    CHECK(form->actions[0].value == "today()");
    CHECK(form->actions[0].events == std::vector<std::string>{"odk-instance-first-load"});
    CHECK(form->nodes[form->actions[1].target].path == "/data/r/e");
    CHECK(form->actions[1].events == std::vector<std::string>{"odk-instance-first-load", "odk-new-repeat"});
    CHECK(form->nodes[form->actions[1].repeat].path == "/data/r");
}

TEST_CASE("A trigger makes a calculation wait for its question") {
    const auto form = good_form(R"(
        | survey |           |      |       |             |                |
        |        | type      | name | label | calculation | trigger        |
        |        | text      | a    | A     |             |                |
        |        | text      | b    | B     |             |                |
        |        | calculate | c    |       | now()       | ${a}, ${b}     |
    )");
    CHECK(node_at(*form, "/data/c").calculation.empty());
    REQUIRE(form->actions.size() == 2);
    CHECK(form->nodes[form->actions[0].trigger].path == "/data/a");
    CHECK(form->nodes[form->actions[1].trigger].path == "/data/b");
    CHECK(form->actions[0].value == "now()");
    CHECK(form->actions[0].events == std::vector<std::string>{"xforms-value-changed"});
}

TEST_CASE("repeat_count that is an expression gets a node of its own") {
    const auto form = good_form(R"(
        | survey |              |      |       |              |
        |        | type         | name | label | repeat_count |
        |        | integer      | n    | N     |              |
        |        | begin_repeat | a    | A     | ${n}         |
        |        | text         | x    | X     |              |
        |        | end_repeat   |      |       |              |
        |        | begin_repeat | b    | B     | ${n} + 1     |
        |        | text         | y    | Y     |              |
        |        | end_repeat   |      |       |              |
    )");
    CHECK(control_at(*form, "/data/a").repeat_count == "/data/n");
    CHECK(control_at(*form, "/data/a").fixed_repeat);
    CHECK(control_at(*form, "/data/b").repeat_count == "/data/b_count");
    CHECK(node_at(*form, "/data/b_count").calculation == "/data/n + 1");
}

TEST_CASE("A table-list becomes a header row and bare questions") {
    const auto form = good_form(R"(
        | survey  |              |      |       |            |
        |         | type         | name | label | appearance |
        |         | begin_group  | g    | Bảng  | table-list |
        |         | select_one c | a    | A     |            |
        |         | select_one c | b    | B     |            |
        |         | end_group    |      |       |            |
        | choices |              |      |       |            |
        |         | list_name    | name | label |            |
        |         | c            | x    | X     |            |
    )");
    CHECK(control_at(*form, "/data/g").appearance == std::vector<std::string>{"field-list"});
    CHECK(label_at(*form, "/data/g/generated_table_list_label_2") == "Bảng");
    CHECK(control_at(*form, "/data/g/reserved_name_for_field_list_labels_3").appearance == std::vector<std::string>{"label"});
    CHECK(control_at(*form, "/data/g/a").appearance == std::vector<std::string>{"list-nolabel"});
}

TEST_CASE("Columns of the kiosk's own reach the control, the form and its title") {
    const auto form = good_form(R"(
        | survey   |               |      |       |                   |             |
        |          | type          | name | label | body::kiosk:smiley | kiosk:icon |
        |          | text          | q    | Q     | yes               | face        |
        |          | hidden        | h    |       |                   | x           |
        | settings |               |      |       |                   |             |
        |          | form_title    | kiosk:title::English (en) | attribute::kiosk:idle_seconds | kiosk:anonymous | form_id |
        |          | Góp ý         | Feedback                  | 60                            | yes             | gop_y   |
    )");
    CHECK(control_at(*form, "/data/q").kiosk == Pairs{{"kiosk:smiley", "yes"}, {"kiosk:icon", "face"}});
    CHECK(node_at(*form, "/data/h").bind_attributes == Pairs{{"kiosk:icon", "x"}});
    CHECK(form->settings == Pairs{{"kiosk:idle_seconds", "60"}, {"kiosk:anonymous", "yes"}});
    CHECK(form->id == "gop_y");
}

TEST_CASE("Old names of columns, bind:: and body:: columns mean the same") {
    const auto form = good_form(R"(
        | survey |         |     |         |               |               |             |             |
        |        | command | tag | caption | bind::relevant | readonly     | bind::jr:constraintMsg | body::autoplay |
        |        | text    | a   | A       |               |               |             |             |
        |        | text    | b   | B       | ${a} = 'x'    | yes           | Sai         | audio       |
    )");
    const Node& b = node_at(*form, "/data/b");
    CHECK(b.relevant == "/data/a = 'x'");
    CHECK(b.read_only == "true()");
    CHECK(flat(form->text(b.constraint_message, 0)) == "Sai");
    CHECK(b.type == "text");
    CHECK(control_at(*form, "/data/b").attributes == Pairs{{"autoplay", "audio"}});
}

TEST_CASE("Headers split by single colons are understood") {
    const auto form = good_form(R"(
        | survey |      |      |               |               |                        |
        |        | type | name | label:English | label:Việt    | bind:jr:requiredMsg    |
        |        | text | a    | Name          | Tên           | Cần                    |
    )");
    REQUIRE(form->languages.size() == 2);
    CHECK(form->languages[0].name == "English");
    CHECK(label_at(*form, "/data/a", 1) == "Tên");
    CHECK(flat(form->text(node_at(*form, "/data/a").required_message, 0)) == "Cần");
}

TEST_CASE("External choices come from a CSV file beside the form") {
    const auto form = good_form(R"(
        | survey |                                |      |       |                      |             |
        |        | type                           | name | label | parameters           | calculation |
        |        | select_one_from_file xa.csv    | xa   | Xã    | value=ma label=ten   |             |
        |        | calculate                      | t    |       |                      | pulldata('dan', 'ten', 'ma', ${xa}) |
        |        | csv-external                   | huyen |      |                      |             |
    )", {{"xa.csv", "\xef\xbb\xbfma,ten\r\n1,Trà My\r\n2,\"Tiên\nPhước\"\r\n"}, {"dan.csv", "ma,ten\n1,A\n"}, {"huyen.csv", "name\nx\n"}});
    const Itemset& itemset = *control_at(*form, "/data/xa").itemset;
    CHECK(itemset.nodeset == "instance('xa')/root/item");
    CHECK(itemset.value == "ma");
    CHECK(itemset.label == "ten");
    const Instance* list = form->find_instance("xa");
    REQUIRE(list != nullptr);
    CHECK(list->source == "jr://file-csv/xa.csv");
    REQUIRE(list->elements.size() == 7);
    CHECK(list->elements[6].value == "Tiên\nPhước");
    CHECK(form->find_instance("dan") != nullptr);
    CHECK(form->find_instance("huyen") != nullptr);
    CHECK(warnings_of(read_drawing("| survey | | | |\n| | type | name | label |\n| | select_one_from_file xa.csv | q | Q |\n")) ==
          Codes{"external.missing A2"});
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

TEST_CASE("Cycles through groups' relevance are found; once() and a group around its answers are none") {
    CHECK(errors_of_drawing(R"(
        | survey |             |      |       |               |             |
        |        | type        | name | label | relevant      | calculation |
        |        | begin_group | g    | G     | ${a} = '1'    |             |
        |        | text        | a    | A     |               |             |
        |        | end_group   |      |       |               |             |
        |        | calculate   | o    |       |               | once(random()) |
        |        | text        | s    | S     | ${s} = '1'    |             |
    )") == Codes{"expression.cycle D2", "expression.cycle D6"});
}

TEST_CASE("Sheets are found misspelt, and those of no use are named") {
    CHECK(errors_of_drawing("| survy | | |\n| | type | name |\n| | text | q |\n") == Codes{"sheet.missing -"});
    const FormReading entities = read_drawing(R"(
        | survey   |           |      |       |
        |          | type      | name | label |
        |          | text      | q    | Q     |
        | entities |           |      |       |
        |          | list_name | label |      |
        |          | people    | Q     |      |
    )");
    CHECK(errors_of(entities) == Codes{"sheet.not_applicable A2"});
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

TEST_CASE("CSV sheets may be separated by semicolons or tabs, in UTF-16, and wrong encodings are told") {
    const auto read = [](std::string survey) { return read_form_folder(folder_of({{"survey.csv", std::move(survey)}}), "f"); };
    CHECK(read("type;name;label\ntext;q;\"a;b\"\n").form != nullptr);
    CHECK(read("type\tname\tlabel\r\ntext\tq\tQ").form != nullptr);
    CHECK(read("sep=|\r\ntype|name|label\r\ntext|q|Q, q").form != nullptr);
    std::string utf16 = "\xff\xfe";
    for (const char c : std::string("type\tname\tlabel\ntext\tq\tQ\n")) utf16 += std::string{c, '\0'};
    CHECK(read(utf16).form != nullptr);
    CHECK(errors_of(read("type,name,label\ntext,q,T\xean\n")) == Codes{"csv.not_utf8 -"});
    const FormReading open_quote = read("type,name,label\ntext,q,\"Q\n");
    REQUIRE(errors_of(open_quote) == Codes{"csv.open_quote -"});
    CHECK(open_quote.diagnosis.errors[0].row == 2);
}

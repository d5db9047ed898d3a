// What a workbook means: types, columns, languages, labels, choices.
#include "reading_helpers.hpp"

#include <catch2/catch_test_macros.hpp>

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

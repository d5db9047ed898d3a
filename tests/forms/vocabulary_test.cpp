// The words of XLSForm: every spelling of a type, a column and a setting, and what becomes of those a kiosk has no use for.
#include "reading_helpers.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using namespace kiosk::forms;
using namespace kiosk::forms::testing;

using Codes = std::vector<std::string>;

namespace {

constexpr const char* kChoices = "| choices | | | |\n| | list_name | name | label |\n| | l | a | A |\n| | l | b | B |\n";

std::string question(const std::string& type) {
    return "| survey | | | |\n| | type | name | label |\n| | " + type + " | q | Q |\n" + kChoices;
}

// One text question with one more column.
std::string with_column(const std::string& column, const std::string& value) {
    return "| survey | | | | |\n| | type | name | label | " + column + " |\n| | text | q | Q | " + value + " |\n";
}

std::string with_settings(const std::string& headers, const std::string& values) {
    return question("select_one l") + "| settings | |\n| | " + headers + " |\n| | " + values + " |\n";
}

}  // namespace

TEST_CASE("Old and new spellings of a type are the same type") {
    const std::vector<std::pair<std::string, std::vector<std::string>>> spellings = {
        {"text", {"text", "Text", "string", "q string", "add text prompt"}},
        {"integer", {"integer", "int", "q int", "add integer prompt"}},
        {"decimal", {"decimal", "q decimal", "add decimal prompt"}},
        {"note", {"note", "q note", "add note prompt"}},
        {"date", {"date", "q date", "add date prompt"}},
        {"dateTime", {"dateTime", "datetime", "date time", "q dateTime", "q date time", "add dateTime prompt", "add date time prompt"}},
        {"time", {"time"}},
        {"acknowledge", {"acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"}},
        {"barcode", {"barcode", "q barcode", "add barcode prompt"}},
        {"image", {"image", "photo", "q picture", "q image", "add image prompt", "add photo prompt"}},
        {"select_one", {"select_one l", "select one l", "select1 l", "select one from l", "select one using l", "q select1 l", "add select one prompt using l",
                        "select_one l or_other", "select one from l or specify other", "select one l or other"}},
        {"select_multiple", {"select_multiple l", "select multiple from l", "select multiple using l", "select all that apply l",
                             "select all that apply from l", "q select l", "add select multiple prompt using l", "select_multiple l or_other"}},
        {"rank", {"rank l"}},
        {"start", {"start", "start time", "get start time"}},
        {"end", {"end", "end time", "get end time"}},
        {"today", {"today", "get today"}},
        {"deviceid", {"deviceid", "device id", "imei", "get device id", "uri:deviceid"}},
        {"phonenumber", {"phonenumber", "get phone number", "uri:phonenumber"}},
        {"username", {"username", "uri:username"}},
        {"email", {"email", "uri:email"}},
        {"subscriberid", {"subscriberid", "subscriber id", "get subscriber id"}},
        {"simserial", {"simserial", "sim id", "get sim id"}},
    };
    for (const auto& [type, written] : spellings) {
        for (const std::string& one : written) {
            INFO(one);
            CHECK(node_at(*good_form(question(one)), "/data/q").type == type);
        }
    }
}

TEST_CASE("Old types that imply a rule keep it") {
    CHECK(node_at(*good_form(question("percentage")), "/data/q").constraint == "0 <= . and . <= 100");
    CHECK(node_at(*good_form(question("number of days in last month")), "/data/q").constraint == "0 <= . and . <= 31");
    CHECK(node_at(*good_form(question("phone number")), "/data/q").constraint == "regex(., '^\\d*$')");
    CHECK(warnings_of(read_drawing(question("percentage"))) == Codes{"type.legacy A2"});
}

TEST_CASE("Every spelling of a column is the same column") {
    const auto node = [](const std::string& column, const std::string& value) {
        INFO(column);
        return node_at(*good_form(with_column(column, value)), "/data/q");
    };
    for (const char* column : {"relevant", "relevance", "Relevant", "bind::relevant", "bind:relevant"}) CHECK(node(column, "1 = 1").relevant == "1 = 1");
    for (const char* column : {"constraint", "bind::constraint"}) CHECK(node(column, ". != 'x'").constraint == ". != 'x'");
    for (const char* column : {"read_only", "readonly", "read only", "bind::readonly"}) CHECK(node(column, "yes").read_only == "true()");
    for (const char* column : {"required", "bind::required"}) CHECK(node(column, "TRUE").required == "true()");
    for (const char* column : {"calculation", "calculate", "bind::calculate"}) CHECK(node(column, "1 + 1").calculation == "1 + 1");
    for (const char* column : {"constraint_message", "constraint message", "Constraint Message", "constraining message", "bind::jr:constraintMsg", "bind:jr:constraintMsg"}) {
        INFO(column);
        const auto form = good_form(with_column(column, "No"));
        CHECK(flat(form->text(node_at(*form, "/data/q").constraint_message, 0)) == "No");
    }
    for (const char* column : {"required_message", "required message", "requiredMsg", "bind::jr:requiredMsg"}) {
        INFO(column);
        const auto form = good_form(with_column(column, "No"));
        CHECK(flat(form->text(node_at(*form, "/data/q").required_message, 0)) == "No");
    }
    for (const char* column : {"appearance", "body::appearance", "control::appearance", "control:appearance"}) {
        INFO(column);
        CHECK(control_at(*good_form(with_column(column, "multiline")), "/data/q").appearance == Codes{"multiline"});
    }
    for (const char* column : {"image", "media::image", "media:image", "Image"}) {
        INFO(column);
        const auto form = good_form(with_column(column, "a.png"));
        CHECK(form->medium(control_at(*form, "/data/q").label, 0, &LocalText::image) == "a.png");
    }
    for (const char* column : {"rows", "body::rows", "control::rows"}) {
        INFO(column);
        CHECK(control_at(*good_form(with_column(column, "4")), "/data/q").parameters == Pairs{{"rows", "4"}});
    }
    CHECK(node("bind::type", "int").data_type == "int");
    CHECK(node("bind::odk:length", "9").bind_attributes == Pairs{{"odk:length", "9"}});
    CHECK(control_at(*good_form(with_column("body::class", "x")), "/data/q").attributes == Pairs{{"class", "x"}});
}

TEST_CASE("Texts and media take a language in each of the ways it is written") {
    const auto form = good_form(R"(
        | survey  |              |      |                     |                            |                    |                                        |
        |         | type         | name | label::English (en) | media::image::English (en) | hint::English (en) | bind::jr:constraintMsg::English (en)   |
        |         | text         | q    | Name                | a.png                      | Hint               | No                                     |
        |         | select_one l | s    | S                   |                            |                    |                                        |
        | choices |              |      |                     |                            |                    |                                        |
        |         | list name    | value | caption::English (en) | audio::English (en)     | big-image          |                                        |
        |         | l            | a    | A                   | a.mp3                      | big.png            |                                        |
    )");
    CHECK(form->languages[0].code == "en");
    CHECK(label_at(*form, "/data/q") == "Name");
    CHECK(form->medium(control_at(*form, "/data/q").label, 0, &LocalText::image) == "a.png");
    CHECK(flat(form->text(node_at(*form, "/data/q").constraint_message, 0)) == "No");
    const Translated* choice = form->find_itext("l-0");
    REQUIRE(choice != nullptr);
    CHECK(form->medium(*choice, 0, &LocalText::audio) == "a.mp3");
    CHECK(form->medium(*choice, 0, &LocalText::big_image) == "big.png");
}

TEST_CASE("Languages that differ only in letter case are one language") {
    const auto form = good_form("| survey | | | | |\n| | type | name | label::English | hint::english |\n| | text | q | Q | H |\n");
    CHECK(form->languages.size() == 1);
    CHECK(flat(form->text(control_at(*form, "/data/q").hint, 0)) == "H");
}

TEST_CASE("Columns that do not apply are refused, columns nobody knows are named") {
    for (const char* column : {"save_to", "bind::entities:saveto", "noAppErrorString", "bind::jr:noAppErrorString", "intent", "compact_tag", "SMS Field",
                               "sms_option", "body::accuracyThreshold", "control::accuracyThreshold"}) {
        INFO(column);
        CHECK(errors_of_drawing(with_column(column, "x")) == Codes{"column.not_applicable D2"});
    }
    CHECK(errors_of_drawing(with_column("bind::my attr", "x")) == Codes{"column.bad_attribute D1"});
    CHECK(errors_of_drawing(with_column("bind::nodeset", "/x")) == Codes{"column.bad_attribute D1"});
    CHECK(errors_of_drawing(with_column("bind::esri:type", "x")) == Codes{"column.undeclared_prefix D1"});
    CHECK(errors_of_drawing(with_column("bind::esri:type", "x") + "| settings | |\n| | namespaces |\n| | esri=\"http://esri.com/x\" |\n").empty());
    CHECK(errors_of_drawing(with_column("constraint_mesage", "x")) == Codes{"column.unknown D1"});
    CHECK(warnings_of(read_drawing(with_column("remarks of ours", "x"))) == Codes{"column.unknown D1"});
    CHECK(warnings_of(read_drawing(with_column("_remarks", "x"))).empty());
}

TEST_CASE("Settings are read in every spelling, and those that do not apply are refused") {
    const auto form = good_form(with_settings("set form title | id_string | version | name | style | instance_xmlns | public_key | submission_url | default_language",
                                              "T | the_id | 7 | goc | pages | http://x.example/ | KEY | https://s.example/ | vi"));
    CHECK(flat(form->text(form->title, 0)) == "T");
    CHECK(form->id == "the_id");
    CHECK(form->version == "7");
    CHECK(form->nodes[0].path == "/goc");
    CHECK(form->style == Codes{"pages"});
    CHECK(form->instance_namespace == "http://x.example/");
    CHECK(form->public_key == "KEY");
    CHECK(form->submission_url == "https://s.example/");
    for (const char* name : {"auto_send", "auto_delete", "client_editable", "omit_instanceID", "prefix", "delimiter", "sms_keyword", "sms_separator",
                             "sms_allow_media", "sms_date_format", "sms_datetime_format", "sms_response"}) {
        INFO(name);
        CHECK(errors_of_drawing(with_settings(name, "x")) == Codes{"setting.not_applicable A2"});
    }
    CHECK(warnings_of(read_drawing(with_settings("flat", "yes"))) == Codes{"setting.ignored A2"});
    CHECK(warnings_of(read_drawing(with_settings("allow_choice_duplicates", "perhaps"))) == Codes{"setting.not_yes_or_no A2"});
    CHECK(errors_of_drawing(with_settings("name", "hai từ")) == Codes{"setting.bad_name A2"});
    const FormReading both = read_drawing(with_settings("id_string | form_id", "old | new"));
    CHECK(warnings_of(both) == Codes{"column.two_ids B1"});
    CHECK(both.id == "new");
}

TEST_CASE("Attributes of the form and its namespaces reach the instance") {
    const auto form = good_form(with_settings("attribute::kobo:submitMessage | namespaces", "Xong | kobo=\"http://kobo.example/x\" bad jr=\"urn:other\""));
    CHECK(form->definition.find("kobo:submitMessage=\"Xong\"") != std::string::npos);
    CHECK(errors_of_drawing(with_settings("attribute::kobo:submitMessage", "Xong")) == Codes{"column.undeclared_prefix A1"});
}

TEST_CASE("Settings once written among the questions are still settings") {
    const FormReading reading = read_drawing(R"(
        | survey |                |        |       |
        |        | type           | name   | label |
        |        | set form title | Góp ý  |       |
        |        | set form id    | gop_y  |       |
        |        | text           | q      | Q     |
    )");
    REQUIRE(reading.form != nullptr);
    CHECK(reading.id == "gop_y");
    CHECK(reading.title == "Góp ý");
    CHECK(warnings_of(reading) == Codes{"type.legacy A2", "type.legacy A3"});
}

TEST_CASE("clean_text_values decides whether runs of spaces are one") {
    const std::string sheet = "type,name,label\ntext,q,\"a  b\"\n";
    const auto label = [&](const std::string& settings) {
        const FormReading reading = read_form_folder(folder_of({{"survey.csv", sheet}, {"settings.csv", settings}}), "f");
        REQUIRE(reading.form != nullptr);
        return label_at(*reading.form, "/data/q");
    };
    CHECK(label("clean_text_values\nyes\n") == "a b");
    CHECK(label("clean_text_values\nno\n") == "a  b");
}

TEST_CASE("add_none_option gives every select_multiple a choice that excludes the others") {
    const auto form = good_form(question("select_multiple l") + "| settings | |\n| | add_none_option |\n| | yes |\n");
    CHECK(node_at(*form, "/data/q").constraint == "(. = 'none' or not(selected(., 'none')))");
    CHECK(form->find_instance("l")->elements.back().value == "None");
}

TEST_CASE("Appearances: known ones are kept, unknown ones named, those of phones and maps refused") {
    const auto reading = [](const std::string& appearance) { return read_drawing(with_column("appearance", appearance)); };
    for (const char* known : {"minimal", "quick", "columns", "columns-3", "columns-12", "likert", "w4", "compact-2", "quickcompact", "horizontal", "month-year",
                              "thousands-sep", "Multiline", "hidden-answer", "url", "printer:org.x(${q})"}) {
        INFO(known);
        CHECK(errors_of(reading(known)).empty());
        CHECK(warnings_of(reading(known)).empty());
    }
    for (const char* refused : {"map", "maps", "placement-map", "bearing", "hide-input", "ethiopian", "ex:org.app(a='1')", "ex:org.app", "persian"}) {
        INFO(refused);
        CHECK(errors_of(reading(refused)) == Codes{"appearance.not_applicable D2"});
    }
    CHECK(warnings_of(reading("minimall")) == Codes{"appearance.unknown D2"});
}

TEST_CASE("Parameters of phones are refused, those of a type without any are said to be ignored") {
    const auto codes = [](const std::string& type, const std::string& parameters) {
        return read_drawing("| survey | | | | |\n| | type | name | label | parameters |\n| | " + type + " | | L | " + parameters + " |\n" + kChoices);
    };
    CHECK(errors_of(codes("audit", "track-changes=true")) == Codes{"parameters.not_applicable D2"});
    CHECK(warnings_of(codes("note", "rows=3")) == Codes{"parameters.ignored D2"});
    CHECK(errors_of(codes("note", "rows")) == Codes{"parameters.malformed D2"});
}

TEST_CASE("An audit is accepted under its own name and said to be ignored") {
    const FormReading reading = read_drawing("| survey | | | |\n| | type | name | label |\n| | audit | | |\n| | text | q | Q |\n");
    REQUIRE(reading.form != nullptr);
    CHECK(warnings_of(reading) == Codes{"type.audit A2"});
    CHECK(reading.form->find_node("/data/audit") == kNone);
    CHECK(errors_of_drawing("| survey | | | |\n| | type | name | label |\n| | audit | log | |\n") == Codes{"name.audit B2"});
}

TEST_CASE("A range's ticks, labels and placeholder must lie on its steps") {
    const auto codes = [](const std::string& parameters, const std::string& appearance = "") {
        return errors_of_drawing("| survey | | | | | |\n| | type | name | label | parameters | appearance |\n| | range | q | Q | start=0 end=10 step=2 " + parameters +
                                 " | " + appearance + " |\n| choices | | | |\n| | list_name | name | label |\n| | ends | 0 | A |\n| | ends | 10 | B |\n"
                                 "| | odd | 3 | C |\n| | words | x | D |\n| | three | 0 | A |\n| | three | 4 | A |\n| | three | 10 | A |\n");
    };
    CHECK(codes("tick_interval=10 placeholder=6 tick_labelset=ends", "no-ticks vertical").empty());
    CHECK(codes("tick_labelset=three").empty());
    CHECK(codes("tick_interval=0") == Codes{"range.bad_interval D2"});
    CHECK(codes("tick_interval=3") == Codes{"range.bad_interval D2"});
    CHECK(codes("tick_interval=20") == Codes{"range.bad_interval D2"});
    CHECK(codes("tick_interval=x") == Codes{"range.not_a_number D2"});
    CHECK(codes("placeholder=12") == Codes{"range.bad_placeholder D2"});
    CHECK(codes("placeholder=3") == Codes{"range.bad_placeholder D2"});
    CHECK(codes("tick_labelset=ennds") == Codes{"list.unknown D2"});
    CHECK(codes("tick_labelset=odd") == Codes{"range.bad_tick_label D2"});
    CHECK(codes("tick_labelset=words") == Codes{"range.bad_tick_label D2"});
    CHECK(codes("tick_labelset=three", "no-ticks") == Codes{"range.bad_tick_label D2"});
    CHECK(codes("tick_interval=4", "rating") == Codes{"range.ticks_with_appearance D2"});
}

TEST_CASE("A loop repeats its questions for each choice, with the choice's words") {
    const auto form = good_form(R"(
        | survey  |                    |         |                        |                |
        |         | type               | name    | label                  | relevant       |
        |         | begin loop over l  | vong    | Vòng                   |                |
        |         | integer            | so      | Bao nhiêu %(label)s?   | '%(name)s' != '' |
        |         | begin group        | g       | G                      |                |
        |         | text               | x_%(name)s | X                   |                |
        |         | end group          |         |                        |                |
        |         | end loop           |         |                        |                |
        |         | text               | sau     | Sau                    |                |
        | choices |                    |         |                        |                |
        |         | list_name          | name    | label                  |                |
        |         | l                  | bo      | Bò                     |                |
        |         | l                  | heo     | Heo                    |                |
    )");
    CHECK(label_at(*form, "/data/vong/bo") == "Bò");
    CHECK(label_at(*form, "/data/vong/bo/so") == "Bao nhiêu Bò?");
    CHECK(label_at(*form, "/data/vong/heo/so") == "Bao nhiêu Heo?");
    CHECK(node_at(*form, "/data/vong/heo/so").relevant == "'heo' != ''");
    CHECK(node_at(*form, "/data/vong/heo/g/x_heo").type == "text");
    CHECK(node_at(*form, "/data/sau").type == "text");
}

TEST_CASE("Faults inside a loop are told once, and a loop that will not close is told") {
    const auto loop = [](const std::string& rows) { return errors_of_drawing("| survey | | | |\n| | type | name | label |\n" + rows + kChoices); };
    CHECK(loop("| | begin loop over l | v | V |\n| | intger | a | A |\n| | text | b c | A |\n| | end loop | | |\n") == Codes{"type.unknown A3", "name.invalid B4"});
    CHECK(loop("| | begin loop over l | v | V |\n| | text | a | A |\n") == Codes{"group.unclosed A2"});
    CHECK(loop("| | begin loop over nope | v | V |\n| | text | a | A |\n| | end loop | | |\n") == Codes{"list.unknown A2"});
    CHECK(loop("| | begin loop | v | V |\n| | end loop | | |\n") == Codes{"type.no_list A2"});
    CHECK(loop("| | end loop | | |\n") == Codes{"group.unmatched_end A2"});
    CHECK(loop("| | begin loop over l | v | V |\n| | end group | | |\n| | end loop | | |\n") == Codes{"group.unmatched_end A3"});
    CHECK(loop("| | begin loop over l | v | V |\n| | begin group | g | G |\n| | end loop | | |\n") == Codes{"group.unclosed A3"});
}

TEST_CASE("select_one_external takes its list from external_choices, which may share a name with one of choices") {
    const auto form = good_form(R"(
        | survey           |                          |      |       |                |
        |                  | type                     | name | label | choice_filter  |
        |                  | select_one l             | a    | A     |                |
        |                  | select_one_external l    | b    | B     | tinh = ${a}    |
        | choices          |                          |      |       |                |
        |                  | list_name                | name | label |                |
        |                  | l                        | dn   | ĐN    |                |
        | external_choices |                          |      |       |                |
        |                  | list_name                | name | label | tinh           |
        |                  | l                        | x    | X     | dn             |
    )");
    CHECK(control_at(*form, "/data/a").itemset->nodeset == "instance('l')/root/item");
    CHECK(control_at(*form, "/data/b").itemset->nodeset == "instance('l_external')/root/item[tinh = /data/a]");
    CHECK(errors_of_drawing(question("select_one_external l")) == Codes{"list.unknown A2"});
}

TEST_CASE("search() of old forms becomes a select from the file") {
    const auto drawing = [](const std::string& appearance) {
        return "| survey | | | | |\n| | type | name | label | appearance |\n| | text | t | T | |\n| | select_one f | q | Q | " + appearance +
               " |\n| choices | | | |\n| | list_name | name | label |\n| | f | ma | ten |\n";
    };
    const Files beside = {{"xa.csv", "ma,ten,huyen\n1,A,x\n"}};
    const auto itemset = [&](const std::string& appearance) {
        const auto form = good_form(drawing(appearance), beside);
        return *control_at(*form, "/data/q").itemset;
    };
    CHECK(itemset("search('xa')").nodeset == "instance('xa')/root/item");
    CHECK(itemset("search('xa')").value == "ma");
    CHECK(itemset("search('xa')").label == "ten");
    CHECK(itemset("minimal search('xa', 'contains', 'ten', ${t})").nodeset == "instance('xa')/root/item[contains(ten, /data/t)]");
    CHECK(itemset("search('xa', 'startswith', 'ten, ma', 'a', 'huyen', ${t})").nodeset ==
          "instance('xa')/root/item[(starts-with(ten, 'a') or starts-with(ma, 'a')) and huyen = /data/t]");
    CHECK(errors_of(read_drawing(drawing("search('xa', 'sounds', 'ten', ${t})"), beside)) == Codes{"appearance.not_applicable D3"});
    CHECK(errors_of(read_drawing(drawing("search('xa'"), beside)) == Codes{"appearance.not_applicable D3"});
}

TEST_CASE("One name cannot stand for a list and a file, nor for two files") {
    CHECK(errors_of_drawing(R"(
        | survey  |                               |      |       |                              |
        |         | type                          | name | label | calculation                  |
        |         | csv-external                  | l    |       |                              |
        |         | select_one_from_file xa.csv   | a    | A     |                              |
        |         | select_one_from_file xa.xml   | b    | B     |                              |
        |         | calculate                     | c    |       | pulldata('l', 'x', 'y', 'z') |
        |         | calculate                     | d    |       | pulldata('xa', 'x', 'y', 'z') |
        |         | begin_group                   | g    | G     |                              |
        |         | xml-external                  | e    |       |                              |
        |         | end_group                     |      |       |                              |
        |         | xml-external                  | e    |       |                              |
        |         | begin_repeat                  | r    | R     |                              |
        |         | csv-external                  | f    |       |                              |
        |         | text                          | h    | H     |                              |
        |         | end_repeat                    |      |       |                              |
        | choices |                               |      |       |                              |
        |         | list_name                     | name | label |                              |
        |         | l                             | x    | X     |                              |
    )") == Codes{"instance.duplicate A2", "instance.duplicate A4", "instance.duplicate D5", "instance.duplicate A10", "instance.in_repeat A12"});
}

TEST_CASE("instance() must name a list or a file of the form") {
    const FormReading reading = read_drawing(R"(
        | survey  |              |      |       |                                            |
        |         | type         | name | label | calculation                                |
        |         | calculate    | a    |       | instance('tin')/root/item[name = 'x']/label |
        |         | calculate    | b    |       | instance('tinh')/root/item[name = 'x']/label |
        | choices |              |      |       |                                            |
        |         | list_name    | name | label |                                            |
        |         | tinh         | x    | X     |                                            |
    )");
    CHECK(errors_of(reading) == Codes{"expression.unknown_instance D2"});
    CHECK(reading.diagnosis.errors[0].repair.en.find("tinh") != std::string::npos);
}

TEST_CASE("Names that the form makes itself may not be taken") {
    CHECK(errors_of_drawing("| survey | | | |\n| | type | name | label |\n| | select_one l or_other | q | Q |\n| | text | q_other | O |\n" + std::string(kChoices)) ==
          Codes{"name.duplicate B3"});
    CHECK(errors_of_drawing("| survey | | | | |\n| | type | name | label | repeat_count |\n| | text | r_count | O | |\n| | begin_repeat | r | R | 1 + 1 |\n"
                            "| | text | q | Q | |\n| | end_repeat | | | |\n") == Codes{"name.duplicate B3"});
}

TEST_CASE("or_other needs a list of its own and no filter") {
    CHECK(errors_of_drawing(question("select_one xa.csv or_other")) == Codes{"select.other_without_list A2"});
    CHECK(errors_of_drawing("| survey | | | | |\n| | type | name | label | choice_filter |\n| | select_one l or_other | q | Q | name != '' |\n" +
                            std::string(kChoices)) == Codes{"select.filter_with_other D2"});
}

TEST_CASE("A table-list takes one list and no filter") {
    CHECK(errors_of_drawing(R"(
        | survey  |              |      |       |            |               |
        |         | type         | name | label | appearance | choice_filter |
        |         | begin_group  | g    | G     | table-list |               |
        |         | select_one l | a    | A     |            | name != ''    |
        |         | select_one m | b    | B     |            |               |
        |         | end_group    |      |       |            |               |
        | choices |              |      |       |            |               |
        |         | list_name    | name | label |            |               |
        |         | l            | x    | X     |            |               |
        |         | m            | y    | Y     |            |               |
    )") == Codes{"appearance.table_list_filter E3", "appearance.table_list A4"});
}

TEST_CASE("What is computed and has no words is not shown, whatever its type") {
    const auto form = good_form(R"(
        | survey |         |      |       |             |         |
        |        | type    | name | label | calculation | trigger |
        |        | text    | t    | T     |             |         |
        |        | integer | a    |       | 1 + 1       |         |
        |        | integer | b    | B     | 1 + 1       |         |
        |        | text    | c    |       | now()       | ${t}    |
    )");
    CHECK(node_at(*form, "/data/a").control == kNone);
    CHECK(node_at(*form, "/data/a").data_type == "int");
    CHECK(control_at(*form, "/data/b").element == "input");
    CHECK(node_at(*form, "/data/c").control == kNone);
}

TEST_CASE("Answers may be named in parameters, appearances and attributes") {
    const auto form = good_form(R"(
        | survey  |              |      |       |                              |            |                  |
        |         | type         | name | label | parameters                   | appearance | bind::odk:length |
        |         | integer      | n    | N     |                              |            |                  |
        |         | select_one l | q    | Q     | randomize=true seed=${n}     | w${n}      | ${n}             |
        | choices |              |      |       |                              |            |                  |
        |         | list_name    | name | label |                              |            |                  |
        |         | l            | a    | A     |                              |            |                  |
    )");
    CHECK(control_at(*form, "/data/q").itemset->seed == "/data/n");
    CHECK(control_at(*form, "/data/q").appearance == Codes{"w/data/n"});
    CHECK(node_at(*form, "/data/q").bind_attributes == Pairs{{"odk:length", "/data/n"}});
    CHECK(errors_of_drawing(R"(
        | survey  |              |      |       |                              |                  |
        |         | type         | name | label | parameters                   | bind::odk:length |
        |         | select_one l | q    | Q     | randomize=true seed=${n}     | ${m}             |
        | choices |              |      |       |                              |                  |
        |         | list_name    | name | label |                              |                  |
        |         | l            | a    | A     |                              |                  |
    )") == Codes{"reference.unknown D2", "reference.unknown A2"});
}

TEST_CASE("A filter over a repeat looks into each of its instances") {
    const auto form = good_form(R"(
        | survey |                    |       |       |                            |
        |        | type               | name  | label | choice_filter              |
        |        | integer            | min   | M     |                            |
        |        | begin_repeat       | nguoi | N     |                            |
        |        | text               | ten   | T     |                            |
        |        | integer            | tuoi  | T     |                            |
        |        | end_repeat         |       |       |                            |
        |        | select_one ${ten}  | ai    | A     | ${tuoi} > ${min}           |
        |        | select_one ${min}  | mot   | A     |                            |
    )");
    CHECK(control_at(*form, "/data/ai").itemset->nodeset == "/data/nguoi[./ten != ''][./tuoi > /data/min]");
    CHECK(control_at(*form, "/data/mot").itemset->nodeset == "/data[./min != '']");
}

TEST_CASE("What is missing beside the form is told at the cell that names it") {
    const FormReading reading = read_drawing(question("select_one_from_file xa.csv"));
    CHECK(warnings_of(reading) == Codes{"external.missing A2"});
    CHECK(reading.diagnosis.warnings[0].sheet == "survey");
}

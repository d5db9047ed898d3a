// XForm XML: read as other programs write it, and as the definition that is kept with answers.
#include "reading_helpers.hpp"

#include <kiosk/forms/form_files.hpp>
#include <kiosk/test_support/source_tree.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using namespace kiosk::forms;
using namespace kiosk::forms::testing;

using Codes = std::vector<std::string>;

namespace {

std::string xform(const std::string& model, const std::string& body) {
    return "<?xml version=\"1.0\"?>\n<h:html xmlns=\"http://www.w3.org/2002/xforms\" xmlns:h=\"http://www.w3.org/1999/xhtml\" "
           "xmlns:jr=\"http://openrosa.org/javarosa\" xmlns:odk=\"http://www.opendatakit.org/xforms\" xmlns:orx=\"http://openrosa.org/xforms\">\n"
           "<h:head><h:title>Tên form</h:title>\n<model>\n" + model + "</model></h:head>\n<h:body>\n" + body + "</h:body></h:html>\n";
}

FormReading read(const std::string& text, const Files& beside = {}) { return read_form(bytes_of(text), "f.xml", folder_of(beside)); }

std::shared_ptr<const Form> good(const std::string& text, const Files& beside = {}) {
    FormReading reading = read(text, beside);
    for (const Finding& error : reading.diagnosis.errors) UNSCOPED_INFO(error.code << " line " << error.row << " [" << error.text << "] " << error.message.en);
    REQUIRE(reading.form != nullptr);
    return reading.form;
}

// "code line" of each error.
Codes faults(const FormReading& reading) {
    Codes all;
    for (const Finding& error : reading.diagnosis.errors) all.push_back(error.code + " " + std::to_string(error.row));
    return all;
}

}  // namespace

TEST_CASE("What a workbook becomes reads back from its XML as the same form") {
    const auto form = good_form(R"(
        | survey   |                       |      |                        |                     |                |               |            |              |               |
        |          | type                  | name | label::Tiếng Việt (vi) | label::English (en) | hint::English (en) | guidance_hint::English (en) | relevant | constraint | constraint_message::English (en) |
        |          | text                  | ten  | Tên                    | Name                | H              | G             |            | . != 'x<y'   | No ${ten}     |
        |          | begin_repeat          | r    | Lặp & lại              | R                   |                |               |            |              |               |
        |          | select_multiple c     | s    | S ${ten}               | S                   |                |               |            |              |               |
        |          | begin_group           | g    |                        |                     |                |               | ${s} != '' |              |               |
        |          | range                 | p    | P                      | P                   |                |               |            |              |               |
        |          | note                  | n    | N                      | N                   |                |               |            |              |               |
        |          | end_group             |      |                        |                     |                |               |            |              |               |
        |          | end_repeat            |      |                        |                     |                |               |            |              |               |
        |          | select_one c or_other | o    | O                      | O                   |                |               |            |              |               |
        |          | start                 | st   |                        |                     |                |               |            |              |               |
        | choices  |                       |      |                        |                     |                |               |            |              |               |
        |          | list_name             | name | label::Tiếng Việt (vi) | label::English (en) | extra          |               |            |              |               |
        |          | c                     | a    | A                      | A                   | 1              |               |            |              |               |
        |          | c                     | b    | B                      |                     | 2              |               |            |              |               |
        | settings |                       |      |                        |                     |                |               |            |              |               |
        |          | form_id               | version | form_title          | style               | instance_name  | public_key    | submission_url | kiosk:x  | default_language |
        |          | f                     | 3    | Tiêu đề                | pages theme-grid    | ${ten}         | KEY           | https://x.example/ | y    | Tiếng Việt (vi)  |
    )");
    const auto again = good(form->definition);
    CHECK(form->same_meaning(*again));
    CHECK(form->sha256 == again->sha256);
    CHECK(again->definition == form->definition);
    CHECK(again->style == std::vector<std::string>{"pages", "theme-grid"});
    CHECK(again->public_key == "KEY");
    CHECK(node_at(*again, "/data/meta/instanceName").calculation == "/data/ten");
    CHECK(flat(again->text(node_at(*again, "/data/ten").constraint_message, 1)) == "No ${/data/ten}");
}

TEST_CASE("The repository's poll survives its own definition") {
    const FormReading poll = read_form_at(kiosk::test_support::in_source_tree("assets/forms/portal_poll"));
    REQUIRE(poll.form != nullptr);
    CHECK(good(poll.form->definition)->same_meaning(*poll.form));
}

TEST_CASE("A form written by hand, with relative references, bind ids and literal items, is read") {
    const auto form = good(xform(R"x(
<instance><data id="hand" version="2"><a/><g><b>7</b></g><r><c/></r></data></instance>
<bind id="the_a" nodeset="/data/a" type="xsd:string" required="true()"/>
<bind nodeset="/data/g/b" type="int" relevant="../../a = 'x'" calculate="1 + 1"/>
<setvalue event="odk-instance-first-load" ref="/data/a">chữ</setvalue>
)x", R"x(
<input bind="the_a"><label>Câu <output value="/data/g/b"/>  hỏi</label><hint>
   Gợi ý
</hint></input>
<group ref="/data/g"><label>G</label><input ref="b"><label>B</label></input></group>
<group><label>Nhóm lặp</label><repeat nodeset="/data/r"><select1 ref="c" appearance="minimal  quick"><label>C</label>
<item><label>Một</label><value>1</value></item><item><label>Hai</label><value>2</value></item></select1></repeat></group>
)x"));
    CHECK(form->id == "hand");
    CHECK(flat(form->text(form->title, 0)) == "Tên form");
    CHECK(label_at(*form, "/data/a") == "Câu ${/data/g/b}  hỏi");
    CHECK(flat(form->text(control_at(*form, "/data/a").hint, 0)) == "Gợi ý");
    CHECK(node_at(*form, "/data/a").required == "true()");
    CHECK(node_at(*form, "/data/g/b").default_value == "7");
    CHECK(node_at(*form, "/data/g/b").type == "integer");
    CHECK(node_at(*form, "/data/r").kind == ItemKind::repeat);
    CHECK(label_at(*form, "/data/r") == "Nhóm lặp");
    const Control& select = control_at(*form, "/data/r/c");
    REQUIRE(select.choices.size() == 2);
    CHECK(select.choices[1].name == "2");
    CHECK(flat(form->text(select.choices[1].label, 0)) == "Hai");
    CHECK(select.appearance == std::vector<std::string>{"minimal", "quick"});
    REQUIRE(form->actions.size() == 1);
    CHECK(form->actions[0].literal == "chữ");
}

TEST_CASE("Templates and several first instances of a repeat are kept apart") {
    const auto form = good(xform(R"x(
<instance><data id="t"><r jr:template=""><a>mới</a><b/></r><r><a>1</a></r><r><a>2</a></r></data></instance>
)x", R"x(<repeat nodeset="/data/r"><input ref="/data/r/a"><label>A</label></input></repeat>)x"));
    CHECK(node_at(*form, "/data/r/a").default_value == "mới");
    CHECK(node_at(*form, "/data/r/b").type == "hidden");
    std::vector<std::string> values;
    for (const Element& element : form->instance.elements) {
        if (form->instance.name(element) == "a") values.push_back(element.value);
    }
    CHECK(values == std::vector<std::string>{"1", "2"});
    CHECK(form->instance.name(form->instance.elements[1]) == "@id");
    CHECK_FALSE(node_at(*form, "/data/r").starts_empty);
}

TEST_CASE("A repeat that is there as a template only starts empty") {
    const auto form = good(xform(R"x(
<instance><data id="t"><r jr:template=""><a/><s jr:template=""><b/></s></r></data></instance>
)x", R"x(<repeat nodeset="/data/r"><repeat nodeset="/data/r/s"><input ref="/data/r/s/b"><label>B</label></input></repeat></repeat>)x"));
    CHECK(node_at(*form, "/data/r").starts_empty);
    CHECK(node_at(*form, "/data/r/s").starts_empty);
}

TEST_CASE("Secondary instances, inside and beside the form, are read") {
    const auto form = good(xform(R"x(
<instance><data id="s"><a/></data></instance>
<instance id="in"><root><item kind="k"><name>x</name></item></root></instance>
<instance id="out" src="jr://file/out.xml"/>
<instance id="csv" src="jr://file-csv/list.csv"/>
)x", R"x(<select1 ref="/data/a"><label>A</label><itemset nodeset="randomize(instance('in')/root/item[name != concat('a,', ')')], /data/a)">
<value ref="name"/><label ref="jr:itext(itextId)"/></itemset></select1>)x"),
                            {{"out.xml", "<list><one>1</one></list>"}, {"list.csv", "name,label\na,A\n"}});
    const Instance* in = form->find_instance("in");
    REQUIRE(in != nullptr);
    CHECK(in->name(in->elements[2]) == "@kind");
    CHECK(in->elements[2].value == "k");
    CHECK(form->find_instance("out")->elements[1].value == "1");
    CHECK(form->find_instance("csv")->elements.size() == 4);
    const Itemset& itemset = *control_at(*form, "/data/a").itemset;
    CHECK(itemset.nodeset == "instance('in')/root/item[name != concat('a,', ')')]");
    CHECK(itemset.seed == "/data/a");
    CHECK(itemset.label_is_itext);
    CHECK(itemset.label == "itextId");
}

TEST_CASE("Languages and all forms of a text are read") {
    const auto form = good(xform(R"x(
<itext><translation lang="en"><text id="q"><value>Hi <output value="/data/a"/></value><value form="image">jr://images/a.png</value>
<value form="guidance">Long</value></text></translation>
<translation lang="Việt (vi)" default="true()"><text id="q"><value form="short">ngắn</value><value form="long">Dài</value><value form="audio">jr://audio/a.mp3</value></text></translation></itext>
<instance><data id="s"><a/></data></instance>
)x", R"x(<input ref="/data/a"><label ref="jr:itext('q')"/></input>)x"));
    CHECK(form->default_language == 1);
    CHECK(form->languages[1].code == "vi");
    CHECK(label_at(*form, "/data/a", 0) == "Hi ${/data/a}");
    CHECK(label_at(*form, "/data/a", 1) == "ngắn");
    const Translated& label = control_at(*form, "/data/a").label;
    CHECK(form->medium(label, 1, &LocalText::image) == "a.png");
    CHECK(form->medium(label, 0, &LocalText::audio) == "a.mp3");
}

TEST_CASE("All faults of an XForm are told, each with its line") {
    const FormReading reading = read(xform(R"x(<instance><data id="s"><a/><b/><c/></data></instance>
<bind nodeset="/data/nope" type="string"/>
<bind nodeset="/data/a" relevant="selectd(., 'x')" calculate="/data/b + 1"/>
<bind nodeset="/data/b" calculate="/data/a + 1" constraint=". > ("/>
<odk:setgeopoint event="odk-instance-first-load" ref="/data/a"/>
)x", R"x(<input ref="/data/zzz"><label>Z</label></input>
<input ref="/data/a"><label ref="jr:itext('missing')"/></input>
<upload ref="/data/b" mediatype="video/*"><label>V</label></upload>
<select1 ref="/data/c"><label>C</label><itemset nodeset="instance('no')/root/item"><value ref="name"/><label ref="label"/></itemset></select1>
)x"));
    CHECK(reading.form == nullptr);
    REQUIRE(reading.diagnosis.warnings.size() == 1);
    CHECK(reading.diagnosis.warnings[0].code == "xform.bind_without_node");
    CHECK(reading.diagnosis.warnings[0].row == 6);
    CHECK(faults(reading) == Codes{"expression.unknown_function 7", "expression.cycle 7",
                                   "expression.incomplete 8", "xform.not_applicable 9", "xform.control_without_node 12",
                                   "xform.no_text 13", "type.not_applicable 14", "xform.no_such_instance 15"});
    CHECK(reading.diagnosis.errors[1].message.en.find("/data/a → /data/b → /data/a") != std::string::npos);
}

TEST_CASE("XML that is no XForm is told so") {
    CHECK(faults(read("<?xml version=\"1.0\"?><x/>")) == Codes{"xform.not_an_xform 1"});
    CHECK(faults(read("<h:html xmlns:h=\"http://www.w3.org/1999/xhtml\">\n<h:head></h:html>")) == Codes{"xml.malformed 2"});
    CHECK(faults(read(xform("", ""))) == Codes{"xform.no_instance 4"});
    CHECK(faults(read(xform("<instance/>", ""))) == Codes{"xform.no_instance 5"});
}

TEST_CASE("The last visitor's answers cannot be asked for") {
    CHECK(faults(read(xform("<instance><data id=\"s\"><a/></data></instance><instance id=\"__last-saved\" src=\"jr://instance/last-saved\"/>", ""))) ==
          Codes{"reference.last_saved 5"});
}

TEST_CASE("External files are looked for by name only") {
    const std::string source = xform("<instance><data id=\"s\"><a/></data></instance><instance id=\"x\" src=\"jr://file/../secret.xml\"/>", "");
    const FormReading reading = read(source, {{"../secret.xml", "<x/>"}});
    REQUIRE(reading.form != nullptr);
    CHECK(reading.form->find_instance("x")->elements.empty());
    CHECK(reading.diagnosis.warnings.size() == 1);
}

TEST_CASE("Binds and actions on attributes, as entities have them, are refused by name") {
    const FormReading reading = read(xform(R"x(<instance><data id="s"><a/><meta><entity id="" create="1"/></meta></data></instance>
<bind nodeset="/data/meta/entity/@id" type="string"/>
<setvalue event="odk-instance-first-load" ref="/data/meta/entity/@id" value="uuid()"/>
)x", ""));
    CHECK(faults(reading) == Codes{"xform.not_applicable 6", "xform.not_applicable 7"});
    CHECK(reading.diagnosis.errors[0].text == "/data/meta/entity/@id");
}

TEST_CASE("Events are read by their names of today and before, others are refused") {
    const auto form = good(xform(R"x(<instance><data id="s"><a/></data></instance>
<setvalue event="xforms-ready" ref="/data/a">1</setvalue>
)x", ""));
    CHECK(form->actions[0].events == Codes{"odk-instance-first-load"});
    CHECK(faults(read(xform("<instance><data id=\"s\"><a/></data></instance>\n<setvalue event=\"odk-instance-frist-load\" ref=\"/data/a\"/>", ""))) ==
          Codes{"xform.unknown_event 6"});
}

TEST_CASE("Appearances of phones and maps are refused in an XForm as in a workbook") {
    const std::string instance = "<instance><data id=\"s\"><a/></data></instance>";
    const auto reading = [&](const std::string& appearance) {
        return read(xform(instance, "<input ref=\"/data/a\" appearance=\"" + appearance + "\"/>"));
    };
    CHECK(faults(reading("multiline map")) == Codes{"appearance.not_applicable 7"});
    CHECK(faults(reading("ex:org.app")) == Codes{"appearance.not_applicable 7"});
    CHECK(reading("multline").diagnosis.warnings.at(0).code == "appearance.unknown");
}

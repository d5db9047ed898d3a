// What a workbook's ${references} and expressions become: paths, predicates, actions, counts, cycles.
#include "reading_helpers.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using namespace kiosk::forms;
using namespace kiosk::forms::testing;

using Codes = std::vector<std::string>;

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

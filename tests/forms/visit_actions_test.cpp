// Actions, repeats and pages of a visit, and the steps it refuses.

#include "form_builder.hpp"

#include <kiosk/forms/form_visit.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using namespace kiosk::forms;
using forms::testing::FormBuilder;
using forms::testing::words;

namespace {

FormVisit begin(std::shared_ptr<const Form> form) {
    VisitSettings settings;
    settings.now = [] { return core::WallTime(std::chrono::milliseconds(1'795'829'400'000)); };  // 2026-11-28T08:30+07:00
    core::Result<FormVisit> visit = FormVisit::begin(std::move(form), std::move(settings));
    REQUIRE(visit);
    return std::move(*visit);
}

std::string value_of(const FormVisit& visit, std::string_view path) { return visit.node(path).value; }

void add_action(FormBuilder& builder, std::vector<std::string> events, std::string_view target, std::string value,
                std::string_view trigger = {}, std::string_view repeat = {}) {
    Action action;
    action.events = std::move(events);
    action.target = builder.form().find_node(target);
    action.value = std::move(value);
    if (!trigger.empty()) action.trigger = builder.form().find_node(trigger);
    if (!repeat.empty()) action.repeat = builder.form().find_node(repeat);
    builder.form().actions.push_back(std::move(action));
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("An action at the start sees calculations, and does not run again") {
    FormBuilder builder;
    builder.question("/data/a", "integer").default_value = "5";
    builder.node("/data/twice", "integer").calculation = "/data/a * 2";
    builder.question("/data/b", "integer");
    add_action(builder, {"odk-instance-first-load"}, "/data/b", "/data/twice + 1");
    FormVisit visit = begin(builder.build());
    CHECK(value_of(visit, "/data/b") == "11");
    REQUIRE(visit.set("/data/a", "7"));
    CHECK(value_of(visit, "/data/b") == "11");
}

TEST_CASE("A changed answer sets another, after the calculations, in its own repeat instance, and not if it is the same") {
    FormBuilder builder;
    builder.repeat("/data/r");
    builder.question("/data/r/a", "integer");
    builder.node("/data/r/twice", "integer").calculation = "../a * 2";
    builder.question("/data/r/b", "integer");
    builder.question("/data/log", "text");
    add_action(builder, {"xforms-value-changed"}, "/data/r/b", "../twice", "/data/r/a");
    add_action(builder, {"xforms-value-changed"}, "/data/log", "concat(., '+')", "/data/r/b");
    FormVisit visit = begin(builder.build(2));
    REQUIRE(visit.set("/data/r[2]/a", "4"));
    CHECK(value_of(visit, "/data/r[1]/b").empty());
    CHECK(value_of(visit, "/data/r[2]/b") == "8");
    CHECK(value_of(visit, "/data/log") == "+");
    REQUIRE(visit.set("/data/r[2]/b", "1"));
    CHECK(value_of(visit, "/data/log") == "++");
    REQUIRE(visit.set("/data/r[2]/a", "4"));
    CHECK(value_of(visit, "/data/r[2]/b") == "1");
}

TEST_CASE("An action may name one of several instances") {
    FormBuilder builder;
    builder.question("/data/a", "text");
    builder.repeat("/data/r");
    builder.question("/data/r/b", "text");
    add_action(builder, {"xforms-value-changed"}, "/data/r/b", "/data/a", "/data/a");
    builder.form().actions.back().target_path = "/data/r[position() = 2]/b";
    FormVisit visit = begin(builder.build(3));
    REQUIRE(visit.set("/data/a", "x"));
    CHECK(value_of(visit, "/data/r[1]/b").empty());
    CHECK(value_of(visit, "/data/r[2]/b") == "x");
    CHECK(value_of(visit, "/data/r[3]/b").empty());
}

TEST_CASE("Two answers that set each other off come to rest") {
    FormBuilder builder;
    builder.question("/data/a", "integer");
    builder.question("/data/b", "integer");
    add_action(builder, {"xforms-value-changed"}, "/data/b", "/data/a + 1", "/data/a");
    add_action(builder, {"xforms-value-changed"}, "/data/a", "/data/b + 1", "/data/b");
    FormVisit visit = begin(builder.build());
    REQUIRE(visit.set("/data/a", "1"));
    CHECK(value_of(visit, "/data/b") != "");
}

TEST_CASE("A new repeat instance gets its own dynamic default") {
    FormBuilder builder;
    builder.repeat("/data/r");
    builder.question("/data/r/a", "text").default_value = "static";
    builder.question("/data/r/b", "text");
    add_action(builder, {"odk-instance-first-load", "odk-new-repeat"}, "/data/r/b", "concat('no ', position(..))", {}, "/data/r");
    FormVisit visit = begin(builder.build(1));
    CHECK(value_of(visit, "/data/r[1]/b") == "no 1");
    REQUIRE(visit.set("/data/r[1]/b", "mine"));
    REQUIRE(visit.add_repeat("/data/r"));
    CHECK(value_of(visit, "/data/r[1]/b") == "mine");
    CHECK(value_of(visit, "/data/r[2]/a") == "static");
    CHECK(value_of(visit, "/data/r[2]/b") == "no 2");
}

TEST_CASE("A repeat follows its count; an answer that asks for more instances than the limit is refused by name") {
    FormBuilder builder;
    builder.question("/data/n", "decimal");
    builder.repeat("/data/r", "/data/n");
    builder.node("/data/r/p", "integer").calculation = "position(..)";
    builder.node("/data/sum", "integer").calculation = "sum(/data/r/p)";
    FormVisit visit = begin(builder.build());
    const std::vector<std::pair<std::string, std::size_t>> cases = {{"3", 3}, {"2.9", 2}, {"-1", 0}, {"many", 0}, {"1000", 1000}, {"", 0}, {"1", 1}};
    for (const auto& [count, expected] : cases) {
        INFO(count);
        REQUIRE(visit.set("/data/n", count));
        CHECK(visit.node("/data/r").repeat_count == expected);
        CHECK(value_of(visit, "/data/sum") == std::to_string(expected * (expected + 1) / 2));
    }
    for (const char* count : {"1001", "1000000000"}) {
        INFO(count);
        const core::Result<void> refused = visit.set("/data/n", count);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "visit.too_many");
        CHECK(refused.error().message.vi.find(count) != std::string::npos);
        CHECK(refused.error().message.vi.find("1000 lượt") != std::string::npos);
        CHECK(value_of(visit, "/data/n") == "1");
        CHECK(visit.node("/data/r").repeat_count == 1);
    }
}

TEST_CASE("A repeat goes on while its last instance asks for one more") {
    FormBuilder builder;
    builder.node("/data/count", "integer").calculation = "count(/data/person)";
    builder.node("/data/target", "integer").calculation =
        "if(/data/count = 0 or /data/person[position() = /data/count]/more = 'yes', /data/count + 1, /data/count)";
    builder.repeat("/data/person", "/data/target");
    builder.question("/data/person/more", "text");
    FormVisit visit = begin(builder.build());
    CHECK(visit.node("/data/person").repeat_count == 1);
    REQUIRE(visit.set("/data/person[1]/more", "yes"));
    REQUIRE(visit.set("/data/person[2]/more", "yes"));
    REQUIRE(visit.set("/data/person[3]/more", "no"));
    CHECK(visit.node("/data/person").repeat_count == 3);
    CHECK(value_of(visit, "/data/target") == "3");
}

TEST_CASE("A repeat whose count never settles is refused by name") {
    FormBuilder builder;
    builder.question("/data/on", "text");
    builder.node("/data/count", "integer").calculation = "count(/data/r)";
    builder.repeat("/data/r", "if(/data/on != 'x', 2, if(/data/count > 3, 1, 5))");
    builder.question("/data/r/a", "text");
    FormVisit visit = begin(builder.build());
    const core::Result<void> refused = visit.set("/data/on", "x");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "visit.unsettled");
    CHECK(visit.node("/data/r").repeat_count == 2);
}

TEST_CASE("A repeat that the form has as a template only starts empty in a new instance around it") {
    FormBuilder builder;
    builder.repeat("/data/house");
    builder.repeat("/data/house/member").starts_empty = true;
    builder.question("/data/house/member/name", "text");
    FormVisit visit = begin(builder.build(0));
    REQUIRE(visit.add_repeat("/data/house"));
    CHECK(visit.node("/data/house[1]/member").repeat_count == 0);
}

TEST_CASE("Choices that are answers follow them, from the first on") {
    FormBuilder builder;
    builder.repeat("/data/person");
    builder.question("/data/person/name", "text");
    builder.question("/data/eldest", "select_one");
    Itemset people;
    people.nodeset = "../person";
    people.label = "name";
    builder.control("/data/eldest").itemset = people;
    FormVisit visit = begin(builder.build());
    const auto offered = [&] {
        Paths names;
        for (const ChoiceView& choice : visit.node("/data/eldest").choices) names.push_back(choice.name);
        return names;
    };
    CHECK(offered().empty());
    REQUIRE(visit.set("/data/person[1]/name", "An"));
    CHECK(offered() == Paths{"An"});
    REQUIRE(visit.add_repeat("/data/person"));
    REQUIRE(visit.set("/data/person[2]/name", "Bình"));
    CHECK(offered() == Paths{"An", "Bình"});
    REQUIRE(visit.remove_repeat("/data/person[1]"));
    CHECK(offered() == Paths{"Bình"});
}

TEST_CASE("A repeat's own position() and last() are of its instances, and follow when one goes") {
    FormBuilder builder;
    builder.repeat("/data/r").relevant = "position() mod 2 = 1 or position() = last()";
    builder.question("/data/r/a", "text");
    FormVisit visit = begin(builder.build(4));
    const auto relevant = [&] {
        std::string all;
        for (const NodeView& node : visit.nodes())
            if (node.type == "repeat") all += node.relevant ? '1' : '0';
        return all;
    };
    CHECK(relevant() == "1011");
    REQUIRE(visit.remove_repeat("/data/r[1]"));
    CHECK(relevant() == "101");
    REQUIRE(visit.add_repeat("/data/r"));
    CHECK(relevant() == "1011");
}

TEST_CASE("A form that begins with more instances than the limit does not begin, and says why") {
    FormBuilder builder;
    builder.repeat("/data/r", "5000");
    builder.question("/data/r/a", "text");
    const core::Result<FormVisit> visit = FormVisit::begin(builder.build(), {});
    REQUIRE_FALSE(visit);
    CHECK(visit.error().code == "visit.too_many");
}

TEST_CASE("The old name of the first-load event still counts") {
    FormBuilder builder;
    builder.question("/data/a", "text");
    add_action(builder, {"xforms-ready"}, "/data/a", "'set'");
    CHECK(value_of(begin(builder.build()), "/data/a") == "set");
}

TEST_CASE("Preloads tell when the visit began, ended, and its day and name") {
    FormBuilder builder;
    const auto preload = [&](std::string_view path, std::string type, std::string what, std::string parameter) {
        Node& node = builder.node(path, std::move(type));
        node.preload = std::move(what);
        node.preload_parameter = std::move(parameter);
    };
    preload("/data/start", "dateTime", "timestamp", "start");
    preload("/data/end", "dateTime", "timestamp", "end");
    preload("/data/day", "date", "date", "today");
    preload("/data/device", "text", "property", "deviceid");
    builder.question("/data/a", "text");
    FormVisit visit = begin(builder.build());
    CHECK(value_of(visit, "/data/start") == "2026-11-28T08:30:00.000+07:00");
    CHECK(value_of(visit, "/data/end").empty());
    CHECK(value_of(visit, "/data/day") == "2026-11-28");
    CHECK(value_of(visit, "/data/device").empty());
    REQUIRE(visit.finish());
    CHECK(value_of(visit, "/data/end") == "2026-11-28T08:30:00.000+07:00");
}

TEST_CASE("Pages: one question each, a field-list together, a repeat with a page that offers another") {
    FormBuilder builder;
    builder.question("/data/a", "text");
    builder.group("/data/g", {"field-list"});
    builder.question("/data/g/b", "text");
    builder.question("/data/g/c", "text").relevant = "/data/a = 'c'";
    builder.repeat("/data/r");
    builder.question("/data/r/d", "text");
    builder.question("/data/r/e", "text");
    builder.node("/data/hidden", "calculate").calculation = "1";
    FormVisit visit = begin(builder.build(1));
    CHECK(visit.page_count() == 5);
    CHECK(visit.page_number() == 1);
    CHECK(visit.at_first_page());
    CHECK_FALSE(visit.back());
    REQUIRE(visit.next());
    CHECK(visit.page() == Paths{"/data/g/b"});
    REQUIRE(visit.set("/data/a", "c"));
    CHECK(visit.page() == Paths{"/data/g/b", "/data/g/c"});
    REQUIRE(visit.go_to("/data/r"));
    CHECK(visit.page() == Paths{"/data/r"});
    CHECK(visit.at_last_page());
    CHECK(visit.node("/data/r").can_add);
    CHECK(visit.node("/data/r").repeat_count == 1);
    CHECK(visit.node("/data/r[1]").can_remove);
    REQUIRE(visit.add_repeat("/data/r"));
    CHECK(visit.page() == Paths{"/data/r[2]/d"});
    REQUIRE(visit.remove_repeat("/data/r[2]"));
    CHECK(visit.page() == Paths{"/data/r"});
    CHECK_FALSE(visit.next());
    REQUIRE(visit.go_to("/data/r[1]"));
    CHECK(visit.page() == Paths{"/data/r[1]/d"});
    CHECK_FALSE(visit.go_to("/data/hidden"));
    CHECK_FALSE(visit.go_to("/data/nowhere"));
}

TEST_CASE("An absolute path through one's own repeat means this instance where one value is wanted, all where a set is") {
    FormBuilder builder;
    builder.repeat("/data/r");
    builder.question("/data/r/n", "integer");
    builder.node("/data/r/own", "integer").calculation = "/data/r/n * 10";
    builder.node("/data/r/all", "integer").calculation = "sum(/data/r/n)";
    builder.node("/data/r/count", "integer").calculation = "count(/data/r)";
    FormVisit visit = begin(builder.build(2));
    REQUIRE(visit.set("/data/r[1]/n", "1"));
    REQUIRE(visit.set("/data/r[2]/n", "2"));
    CHECK(value_of(visit, "/data/r[2]/own") == "20");
    CHECK(value_of(visit, "/data/r[1]/all") == "3");
    CHECK(value_of(visit, "/data/r[1]/count") == "2");
}

TEST_CASE("What is not relevant is not there for expressions, and comes back as it was") {
    FormBuilder builder;
    builder.question("/data/show", "text").default_value = "yes";
    builder.group("/data/g").relevant = "/data/show = 'yes'";
    builder.question("/data/g/n", "integer").default_value = "4";
    builder.node("/data/sum", "integer").calculation = "sum(/data/g/n) + count(/data/g/n)";
    FormVisit visit = begin(builder.build());
    CHECK(value_of(visit, "/data/sum") == "5");
    REQUIRE(visit.set("/data/show", "no"));
    CHECK(value_of(visit, "/data/sum") == "0");
    CHECK_FALSE(visit.node("/data/g/n").relevant);
    CHECK(visit.answers().size() == 2);
    REQUIRE(visit.set("/data/show", "yes"));
    CHECK(value_of(visit, "/data/sum") == "5");
    CHECK(visit.answers().size() == 3);
}

TEST_CASE("A refused step says why and changes nothing") {
    FormBuilder builder;
    builder.group("/data/g").read_only = "true()";
    builder.question("/data/g/fixed", "text").default_value = "x";
    builder.question("/data/gone", "text").relevant = "false()";
    builder.node("/data/calc", "calculate").calculation = "1";
    builder.repeat("/data/r", "2");
    builder.question("/data/r/a", "text");
    FormVisit visit = begin(builder.build());
    const std::vector<NodeView> before = visit.nodes();
    const auto code = [](const core::Result<void>& result) { return result ? std::string("done") : result.error().code; };
    CHECK(code(visit.set("/data/g/fixed", "y")) == "visit.read_only");
    CHECK(code(visit.set("/data/gone", "y")) == "visit.not_relevant");
    CHECK(code(visit.set("/data/calc", "y")) == "visit.not_a_question");
    CHECK(code(visit.set("/data/g", "y")) == "visit.not_a_question");
    CHECK(code(visit.set("/data/r[3]/a", "y")) == "visit.no_such_node");
    CHECK(code(visit.set("/data/r[0]/a", "y")) == "visit.no_such_node");
    CHECK(code(visit.set("/data/r[1]x/a", "y")) == "visit.no_such_node");
    CHECK(code(visit.set("data", "y")) == "visit.no_such_node");
    CHECK(code(visit.set("/data/r[1]/a", std::string(100'000, 'x'))) == "visit.too_long");
    CHECK(code(visit.set("/data/r[1]/a", "\xFF")) == "visit.not_text");
    CHECK(code(visit.add_repeat("/data/r")) == "visit.fixed_repeat");
    CHECK(code(visit.remove_repeat("/data/r[1]")) == "visit.fixed_repeat");
    CHECK(code(visit.add_repeat("/data/g")) == "visit.not_a_repeat");
    CHECK(code(visit.set_language("fr")) == "visit.unknown_language");
    CHECK(visit.nodes() == before);
    REQUIRE(visit.finish());
    CHECK(code(visit.set("/data/r[1]/a", "y")) == "visit.ended");
    CHECK(code(visit.next()) == "visit.ended");
    CHECK(code(visit.finish()) == "visit.ended");
}

TEST_CASE("A form with a fault does not begin, and neither does a visit in an unknown time zone or language") {
    FormBuilder builder;
    builder.question("/data/a", "text").relevant = "nonsense(1)";
    const core::Result<FormVisit> refused = FormVisit::begin(builder.build(), {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "expression.unknown_function");
    FormBuilder good;
    good.question("/data/a", "text");
    VisitSettings settings;
    settings.timezone = "Mars/Olympus";
    CHECK(FormVisit::begin(good.build(), settings).error().code == "timezone.unknown");
    settings = {};
    settings.language = "fr";
    CHECK(FormVisit::begin(good.build(), settings).error().code == "visit.unknown_language");
}

TEST_CASE("A broken pattern in a constraint does not lock the visitor in") {
    FormBuilder builder;
    builder.question("/data/a", "text").constraint = "regex(., '(')";
    builder.node("/data/b", "text").calculation = "regex(/data/a, '(')";
    FormVisit visit = begin(builder.build());
    REQUIRE(visit.set("/data/a", "x"));
    CHECK(visit.node("/data/a").valid);
    CHECK(value_of(visit, "/data/b").empty());
}

TEST_CASE("Every message a visit can give has words in both languages") {
    for (std::string_view id : {"form.required", "form.constraint", "form.not_a_choice", "form.not_an_integer", "form.not_a_number", "form.not_a_date",
                                "form.not_a_date_time", "form.not_a_time", "form.out_of_range"}) {
        INFO(id);
        CHECK_FALSE(message_words(id).vi.empty());
        CHECK_FALSE(message_words(id).en.empty());
    }
}

TEST_CASE("Markup is taken out of labels, and what only looks like it stays") {
    struct Case {
        std::string marked, plain;
    };
    const std::vector<Case> cases = {{"**Rất** *tốt* __thật__ _vậy_", "Rất tốt thật vậy"}, {"# Tiêu đề\n## Nhỏ", "Tiêu đề\nNhỏ"}, {"* một\n- hai", "- một\n- hai"},
                                     {"<span style=\"color:red\">đỏ</span> <br/>x", "đỏ x"}, {"2 * 3 < 7", "2 * 3 < 7"}, {"ten_con_dau", "ten_con_dau"}, {"\\*sao\\*", "*sao*"},
                                     {"a <b>c</b> <khong>", "a c <khong>"}, {"", ""}};
    for (const Case& c : cases) {
        INFO(c.marked);
        CHECK(without_markup(c.marked) == c.plain);
    }
}

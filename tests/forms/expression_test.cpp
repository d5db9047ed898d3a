// Parsing: what is refused, where, with which repair; and what an expression says it reads.

#include <kiosk/forms/expression.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace kiosk;
using namespace kiosk::forms;

namespace {

struct Refusal {
    std::string code;
    std::size_t column = 0;
    std::size_t length = 0;
};

Refusal refusal_of(std::string_view source) {
    SourceSpan span;
    const core::Result<Expression> parsed = Expression::parse(source, &span);
    if (parsed) return {"parsed", 0, 0};
    return {parsed.error().code, span.column, span.length};
}

std::string reads_of(std::string_view source) {
    const core::Result<Expression> parsed = Expression::parse(source);
    if (!parsed) return "! " + parsed.error().code;
    std::string all;
    for (const PathReference& reference : parsed->dependencies())
        all += (all.empty() ? "" : " ") + (reference.instance.empty() ? "" : reference.instance + ":") + reference.path;
    return all;
}

std::string nested(std::size_t depth) { return std::string(depth, '(') + "1" + std::string(depth, ')'); }

}  // namespace

TEST_CASE("A faulty expression is refused with a code and the place of the fault") {
    struct Case {
        std::string source;
        std::string code;
        std::size_t column;
    };
    const std::vector<Case> cases = {
        {"", "expression.empty", 1},
        {"   ", "expression.empty", 1},
        {"1 +", "expression.incomplete", 4},
        {"(1", "expression.incomplete", 3},
        {"selected(/data/a, 'b'", "expression.incomplete", 22},
        {"a b", "expression.unexpected", 3},
        {"1 2", "expression.unexpected", 3},
        {")", "expression.unexpected", 1},
        {". = = 3", "expression.unexpected", 5},
        {"a == b", "expression.unexpected", 4},
        {"'tên' = “x”", "expression.smart_quote", 9},
        {"a = 'b", "expression.open_string", 5},
        {"a # b", "expression.bad_character", 3},
        {"a ! b", "expression.bad_character", 3},
        {"selcted(., 'a')", "expression.unknown_function", 1},
        {"1 + selected(.)", "expression.wrong_arguments", 5},
        {"pi(1)", "expression.wrong_arguments", 1},
        {"indexed-repeat(a, b, 1, c)", "expression.wrong_arguments", 1},
        {"sideways::a", "expression.unknown_axis", 1},
        {"${age} > 3", "expression.unresolved_reference", 1},
        {"1 And 1", "expression.unexpected", 3},
        {"a android b", "expression.unexpected", 3},
        {"$age", "expression.variable", 1},
        {"/data/a[", "expression.incomplete", 9},
        {"/data//", "expression.incomplete", 8},
    };
    for (const Case& c : cases) {
        INFO(c.source);
        const Refusal refusal = refusal_of(c.source);
        CHECK(refusal.code == c.code);
        CHECK(refusal.column == c.column);
    }
}

TEST_CASE("A misspelt function is refused with the nearest one that exists") {
    SourceSpan span;
    const core::Result<Expression> parsed = Expression::parse("1 + cuont(/data/a)", &span);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().message.en.find("\"count()\"") != std::string::npos);
    CHECK(parsed.error().message.vi.find("“count()”") != std::string::npos);
    CHECK(span == SourceSpan{4, 5, 5});
}

TEST_CASE("Columns count characters, offsets count bytes") {
    SourceSpan span;
    CHECK_FALSE(Expression::parse("'Huyện Đại Lộc' = @@", &span));
    CHECK(span.column == 20);
    CHECK(span.offset == 26);
}

TEST_CASE("Deep nesting is refused, not followed, and long chains are not deep") {
    CHECK(refusal_of(nested(200)).code == "parsed");
    CHECK(refusal_of(nested(100'000)).code == "expression.too_deep");
    CHECK(refusal_of(std::string(100'000, '[')).code == "expression.unexpected");
    std::string predicates = "a", calls, chain = "1";
    for (int i = 0; i < 20'000; ++i) predicates += "[a";
    for (int i = 0; i < 20'000; ++i) calls += "not(";
    for (int i = 0; i < 20'000; ++i) chain += " or 1";
    CHECK(refusal_of(predicates).code == "expression.too_deep");
    CHECK(refusal_of(calls).code == "expression.too_deep");
    CHECK(refusal_of(chain).code == "parsed");
    CHECK(refusal_of(std::string(50'000, '-') + "1").code == "parsed");
    CHECK(refusal_of(std::string(Expression::kMaximumLength + 1, '1')).code == "expression.too_long");
}

TEST_CASE("An expression tells the paths it reads") {
    struct Case {
        std::string source, reads;
    };
    const std::vector<Case> cases = {
        {"1 + 1", ""},
        {". > 3", "."},
        {"../age", "../age"},
        {"/data/a + /data/b", "/data/a /data/b"},
        {"/data/member[age > 3]", "/data/member/age /data/member"},
        {"/data/member[position() = last()]/name", "/data/member/name"},
        {"current()/../x", "../x"},
        {"instance('xa')/root/item[huyen = /data/huyen]/label", "xa:/root/item/huyen /data/huyen xa:/root/item/label"},
        {"sum(/data/*)", "/data/*"},
        {"//x", "//x"},
        {".//x", ".//x"},
        {"/data//x/@id", "/data//x/@id"},
        {"(../a | ../b)[1]", "../a ../b"},
        {"position(..)", ".."},
        {"jr:choice-name(/data/a, '/data/a')", "/data/a"},
        {"/", "/"},
        {"child::a/parent::node()/self::node()", "a/.."},
        {"following-sibling::b", "following-sibling::b"},
    };
    for (const Case& c : cases) {
        INFO(c.source);
        CHECK(reads_of(c.source) == c.reads);
    }
}

TEST_CASE("An expression tells the functions it calls and the literals it gives them") {
    const core::Result<Expression> parsed =
        Expression::parse("if(selected(/data/a, 'x'), instance('xa')/root/item, jr:itext('t'))");
    REQUIRE(parsed);
    std::vector<std::string> names;
    for (const FunctionUse& use : parsed->functions()) names.push_back(use.name);
    CHECK(names == std::vector<std::string>{"selected", "instance", "jr:itext", "if"});
    CHECK(parsed->literals_of("instance") == std::vector<std::string>{"xa"});
    CHECK(parsed->source().starts_with("if("));
    CHECK(std::ranges::is_sorted(function_names()));
}

TEST_CASE("Names and operators are told apart as XPath has it") {
    for (std::string_view source : {"div div div", "mod mod mod", "and and or", "* * *", "a-b - c", "a.b.c", "./a", "..", "3 mod(2)",
                                    "-a", "- - a", "a [ 1 ] / b", "orx:meta/orx:instanceID", "tiếng_việt + đ1", "a/text()", "a/node()",
                                    "processing-instruction('x')", "selected ( . , 'a' )", "@*", "x:*", ".5 + 5.", "1\u00A0+ 1"}) {
        INFO(source);
        CHECK(refusal_of(source).code == "parsed");
    }
}

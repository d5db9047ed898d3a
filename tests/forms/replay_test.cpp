// Replays visits through `form fill` and compares them with what was worked out by hand (see expected/README.md).

#include "form_run_commands.hpp"

#include <kiosk/forms/form_files.hpp>
#include <kiosk/test_support/source_tree.hpp>

#include <nlohmann/json.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace kiosk;
using nlohmann::json;

namespace {

std::vector<json> lines_of(std::istream& stream) {
    std::vector<json> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(json::parse(line));
    return lines;
}

// Every key of `expected` with its value in `actual`; of objects in lists, of the first so many.
bool holds(const json& expected, const json& actual) {
    if (expected.is_object()) {
        for (const auto& [key, value] : expected.items())
            if (!actual.contains(key) || !holds(value, actual.at(key))) return false;
        return true;
    }
    if (!expected.is_array()) return expected == actual;
    if (expected.size() != actual.size()) return false;
    for (std::size_t i = 0; i < expected.size(); ++i)
        if (!holds(expected[i], actual[i])) return false;
    return true;
}

const json* node_at(const json& state, const std::string& path) {
    for (const json& node : state.at("nodes"))
        if (node.at("path") == path) return &node;
    return nullptr;
}

void check_state(const json& expected, const json& actual) {
    for (const auto& [key, value] : expected.items()) {
        INFO("step " << expected.at("step") << " " << key << " expected " << value.dump());
        if (key != "nodes") {
            INFO("found " << actual.value(key, json()).dump() << " " << actual.value("error", json()).dump());
            CHECK(holds(value, actual.value(key, json())));
            continue;
        }
        for (const json& node : value) {
            const json* found = node_at(actual, node.at("path"));
            INFO(node.dump());
            if (node.contains("absent")) {
                CHECK(found == nullptr);
                continue;
            }
            REQUIRE(found != nullptr);
            INFO("found " << found->dump());
            CHECK(holds(node, *found));
        }
    }
}

std::string fill(const std::filesystem::path& folder, std::uint64_t seed) {
    const bool is_xform = exists(folder / "form.xml");
    const forms::FormReading reading = forms::read_form_at(is_xform ? folder / "form.xml" : folder);
    for (const forms::Finding& finding : reading.diagnosis.errors) UNSCOPED_INFO(finding.code << " " << finding.cell << " " << finding.message.en);
    REQUIRE(reading.form != nullptr);
    office::FormRunOptions options;
    options.now = "2026-11-24T08:30:00+07:00";
    options.seed = seed;
    std::ifstream steps(folder / "steps.jsonl");
    std::ostringstream states, errors;
    REQUIRE(office::run_form_fill(reading.form, options, steps, states, errors) == 0);
    return states.str();
}

}  // namespace

TEST_CASE("A visit goes as ODK's specification has it, step by step") {
    const std::string name = GENERATE("household", "cascade", "health", "trip", "events", "committee");
    const std::filesystem::path folder = kiosk::test_support::in_source_tree("tests/forms/expected") / name;
    INFO(name);
    std::istringstream printed(fill(folder, 1));
    const std::vector<json> states = lines_of(printed);
    std::ifstream file(folder / "expected.jsonl");
    const std::vector<json> expected = lines_of(file);
    REQUIRE(!expected.empty());
    for (const json& state : expected) {
        const auto step = state.at("step").get<std::size_t>();
        REQUIRE(step < states.size());
        REQUIRE(states[step].at("step") == step);
        check_state(state, states[step]);
    }
}

TEST_CASE("A visit replays exactly from its seed") {
    const std::filesystem::path folder = kiosk::test_support::in_source_tree("tests/forms/expected/trip");
    CHECK(fill(folder, 5) == fill(folder, 5));
    CHECK(fill(folder, 5) != fill(folder, 6));    // the instanceID differs
}

TEST_CASE("form fill says what is wrong with a step and goes on") {
    const std::filesystem::path folder = kiosk::test_support::in_source_tree("tests/forms/expected/trip");
    const forms::FormReading reading = forms::read_form_at(folder);
    REQUIRE(reading.form != nullptr);
    std::istringstream steps("not json\n\n{\"do\":\"fly\"}\n[1]\n{\"do\":\"next\"}\n");
    std::ostringstream states, errors;
    office::FormRunOptions options;
    options.message_language = "en";
    CHECK(office::run_form_fill(reading.form, options, steps, states, errors) == 0);
    std::istringstream printed(states.str());
    const std::vector<json> lines = lines_of(printed);
    REQUIRE(lines.size() == 5);
    CHECK(lines[1].at("error").at("code") == "step.not_understood");
    CHECK(lines[2].at("ok") == false);
    CHECK(lines[3].at("ok") == false);
    CHECK(lines[4].at("ok") == true);
    options.now = "yesterday";
    CHECK(office::run_form_fill(reading.form, options, steps, states, errors) == 2);
    options.now.clear();
    options.language = "xx";
    CHECK(office::run_form_fill(reading.form, options, steps, states, errors) == 1);
}

TEST_CASE("form eval prints a value, or JSON with its type, or what is wrong and where") {
    const auto run = [](std::string expression, bool as_json, int status) {
        office::FormEvalOptions options;
        options.expression = std::move(expression);
        options.document = "<d><a>1</a><a>2</a></d>";
        options.as_json = as_json;
        options.run.message_language = "en";
        std::ostringstream output, errors;
        CHECK(office::run_form_eval(options, output, errors) == status);
        return output.str();
    };
    CHECK(run("1 + 1", false, 0) == "2\n");
    CHECK(run("/d/a", false, 0) == "1\n2\n");
    CHECK(run("1 div 2", true, 0) == "{\"type\":\"number\",\"value\":0.5}\n");
    CHECK(run("sum(/d/a)", true, 0) == "{\"type\":\"number\",\"value\":3}\n");
    CHECK(run("0 div 0", true, 0) == "{\"type\":\"number\",\"value\":\"NaN\"}\n");
    CHECK(run("'Quảng'", true, 0) == "{\"type\":\"string\",\"value\":\"Quảng\"}\n");
    CHECK(run("true()", true, 0) == "{\"type\":\"boolean\",\"value\":true}\n");
    CHECK(run("/d/a", true, 0) == "{\"type\":\"nodeset\",\"value\":[\"1\",\"2\"]}\n");
    CHECK(json::parse(run("1 +", true, 1)).at("error").at("code") == "expression.incomplete");
    CHECK(json::parse(run("1 +", true, 1)).at("error").at("column") == 4);
}

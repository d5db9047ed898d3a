#include "type_command.hpp"

#include <catch2/catch_test_macros.hpp>

#include <sstream>
#include <vector>

using namespace kiosk;

namespace {

std::string typed(const std::string& input, text::TypingOptions options, const std::vector<std::string>& keys = {}) {
    std::istringstream in(input);
    std::ostringstream out;
    CHECK(commands::run_type_command(options, keys, in, out) == 0);
    return out.str();
}

}  // namespace

TEST_CASE("the type command answers a line for each line") {
    CHECK(typed("xin chaof\n\nnguowif daan\r\nVieejt", {}) == "xin chào\n\nngười dân\nViệt\n");
    CHECK(typed("hoa2\n", {text::TypingMethod::vni, text::ToneStyle::new_style}) == "hoà\n");
    CHECK(typed("", {}).empty());
}

TEST_CASE("the type command takes keys as arguments too") {
    CHECK(typed("not read\n", {}, {"xin", "chaof"}) == "xin chào\n");
    CHECK(typed("", {}, {"xin chaof"}) == "xin chào\n");
}

TEST_CASE("the type command says when its output is lost") {
    std::istringstream in("a\n");
    std::ostringstream out;
    out.setstate(std::ios::badbit);
    CHECK(commands::run_type_command({}, {}, in, out) == 1);
}

TEST_CASE("long lines and many lines are typed in time that grows with their length only") {
    std::string long_line;
    for (int i = 0; i < 20000; ++i) long_line += "nguowif ";
    const std::string one = typed(long_line + "\n", {});
    CHECK(one.size() == 20000 * std::string("người ").size() + 1);
    std::string lines;
    for (int i = 0; i < 20000; ++i) lines += "dduowcj ghi nhaanj\n";
    CHECK(typed(lines, {}).size() == 20000 * std::string("được ghi nhận\n").size());
}

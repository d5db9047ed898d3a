// Whether recalculating only what changed comes to the same as recalculating everything, on forms and edits made at random.

#include "compiled_form.hpp"
#include "form_builder.hpp"
#include "visit_engine.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using namespace kiosk::forms;
using forms::testing::FormBuilder;

namespace {

// Questions, calculations and conditions that read what stands before them, in groups, repeats and nested repeats.
class RandomForm {
  public:
    explicit RandomForm(std::uint64_t seed) : random_(seed) {
        fill("/data", 6);
        builder_.group("/data/g");
        maybe_relevant();
        fill("/data/g", 4);
        builder_.repeat("/data/r");
        maybe_relevant();
        fill("/data/r", 5);
        builder_.repeat("/data/r/s");
        fill("/data/r/s", 4);
        builder_.question("/data/k", "integer").default_value = "1";
        builder_.repeat("/data/c", "/data/k");
        fill("/data/c", 3);
        fill("/data", 5);
        form = builder_.build(2);
    }

    std::shared_ptr<const Form> form;

  private:
    std::size_t pick(std::size_t bound) { return random_.below(bound); }

    void fill(const std::string& parent, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            const std::string path = parent + "/n" + std::to_string(++count_);
            Node& node = builder_.question(path, "integer");
            const std::size_t kind = paths_.empty() ? 0 : pick(3);
            if (kind == 1) node.calculation = number_expression(path);
            if (kind != 1 && paths_.size() > 2 && pick(3) == 0) node.relevant = number_expression(path) + " mod 2 = 0";
            paths_.push_back(path);
        }
    }

    void maybe_relevant() {
        if (pick(2) == 0) builder_.form().nodes.back().relevant = paths_[pick(paths_.size())] + " != 3";
    }

    // Reads earlier questions: absolute, relative, over sets, by position.
    std::string number_expression(const std::string& from) {
        const std::string& path = paths_[pick(paths_.size())];
        const bool in_repeat = from.starts_with("/data/r/");
        switch (pick(7)) {
            case 0: return "coalesce(" + path + ", 0) + 1";
            case 1: return "sum(" + path + "[. != ''])";
            case 2: return "count-non-empty(" + path + ")";
            case 3: return "count(/data/r) + count(/data/r/s)";
            case 4: return in_repeat ? "position(..) * 10" : "count(/data/c)";
            case 5: return in_repeat ? "count(../preceding-sibling::r) + coalesce(" + path + ", 5)" : "coalesce(" + path + ", 7)";
            default: return "if(" + path + " > 2, string-length(" + paths_[pick(paths_.size())] + "), 4)";
        }
    }

    core::SeededRandom random_;
    FormBuilder builder_;
    std::vector<std::string> paths_;
    std::size_t count_ = 0;
};

std::string dump(const VisitEngine& engine) {
    std::vector<NodeId> nodes;
    engine.instance().list(nodes);
    std::string text;
    for (NodeId node : nodes) {
        text += engine.instance().path(node) + "=" + std::string(engine.instance().value(node));
        text += engine.instance().is_hidden(node) ? " hidden\n" : "\n";
    }
    return text;
}

void random_edit(VisitEngine& engine, core::Random& random) {
    std::vector<NodeId> nodes;
    engine.instance().list(nodes);
    const NodeId node = nodes[random.below(nodes.size())];
    const Node& described = engine.form().nodes[engine.instance().slot(node)];
    if (engine.instance().is_anchor(node)) {
        if (engine.instance().instance_count(node) < 4 && described.path != "/data/c") engine.add_repeat(node);
    } else if (described.kind == ItemKind::repeat) {
        if (described.path != "/data/c") engine.remove_repeat(node);
    } else if (described.kind == ItemKind::question && described.calculation.empty()) {
        engine.set_value(node, random.below(6) == 0 ? std::string() : std::to_string(random.below(5)));
    }
}

}  // namespace

TEST_CASE("Recalculating what changed comes to the same as recalculating everything") {
    std::size_t forms_run = 0;
    for (std::uint64_t seed = 1; seed <= 80; ++seed) {
        const RandomForm random_form(seed);
        Compilation compilation = compile_form(*random_form.form);
        if (!compilation.faults.empty()) continue;     // a circle came about
        ++forms_run;
        VisitEngine engine(random_form.form, compilation.form, VisitSettings{}, *TimeZone::find("UTC"), 0);
        engine.start();
        core::SeededRandom random(seed * 1000);
        for (int step = 0; step < 40; ++step) {
            random_edit(engine, random);
            const std::string incremental = dump(engine);
            engine.recalculate_everything();
            INFO("seed " << seed << " step " << step);
            REQUIRE(dump(engine) == incremental);
        }
    }
    CHECK(forms_run > 40);
}

TEST_CASE("Removing an instance keeps the positions and the values of the others") {
    FormBuilder builder;
    builder.repeat("/data/m");
    builder.node("/data/m/position", "integer").calculation = "position(..)";
    builder.question("/data/m/name", "text");
    const std::shared_ptr<const Form> form = builder.build(0);
    core::SeededRandom random(5);
    VisitEngine engine(form, compile_form(*form).form, VisitSettings{}, *TimeZone::find("UTC"), 0);
    engine.start();
    const NodeId anchor = engine.instance().find("/data/m");
    std::vector<std::string> names;
    for (int step = 0; step < 300; ++step) {
        if (names.empty() || random.below(3) > 0) {
            names.push_back("name " + std::to_string(step));
            engine.set_value(engine.instance().find(engine.instance().path(engine.add_repeat(anchor)) + "/name"), names.back());
        } else {
            const std::size_t gone = random.below(names.size());
            engine.remove_repeat(engine.instance().instances(anchor)[gone]);
            names.erase(names.begin() + static_cast<std::ptrdiff_t>(gone));
        }
        REQUIRE(engine.instance().instance_count(anchor) == names.size());
        for (std::size_t i = 0; i < names.size(); ++i) {
            const std::string path = "/data/m[" + std::to_string(i + 1) + "]";
            REQUIRE(engine.instance().value(engine.instance().find(path + "/name")) == names[i]);
            REQUIRE(engine.instance().value(engine.instance().find(path + "/position")) == std::to_string(i + 1));
        }
    }
}

TEST_CASE("Circles of dependencies are named along their path") {
    FormBuilder builder;
    builder.node("/data/a", "integer").calculation = "/data/b + 1";
    builder.node("/data/b", "integer").calculation = "/data/c + 1";
    builder.node("/data/c", "integer").relevant = "/data/a > 1";
    builder.node("/data/d", "integer").calculation = ". + 1";
    builder.node("/data/e", "integer").constraint = ". > 1";
    const std::vector<CompileFault> faults = compile_form(*builder.build()).faults;
    REQUIRE(faults.size() == 2);
    CHECK(faults[0].error.code == "form.cycle");
    CHECK(faults[0].cycle.size() == 3);
    CHECK(faults[1].cycle == std::vector<std::uint32_t>{4});
}

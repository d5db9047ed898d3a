// How long a form takes to open and to answer one question, and how that grows: 10 to 5,000 questions, three expressions
// for every two of them (relevance and calculations over selected()), all in one group, which is the worst case. Then the
// communes of a province in a select that follows the district: what showing it costs each frame, and what an answer does.
//
// Each benchmark prints time per operation and the complexity fitted over the sizes.

#include <kiosk/forms/form_visit.hpp>
#include <kiosk/forms/read_form.hpp>

#include "../forms/form_builder.hpp"
#include "compiled_form.hpp"

#include <benchmark/benchmark.h>

using namespace kiosk;
using namespace kiosk::forms;

namespace {

std::string question(std::size_t index) { return "/data/q" + std::to_string(index); }

// q0 decides over a tenth of the others, each question over its successor; every second one has a calculation.
std::shared_ptr<const Form> form_of(std::size_t count) {
    testing::FormBuilder builder;
    for (std::size_t i = 0; i < count; ++i) {
        Node& node = builder.question(question(i), "select_multiple");
        if (i > 0) node.relevant = "selected(" + question(i % 10 == 0 ? 0 : i - 1) + ", 'a') or not(selected(" + question(i - 1) + ", 'z'))";
        builder.control(question(i)).choices = {{"a", {}}, {"b", {}}, {"z", {}}};
        if (i % 2 == 1)
            builder.node("/data/c" + std::to_string(i), "calculate").calculation =
                "if(selected(" + question(i) + ", 'b'), count-selected(" + question(i - 1) + "), 0)";
    }
    Form form = *builder.build();
    Compilation compilation = compile_form(form);
    KIOSK_ASSERT(compilation.faults.empty());
    form.compiled = compilation.form;
    return std::make_shared<const Form>(std::move(form));
}

void compile(benchmark::State& state) {
    const std::shared_ptr<const Form> form = form_of(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) benchmark::DoNotOptimize(compile_form(*form));
    state.SetComplexityN(state.range(0));
}

void open_visit(benchmark::State& state) {
    const std::shared_ptr<const Form> form = form_of(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        core::Result<FormVisit> visit = FormVisit::begin(form, {});
        benchmark::DoNotOptimize(visit);
    }
    state.SetComplexityN(state.range(0));
}

void answer(benchmark::State& state, std::size_t index) {
    const std::shared_ptr<const Form> form = form_of(static_cast<std::size_t>(state.range(0)));
    core::Result<FormVisit> visit = FormVisit::begin(form, {});
    KIOSK_ASSERT(visit.has_value());
    bool is_first = false;
    for (auto _ : state) {
        is_first = !is_first;
        const core::Result<void> done = visit->set(question(index), is_first ? "a b" : "b");
        KIOSK_ASSERT(done.has_value());
        benchmark::DoNotOptimize(visit->page());
    }
    state.SetComplexityN(state.range(0));
}

// The same questions as an office writes them: a folder of CSV sheets.
std::optional<core::Bytes> sheet_of(std::size_t count, std::string_view name) {
    std::string text;
    if (name == "survey.csv") {
        text = "type,name,label,relevant,calculation\n";
        for (std::size_t i = 0; i < count; ++i) {
            const std::string self = "q" + std::to_string(i), before = "${q" + std::to_string(i == 0 ? 0 : i - 1) + "}";
            text += "select_multiple yn," + self + ",Câu hỏi " + std::to_string(i) + "," + (i == 0 ? "" : "\"selected(" + before + ", 'a')\"") + ",\n";
            if (i % 2 == 1) text += "calculate,c" + std::to_string(i) + ",,,\"if(selected(${" + self + "}, 'b'), 1, 0)\"\n";
        }
    } else if (name == "choices.csv") {
        text = "list_name,name,label\nyn,a,A\nyn,b,B\nyn,z,Z\n";
    } else if (name == "settings.csv") {
        text = "form_title,form_id,version\nF,f,1\n";
    } else {
        return std::nullopt;
    }
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    return core::Bytes(first, first + text.size());
}

void read(benchmark::State& state) {
    const auto count = static_cast<std::size_t>(state.range(0));
    for (auto _ : state) {
        const FormReading reading = read_form_folder([&](std::string_view name) { return sheet_of(count, name); }, "f");
        KIOSK_ASSERT(reading.form != nullptr);
    }
    state.SetComplexityN(state.range(0));
}

// As many communes as asked for, in 18 districts.
core::Result<FormVisit> begin_cascade(std::size_t communes) {
    testing::FormBuilder builder;
    builder.question("/data/huyen", "text");
    builder.question("/data/xa", "select_one");
    Itemset itemset;
    itemset.nodeset = "instance('xa')/root/item[huyen = /data/huyen]";
    builder.control("/data/xa").itemset = itemset;
    Instance list{"xa", "", {"root", "item", "name", "label", "huyen"}, {{0, kNone, 0, ""}}};
    for (std::size_t i = 0; i < communes; ++i) {
        const auto item = static_cast<std::uint32_t>(list.elements.size());
        list.elements.push_back({1, 0, item + 4, ""});
        list.elements.push_back({2, item, item + 2, "x" + std::to_string(i)});
        list.elements.push_back({3, item, item + 3, "Xã " + std::to_string(i)});
        list.elements.push_back({4, item, item + 4, "h" + std::to_string(i % 18)});
    }
    list.elements.front().end = static_cast<std::uint32_t>(list.elements.size());
    builder.form().secondary.push_back(std::move(list));
    core::Result<FormVisit> visit = FormVisit::begin(builder.build(), {});
    KIOSK_ASSERT(visit.has_value() && visit->set("/data/huyen", "h1").has_value());
    return visit;
}

void show_cascade(benchmark::State& state) {
    const core::Result<FormVisit> visit = begin_cascade(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) benchmark::DoNotOptimize(visit->node("/data/xa"));
    state.SetComplexityN(state.range(0));
}

void answer_cascade(benchmark::State& state) {
    core::Result<FormVisit> visit = begin_cascade(static_cast<std::size_t>(state.range(0)));
    std::size_t district = 0;
    for (auto _ : state) {
        KIOSK_ASSERT(visit->set("/data/huyen", "h" + std::to_string(++district % 18)).has_value());
        benchmark::DoNotOptimize(visit->node("/data/xa"));
    }
    state.SetComplexityN(state.range(0));
}

void answer_that_decides_many(benchmark::State& state) { answer(state, 0); }
void answer_that_decides_one(benchmark::State& state) { answer(state, static_cast<std::size_t>(state.range(0)) / 2); }

}  // namespace

BENCHMARK(read)->Arg(10)->Arg(100)->Arg(600)->Arg(1000)->Arg(5000)->Unit(benchmark::kMillisecond)->Complexity();
BENCHMARK(compile)->Arg(10)->Arg(100)->Arg(600)->Arg(1000)->Arg(5000)->Unit(benchmark::kMillisecond)->Complexity();
BENCHMARK(open_visit)->Arg(10)->Arg(100)->Arg(600)->Arg(1000)->Arg(5000)->Unit(benchmark::kMillisecond)->Complexity();
BENCHMARK(answer_that_decides_many)->Arg(10)->Arg(100)->Arg(600)->Arg(1000)->Arg(5000)->Unit(benchmark::kMicrosecond)->Complexity();
BENCHMARK(answer_that_decides_one)->Arg(10)->Arg(100)->Arg(600)->Arg(1000)->Arg(5000)->Unit(benchmark::kMicrosecond)->Complexity();
BENCHMARK(show_cascade)->Arg(18)->Arg(250)->Arg(1000)->Arg(11000)->Unit(benchmark::kMicrosecond)->Complexity();
BENCHMARK(answer_cascade)->Arg(18)->Arg(250)->Arg(1000)->Arg(11000)->Unit(benchmark::kMicrosecond)->Complexity();

BENCHMARK_MAIN();

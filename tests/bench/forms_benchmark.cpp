// How long a form takes to open and to answer one question, and how that grows: 10 to 5,000 questions, three expressions
// for every two of them (relevance and calculations over selected()), all in one group, which is the worst case.
//
// Each benchmark prints time per operation and the complexity fitted over the sizes.

#include <kiosk/forms/form_visit.hpp>

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

void answer_that_decides_many(benchmark::State& state) { answer(state, 0); }
void answer_that_decides_one(benchmark::State& state) { answer(state, static_cast<std::size_t>(state.range(0)) / 2); }

}  // namespace

BENCHMARK(compile)->Arg(10)->Arg(100)->Arg(600)->Arg(1000)->Arg(5000)->Unit(benchmark::kMillisecond)->Complexity();
BENCHMARK(open_visit)->Arg(10)->Arg(100)->Arg(600)->Arg(1000)->Arg(5000)->Unit(benchmark::kMillisecond)->Complexity();
BENCHMARK(answer_that_decides_many)->Arg(10)->Arg(100)->Arg(600)->Arg(1000)->Arg(5000)->Unit(benchmark::kMicrosecond)->Complexity();
BENCHMARK(answer_that_decides_one)->Arg(10)->Arg(100)->Arg(600)->Arg(1000)->Arg(5000)->Unit(benchmark::kMicrosecond)->Complexity();

BENCHMARK_MAIN();

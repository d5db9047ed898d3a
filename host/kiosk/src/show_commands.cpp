// `render` and `play`: the kiosk with no screen and no visitor.
#include "commands.hpp"
#include "glass.hpp"
#include "page_route.hpp"
#include "scene_json.hpp"
#include "script.hpp"
#include "stage.hpp"

#include <kiosk/platform/memory_privacy.hpp>
#include <kiosk/platform/system.hpp>
#include <kiosk/raster/png.hpp>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <thread>

namespace kiosk::commands {
namespace {

class VirtualPace final : public Pace {
  public:
    explicit VirtualPace(VirtualClock& clock) : clock_(clock) {}
    core::SteadyTime now() const override { return clock_.steady_now(); }
    void pass(core::SteadyTime duration) override { clock_.advance(duration); }

  private:
    VirtualClock& clock_;
};

class RealPace final : public Pace {
  public:
    explicit RealPace(const core::Clock& clock) : clock_(clock) {}
    core::SteadyTime now() const override { return clock_.steady_now(); }
    void pass(core::SteadyTime duration) override { std::this_thread::sleep_for(duration); }

  private:
    const core::Clock& clock_;
};

core::Error not_written(const std::filesystem::path& file) {
    return {"file.not_written", {"Không ghi được tệp " + file.string() + ".", "The file " + file.string() + " cannot be written."}};
}

}  // namespace

int refuse(const Console& console, const core::Error& error) {
    console.err << "feedback-kiosk: " << error.message.in(console.language) << " [" << error.code << "]\n";
    return kRefused;
}

int render(const LaunchOptions& options, const RenderOptions& render, const Console& console) {
    VirtualClock clock{platform::SystemClock().wall_now()};
    core::SeededRandom random(1);   // a picture does not depend on chance
    std::vector<AnswerStep> answers;
    if (!render.answers.empty()) {
        auto read = read_answers(render.answers);
        if (!read) return refuse(console, read.error());
        answers = std::move(*read);
    }
    auto stage = Stage::create();
    if (!stage) return refuse(console, stage.error());
    Outside outside;
    outside.has_speech = true;   // a picture shows what a well-equipped kiosk shows
    auto composition = Composition::create(options, render.page == "welcome" ? Purpose::show_welcome : Purpose::show, clock, random, outside);
    if (!composition) return refuse(console, composition.error());
    Machine& machine = (*composition)->machine();
    if (auto there = go_to_page(machine, clock, render.page, answers); !there) return refuse(console, there.error());

    Glass glass(machine, (*composition)->screen(), (*stage)->fonts(), &(*stage)->use_pictures((*composition)->pictures()));
    const ui::Scene& scene = glass.look();
    if (!render.shot.empty())
        if (auto written = raster::write_png((*stage)->picture_of(scene), render.shot); !written) return refuse(console, written.error());
    const std::string dump = to_json(scene, 2) + "\n";
    if (!render.dump.empty()) {
        std::ofstream file(render.dump, std::ios::binary);
        if (!(file << dump)) return refuse(console, not_written(render.dump));
    } else if (render.shot.empty()) {
        console.out << dump;
    }
    return kDone;
}

int play(const LaunchOptions& options, const PlayOptions& play, const Console& console) {
    auto steps = read_script(play.script);
    if (!steps) return refuse(console, steps.error());
    auto stage = Stage::create();
    if (!stage) return refuse(console, stage.error());

    platform::SystemClock real_clock;
    VirtualClock virtual_clock{real_clock.wall_now()};
    platform::SystemRandom random;
    core::Clock& clock = play.is_virtual ? static_cast<core::Clock&>(virtual_clock) : real_clock;
    Glass* shown = nullptr;
    Outside outside;
    outside.forget = [&] {
        if (shown) shown->forget();
        (*stage)->forget_drawing();
        platform::overwrite_unused_stack();
    };
    auto composition = Composition::create(options, Purpose::serve, clock, random, std::move(outside));
    if (!composition) return refuse(console, composition.error());
    Machine& machine = (*composition)->machine();
    Glass glass(machine, (*composition)->screen(), (*stage)->fonts(), &(*stage)->use_pictures((*composition)->pictures()));
    shown = &glass;
    (*composition)->pictures().wait();   // a script takes no time to read
    const std::unique_ptr<Pace> pace = play.is_virtual ? std::unique_ptr<Pace>(std::make_unique<VirtualPace>(virtual_clock))
                                                       : std::make_unique<RealPace>(real_clock);
    ScriptedVisitor visitor(machine, glass, *pace);

    std::ofstream dump;
    if (!play.dump.empty()) dump.open(play.dump, std::ios::binary);
    if (!play.shots.empty()) std::filesystem::create_directories(play.shots);
    for (std::size_t index = 0; index < steps->size(); ++index) {
        const ScriptStep& step = (*steps)[index];
        StepReport report{index + 1, {}, visitor.act(step)};
        if (const auto* named = std::get_if<DumpPage>(&step)) report.name = named->name;
        const ui::Scene& scene = glass.look();
        if (dump.is_open() && !(dump << to_json(scene, report) << std::endl)) return refuse(console, not_written(play.dump));
        if (!play.shots.empty()) {
            char name[32];
            std::snprintf(name, sizeof name, "step-%03zu.png", index + 1);
            if (auto written = raster::write_png((*stage)->picture_of(scene), play.shots / name); !written) return refuse(console, written.error());
        }
        if (!report.error.empty()) {
            console.err << "feedback-kiosk: " << play.script.string() << ", step " << report.step << ": " << report.error << '\n';
            return kRefused;
        }
    }
    return kDone;
}

}  // namespace kiosk::commands

#include "script.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <thread>
#include <utility>

namespace kiosk {
namespace {

using Json = nlohmann::json;

constexpr core::SteadyTime kTapLength{80}, kBetweenTaps{520}, kMoveInterval{8};

constexpr std::array<std::pair<std::string_view, app::Key>, 12> kKeys{{
    {"Enter", app::Key::enter}, {"Escape", app::Key::escape}, {"Backspace", app::Key::backspace},
    {"Delete", app::Key::remove}, {"Left", app::Key::left}, {"Right", app::Key::right}, {"Up", app::Key::up},
    {"Down", app::Key::down}, {"Home", app::Key::home}, {"End", app::Key::end}, {"Tab", app::Key::tab},
    {"BackTab", app::Key::back_tab},
}};

template <class T>
std::optional<T> optional_value(const Json& json, const char* key) {
    return json.contains(key) ? std::optional<T>(json.at(key).get<T>()) : std::nullopt;
}

// Throws Json::exception or std::invalid_argument; read_script() turns both into an Error.
ScriptStep step_from(const Json& json) {
    if (json.contains("tap")) return TapItem{json.at("tap").get<std::string>()};
    if (json.contains("tap_mm")) return TapAt{json.at("tap_mm").at(0).get<float>(), json.at("tap_mm").at(1).get<float>()};
    if (json.contains("drag_mm")) {
        const Json& points = json.at("drag_mm");
        return Drag{points.at(0).at(0).get<float>(), points.at(0).at(1).get<float>(), points.at(1).at(0).get<float>(),
                    points.at(1).at(1).get<float>(), core::SteadyTime(json.value("ms", 300))};
    }
    if (json.contains("key")) return PressKey{json.at("key").get<std::string>()};
    if (json.contains("type")) return TypeText{json.at("type").get<std::string>()};
    if (json.contains("wait_ms")) return Wait{core::SteadyTime(json.at("wait_ms").get<std::int64_t>())};
    if (json.contains("hold_ms")) return Hold{core::SteadyTime(json.at("hold_ms").get<std::int64_t>())};
    if (json.contains("dump")) return DumpPage{json.at("dump").get<std::string>()};
    if (json.contains("expect")) {
        const Json& what = json.at("expect");
        return Expect{what.value("page", ""), what.value("item", ""), what.value("absent", ""),
                      optional_value<std::string>(what, "label"), optional_value<std::string>(what, "value"),
                      optional_value<bool>(what, "selected"), optional_value<std::string>(what, "focus")};
    }
    throw std::invalid_argument("no step");
}

std::vector<std::string> letters_of(const std::string& text) {
    std::vector<std::string> letters;
    for (const char byte : text) {
        if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) letters.emplace_back();
        if (!letters.empty()) letters.back().push_back(byte);
    }
    return letters;
}

}  // namespace

core::Result<std::vector<ScriptStep>> read_script(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in)
        return core::Error{"script.not_found", {"Không mở được kịch bản " + file.string() + ".", "The script " + file.string() + " cannot be opened."}};
    std::vector<ScriptStep> steps;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        try {
            steps.push_back(step_from(Json::parse(line)));
        } catch (const std::exception&) {
            const std::string where = file.string() + ":" + std::to_string(number);
            return core::Error{"script.bad_step", {where + " không phải là một bước. Xem các bước trong sổ tay.", where + " is not a step. The manual lists the steps."}};
        }
    }
    return steps;
}

std::string ScriptedVisitor::act(const ScriptStep& step) {
    machine_.tick();
    std::string failure = std::visit([this](const auto& what) { return act_on(what); }, step);
    machine_.settle();
    return failure;
}

// Time passes from deadline to deadline, so that everything happens in its order.
void ScriptedVisitor::wait(core::SteadyTime duration) {
    const core::SteadyTime end = pace_.now() + duration;
    while (pace_.now() < end) {
        core::SteadyTime next = std::min(end, pace_.now() + core::SteadyTime(1000));
        if (const auto deadline = machine_.next_deadline(); deadline && *deadline > pace_.now()) next = std::min(next, *deadline);
        pace_.pass(next - pace_.now());
        glass_.animate(pace_.now());
        machine_.tick();
        machine_.settle();
    }
}

void ScriptedVisitor::finger(app::Finger::Phase phase, float x_mm, float y_mm) {
    glass_.touch({phase, x_mm, y_mm, pace_.now()});
}

std::string ScriptedVisitor::act_on(const TapItem& step) {
    const ui::Scene& scene = glass_.look();
    const ui::PlacedItem* placed = scene.find(step.item);
    if (!placed) return "there is no item " + step.item + " on page " + scene.page;
    const float scale = scene.screen.px_per_mm();
    const float x = placed->rect.centre_x(), y = placed->rect.centre_y();
    const ui::PlacedItem* hit = scene.hit(x, y);
    if (!scene.whole_screen_is_target && (!hit || hit->item.id != step.item))
        return "item " + step.item + " cannot be touched where it is; scroll to it first";
    return act_on(TapAt{x / scale, y / scale});
}

std::string ScriptedVisitor::act_on(const TapAt& step) {
    if (has_tapped_) wait(kBetweenTaps);   // a person, not a bouncing panel
    has_tapped_ = true;
    finger(app::Finger::Phase::down, step.x_mm, step.y_mm);
    pace_.pass(kTapLength);
    finger(app::Finger::Phase::up, step.x_mm, step.y_mm);
    return {};
}

std::string ScriptedVisitor::act_on(const Drag& step) {
    finger(app::Finger::Phase::down, step.from_x_mm, step.from_y_mm);
    const auto moves = std::max<std::int64_t>(1, step.duration / kMoveInterval);
    for (std::int64_t move = 1; move <= moves; ++move) {
        const float share = static_cast<float>(move) / static_cast<float>(moves);
        pace_.pass(step.duration / moves);
        finger(app::Finger::Phase::move, step.from_x_mm + (step.to_x_mm - step.from_x_mm) * share,
               step.from_y_mm + (step.to_y_mm - step.from_y_mm) * share);
    }
    finger(app::Finger::Phase::up, step.to_x_mm, step.to_y_mm);
    for (int frame = 0; frame < 200; ++frame) {
        pace_.pass(core::SteadyTime(16));
        if (!glass_.animate(pace_.now())) break;
    }
    return {};
}

std::string ScriptedVisitor::act_on(const PressKey& step) {
    if (step.key == "Space") {
        glass_.type(" ");
        return {};
    }
    const auto found = std::find_if(kKeys.begin(), kKeys.end(), [&](const auto& key) { return key.first == step.key; });
    if (found == kKeys.end()) return "there is no key " + step.key;
    glass_.key(found->second);
    return {};
}

std::string ScriptedVisitor::act_on(const TypeText& step) {
    for (std::string& letter : letters_of(step.text)) glass_.type(std::move(letter));
    return {};
}

std::string ScriptedVisitor::act_on(const Wait& step) {
    wait(step.duration);
    return {};
}

std::string ScriptedVisitor::act_on(const Hold& step) {
    std::this_thread::sleep_for(step.duration);
    return {};
}

std::string ScriptedVisitor::act_on(const Expect& step) {
    const ui::Scene& scene = glass_.look();
    const auto differs = [&](const std::string& what, const std::string& wanted, const std::string& found) {
        return "expected " + what + " " + wanted + ", found " + found;
    };
    if (!step.page.empty() && scene.page != step.page) return differs("page", step.page, scene.page);
    if (!step.absent.empty() && scene.find(step.absent)) return "expected no item " + step.absent + " on page " + scene.page;
    if (step.focus && scene.focus != *step.focus) return differs("focus", *step.focus, scene.focus);
    if (step.item.empty()) return {};
    const ui::PlacedItem* placed = scene.find(step.item);
    if (!placed) return "expected item " + step.item + " on page " + scene.page;
    if (step.label && placed->item.label != *step.label) return differs("label", *step.label, placed->item.label);
    if (step.value && placed->item.value != *step.value) return differs("value", *step.value, placed->item.value);
    if (step.selected && placed->item.selected != *step.selected) return "expected " + step.item + (*step.selected ? " selected" : " not selected");
    return {};
}

}  // namespace kiosk

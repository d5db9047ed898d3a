#include "scene_json.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace kiosk {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double value) { return std::round(value * 100) / 100; }

std::string hex(ui::Colour colour) {
    char text[8];
    std::snprintf(text, sizeof text, "#%02x%02x%02x", colour.red, colour.green, colour.blue);
    return text;
}

Json in_px(const ui::Rect& rect) { return {rounded(rect.x), rounded(rect.y), rounded(rect.width), rounded(rect.height)}; }

Json in_mm(const ui::Rect& rect, const core::ScreenSize& screen) {
    const double scale = screen.px_per_mm();
    return {rounded(rect.x / scale), rounded(rect.y / scale), rounded(rect.width / scale), rounded(rect.height / scale)};
}

Json item_json(const ui::PlacedItem& placed, const core::ScreenSize& screen) {
    const app::Item& item = placed.item;
    Json json;
    json["id"] = item.id;
    json["role"] = app::name_of(item.role);
    json["label"] = item.label;
    if (!item.detail.empty()) json["detail"] = item.detail;
    if (item.role == app::Role::field) json["value"] = item.value;
    json["spoken"] = item.what_is_said();
    json["rect_px"] = in_px(placed.rect);
    json["rect_mm"] = in_mm(placed.rect, screen);
    json["hit_mm"] = in_mm(placed.hit, screen);
    json["focus_index"] = placed.focus_index < 0 ? Json(nullptr) : Json(placed.focus_index);
    json["enabled"] = item.enabled;
    json["selected"] = item.selected;
    json["needed"] = item.needed;
    json["fg"] = hex(placed.fg);
    json["bg"] = hex(placed.bg);
    json["font_px"] = placed.font_px;
    json["cap_mm"] = rounded(placed.font_px * ui::kCapitalShare / screen.px_per_mm());
    return json;
}

void add_scene(Json& json, const ui::Scene& scene) {
    const core::ScreenSize& screen = scene.screen;
    json["page"] = scene.page;
    json["screen"] = {{"px", {screen.width_px, screen.height_px}},
                      {"mm", {rounded(screen.width_mm.value), rounded(screen.height_mm.value)}}};
    json["language"] = scene.language;
    json["theme"] = app::name_of(scene.theme);
    json["size"] = app::name_of(scene.size);
    Json& items = json["items"] = Json::array();
    for (const ui::PlacedItem& placed : scene.items) items.push_back(item_json(placed, screen));
}

}  // namespace

std::string to_json(const ui::Scene& scene, int indent) {
    Json json;
    add_scene(json, scene);
    return json.dump(indent);
}

std::string to_json(const ui::Scene& scene, const StepReport& report) {
    Json json;
    json["step"] = report.step;
    json["ok"] = report.error.empty();
    json["error"] = report.error.empty() ? Json(nullptr) : Json(report.error);
    if (!report.name.empty()) json["name"] = report.name;
    add_scene(json, scene);
    return json.dump();
}

}  // namespace kiosk

#include <kiosk/ui/scene.hpp>

#include <algorithm>

namespace kiosk::ui {

const PlacedItem* Scene::find(std::string_view id) const {
    const auto found = std::find_if(items.begin(), items.end(), [&](const PlacedItem& placed) { return placed.item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

const PlacedItem* Scene::hit(float x_px, float y_px) const {
    const PlacedItem* best = nullptr;
    for (const PlacedItem& placed : items) {
        if (!placed.item.is_target() || !placed.hit.contains(x_px, y_px)) continue;
        if (placed.scrolls && !body.contains(x_px, y_px)) continue;
        if (!best || best->scrolls) best = &placed;   // what lies above the scrolled page comes first
    }
    return best;
}

std::string Scene::target_at(float x_px, float y_px) const {
    const PlacedItem* met = hit(x_px, y_px);
    if (whole_screen_is_target) return met && met->item.look == app::Look::door ? met->item.id : "action.start";
    return met ? met->item.id : std::string{};
}

}  // namespace kiosk::ui

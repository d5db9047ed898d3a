#include <kiosk/app/view_model.hpp>

#include <algorithm>

namespace kiosk::app {

std::string Item::what_is_said() const {
    if (!spoken.empty()) return spoken;
    return detail.empty() ? label : label + ". " + detail;
}

const Item* ViewModel::find(std::string_view id) const {
    const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

std::string_view name_of(Role role) {
    switch (role) {
        case Role::button: return "button";
        case Role::radio: return "radio";
        case Role::check: return "check";
        case Role::field: return "field";
        case Role::key: return "key";
        case Role::text: return "text";
        case Role::image: return "image";
    }
    return "text";
}

TextSize after(TextSize size) {
    switch (size) {
        case TextSize::medium: return TextSize::large;
        case TextSize::large: return TextSize::extra_large;
        case TextSize::extra_large: break;
    }
    return TextSize::medium;
}

std::string_view name_of(TextSize size) {
    switch (size) {
        case TextSize::medium: return "M";
        case TextSize::large: return "L";
        case TextSize::extra_large: return "XL";
    }
    return "M";
}

std::string_view name_of(Theme theme) {
    switch (theme) {
        case Theme::light: return "light";
        case Theme::contrast_dark: return "contrast-dark";
        case Theme::contrast_light: return "contrast-light";
    }
    return "light";
}

}  // namespace kiosk::app

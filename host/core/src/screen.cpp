#include <kiosk/core/screen.hpp>

namespace kiosk::core {

const FormPages* Screen::form() const {
    for (const ScreenItem& item : items)
        if (const auto* pages = std::get_if<FormPages>(&item)) return pages;
    return nullptr;
}

}  // namespace kiosk::core

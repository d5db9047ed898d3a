// Which page this is: two pages are one if neither their kind nor their question differs; a size, a colour or an answer
// changes neither. Tells when a page begins at its top, and when it is to be read aloud anew.
#pragma once

#include <kiosk/app/view_model.hpp>

#include <string>

namespace kiosk {

inline std::string identity_of(const app::ViewModel& view) {
    std::string identity = view.page;
    for (const app::Item& item : view.items)
        if (item.look == app::Look::progress || item.role == app::Role::radio || item.role == app::Role::field)
            identity.append("|").append(item.look == app::Look::progress ? item.value : item.id);
    return identity;
}

}  // namespace kiosk

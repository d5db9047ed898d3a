// Host: what a plugin may ask of the kiosk. A view; valid as long as the activity it was given to.
#pragma once

#include <kiosk/abi/ext/settings.h>
#include <kiosk/abi/host.h>
#include <kiosk/sdk/text.hpp>

#include <string_view>

namespace kiosk {

class Host {
  public:
    explicit Host(const kiosk_host& host) : host_(&host) {
        settings_ = static_cast<const kiosk_settings*>(host.get_extension(&host, detail::to_abi(KIOSK_EXT_SETTINGS)));
    }

    // What the office set for this activity; empty if it did not.
    std::string_view setting(std::string_view key) const {
        if (settings_ == nullptr) return {};
        return detail::from_abi(settings_->value(host_, detail::to_abi(key)));
    }

  private:
    const kiosk_host* host_;
    const kiosk_settings* settings_ = nullptr;
};

}  // namespace kiosk

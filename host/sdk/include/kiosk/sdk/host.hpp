// Host: what a plugin may ask of the kiosk. A view; valid as long as the activity it was given to.
#pragma once

#include <kiosk/abi/ext/forms.h>
#include <kiosk/abi/ext/results.h>
#include <kiosk/abi/ext/settings.h>
#include <kiosk/abi/host.h>
#include <kiosk/sdk/text.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

// How many visitors chose an option so far.
struct Tally {
    std::string choice;
    std::uint64_t votes = 0;

    bool operator==(const Tally&) const = default;
};

struct Results {
    std::vector<Tally> tallies;
    bool is_published = false;       // by the office, from all its kiosks; else this kiosk's own

    bool operator==(const Results&) const = default;
};

class Host {
  public:
    explicit Host(const kiosk_host& host) : host_(&host) {
        settings_ = extension<kiosk_settings>(KIOSK_EXT_SETTINGS);
        forms_ = extension<kiosk_forms>(KIOSK_EXT_FORMS);
        results_ = extension<kiosk_results>(KIOSK_EXT_RESULTS);
    }

    // What the office set for this activity; empty if it did not.
    std::string_view setting(std::string_view key) const {
        if (settings_ == nullptr) return {};
        return detail::from_abi(settings_->value(host_, detail::to_abi(key)));
    }

    // The activity's forms that are on this kiosk and open today.
    std::vector<std::string> open_forms() const {
        std::vector<std::string> ids;
        const std::size_t count = forms_ == nullptr ? 0 : forms_->count(host_);
        for (std::size_t i = 0; i < count; ++i) ids.emplace_back(detail::from_abi(forms_->id(host_, i)));
        return ids;
    }

    // How visitors answered the first question of a form that has choices; no tallies if that may not be told (yet).
    Results results(std::string_view form) const {
        Results results;
        const std::size_t count = results_ == nullptr ? 0 : results_->count(host_, detail::to_abi(form));
        for (std::size_t i = 0; i < count; ++i)
            results.tallies.push_back({std::string(detail::from_abi(results_->choice(host_, i))), results_->votes(host_, i)});
        results.is_published = count > 0 && results_->struct_size >= sizeof(kiosk_results) && results_->is_published(host_) != 0;
        return results;
    }

  private:
    template <class T>
    const T* extension(std::string_view id) const {
        return static_cast<const T*>(host_->get_extension(host_, detail::to_abi(id)));
    }

    const kiosk_host* host_;
    const kiosk_settings* settings_ = nullptr;
    const kiosk_forms* forms_ = nullptr;
    const kiosk_results* results_ = nullptr;
};

}  // namespace kiosk

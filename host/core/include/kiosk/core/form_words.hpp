// How plugins and the host speak of forms: the manifest's list of what may be shown, and words that a form's workbook has
// ("form/portal_poll": its title; "form/portal_poll/tot": a choice's label). Pure.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace kiosk::core {

inline constexpr std::string_view kFormWords = "form/";

// Whether one of the manifest's forms is this one, or begins it: "poll_*".
inline bool may_show(std::span<const std::string> manifest_forms, std::string_view form) {
    return std::any_of(manifest_forms.begin(), manifest_forms.end(), [&](const std::string& allowed) {
        return allowed.ends_with('*') ? form.starts_with(std::string_view(allowed).substr(0, allowed.size() - 1)) : form == allowed;
    });
}

}  // namespace kiosk::core

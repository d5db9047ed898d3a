#include "abi_copy.hpp"

#include "utf8.hpp"

namespace kiosk::plugin_host {

std::optional<std::string_view> checked_view(kiosk_str text, std::size_t limit) {
    if (text.size == 0) return std::string_view{};
    if (text.data == nullptr || text.size > limit) return std::nullopt;
    const std::string_view view(text.data, text.size);
    if (!is_clean_utf8(view)) return std::nullopt;
    return view;
}

std::optional<std::string> checked_name(kiosk_str text) {
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-/";
    const auto view = checked_view(text, kMaxIdBytes);
    if (!view || view->empty() || view->find_first_not_of(kAllowed) != std::string_view::npos) return std::nullopt;
    return std::string(*view);
}

std::optional<core::Text> checked_text(const kiosk_text* text) {
    if (text == nullptr || text->argument_count > kMaxArguments) return std::nullopt;
    if (text->argument_count > 0 && text->arguments == nullptr) return std::nullopt;
    const auto id = checked_view(text->id, kMaxIdBytes);
    if (!id || id->empty()) return std::nullopt;
    core::Text copy{std::string(*id), {}};
    for (std::size_t i = 0; i < text->argument_count; ++i) {
        const auto argument = checked_view(text->arguments[i], kMaxArgumentBytes);
        if (!argument) return std::nullopt;
        copy.arguments.emplace_back(*argument);
    }
    return copy;
}

}  // namespace kiosk::plugin_host

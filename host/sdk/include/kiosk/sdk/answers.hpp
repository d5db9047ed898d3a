// Answers: what the visitor answered, given to Visit::submit() and valid only there. Every relevant question of the form
// that has a value is in it under its path ("/data/rating"), every item of the screen under its id. A value that is
// missing reads as empty; nothing here throws.
#pragma once

#include <kiosk/abi/visit.h>
#include <kiosk/sdk/text.hpp>

#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace kiosk {

class Answers {
  public:
    explicit Answers(std::span<const kiosk_answer> answers) : answers_(answers) {}

    bool has(std::string_view path) const { return find(path) != nullptr; }

    std::string_view value(std::string_view path) const {
        const kiosk_answer* answer = find(path);
        return answer == nullptr ? std::string_view{} : detail::from_abi(answer->value);
    }

    // Whether `name` is the choice, or among the choices, of a question.
    bool selected(std::string_view path, std::string_view name) const {
        for (std::string_view rest = value(path); !rest.empty();) {
            const std::size_t end = rest.find(' ');
            if (rest.substr(0, end) == name) return true;
            if (end == std::string_view::npos) return false;
            rest.remove_prefix(end + 1);
        }
        return false;
    }

    std::optional<std::int64_t> integer(std::string_view path) const {
        const std::string_view text = value(path);
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
        return number;
    }

    bool agreed(std::string_view consent_id) const { return value(consent_id) == "yes"; }

    // In the order of the form; for what the methods above do not say.
    std::span<const kiosk_answer> all() const { return answers_; }

  private:
    const kiosk_answer* find(std::string_view path) const {
        for (const kiosk_answer& answer : answers_)
            if (detail::from_abi(answer.path) == path) return &answer;
        return nullptr;
    }

    std::span<const kiosk_answer> answers_;
};

}  // namespace kiosk

// Result<T>: a value, or an Error that a person can act on.
//
// Expected failures (a bad workbook, a full stick) are returned; bugs hit KIOSK_ASSERT; exceptions stay inside
// an adapter. Values are owned; nothing here allocates but the strings. Any thread.
#pragma once

#include <kiosk/core/assert.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace kiosk::core {

// One sentence for staff, in both languages of the office. What visitors read comes from the .po catalogues.
struct Words {
    std::string vi;
    std::string en;

    const std::string& in(std::string_view language) const { return language == "en" ? en : vi; }
    bool operator==(const Words&) const = default;
};

// Why something was refused: a stable code for programs ("form.not_a_workbook"), words for people that say what to do.
struct Error {
    std::string code;
    Words message;

    bool operator==(const Error&) const = default;
};

template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & { KIOSK_ASSERT(has_value()); return *std::get_if<0>(&state_); }
    const T& value() const& { KIOSK_ASSERT(has_value()); return *std::get_if<0>(&state_); }
    T&& value() && { KIOSK_ASSERT(has_value()); return std::move(*std::get_if<0>(&state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const { KIOSK_ASSERT(!has_value()); return *std::get_if<1>(&state_); }

  private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    bool has_value() const { return !error_.has_value(); }
    explicit operator bool() const { return has_value(); }
    const Error& error() const { KIOSK_ASSERT(error_.has_value()); return *error_; }

  private:
    std::optional<Error> error_;
};

}  // namespace kiosk::core

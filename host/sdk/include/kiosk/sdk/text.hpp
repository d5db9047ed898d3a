// Text: a message of the plugin's catalogue by name, with what fills its {0}, {1}, … Never words in a language.
#pragma once

#include <kiosk/abi/abi.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

struct Text {
    std::string id;
    std::vector<std::string> arguments;

    Text(const char* message) : id(message) {}
    Text(std::string message) : id(std::move(message)) {}
    Text(std::string message, std::vector<std::string> values) : id(std::move(message)), arguments(std::move(values)) {}

    bool operator==(const Text&) const = default;
};

// Words that are the office's own, in the visitor's language: the title of a form, and the label of a choice of its
// first question that has choices. They need no message in the catalogue.
inline Text form_title(const std::string& form) { return Text("form/" + form); }
inline Text choice_label(const std::string& form, const std::string& choice) { return Text("form/" + form + "/" + choice); }

namespace detail {

inline kiosk_str to_abi(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view from_abi(kiosk_str text) {
    return text.data == nullptr ? std::string_view{} : std::string_view{text.data, text.size};
}

// A kiosk_text that borrows from a Text, both of which must stay put while it is used.
class BorrowedText {
  public:
    explicit BorrowedText(const Text& text) {
        for (const std::string& argument : text.arguments) arguments_.push_back(to_abi(argument));
        text_ = {to_abi(text.id), arguments_.data(), arguments_.size()};
    }
    BorrowedText(BorrowedText&&) noexcept = default;  // a vector keeps its place in memory when moved
    BorrowedText& operator=(BorrowedText&&) noexcept = default;

    const kiosk_text& get() const { return text_; }

  private:
    std::vector<kiosk_str> arguments_;
    kiosk_text text_{};
};

}  // namespace detail
}  // namespace kiosk

// Screen: what the visitor sees now, described item by item in reading order. Given to Visit::describe() and valid only
// there. The host copies what it is told, checks it (limits: <kiosk/abi/screen.h>), then draws, speaks and dumps it.
#pragma once

#include <kiosk/abi/screen.h>
#include <kiosk/sdk/text.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

struct Option {
    std::string name;  // the value of the answer
    Text label;
    std::string icon = {};
};

struct Bar {
    Text label;
    std::uint64_t count = 0;
};

enum class ReceiptCode { hidden = 1, shown = 2 };

class Screen {
  public:
    explicit Screen(const kiosk_screen& sink) : sink_(sink) {}

    Screen& heading(const Text& text) {
        sink_.heading(&sink_, &detail::BorrowedText(text).get());
        return *this;
    }
    Screen& text(const Text& text) {
        sink_.text(&sink_, &detail::BorrowedText(text).get());
        return *this;
    }
    Screen& notice(std::string_view id, const Text& text) {
        sink_.notice(&sink_, detail::to_abi(id), &detail::BorrowedText(text).get());
        return *this;
    }
    // A whole XLSForm, one of the manifest's "forms", shown on the host's form pages.
    Screen& form(std::string_view form_id) {
        sink_.form(&sink_, detail::to_abi(form_id));
        return *this;
    }
    // One purpose, agreed to or not; the answer under this id is "yes" or "no". `version` names the text agreed to.
    Screen& consent(std::string_view id, const Text& text, std::string_view version) {
        sink_.consent(&sink_, detail::to_abi(id), &detail::BorrowedText(text).get(), detail::to_abi(version));
        return *this;
    }
    Screen& choice(std::string_view id, const Text& label, const std::vector<Option>& options) {
        std::vector<detail::BorrowedText> labels;
        std::vector<kiosk_option> borrowed;
        for (const Option& option : options) {
            labels.emplace_back(option.label);
            borrowed.push_back({detail::to_abi(option.name), labels.back().get(), detail::to_abi(option.icon)});
        }
        sink_.choice(&sink_, detail::to_abi(id), &detail::BorrowedText(label).get(), borrowed.data(), borrowed.size());
        return *this;
    }
    Screen& chart(const Text& title, const std::vector<Bar>& bars, const Text& note) {
        std::vector<detail::BorrowedText> labels;
        std::vector<kiosk_bar> borrowed;
        for (const Bar& bar : bars) {
            labels.emplace_back(bar.label);
            borrowed.push_back({labels.back().get(), bar.count});
        }
        sink_.chart(&sink_, &detail::BorrowedText(title).get(), borrowed.data(), borrowed.size(),
                    &detail::BorrowedText(note).get());
        return *this;
    }
    // Shown after recording. The host makes the code with which the visitor can withdraw.
    Screen& receipt(const Text& text, ReceiptCode code = ReceiptCode::hidden) {
        std::uint32_t flags = 0;
        if (code == ReceiptCode::shown) flags |= KIOSK_RECEIPT_SHOWS_CODE;
        sink_.receipt(&sink_, &detail::BorrowedText(text).get(), flags);
        return *this;
    }
    // A printable page by name, filled from the answers.
    Screen& document(std::string_view layout) {
        sink_.document(&sink_, detail::to_abi(layout));
        return *this;
    }
    Screen& signature(std::string_view id, const Text& label) {
        sink_.signature(&sink_, detail::to_abi(id), &detail::BorrowedText(label).get());
        return *this;
    }

  private:
    const kiosk_screen& sink_;
};

}  // namespace kiosk

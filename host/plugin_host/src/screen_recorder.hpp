// ScreenRecorder: the kiosk_screen a plugin describes into. Copies every item into a core::Screen and holds it to the limits
// of <kiosk/abi/screen.h>; the first broken one is remembered and the rest ignored. One describe() each; main thread.
#pragma once

#include <kiosk/abi/screen.h>
#include <kiosk/core/screen.hpp>

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace kiosk::plugin_host {

class ScreenRecorder {
  public:
    // `forms`: the manifest's, the only ones a screen may show.
    explicit ScreenRecorder(std::span<const std::string> forms);
    ScreenRecorder(const ScreenRecorder&) = delete;
    ScreenRecorder& operator=(const ScreenRecorder&) = delete;

    const kiosk_screen* sink() const { return &sink_; }
    const std::string& broken() const { return broken_; }  // what is wrong with the description; empty: nothing
    core::Screen take() { return std::move(screen_); }

  private:
    static void on_heading(const kiosk_screen*, const kiosk_text*);
    static void on_text(const kiosk_screen*, const kiosk_text*);
    static void on_notice(const kiosk_screen*, kiosk_str, const kiosk_text*);
    static void on_form(const kiosk_screen*, kiosk_str);
    static void on_consent(const kiosk_screen*, kiosk_str, const kiosk_text*, kiosk_str);
    static void on_choice(const kiosk_screen*, kiosk_str, const kiosk_text*, const kiosk_option*, size_t);
    static void on_chart(const kiosk_screen*, const kiosk_text*, const kiosk_bar*, size_t, const kiosk_text*);
    static void on_receipt(const kiosk_screen*, const kiosk_text*, uint32_t);
    static void on_document(const kiosk_screen*, kiosk_str);
    static void on_signature(const kiosk_screen*, kiosk_str, const kiosk_text*);

    void add(core::ScreenItem item);
    void refuse(std::string_view what);
    std::string item_id(kiosk_str text);  // an id no other item of the screen has
    std::string name(kiosk_str text);
    core::Text message(const kiosk_text* text);

    kiosk_screen sink_{};
    std::span<const std::string> forms_;
    core::Screen screen_;
    std::set<std::string> ids_;
    std::string broken_;
};

}  // namespace kiosk::plugin_host

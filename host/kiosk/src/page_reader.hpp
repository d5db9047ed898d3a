// PageReader: what is read aloud, and when: a page when it comes up, the item the focus moves to, nothing more once the
// visitor does something else. Volume and rate begin anew with each visit. Everything spoken comes from the screen model.
//
// Borrows the speaker. Main thread. Where no speech is installed there is no PageReader, and the kiosk is silent.
#pragma once

#include <kiosk/app/state.hpp>
#include <kiosk/app/view_model.hpp>
#include <kiosk/core/speaker.hpp>

#include <string>

namespace kiosk {

class PageReader {
  public:
    explicit PageReader(core::Speaker& speaker) : speaker_(speaker) {}

    // After anything that may have changed the page.
    void follow(const app::ViewModel& view, const app::Aids& aids);
    // The visitor did something: what is being read is broken off.
    void interrupt();
    void repeat() { page_.clear(); }
    // The item to mark; empty: none.
    std::string reading() const { return is_on_ ? speaker_.reading() : std::string{}; }

  private:
    void use_voice(const app::Aids& aids);

    core::Speaker& speaker_;
    bool is_on_ = false;
    int volume_ = 0, rate_ = 0;
    std::string page_;    // what was read last
    std::string focus_;
};

}  // namespace kiosk

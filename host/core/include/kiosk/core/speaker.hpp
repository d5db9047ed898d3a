// Speaker: the port through which a page is read aloud. A page is a list of utterances, one for each item, so that the
// item being read can be marked and reading can be broken off between any two words. Main thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::core {

struct Utterance {
    std::string item;  // id of the item that is read, as in the layout dump
    std::string text;  // in the language of the page, without markup

    bool operator==(const Utterance&) const = default;
};

class Speaker {
  public:
    virtual ~Speaker() = default;

    // Breaks off whatever is being read and reads these in order. language: "vi", "en", …
    virtual void speak(const std::vector<Utterance>& utterances, std::string_view language) = 0;
    virtual void stop() = 0;

    // Both from -100 to 100; 0 is what every visit starts with.
    virtual void set_rate(int rate) = 0;
    virtual void set_volume(int volume) = 0;

    // The item being read now, or empty. Changes are announced through the function given at creation.
    virtual std::string reading() const = 0;
};

}  // namespace kiosk::core

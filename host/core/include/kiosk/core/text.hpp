// A message of the interface by name, not yet in any language: the id of a .po entry and what fills its {0}, {1}, …
// Turned into words by a Catalogue when a state is shown, so that switching language never asks a plugin again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::core {

struct Text {
    std::string id;
    std::vector<std::string> arguments;

    bool operator==(const Text&) const = default;
};

// Immutable once made, so it may be read from any thread. A missing translation falls back to Vietnamese, then to the id.
class Catalogue {
  public:
    virtual ~Catalogue() = default;
    // domain: "kiosk" for the host's own messages, else the id of the plugin whose messages they are.
    virtual std::string words(std::string_view domain, const Text& text, std::string_view language) const = 0;
};

}  // namespace kiosk::core

// SecureRandom: the operating system's randomness through libsodium, for codes and keys. Any thread.
#pragma once

#include <kiosk/core/random.hpp>

namespace kiosk::sealing {

class SecureRandom final : public core::Random {
  public:
    void fill(std::span<std::byte> bytes) override;
};

}  // namespace kiosk::sealing

// Randomness, injected: the operating system's in the kiosk, a seeded sequence in tests and replays.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace kiosk::core {

class Random {
  public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::byte> bytes) = 0;

    // Uniform in [0, bound), without modulo bias. bound > 0.
    std::uint64_t below(std::uint64_t bound);
};

// SplitMix64 from a seed: repeatable, not secret.
class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    void fill(std::span<std::byte> bytes) override;

  private:
    std::uint64_t state_;
};

}  // namespace kiosk::core

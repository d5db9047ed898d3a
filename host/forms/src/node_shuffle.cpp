#include "node_shuffle.hpp"

#include "digest.hpp"

#include <cmath>

namespace kiosk::forms {
namespace {

class ParkMiller {
  public:
    explicit ParkMiller(std::int64_t seed) : state_(seed % kModulus) {
        if (state_ <= 0) state_ += kModulus - 1;
    }
    double next() {
        state_ = state_ * 16807 % kModulus;
        return static_cast<double>(state_ - 1) / static_cast<double>(kModulus - 1);
    }

  private:
    static constexpr std::int64_t kModulus = 2'147'483'647;
    std::int64_t state_;
};

}  // namespace

std::int64_t shuffle_seed(double number, std::string_view text) {
    constexpr double limit = 9.2e18;
    if (!std::isnan(number)) {
        if (number >= limit) return INT64_MAX;
        if (number <= -limit) return INT64_MIN;
        return static_cast<std::int64_t>(number);
    }
    if (text.empty() || text == "NaN") return 0;
    const std::string hash = *digest(text, "SHA-256");
    std::uint64_t seed = 0;
    for (std::size_t i = 0; i < 8; ++i) seed = seed << 8 | static_cast<unsigned char>(hash[i]);
    return static_cast<std::int64_t>(seed);
}

NodeSet shuffled_by_seed(const NodeSet& nodes, std::int64_t seed) {
    ParkMiller generator(seed);
    return shuffled(nodes, [&] { return generator.next(); });
}

}  // namespace kiosk::forms

// A repeatable round of mutations over a target's seeds, for machines without libFuzzer: bytes changed, cut out, put
// twice, exchanged, and the file cut short. An argument sets how many inputs are tried.
#include "fuzz_target.hpp"

#include <kiosk/core/random.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace {

void mutate(std::string& bytes, kiosk::core::Random& random) {
    if (bytes.empty()) {
        bytes += static_cast<char>(random.below(256));
        return;
    }
    const std::size_t at = random.below(bytes.size());
    const std::size_t length = 1 + random.below(std::min<std::size_t>(bytes.size() - at, 70));
    switch (random.below(6)) {
        case 0: bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8))); break;
        case 1: bytes[at] = static_cast<char>(random.below(256)); break;
        case 2: bytes.erase(at, length); break;
        case 3: bytes.insert(at, bytes.substr(at, length)); break;
        case 4: std::swap(bytes[at], bytes[random.below(bytes.size())]); break;
        default: bytes.resize(at); break;
    }
}

void run(const std::string& bytes) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
    const long inputs = argc > 1 ? std::atol(argv[1]) : 5000;
    const std::vector<std::string> seeds = fuzz_seeds();
    for (const std::string& seed : seeds) run(seed);
    kiosk::core::SeededRandom random(20261124);
    for (long i = 0; i < inputs; ++i) {
        std::string bytes = seeds[random.below(seeds.size())];
        for (std::uint64_t changes = 1 + random.below(3); changes > 0; --changes) mutate(bytes, random);
        run(bytes);
    }
    std::printf("%ld inputs, every promise kept\n", inputs);
    return 0;
}

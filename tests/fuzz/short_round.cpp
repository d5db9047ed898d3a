// Runs a fuzz target over its seeds and over mutations of them, the same ones every time: for CTest, without libFuzzer.
//
// Usage: fuzz_NAME_round SEED-FOLDER ROUNDS

#include <kiosk/core/random.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& input) { LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size()); }

std::vector<std::string> read_seeds(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.push_back(entry.path());
    std::ranges::sort(paths);
    std::vector<std::string> seeds;
    for (const std::filesystem::path& path : paths) {
        std::ifstream file(path, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return seeds;
}

// Flips, drops, doubles and swaps pieces, and grafts a piece of one seed into another.
std::string mutated(std::string input, const std::vector<std::string>& seeds, kiosk::core::Random& random) {
    for (std::uint64_t changes = 1 + random.below(4); changes > 0; --changes) {
        const std::size_t at = random.below(input.size() + 1);
        const std::size_t length = std::min<std::size_t>(1 + random.below(12), input.size() - at);
        switch (random.below(5)) {
            case 0:
                if (at < input.size()) input[at] = static_cast<char>(random.below(256));
                break;
            case 1: input.erase(at, length); break;
            case 2: input.insert(at, input.substr(at, length)); break;
            case 3: input.insert(at, std::string(1 + random.below(40), "([/-@'"[random.below(6)])); break;
            default: {
                const std::string& other = seeds[random.below(seeds.size())];
                const std::size_t from = random.below(other.size() + 1);
                input.insert(at, other.substr(from, 1 + random.below(30)));
            }
        }
    }
    return input;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::fprintf(stderr, "usage: %s SEED-FOLDER ROUNDS\n", arguments[0]);
        return 2;
    }
    const std::vector<std::string> seeds = read_seeds(arguments[1]);
    if (seeds.empty()) return 2;
    for (const std::string& seed : seeds) run(seed);
    kiosk::core::SeededRandom random(20261124);
    for (long round = std::strtol(arguments[2], nullptr, 10); round > 0; --round)
        run(mutated(seeds[random.below(seeds.size())], seeds, random));
    return 0;
}

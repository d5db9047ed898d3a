// Days of a kiosk from a seed: what is asked of the store, step by step, and what must be in it afterwards. Shared by the
// fault tests, which cut, kill or starve it somewhere in between.
#pragma once

#include "../storage/storage_fixtures.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::test {

// What the office would get, by response id: the submission.
using Contents = std::map<std::string, std::string>;

struct Step {
    enum class Kind {
        record = 1, undo = 2, withdraw = 3, prepare = 4, deliver = 5, receipt = 6, again = 7, tidy = 8, note = 9,
        definition = 10,
    };
    Kind kind = Kind::tidy;
    core::Response response;       // record, undo, withdraw
    std::uint64_t sequence = 0;    // deliver, receipt
    Contents after;                // what must be there once the step was confirmed
};

std::vector<Step> make_workload(std::uint64_t seed, int steps);

core::Result<void> perform(const Step& step, storage::Store& store);

// Everything in the store that a bundle carries or could carry. Prepares a bundle.
core::Result<Contents> contents_of(storage::Store& store, const core::Opener& opener);

// What breaks the promise, or nothing: each response is as before the step that was interrupted, or as after it.
std::optional<std::string> broken_promise(const Contents& found, const Contents& before, const Contents& after);

core::Sha256 bundle_hash(std::uint64_t sequence);

}  // namespace kiosk::test

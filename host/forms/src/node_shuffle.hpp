// The order that randomize() gives, the same for a seed as in JavaRosa, Enketo and ODK Web Forms: Park and Miller's
// generator, Fisher and Yates' shuffle "inside out". Pure; any thread.
#pragma once

#include "value.hpp"

#include <cstdint>
#include <string_view>

namespace kiosk::forms {

// A number as Java turns it into a long; a text that is no number by its SHA-256; nothing at all is 0.
std::int64_t shuffle_seed(double number, std::string_view text);
NodeSet shuffled_by_seed(const NodeSet& nodes, std::int64_t seed);

// next(): uniform in [0, 1).
template <class Next>
NodeSet shuffled(const NodeSet& nodes, Next next) {
    NodeSet result(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto j = static_cast<std::size_t>(next() * static_cast<double>(i + 1));
        if (j != i) result[i] = result[j];
        result[j] = nodes[i];
    }
    return result;
}

}  // namespace kiosk::forms

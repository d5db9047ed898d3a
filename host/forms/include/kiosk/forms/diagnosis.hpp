// What is wrong with a form, and how to mend it: every fault at once, each with the cell it stands in.
//
// Plain values. `code` is stable and meant for programs ("type.unknown"); message and repair are for the author.
#pragma once

#include <kiosk/core/result.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace kiosk::forms {

struct Finding {
    std::string code;
    std::string sheet;          // "survey"; empty for an XForm or where the whole file is meant
    std::uint32_t row = 0;      // 1-based; of an XForm the line; 0: none
    std::string column;         // the header's name, or the attribute of an XForm
    std::string cell;           // "B7", or empty
    std::string text;           // the offending text as written
    core::Words message;
    core::Words repair;

    bool operator==(const Finding&) const = default;
};

struct Diagnosis {
    std::vector<Finding> errors;
    std::vector<Finding> warnings;
};

}  // namespace kiosk::forms

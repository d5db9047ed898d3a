// What a fuzz target offers: seeds to begin from, and one run over any bytes, which aborts when a promise is broken.
#pragma once

#include <kiosk/core/assert.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

std::vector<std::string> fuzz_seeds();

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

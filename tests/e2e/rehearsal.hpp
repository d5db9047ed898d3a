// A visit rehearsed without a screen: where on the glass each item lies at the moment a visitor would tap it, so that
// the same visit can be made with a real finger on a real window.
#pragma once

#include "kiosk_program.hpp"

#include <kiosk/test_support/xtest_visitor.hpp>

#include <string>
#include <vector>

namespace kiosk::e2e {

constexpr const char* kScreen = "1080x1920@268x476";
constexpr int kScreenWidthPx = 1080, kScreenHeightPx = 1920;

// The middle of the item of each {"tap":…} step, in pixels, in order. The steps are JSON lines.
std::vector<test_support::Point> places_of_taps(const DataFolder& data, const std::string& steps);

}  // namespace kiosk::e2e

// Regular expressions of regex(), by PCRE2 under limits of matching steps, depth and memory, so that no pattern in a
// workbook can hang the kiosk. A pattern must match the whole text, as ODK has it. Characters are Unicode code points.
#pragma once

#include <kiosk/core/result.hpp>

#include <memory>
#include <string_view>

namespace kiosk::forms {

// Compiled patterns, kept. One thread at a time.
class RegularExpressions {
  public:
    RegularExpressions();
    RegularExpressions(RegularExpressions&&) noexcept;
    RegularExpressions& operator=(RegularExpressions&&) noexcept;
    ~RegularExpressions();

    core::Result<bool> matches(std::string_view pattern, std::string_view text);

  private:
    struct Store;
    std::unique_ptr<Store> store_;
};

}  // namespace kiosk::forms

// Report: gathers findings while a form is read, each at its place.
#pragma once

#include <kiosk/forms/diagnosis.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace kiosk::forms {

// Where in the sheets something stands.
struct Place {
    std::string sheet;
    std::uint32_t row = 0;               // 0: the sheet as a whole
    std::string column;                  // header
    std::string cell;
};

// Where an attribute of a written XForm came from: (line, attribute) → the cell.
using XFormPlaces = std::map<std::pair<std::uint32_t, std::string>, Place>;

class Report {
  public:
    void error(std::string code, const Place& place, std::string text, core::Words message, core::Words repair) {
        diagnosis_.errors.push_back(made(std::move(code), place, std::move(text), std::move(message), std::move(repair)));
    }
    void warning(std::string code, const Place& place, std::string text, core::Words message, core::Words repair) {
        diagnosis_.warnings.push_back(made(std::move(code), place, std::move(text), std::move(message), std::move(repair)));
    }
    void error(Finding finding) { diagnosis_.errors.push_back(std::move(finding)); }
    bool has_errors() const { return !diagnosis_.errors.empty(); }
    std::size_t error_count() const { return diagnosis_.errors.size(); }

    // Sorted as an author works through them: by sheet as they first came, then row, then column.
    Diagnosis take();

  private:
    static Finding made(std::string code, const Place& place, std::string text, core::Words message, core::Words repair);

    Diagnosis diagnosis_;
};

// "“relevant”": how a name is quoted in messages.
std::string quoted(std::string_view name);
// The repair "Có phải “x” không?" where a near name was found, else the other words.
core::Words did_you_mean(const std::string& suggestion, core::Words otherwise);

}  // namespace kiosk::forms

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
    // A file can hold a million faults; nobody reads so many. Those after are counted, not kept.
    static constexpr std::size_t kMostErrors = 1000, kMostWarnings = 1000;

    void error(std::string code, const Place& place, std::string text, core::Words message, core::Words repair) {
        if (is_full()) ++left_out_;
        else diagnosis_.errors.push_back(made(std::move(code), place, std::move(text), std::move(message), std::move(repair)));
    }
    void warning(std::string code, const Place& place, std::string text, core::Words message, core::Words repair) {
        if (diagnosis_.warnings.size() < kMostWarnings) diagnosis_.warnings.push_back(made(std::move(code), place, std::move(text), std::move(message), std::move(repair)));
    }
    void error(Finding finding) {
        if (is_full()) ++left_out_;
        else diagnosis_.errors.push_back(std::move(finding));
    }
    bool is_full() const { return diagnosis_.errors.size() >= kMostErrors; }
    bool has_errors() const { return !diagnosis_.errors.empty(); }
    std::size_t error_count() const { return diagnosis_.errors.size() + left_out_; }

    // Findings at lines of a written XForm go to the cells the lines came from.
    void put_back(const XFormPlaces& places);

    // Sorted as an author works through them: by sheet as they first came, then row, then column.
    Diagnosis take();

  private:
    static Finding made(std::string code, const Place& place, std::string text, core::Words message, core::Words repair);

    Diagnosis diagnosis_;
    std::size_t left_out_ = 0;
};

// "“relevant”": how a name is quoted in messages. Not `quoted`: the standard library's would be taken for it.
std::string in_quotes(std::string_view name);
// The repair "Có phải “x” không?" where a near name was found, else the other words.
core::Words did_you_mean(const std::string& suggestion, core::Words otherwise);

}  // namespace kiosk::forms

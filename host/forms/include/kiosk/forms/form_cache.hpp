// FormCache: forms read once and kept by the content of the files they came from.
//
// Owns what it keeps: the last kCapacity forms used. One thread at a time; the forms it hands out may be read anywhere,
// and live as long as someone holds them. A changed file, external choices included, is noticed by its hash.
#pragma once

#include <kiosk/core/response.hpp>
#include <kiosk/forms/read_form.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::forms {

class FormCache {
  public:
    static constexpr std::size_t kCapacity = 64;

    explicit FormCache(Limits limits = {}) : limits_(limits) {}

    // A workbook or XForm: its name in the folder that also holds its external choices.
    FormReading file(std::string_view name, const ReadFile& folder);
    // A folder of CSV sheets. name: the folder's own.
    FormReading folder(std::string_view name, const ReadFile& folder);

  private:
    struct Entry {
        std::string name;
        std::vector<std::pair<std::string, std::optional<core::Sha256>>> files;  // read then; nothing: it was not there
        FormReading reading;
    };

    template <class Read>
    FormReading look_up(std::string_view name, const ReadFile& folder, const Read& read);

    Limits limits_;
    std::vector<Entry> entries_;  // last used first
};

}  // namespace kiosk::forms

// What plugins and visitors are told of forms beyond their pages: which are open today, their titles and choices in words,
// and how visitors answered so far. Borrows the library; main thread only.
#pragma once

#include "form_library.hpp"

#include <kiosk/core/clock.hpp>
#include <kiosk/core/text.hpp>
#include <kiosk/exporting/receipt.hpp>
#include <kiosk/plugin_host/plugin_registry.hpp>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk {

// The day it is now, as "2026-11-30".
std::string today(const core::Clock& clock, const std::string& timezone);

// `kiosk:opens` and `kiosk:closes` of the settings sheet, both days included; without them a form is always open.
bool is_open(const forms::Form& form, std::string_view today);

// The question results are told of: the first with choices; null: none.
const forms::Control* poll_question(const forms::Form& form);
// Votes per choice, in the form's order, if the form allows results (`kiosk:results` yes) and `least` have answered.
using Tallies = std::vector<std::pair<std::string, std::uint64_t>>;
Tallies tallies_of(const forms::Form& form, const std::map<std::string, std::int64_t>& votes, std::uint64_t least = 10);
// What may be told of a form: this kiosk's own votes, or what the office published for all its kiosks where that is more.
// A publication from which the office left choices out, few as they were, is not told: its bars would mislead.
plugin_host::FormResults results_of(const forms::Form& form, const std::map<std::string, std::int64_t>& votes,
                                    std::span<const exporting::PublishedCount> published);
// The choice a submission votes for; empty: none.
std::string vote_in(const forms::Form& form, std::string_view submission);

// A catalogue that also knows the words of forms ("form/portal_poll", "form/portal_poll/tot").
class FormWords final : public core::Catalogue {
  public:
    FormWords(const core::Catalogue& messages, const FormLibrary& forms) : messages_(messages), forms_(forms) {}
    std::string words(std::string_view domain, const core::Text& text, std::string_view language) const override;

  private:
    const core::Catalogue& messages_;
    const FormLibrary& forms_;
};

}  // namespace kiosk

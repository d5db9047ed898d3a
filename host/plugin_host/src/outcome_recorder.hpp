// OutcomeRecorder: the sink of one submit(). Copies the outcome and holds it to the rules of <kiosk/abi/visit.h>.
#pragma once

#include <kiosk/abi/visit.h>
#include <kiosk/core/outcome.hpp>

#include <optional>
#include <string>

namespace kiosk::plugin_host {

class OutcomeRecorder {
  public:
    OutcomeRecorder() : sink_{sizeof(sink_), this, on_take} {}
    OutcomeRecorder(const OutcomeRecorder&) = delete;
    OutcomeRecorder& operator=(const OutcomeRecorder&) = delete;

    const kiosk_outcome_sink* sink() const { return &sink_; }
    // What is wrong with what submit() gave; empty if it is one good outcome.
    std::string broken() const;
    core::Outcome take() { return std::move(*outcome_); }

  private:
    static void on_take(const kiosk_outcome_sink*, const kiosk_outcome*);

    kiosk_outcome_sink sink_;
    int taken_ = 0;
    std::string broken_;
    std::optional<core::Outcome> outcome_;
};

}  // namespace kiosk::plugin_host

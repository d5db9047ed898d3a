// The store's notes as PinGuard reads them. Borrows the store; its thread.
#pragma once

#include "pin_guard.hpp"

#include <kiosk/storage/store.hpp>

namespace kiosk {

class StoreNotes final : public Notes {
  public:
    explicit StoreNotes(storage::Store& store) : store_(store) {}
    core::Result<std::optional<std::string>> read(std::string_view name) override { return store_.note(name); }
    core::Result<void> write(std::string_view name, std::string_view value) override { return store_.set_note(name, value); }

  private:
    storage::Store& store_;
};

}  // namespace kiosk

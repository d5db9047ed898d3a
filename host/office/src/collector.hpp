// Collecting bundles into a store: verify, open, merge, one by one; what is refused is noted and does not stop the rest.
#pragma once

#include "trust.hpp"

#include <kiosk/office_store/office_store.hpp>
#include <kiosk/sealing/age.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::office {

struct CollectedBundle {
    std::filesystem::path file;
    std::string kiosk;
    std::uint64_t sequence = 0;
    bool signature_checked = false;
    std::vector<core::FormVersion> forms;        // which its answers may use
    std::optional<core::Error> refusal;          // else it was merged:
    office_store::MergeReport report;
};

class Collector {
  public:
    Collector(office_store::OfficeStore& store, const sealing::AgeOpener& opener, std::optional<Trust> trust)
        : store_(store), opener_(opener), trust_(std::move(trust)) {}

    // An Error only where the store itself fails; whatever is wrong with the bundle is in what it returns.
    core::Result<CollectedBundle> take(const std::filesystem::path& file);

  private:
    core::Result<void> merge(const std::filesystem::path& file, core::ByteView bundle, CollectedBundle& collected);

    office_store::OfficeStore& store_;
    const sealing::AgeOpener& opener_;
    std::optional<Trust> trust_;
};

// The .kbx files among the paths, folders opened, in the order of their names.
core::Result<std::vector<std::filesystem::path>> find_bundles(const std::vector<std::filesystem::path>& paths);

// What opens bundles: the identity files, their passphrases asked for where they have one.
core::Result<sealing::AgeOpener> opener_from(const std::vector<std::filesystem::path>& key_files, const std::string& prompt);

// Reads the definitions that bundles carry.
core::Result<forms::Form> read_definition(std::string_view xml);

}  // namespace kiosk::office

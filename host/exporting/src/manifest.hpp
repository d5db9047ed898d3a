// manifest.json of a bundle: a BundleHeader as JSON. Reading refuses what is not exactly that.
#pragma once

#include <kiosk/core/bundle_ledger.hpp>
#include <kiosk/core/bytes.hpp>

#include <string>

namespace kiosk::exporting {

std::string write_manifest(const core::BundleHeader& header);
core::Result<core::BundleHeader> read_manifest(core::ByteView json);

// Where in the ZIP a form version's definition lies.
std::string definition_path(const core::FormVersion& form);

}  // namespace kiosk::exporting

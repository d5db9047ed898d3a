// deliver(): what waits in the store goes to a folder (a stick) as one signed bundle, and beside it the enrolment by which
// an office that does not know this kiosk yet can come to trust it. For the command `export` and for staff mode.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/exporting/bundle.hpp>
#include <kiosk/exporting/folder.hpp>

#include <filesystem>
#include <string>

namespace kiosk::storage {
class Store;
}

namespace kiosk {

struct Sender {
    std::filesystem::path data;   // where its keys lie
    std::string kiosk_id;
    std::string place;            // in its enrolment, for the office to know it by
};

// On the thread of the store. Failure: nothing counts as exported; the words say what to do.
core::Result<exporting::ExportedBundle> deliver(storage::Store& store, const Sender& sender, exporting::Folder& folder);

}  // namespace kiosk

#include "row_check.hpp"

#include <algorithm>
#include <span>

namespace kiosk::storage {

RowChecker& RowChecker::add(std::int64_t value) {
    stream_.add(std::as_bytes(std::span(&value, 1)));
    return *this;
}

RowChecker& RowChecker::add(std::string_view text) { return add(std::as_bytes(std::span(text.data(), text.size()))); }

RowChecker& RowChecker::add(core::ByteView blob) {
    add(static_cast<std::int64_t>(blob.size()));  // so that neighbours cannot lend each other bytes
    stream_.add(blob);
    return *this;
}

RowCheck RowChecker::finish() {
    const core::Sha256 digest = stream_.finish();
    RowCheck check;
    std::copy_n(digest.begin(), check.size(), check.begin());
    return check;
}

bool is_same(const RowCheck& check, core::ByteView stored) {
    return std::equal(check.begin(), check.end(), stored.begin(), stored.end());
}

}  // namespace kiosk::storage

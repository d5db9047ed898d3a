// Response: one confirmed answer on its way into a store, and the definition of the form version it answers.
#pragma once

#include <kiosk/core/response_id.hpp>
#include <kiosk/sdk/storage_policy.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>

namespace kiosk::core {

using Sha256 = std::array<std::byte, 32>;

// A form is identified by id and version; the hash of its definition tells apart two that claim the same.
struct FormVersion {
    std::string id;
    std::string version;
    Sha256 sha256{};

    auto operator<=>(const FormVersion&) const = default;
};

struct Response {
    ResponseId id;
    std::string activity;
    StoragePolicy storage = StoragePolicy::anonymous;
    FormVersion form;
    std::string document;                      // the submission: ODK XForms XML, UTF-8, NFC
    std::optional<Sha256> withdrawal_tag;      // SHA-256 of the withdrawal code, for a referral
    std::string wave;                          // the label staff gave this round; all that dates a poll answer
};

}  // namespace kiosk::core

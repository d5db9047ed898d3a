// Every way this library refuses, each with its own code and what to do about it.
#pragma once

#include <kiosk/core/result.hpp>

#include <new>
#include <string_view>

namespace kiosk::sealing {

enum class Refusal {
    memory = 1,
    age_no_recipient, age_recipient_twice, age_recipient_weak, age_no_identity,
    age_recipient_malformed, age_identity_malformed, age_identity_given_as_recipient, age_recipient_given_as_identity,
    age_keys_empty,
    age_not_age, age_version, age_header_cut, age_header_too_large, age_stanza_start, age_stanza_arguments,
    age_stanza_body, age_no_stanza, age_mac_line, age_x25519_stanza, age_weak_share, age_scrypt_stanza,
    age_scrypt_not_alone, age_scrypt_work, age_passphrase_needed, age_passphrase_wrong, age_no_match, age_header_mac,
    age_nonce_cut, age_payload_cut, age_payload_damaged, age_payload_end, age_payload_reordered, age_payload_trailing,
    age_payload_empty_chunk,
    armor_begin, armor_line, armor_base64, armor_end, armor_trailing,
    minisign_public_key, minisign_secret_key, minisign_password_needed, minisign_password_wrong, minisign_cost,
    minisign_no_trusted_key, minisign_comment_text, minisign_form, minisign_algorithm, minisign_trailing,
    minisign_unknown_signer, minisign_message, minisign_comment, minisign_legacy_stream,
    file_exists, file_not_written,
    count_  // how many there are, plus one
};

core::Error refuse(Refusal refusal);
std::string_view code_of(Refusal refusal);

// Runs a function that returns a Result; being out of memory becomes a refusal instead of an exception.
template <class Function>
auto guarded(Function&& function) -> decltype(function()) {
    try {
        return function();
    } catch (const std::bad_alloc&) {
        return refuse(Refusal::memory);
    }
}

}  // namespace kiosk::sealing

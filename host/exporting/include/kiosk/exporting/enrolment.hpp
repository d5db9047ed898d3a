// Enrolment: how a kiosk and an office come to know each other's public keys, each by one small text file on a stick.
// Both screens then show the same words for a key (sealing/key_words.hpp), and a person compares them.
//
//     feedback-kiosk enrolment 1          feedback-kiosk office 1
//     kiosk: K07                          recipient: age1…        (the office's, then the escrow's)
//     name: UBND xã Thạnh Mỹ              signing: RWQ…           (signs receipts and form packs)
//     key: RWQ…
//
// An office that changes its keys signs the new file with its old signing key (kNewOfficeKeysComment), and kiosks that know
// the old one take it. The keys are text here; sealing parses them. Pure; reading is strict. Codes: enrolment.*.
#pragma once

#include <kiosk/core/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::exporting {

// How an office's file begins.
inline constexpr std::string_view kOfficeEnrolmentLine = "feedback-kiosk office 1";

// How the trusted comment of such a signature begins.
inline constexpr std::string_view kNewOfficeKeysComment = "new office keys";

struct KioskEnrolment {
    std::string kiosk_id;
    std::string name;                 // of the place, for people; may be empty
    std::string signing_key;          // minisign public key, base64

    bool operator==(const KioskEnrolment&) const = default;
};

struct OfficeEnrolment {
    std::vector<std::string> recipients;  // age recipients
    std::string signing_key;              // minisign public key, base64

    bool operator==(const OfficeEnrolment&) const = default;
};

std::string write_enrolment(const KioskEnrolment& kiosk);
std::string write_enrolment(const OfficeEnrolment& office);
core::Result<KioskEnrolment> read_kiosk_enrolment(std::string_view text);
core::Result<OfficeEnrolment> read_office_enrolment(std::string_view text);

}  // namespace kiosk::exporting

// The payload that is sealed for one response, and back. It is meant to be read by people too: someone with the office's
// key, `age` and a text editor sees a few header lines, a blank line and the submission as XML, then blanks (legal after
// XML) up to one of a few sizes, so that a sealed answer's length says next to nothing.
//
//     feedback-kiosk response 1
//     activity: candidate_referral
//     id: 0b6c…-…
//     form: referral
//     version: 3
//     sha256: 9f86…
//     storage: sealed
//     wave: …            only if staff set one
//     withdrawal: …      only if the response has a withdrawal tag
//
//     <data …>…</data>
//
// Pure; any thread. decode_response() is strict: what encode_response() would not have written is refused.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/response.hpp>
#include <kiosk/core/result.hpp>

#include <array>
#include <cstddef>

namespace kiosk::core {

// Payload sizes. Each leaves 1 KiB for the envelope of age (298 bytes with two recipients) below 4, 16, 64 and 256 KiB.
inline constexpr std::array<std::size_t, 4> kPayloadSizes{3 * 1024, 15 * 1024, 63 * 1024, 255 * 1024};

// All poll answers have the smallest size. The header lines take at most 512 bytes of it.
inline constexpr std::size_t kPollPayloadBytes = kPayloadSizes.front();
inline constexpr std::size_t kHeaderBytesAtMost = 512;
inline constexpr std::size_t kPollDocumentBytes = kPollPayloadBytes - kHeaderBytesAtMost;

// For `form check`: whether a submission of so many bytes, the largest a form can produce, fits a poll slot.
constexpr bool fits_poll_slot(std::size_t document_bytes) { return document_bytes <= kPollDocumentBytes; }

// Trailing blanks of the document are dropped. Fails with response.too_large, or response.bad_header for a value that
// cannot stand on a header line.
Result<Bytes> encode_response(const Response& response);

Result<Response> decode_response(ByteView payload);  // response.malformed

}  // namespace kiosk::core

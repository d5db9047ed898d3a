#include <kiosk/sealing/secure_random.hpp>

#include "sodium.hpp"

#include <sodium.h>

namespace kiosk::sealing {

void SecureRandom::fill(std::span<std::byte> bytes) {
    ensure_sodium();
    randombytes_buf(bytes.data(), bytes.size());
}

}  // namespace kiosk::sealing

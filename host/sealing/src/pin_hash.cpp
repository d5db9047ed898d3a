#include <kiosk/sealing/pin_hash.hpp>

#include "sodium.hpp"

#include <sodium.h>

#include <array>
#include <cstddef>

namespace kiosk::sealing {

core::Result<std::string> hash_pin(std::string_view pin, PinCost cost) {
    ensure_sodium();
    unsigned long long operations = crypto_pwhash_argon2id_OPSLIMIT_MIN;
    std::size_t memory = crypto_pwhash_argon2id_MEMLIMIT_MIN;
    if (cost == PinCost::kiosk) {
        operations = crypto_pwhash_argon2id_OPSLIMIT_MODERATE;
        memory = crypto_pwhash_argon2id_MEMLIMIT_MODERATE;
    } else if (cost == PinCost::code) {
        operations = crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE;
        memory = crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE;
    }
    std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
    if (crypto_pwhash_argon2id_str(text.data(), pin.data(), pin.size(), operations, memory) != 0)
        return core::Error{"pin.no_memory", {"Máy không đủ bộ nhớ để tính mã PIN. Khởi động lại máy rồi thử lại.",
                                             "There is not enough memory to work out the PIN. Restart the machine and try again."}};
    return std::string(text.data());
}

bool is_pin(std::string_view pin, const std::string& hash) {
    ensure_sodium();
    return crypto_pwhash_argon2id_str_verify(hash.c_str(), pin.data(), pin.size()) == 0;
}

}  // namespace kiosk::sealing

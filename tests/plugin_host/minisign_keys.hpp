// A supplier's key pair and the kiosk that trusts it, made for one test.
#pragma once

#include <kiosk/sealing/minisign.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

class Supplier {
  public:
    Supplier() : signer_(kiosk::sealing::MinisignSecretKey::generate()) {}

    std::string signature(const std::string& bytes, const std::string& comment) const {
        const auto made = signer_.sign({reinterpret_cast<const std::byte*>(bytes.data()), bytes.size()}, comment);
        REQUIRE(made);
        return *made;
    }
    kiosk::sealing::MinisignVerifier verifier() const {
        auto verifier = kiosk::sealing::MinisignVerifier::create({signer_.public_key()});
        REQUIRE(verifier);
        return std::move(*verifier);
    }

  private:
    kiosk::sealing::MinisignSigner signer_;
};

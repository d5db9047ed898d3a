// A stand-in for minisign: "HASH COMMENT" over bytes and comment. Tells a changed or foreign file from a signed one.
#pragma once

#include <kiosk/core/sealer.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>

class FakeVerifier final : public kiosk::core::Verifier {
  public:
    static std::string signature(const std::string& bytes, const std::string& comment) {
        return std::to_string(std::hash<std::string>{}(bytes + comment)) + " " + comment;
    }
    kiosk::core::Result<std::string> verify(kiosk::core::ByteView message, std::string_view minisig) const override {
        const std::size_t space = minisig.find(' ');
        const std::string comment(space == std::string_view::npos ? "" : minisig.substr(space + 1));
        const std::string bytes(reinterpret_cast<const char*>(message.data()), message.size());
        if (signature(bytes, comment) != minisig)
            return kiosk::core::Error{"signature.invalid", {"chữ ký sai", "the signature is wrong"}};
        return comment;
    }
};

// Stand-ins for sealing and storage: "encryption" that only marks, a signature that is a hash, a ledger in memory, and a
// stick whose faults are chosen. They keep the contracts of their ports, so exporting is tested alone.
#pragma once

#include <kiosk/core/bundle_ledger.hpp>
#include <kiosk/core/sealer.hpp>
#include <kiosk/core/sha256.hpp>
#include <kiosk/exporting/folder.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace fakes {

using namespace kiosk;

inline core::Bytes bytes_of(std::string_view text) {
    const auto view = std::as_bytes(std::span(text.data(), text.size()));
    return {view.begin(), view.end()};
}
inline std::string text_of(core::ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
inline core::Error error(std::string code) { return {std::move(code), {"lỗi", "error"}}; }

class MarkingCipher final : public core::Sealer, public core::Opener {
  public:
    core::Result<core::Bytes> seal(core::ByteView plaintext) const override {
        core::Bytes sealed = bytes_of("SEALED:");
        for (std::byte byte : plaintext) sealed.push_back(byte ^ std::byte{0x5a});
        return sealed;
    }
    core::Result<core::Bytes> open(core::ByteView sealed) const override {
        if (!text_of(sealed).starts_with("SEALED:")) return error("age.not_ours");
        core::Bytes plain;
        for (std::byte byte : sealed.subspan(7)) plain.push_back(byte ^ std::byte{0x5a});
        return plain;
    }
};

class HashSigner final : public core::Signer, public core::Verifier {
  public:
    explicit HashSigner(std::string key) : key_(std::move(key)) {}

    core::Result<std::string> sign(core::ByteView message, std::string_view comment) const override {
        return "untrusted comment: test\n" + mac(message, comment) + "\ntrusted comment: " + std::string(comment) + "\n" +
               mac({}, comment) + "\n";
    }
    core::Result<std::string> verify(core::ByteView message, std::string_view minisig) const override {
        const std::string text(minisig);
        const auto start = text.find("trusted comment: ", 10);
        if (start == std::string::npos) return error("minisign.malformed");
        const std::string comment = text.substr(start + 17, text.find('\n', start) - start - 17);
        if (*sign(message, comment) != text) return error("minisign.forged");
        return comment;
    }

  private:
    std::string mac(core::ByteView message, std::string_view comment) const {
        core::Bytes all = bytes_of(key_ + std::string(comment));
        all.insert(all.end(), message.begin(), message.end());
        return core::to_hex(core::sha256_of(all));
    }
    std::string key_;
};

class MemoryLedger final : public core::BundleLedger {
  public:
    core::BundleHeader header;
    std::vector<core::Bytes> rows;
    std::map<core::FormVersion, std::string> definitions;
    std::vector<core::Sha256> deliveries;

    core::Result<core::BundleHeader> prepare() override { return header; }
    core::Result<void> for_each_sealed(std::uint64_t,
                                       const std::function<core::Result<void>(core::ByteView)>& take) override {
        for (const core::Bytes& row : rows)
            if (auto taken = take(row); !taken) return taken;
        return {};
    }
    core::Result<std::string> definition(const core::FormVersion& form) override {
        const auto found = definitions.find(form);
        if (found == definitions.end()) return error("ledger.no_definition");
        return found->second;
    }
    core::Result<void> delivered(std::uint64_t, const core::Sha256& bundle) override {
        deliveries.push_back(bundle);
        return {};
    }
    core::Result<void> receipt(std::uint64_t, const core::Sha256&) override { return {}; }
};

// Fails, or lies, at the operation with a chosen number; afterwards every operation fails, as a pulled stick's would.
class FaultyStick final : public exporting::Folder {
  public:
    enum class Fault { none, full, pulled, lies };

    std::map<std::string, core::Bytes, std::less<>> files;
    Fault fault = Fault::none;
    int fault_at = -1;
    int operations = 0;

    core::Result<void> write(std::string_view name, core::ByteView content) override {
        const bool struck = strikes();
        if (struck && fault == Fault::lies) {
            files[std::string(name)] = core::Bytes(content.size());
            return {};
        }
        if (struck) files[std::string(name)] = core::Bytes(content.begin(), content.begin() + content.size() / 2);
        if (broken()) return refusal();
        files[std::string(name)] = core::Bytes(content.begin(), content.end());
        return {};
    }
    core::Result<core::Bytes> read(std::string_view name, std::uint64_t maximum_bytes) override {
        strikes();
        if (broken()) return refusal();
        const auto found = files.find(name);
        if (found == files.end() || found->second.size() > maximum_bytes) return error("stick.gone");
        return found->second;
    }
    core::Result<void> rename(std::string_view from, std::string_view to) override {
        strikes();
        if (broken()) return refusal();
        files[std::string(to)] = files[std::string(from)];
        files.erase(std::string(from));
        return {};
    }
    core::Result<void> remove(std::string_view name) override {
        if (broken() && fault != Fault::full) return refusal();
        files.erase(std::string(name));
        return {};
    }

  private:
    bool strikes() {
        struck_ = struck_ || operations == fault_at;
        return operations++ == fault_at;
    }
    bool broken() const { return struck_ && (fault == Fault::full || fault == Fault::pulled); }
    core::Error refusal() const { return error(fault == Fault::full ? "stick.full" : "stick.gone"); }
    bool struck_ = false;
};

}  // namespace fakes

#include "trusted_keys.hpp"

#include <kiosk/sealing/minisign.hpp>

#include <fstream>
#include <iterator>
#include <string>

namespace kiosk {
namespace {

class TrustsNobody final : public core::Verifier {
  public:
    core::Result<std::string> verify(core::ByteView, std::string_view) const override {
        return core::Error{"trust.no_keys", {"Máy này chưa có khóa tin cậy nào.", "This kiosk has no trusted keys."}};
    }
};

}  // namespace

core::Result<std::unique_ptr<core::Verifier>> read_trusted_keys(const std::vector<std::filesystem::path>& folders) {
    std::vector<sealing::MinisignPublicKey> keys;
    for (const std::filesystem::path& folder : folders) {
        std::error_code ignored;
        for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
            if (entry.path().extension() != ".pub") continue;
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string text{std::istreambuf_iterator<char>(file), {}};
            auto key = sealing::MinisignPublicKey::parse(text);
            if (!key) {
                const std::string name = entry.path().string();
                return core::Error{"trust.bad_key", {"Tệp khóa " + name + " không đúng: " + key.error().message.vi, "The key file " + name + " is no key: " + key.error().message.en}};
            }
            keys.push_back(std::move(*key));
        }
    }
    if (keys.empty()) return std::unique_ptr<core::Verifier>(std::make_unique<TrustsNobody>());
    auto verifier = sealing::MinisignVerifier::create(std::move(keys));
    if (!verifier) return verifier.error();
    return std::unique_ptr<core::Verifier>(std::make_unique<sealing::MinisignVerifier>(std::move(*verifier)));
}

}  // namespace kiosk

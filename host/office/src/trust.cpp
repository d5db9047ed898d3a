#include "trust.hpp"

#include "files.hpp"

#include <system_error>

namespace kiosk::office {

core::Result<Trust> Trust::read(const std::filesystem::path& folder) {
    Trust trust;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() != ".pub") continue;
        auto content = read_file(entry.path(), 4096);
        if (!content) return content.error();
        auto key = sealing::MinisignPublicKey::parse(text_of(*content));
        if (!key) return key.error();
        trust.keys_.emplace(entry.path().stem().string(), *key);
    }
    if (error)
        return core::Error{"trust.not_found",
                           {"Không mở được thư mục khóa kiosk “" + folder.string() + "”. Hãy chạy “feedback-office kiosk add”.",
                            "The folder of kiosks' keys \"" + folder.string() + "\" cannot be read. Run feedback-office kiosk add."}};
    return trust;
}

core::Result<sealing::MinisignVerifier> Trust::verifier_of(const std::string& kiosk_id) const {
    const auto found = keys_.find(kiosk_id);
    if (found == keys_.end())
        return core::Error{"bundle.unknown_kiosk",
                           {"Văn phòng chưa đăng ký kiosk “" + kiosk_id + "”, nên không nhận gói này. Hãy chạy “feedback-office kiosk add”.",
                            "The office has not enrolled kiosk \"" + kiosk_id + "\" and does not take its bundles. Run feedback-office kiosk add."}};
    return sealing::MinisignVerifier::create({found->second});
}

}  // namespace kiosk::office

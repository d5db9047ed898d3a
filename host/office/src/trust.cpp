#include "trust.hpp"

#include "files.hpp"

#include <kiosk/exporting/folder.hpp>

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
        const std::string name = entry.path().filename().string();
        trust.keys_[name.substr(0, name.find('.'))].push_back(*key);
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
    return sealing::MinisignVerifier::create(found->second);
}

core::Result<bool> Trust::add(const std::filesystem::path& folder, const std::string& kiosk_id,
                              const sealing::MinisignPublicKey& key, bool replaces) {
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    auto disk = exporting::DiskFolder::open(folder);
    if (!disk) return disk.error();
    const std::string name = kiosk_id + ".pub", content = key.to_file();
    if (std::filesystem::exists(folder / name, ignored)) {
        auto known = read_file(folder / name, 4096);
        if (!known) return known.error();
        if (text_of(*known) == content) return false;
        if (!replaces)
            return core::Error{"enrolment.other_key",
                               {"Kiosk “" + kiosk_id + "” đã đăng ký với khóa khác. Nếu là máy khác, hãy đặt cho nó mã khác. Nếu máy được thay hoặc cài lại, "
                                "hãy so tám từ với màn hình của nó rồi chạy lại với --replace.",
                                "Kiosk "" + kiosk_id + "" is enrolled with another key. If it is another machine, give it another id. If it was replaced or "
                                "set up anew, compare the eight words with its screen and run again with --replace."}};
        int number = 1;
        while (std::filesystem::exists(folder / (kiosk_id + "." + std::to_string(number) + ".pub"), ignored)) ++number;
        if (auto moved = disk->rename(name, kiosk_id + "." + std::to_string(number) + ".pub"); !moved) return moved.error();
    }
    if (auto written = exporting::publish(*disk, {{name, std::as_bytes(std::span(content))}}); !written) return written.error();
    return true;
}

}  // namespace kiosk::office

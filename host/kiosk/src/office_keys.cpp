#include "office_keys.hpp"

#include <kiosk/sealing/key_words.hpp>
#include <kiosk/sealing/keygen.hpp>

#include <fstream>
#include <iterator>
#include <utility>

namespace kiosk {

std::filesystem::path office_keys_file(const std::filesystem::path& data) { return data / "keys" / "recipients.txt"; }

core::Result<OfficeKeys> read_office_keys(const std::filesystem::path& data) {
    const std::filesystem::path file = office_keys_file(data);
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return OfficeKeys{};
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in)
        return core::Error{"keys.not_readable",
                           {"Không đọc được khóa của cơ quan “" + file.string() + "”. Kiểm tra quyền đọc tệp.",
                            "The office's key \"" + file.string() + "\" cannot be read. Check the file's permissions."}};
    auto recipients = sealing::parse_recipients(text);
    if (!recipients) return recipients.error();
    OfficeKeys keys;
    for (const sealing::AgeRecipient& recipient : *recipients) keys.words.push_back(sealing::key_words(recipient));
    auto sealer = sealing::AgeSealer::create(std::move(*recipients));
    if (!sealer) return sealer.error();
    keys.sealer = std::move(*sealer);
    keys.is_demo = sealing::are_demo_recipients(text);
    return keys;
}

core::Error no_office_keys_error(const std::filesystem::path& data) {
    const std::string file = office_keys_file(data).string();
    return {"keys.none",
            {"Chưa có khóa của cơ quan: “" + file + "”. Chép recipients.txt từ máy của cơ quan vào đó; thiếu nó, ki-ốt không nhận câu trả lời.",
             "The office's key is missing: \"" + file + "\". Copy recipients.txt there from the office's computer; without it the kiosk takes no answers."}};
}

}  // namespace kiosk

#include <kiosk/sealing/key_words.hpp>

#include "sodium.hpp"

#include <sodium.h>

namespace kiosk::sealing {

namespace {

// Things anyone knows, one syllable each, in the order of their letters without marks. The list never changes: words on
// a printed key sheet must stay those on the screen.
constexpr std::array<std::string_view, 256> kWords{
    "ăn", "ảnh", "ao", "bà", "bạc", "bàn", "bánh", "báo", "bát", "bầu", "bảy", "bến", "biển", "bò", "bơi",
    "bốn", "búa", "bún", "bụng", "buộc", "bưởi", "bướm", "bút", "cá", "cam", "canh", "cáo", "cát", "cầu",
    "cây", "cha", "chậm", "chân", "chanh", "cháo", "cháu", "chạy", "chè", "chén", "chị", "chiêng", "chiếu",
    "chim", "chín", "chó", "chơi", "chua", "chuối", "chuông", "chuột", "cò", "cốc", "còi", "cơm", "công",
    "cua", "cúc", "cuốc", "cười", "cừu", "đá", "dài", "đàn", "đắng", "đào", "đất", "đậu", "dê", "đêm",
    "đèn", "đèo", "dép", "đĩa", "đinh", "đò", "đọc", "đồi", "đồng", "dừa", "đường", "ếch", "én", "gà",
    "gạch", "gạo", "gặt", "gấu", "ghế", "giày", "giếng", "gió", "giường", "gỗ", "gốc", "gối", "gùi", "gừng",
    "gương", "hang", "hành", "hạt", "hiền", "hổ", "hoa", "học", "hồng", "hươu", "kèn", "kẹo", "khăn", "khế",
    "khỉ", "khoai", "khỏe", "kiến", "kìm", "kính", "lá", "lan", "lạnh", "lê", "liềm", "lợn", "lớp", "lúa",
    "lưng", "lược", "lưỡi", "mai", "mận", "mật", "mây", "mè", "mèo", "miệng", "mít", "mới", "một", "mũ",
    "mưa", "mực", "mũi", "muỗi", "nai", "năm", "nắng", "nâu", "nến", "ngắn", "ngô", "ngồi", "ngon", "ngọt",
    "ngủ", "ngựa", "nhà", "nhãn", "nhanh", "nhảy", "nhện", "nhím", "nhìn", "nho", "nhôm", "nồi", "nón",
    "nóng", "nứa", "núi", "ốc", "ổi", "ong", "ớt", "phở", "quả", "quần", "quạt", "quế", "quýt", "rắn",
    "răng", "rau", "rễ", "rổ", "rùa", "rừng", "ruộng", "sách", "sấm", "sắn", "sáng", "sáo", "sắt", "sen",
    "sóc", "sói", "sơn", "sông", "sữa", "suối", "sương", "tai", "tám", "táo", "tàu", "tay", "thấp", "thầy",
    "thép", "thìa", "thịt", "thỏ", "thông", "thư", "thúng", "thước", "thuyền", "tim", "tóc", "tỏi", "tôm",
    "trà", "trăng", "tranh", "trâu", "tre", "trời", "trống", "trưa", "trứng", "trường", "tủ", "túi",
    "tuyết", "uống", "vải", "vàng", "váy", "vẹt", "ví", "viết", "vịnh", "vịt", "vở", "voi", "vui", "vừng",
    "vườn", "xám", "xanh", "xe", "xẻng", "xoài", "xôi", "xuân", "yến",
};

std::string words_of(std::string_view written_key) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), raw(as_bytes(written_key).data()), written_key.size());
    std::string words;
    for (std::size_t i = 0; i < kKeyWordCount; ++i) {
        if (i > 0) words += ' ';
        words += kWords[hash[i]];
    }
    return words;
}

}  // namespace

const std::array<std::string_view, 256>& key_word_list() { return kWords; }

std::string key_words(const AgeRecipient& key) { return words_of(key.to_string()); }

std::string key_words(const MinisignPublicKey& key) { return words_of(key.to_base64()); }

}  // namespace kiosk::sealing

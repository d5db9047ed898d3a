#include <kiosk/forms/sensitive_questions.hpp>

#include <kiosk/forms/choice_labels.hpp>

#include "unicode.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kiosk::forms {
namespace {

struct Topic {
    const char *vi, *en;
    std::array<std::string_view, 8> words;   // folded, whole words
};

// Phrases rather than single words where a word has an innocent use: "ý thức tổ chức kỷ luật", "gia đình gương mẫu".
constexpr std::array kTopics{
    Topic{"tôn giáo, tín ngưỡng", "religion", {"ton giao", "tin nguong", "religion", "religious"}},
    Topic{"dân tộc, nguồn gốc", "ethnic origin", {"dan toc", "thanh phan xuat than", "ethnicity", "ethnic group", "racial"}},
    Topic{"sức khỏe, bệnh tật", "health", {"suc khoe", "benh tat", "benh nen", "benh an", "khuyet tat", "state of health", "illness", "disability"}},
    Topic{"số căn cước, giấy tờ tùy thân", "identity card numbers",
          {"can cuoc", "cccd", "cmnd", "chung minh nhan dan", "so dinh danh", "ho chieu", "identity card", "passport"}},
    Topic{"quan điểm chính trị", "political views", {"quan diem chinh tri", "chinh kien", "lich su chinh tri", "political opinion", "political views", "political history"}},
    Topic{"lý lịch, hoàn cảnh gia đình", "family history",
          {"ly lich", "lich su gia dinh", "hoan canh gia dinh", "thanh phan gia dinh", "family history", "family background"}},
    Topic{"án tích, kỷ luật", "convictions and discipline",
          {"tien an", "tien su", "an tich", "hinh thuc ky luat", "bi ky luat", "criminal record", "conviction", "disciplined"}},
    Topic{"đời sống, xu hướng tình dục", "sexual life", {"tinh duc", "xu huong tinh duc", "gioi tinh thu ba", "sexual", "sexuality"}},
    Topic{"tài khoản ngân hàng", "bank accounts", {"tai khoan ngan hang", "so tai khoan", "bank account"}},
    Topic{"tên người không tán thành", "names of those against", {"nguoi khong tan thanh", "nguoi khong nhat tri", "ten nguoi phan doi", "names of those against"}},
};
constexpr Topic kPictures{"ảnh, ghi âm, ghi hình người", "pictures and recordings of people", {}};
constexpr Topic kPlaces{"vị trí của người trả lời", "where the visitor is", {}};

// As whole words: names hold underscores, labels punctuation.
std::string as_words(std::string_view text) {
    std::string words;
    for (const char letter : fold(text)) words += (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ? letter : ' ';
    return " " + single_spaced(words) + " ";
}

const Topic* topic_of_words(std::string_view text) {
    const std::string words = as_words(text);
    for (const Topic& topic : kTopics)
        for (const std::string_view phrase : topic.words)
            if (!phrase.empty() && words.find(" " + std::string(phrase) + " ") != std::string::npos) return &topic;
    return nullptr;
}

const Topic* topic_of(const Form& form, const Control& control) {
    const Node& node = form.nodes[control.node];
    if (node.type == "note") return nullptr;   // it tells and does not ask
    if (const Topic* topic = topic_of_words(node.name)) return topic;
    for (std::uint32_t language = 0; language < form.languages.size(); ++language)
        if (const Topic* topic = topic_of_words(plain_words(form, control.label, language))) return topic;
    const bool is_drawn = std::ranges::any_of(control.appearance, [](const std::string& token) { return token == "signature" || token == "draw"; });
    if ((node.type == "image" && !is_drawn) || node.type == "audio" || node.type == "video") return &kPictures;
    if (node.type.starts_with("geo") || node.type.starts_with("start-geo")) return &kPlaces;
    return nullptr;
}

}  // namespace

std::vector<SensitiveQuestion> sensitive_questions(const Form& form) {
    std::vector<SensitiveQuestion> found;
    for (const Control& control : form.controls) {
        if (control.kind != ItemKind::question || control.node == kNone) continue;
        const Topic* topic = topic_of(form, control);
        if (topic) found.push_back({form.nodes[control.node].name, {topic->vi, topic->en}});
    }
    return found;
}

std::vector<core::Words> sensitive_warnings(const Form& form) {
    std::vector<core::Words> warnings;
    for (const SensitiveQuestion& one : sensitive_questions(form))
        warnings.push_back({"Biểu mẫu “" + form.id + "”, câu “" + one.name + "” hỏi về " + one.topic.vi +
                                ": dữ liệu nhạy cảm mà kiosk không nên thu thập. Chỉ giữ câu này khi có căn cứ pháp lý bằng văn bản.",
                            "Form \"" + form.id + "\", question \"" + one.name + "\" asks about " + one.topic.en +
                                ": sensitive data that a kiosk should not collect. Keep it only with a legal basis in writing."});
    return warnings;
}

}  // namespace kiosk::forms

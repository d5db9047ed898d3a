#include <kiosk/core/organisations.hpp>

#include "code_letters.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace kiosk::core {
namespace {

constexpr std::string_view kFirstLine = "feedback-kiosk organisations 1";
constexpr std::size_t kNumberLetters = 3, kRandomLetters = 9, kLetters = kNumberLetters + kRandomLetters + 1;

Error malformed(std::size_t line) {
    const std::string number = std::to_string(line);
    return {"organisations.malformed", {"Danh sách tổ chức hỏng ở dòng " + number + ". Xin cơ quan gửi lại gói biểu mẫu.",
                                        "The list of organisations is damaged at line " + number + ". Ask the office for the pack again."}};
}

bool is_number(std::string_view text) {
    return text.size() == kNumberLetters && text.find_first_not_of(kCodeLetters) == std::string_view::npos;
}

bool is_kind(std::string_view text) {
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == std::string_view::npos;
}

// Up to the next tab, which goes too.
std::string_view field(std::string_view& line) {
    const std::size_t end = std::min(line.find('\t'), line.size());
    const std::string_view value = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return value;
}

}  // namespace

OrganisationCode OrganisationCode::make(std::string_view number, Random& random) {
    OrganisationCode code;
    code.letters_ = number;
    for (std::size_t letter = 0; letter < kRandomLetters; ++letter) code.letters_ += kCodeLetters[random.below(kCodeLetters.size())];
    code.letters_ += check_letter(code.letters_);
    return code;
}

std::optional<OrganisationCode> OrganisationCode::parse(std::string_view text) {
    auto letters = read_code(text, kLetters);
    if (!letters) return std::nullopt;
    OrganisationCode code;
    code.letters_ = std::move(*letters);
    return code;
}

std::string OrganisationCode::to_string() const {
    return letters_.substr(0, 3) + "-" + letters_.substr(3, 5) + "-" + letters_.substr(8);
}

std::optional<std::string> free_number(const std::vector<Organisation>& organisations) {
    std::set<std::string_view> taken;
    for (const Organisation& one : organisations) taken.insert(one.number);
    const std::size_t base = kCodeLetters.size();
    for (std::size_t count = 1; count < kMaximumOrganisations; ++count) {
        const std::string number{kCodeLetters[count / base / base], kCodeLetters[count / base % base], kCodeLetters[count % base]};
        if (!taken.contains(number)) return number;
    }
    return std::nullopt;
}

std::string write_organisations(const std::vector<Organisation>& organisations) {
    std::string text = std::string(kFirstLine) + "\n";
    for (const Organisation& one : organisations) text += one.number + "\t" + one.kind + "\t" + one.hash + "\t" + one.name + "\n";
    return text;
}

Result<std::vector<Organisation>> read_organisations(std::string_view text) {
    std::vector<Organisation> all;
    std::set<std::string> numbers;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) return malformed(number);   // cut short
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end + 1);
        if (number == 1) {
            if (line != kFirstLine) return malformed(number);
            continue;
        }
        Organisation one;
        one.number = field(line);
        one.kind = field(line);
        one.hash = field(line);
        one.name = line;
        const bool is_good = is_number(one.number) && is_kind(one.kind) && one.hash.starts_with("$argon2id$") && !one.name.empty() &&
                             one.name.find('\t') == std::string::npos && numbers.insert(one.number).second;
        if (!is_good) return malformed(number);
        all.push_back(std::move(one));
    }
    if (all.empty()) return malformed(1);
    return all;
}

}  // namespace kiosk::core

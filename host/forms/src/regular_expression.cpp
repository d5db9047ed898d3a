#include "regular_expression.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <map>
#include <string>

namespace kiosk::forms {
namespace {

constexpr std::uint32_t kMatchLimit = 200'000;     // a few milliseconds
constexpr std::uint32_t kDepthLimit = 1'000;
constexpr std::uint32_t kHeapLimitKib = 4 * 1024;
constexpr std::size_t kPatternLimit = 4'096;
constexpr std::size_t kKeptPatterns = 256;

struct FreeCode { void operator()(pcre2_code* code) const { pcre2_code_free(code); } };
struct FreeMatch { void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); } };
struct FreeContext { void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); } };
using Code = std::unique_ptr<pcre2_code, FreeCode>;

core::Error bad_pattern(std::string_view pattern, int code) {
    PCRE2_UCHAR reason[256] = {};
    pcre2_get_error_message(code, reason, sizeof reason);
    const std::string shown(pattern);
    return {"expression.bad_pattern",
            {"Mẫu “" + shown + "” trong regex() không hợp lệ; hãy sửa lại mẫu.",
             "The pattern \"" + shown + "\" in regex() is not valid (" + reinterpret_cast<const char*>(reason) +
                 "); correct it."}};
}

}  // namespace

struct RegularExpressions::Store {
    std::map<std::string, Code, std::less<>> codes;
    std::unique_ptr<pcre2_match_context, FreeContext> limits{pcre2_match_context_create(nullptr)};

    Store() {
        KIOSK_ASSERT(limits != nullptr);
        pcre2_set_match_limit(limits.get(), kMatchLimit);
        pcre2_set_depth_limit(limits.get(), kDepthLimit);
        pcre2_set_heap_limit(limits.get(), kHeapLimitKib);
    }
};

RegularExpressions::RegularExpressions() : store_(std::make_unique<Store>()) {}
RegularExpressions::RegularExpressions(RegularExpressions&&) noexcept = default;
RegularExpressions& RegularExpressions::operator=(RegularExpressions&&) noexcept = default;
RegularExpressions::~RegularExpressions() = default;

core::Result<bool> RegularExpressions::matches(std::string_view pattern, std::string_view text) {
    auto found = store_->codes.find(pattern);
    if (found == store_->codes.end()) {
        if (pattern.size() > kPatternLimit) return bad_pattern(pattern.substr(0, 40), PCRE2_ERROR_NOMEMORY);
        if (store_->codes.size() >= kKeptPatterns) store_->codes.clear();
        int error = 0;
        PCRE2_SIZE offset = 0;
        constexpr std::uint32_t options = PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_DOLLAR_ENDONLY |
                                          PCRE2_NEVER_BACKSLASH_C;
        Code code(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), options, &error, &offset,
                                nullptr));
        if (code == nullptr) return bad_pattern(pattern, error);
        found = store_->codes.emplace(std::string(pattern), std::move(code)).first;
    }
    const std::unique_ptr<pcre2_match_data, FreeMatch> match(
        pcre2_match_data_create_from_pattern(found->second.get(), nullptr));
    KIOSK_ASSERT(match != nullptr);
    const int result = pcre2_match(found->second.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), 0, 0,
                                   match.get(), store_->limits.get());
    if (result >= 0) return true;
    if (result == PCRE2_ERROR_NOMATCH) return false;
    const std::string shown(pattern);
    return core::Error{"expression.pattern_too_costly",
                       {"Mẫu “" + shown + "” trong regex() tốn quá nhiều bước để so khớp; hãy viết mẫu đơn giản hơn.",
                        "The pattern \"" + shown + "\" in regex() takes too many steps to match; write a simpler one."}};
}

}  // namespace kiosk::forms

// Functions over text: XPath's core ones, selections in select_multiple answers, digests and regular expressions.

#include "digest.hpp"
#include "evaluator.hpp"
#include "unicode.hpp"
#include "utf8.hpp"

#include <kiosk/core/response_id.hpp>

#include <algorithm>
#include <cmath>

namespace kiosk::forms {
namespace {

constexpr double kLargestIndex = 1e9;

std::string translate(std::string_view text, std::string_view from, std::string_view to) {
    const std::vector<std::string_view> replaced = code_points(from);
    const std::vector<std::string_view> replacements = code_points(to);
    std::string result;
    for (std::string_view character : code_points(text)) {
        const auto found = std::ranges::find(replaced, character);
        const auto index = static_cast<std::size_t>(found - replaced.begin());
        if (found == replaced.end()) result += character;
        else if (index < replacements.size()) result += replacements[index];
    }
    return result;
}

std::string join(const std::vector<std::string>& texts, std::string_view separator) {
    std::string result;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (i > 0) result += separator;
        result += texts[i];
    }
    return result;
}

// JavaScript's slice: from the end where negative.
std::size_t slice_index(double index, std::size_t length) {
    if (std::isnan(index)) return 0;
    index = std::trunc(index);
    if (index < 0) index += static_cast<double>(length);
    return static_cast<std::size_t>(std::clamp(index, 0.0, static_cast<double>(length)));
}

std::string normalized(std::string_view text) {
    std::string result;
    for (std::string_view word : words_of(text)) {
        if (!result.empty()) result += ' ';
        result += word;
    }
    return result;
}

std::string random_token(core::Random& random, double length) {
    constexpr std::string_view characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    constexpr double longest = 1024;
    std::string token;
    const auto count = static_cast<std::size_t>(std::isnan(length) ? 0 : std::clamp(length, 0.0, longest));
    while (token.size() < count) token += characters[random.below(characters.size())];
    return token;
}

}  // namespace

std::optional<Value> Evaluator::call_text(const ExpressionNode& node, const Focus& focus) {
    std::string first, second;
    const auto one = [&] { return text_view(node, 0, focus, first); };
    const auto two = [&] { return text_view(node, 1, focus, second); };
    switch (node.function) {
        case Function::selected: {
            const std::string_view wanted = trim(two());
            return std::ranges::count(words_of(one()), wanted) > 0 || (wanted.empty() && one().empty());
        }
        case Function::selected_at: {
            const double index = number(node, 1, focus);
            const std::vector<std::string_view> words = words_of(one());
            const double whole = std::trunc(index);
            const bool inside = whole >= 0 && whole < static_cast<double>(words.size());
            return inside ? std::string(words[static_cast<std::size_t>(whole)]) : std::string();
        }
        case Function::count_selected: return static_cast<double>(words_of(one()).size());
        case Function::string: return text_or_context(node, focus);
        case Function::concat: return join(texts(node, 0, focus), "");
        case Function::join: return join(texts(node, 1, focus), one());
        case Function::contains: return one().find(two()) != std::string_view::npos;
        case Function::starts_with: return one().starts_with(two());
        case Function::ends_with: return one().ends_with(two());
        case Function::substr: {
            const std::string_view whole = one();
            const std::size_t length = count_code_points(whole);
            const std::size_t start = slice_index(number(node, 1, focus), length);
            const std::size_t end = node.operands.size() > 2 ? slice_index(number(node, 2, focus), length) : length;
            return std::string(start < end ? cut_code_points(whole, start, end - start) : std::string_view());
        }
        case Function::substring: return substring(node, focus);
        case Function::substring_before: case Function::substring_after: return part(node, focus);
        case Function::string_length: return static_cast<double>(count_code_points(text_or_context(node, focus)));
        case Function::normalize_space: return normalized(text_or_context(node, focus));
        case Function::translate: return translate(one(), two(), text(node, 2, focus));
        case Function::coalesce: return coalesced(node, focus);
        case Function::regex: {
            const std::string_view subject = one();
            const core::Result<bool> result = context_.regular_expressions->matches(two(), subject);
            if (!result) context_.fail(result.error().code, result.error().message);
            return result && *result;
        }
        case Function::uuid:
            if (!node.operands.empty()) return random_token(*context_.random, number(node, 0, focus));
            return core::ResponseId::make(*context_.random).to_string();
        case Function::digest: return digest_text(node, focus);
        case Function::base64_decode: return nfc(from_base64(one()));
        default: return std::nullopt;
    }
}

// What is no number is no answer either: coalesce(${a} * 2, 0) is 0 while ${a} is empty, as in JavaRosa and Web Forms.
Value Evaluator::coalesced(const ExpressionNode& node, const Focus& focus) {
    const Value first = argument(node, 0, focus);
    const double* number = std::get_if<double>(&first);
    const bool is_number = number == nullptr || !std::isnan(*number);
    std::string value = is_number ? to_string(first) : std::string();
    return value.empty() ? text(node, 1, focus) : std::move(value);
}

// XPath 1.0: positions from 1, rounded, so that substring("12345", 1.5, 2.6) is "234".
Value Evaluator::substring(const ExpressionNode& node, const Focus& focus) {
    std::string buffer;
    const std::string_view whole = text_view(node, 0, focus, buffer);
    const auto round_half_up = [](double value) { return std::floor(value + 0.5); };
    const double start = round_half_up(number(node, 1, focus));
    double end = kLargestIndex;
    if (node.operands.size() > 2) end = start + round_half_up(number(node, 2, focus));
    if (std::isnan(start) || std::isnan(end)) return std::string();
    const double first = std::clamp(start, 1.0, kLargestIndex);
    const double last = std::clamp(end, first, kLargestIndex);
    return std::string(cut_code_points(whole, static_cast<std::size_t>(first) - 1, static_cast<std::size_t>(last - first)));
}

Value Evaluator::part(const ExpressionNode& node, const Focus& focus) {
    std::string first, second;
    const std::string_view whole = text_view(node, 0, focus, first);
    const std::string_view mark = text_view(node, 1, focus, second);
    const std::size_t at = whole.find(mark);
    if (at == std::string_view::npos) return std::string();
    return std::string(node.function == Function::substring_before ? whole.substr(0, at) : whole.substr(at + mark.size()));
}

Value Evaluator::digest_text(const ExpressionNode& node, const Focus& focus) {
    const std::string algorithm = text(node, 1, focus);
    const std::string encoding = node.operands.size() > 2 ? text(node, 2, focus) : "base64";
    const std::optional<std::string> bytes = digest(text(node, 0, focus), algorithm);
    if (!bytes || (encoding != "base64" && encoding != "hex")) {
        context_.fail("expression.unknown_digest",
                      {"digest() chỉ có MD5, SHA-1, SHA-256, SHA-384, SHA-512 và dạng base64 hoặc hex; hãy chọn một.",
                       "digest() has MD5, SHA-1, SHA-256, SHA-384 and SHA-512, as base64 or hex; choose one of them."});
        return std::string();
    }
    return encoding == "hex" ? to_hex(*bytes) : to_base64(*bytes);
}

}  // namespace kiosk::forms

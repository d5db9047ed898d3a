// The first line is an expression, the rest a document. Whatever they are, parsing and evaluating ends, within the limits,
// in a value or an error with words in both languages; and what parses once parses again.

#include <kiosk/core/assert.hpp>
#include <kiosk/forms/evaluate_expression.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

using namespace kiosk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::size_t line = std::min(input.find('\n'), input.size());
    const std::string_view source = input.substr(0, line);
    const std::string_view document = input.substr(std::min(line + 1, input.size()));

    forms::SourceSpan fault;
    const core::Result<forms::Expression> parsed = forms::Expression::parse(source, &fault);
    if (parsed) {
        KIOSK_ASSERT(forms::Expression::parse(parsed->source()).has_value());
        for (const forms::PathReference& reference : parsed->dependencies()) KIOSK_ASSERT(!reference.path.empty());
    } else {
        KIOSK_ASSERT(fault.offset <= source.size() && !parsed.error().message.vi.empty() && !parsed.error().message.en.empty());
    }
    forms::EvaluationSettings settings;
    settings.timezone = "UTC";
    const core::Result<forms::EvaluatedValue> value = forms::evaluate_expression(source, document, "", settings);
    KIOSK_ASSERT(value || !value.error().message.vi.empty());
    return 0;
}

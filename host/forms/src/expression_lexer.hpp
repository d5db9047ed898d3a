// Cuts an expression into tokens, by XPath 1.0's rules for telling names from operators. Private to the parser.
#pragma once

#include <kiosk/forms/expression.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

enum class TokenKind : std::uint8_t {
    number = 1, string, name, star, prefix_star, operator_name, function_name, variable, node_type, axis_name,
    left_parenthesis, right_parenthesis, left_bracket, right_bracket, comma, at, dot, dot_dot, slash, slash_slash, bar,
    plus, minus, multiply, equal, not_equal, less, less_or_equal, greater, greater_or_equal, end,
};

struct Token {
    TokenKind kind = TokenKind::end;
    std::string_view text;                 // as written; string: without the quotes; prefix_star: the prefix
    std::size_t offset = 0;
    std::size_t length = 0;
};

// Position of a piece of the source, with the column counted in characters.
SourceSpan span_of(std::string_view source, std::size_t offset, std::size_t length);

// The tokens with an `end` after them, or the first fault.
core::Result<std::vector<Token>> tokenize(std::string_view source, SourceSpan& fault);

}  // namespace kiosk::forms

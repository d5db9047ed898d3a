#include "expression_lexer.hpp"

#include <algorithm>
#include <optional>

namespace kiosk::forms {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Letters outside ASCII are taken as they come: a form may name its nodes in any script.
bool starts_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool continues_name(char c) { return starts_name(c) || is_digit(c) || c == '-' || c == '.'; }

// What a word processor makes of quotes and spaces.
constexpr std::string_view kSmartQuotes[] = {"\u2018", "\u2019", "\u201C", "\u201D", "\u00AB", "\u00BB"};
constexpr std::string_view kNoBreakSpaces[] = {"\u00A0", "\u202F", "\uFEFF", "\u200B"};

template <std::size_t Count>
std::size_t match_any(std::string_view text, const std::string_view (&candidates)[Count]) {
    for (std::string_view candidate : candidates)
        if (text.starts_with(candidate)) return candidate.size();
    return 0;
}

class Lexer {
  public:
    Lexer(std::string_view source, SourceSpan& fault) : source_(source), fault_(fault) {}

    core::Result<std::vector<Token>> run() {
        while (skip_spaces(), at_ < source_.size()) {
            if (std::optional<core::Error> error = next()) return *error;
        }
        push(TokenKind::end, 0);
        return std::move(tokens_);
    }

  private:
    char peek(std::size_t ahead = 0) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }

    void skip_spaces() {
        while (at_ < source_.size()) {
            if (is_space(source_[at_])) {
                ++at_;
            } else if (std::size_t length = match_any(source_.substr(at_), kNoBreakSpaces)) {
                at_ += length;
            } else {
                return;
            }
        }
    }

    void push(TokenKind kind, std::size_t length) {
        tokens_.push_back({kind, source_.substr(at_, length), at_, length});
        at_ += length;
    }

    core::Error fail(std::string code, core::Words words, std::size_t offset, std::size_t length) {
        fault_ = span_of(source_, offset, length);
        return {std::move(code), std::move(words)};
    }

    // XPath 1.0 §3.7: after an operand, * multiplies and a name is an operator.
    bool follows_operand() const {
        if (tokens_.empty()) return false;
        switch (tokens_.back().kind) {
            case TokenKind::number: case TokenKind::string: case TokenKind::name: case TokenKind::star:
            case TokenKind::prefix_star: case TokenKind::right_parenthesis: case TokenKind::right_bracket:
            case TokenKind::dot: case TokenKind::dot_dot: case TokenKind::variable:
                return true;
            default:
                return false;
        }
    }

    std::optional<core::Error> next() {
        const char c = peek();
        if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
        if (c == '"' || c == '\'') return string(c);
        if (std::size_t length = match_any(source_.substr(at_), kSmartQuotes)) {
            return fail("expression.smart_quote",
                        {"Dấu nháy cong không dùng được trong biểu thức; hãy thay bằng dấu nháy thẳng ' hoặc \".",
                         "Curly quotes cannot be used in an expression; replace them by straight ones, ' or \"."},
                        at_, length);
        }
        if (starts_name(c)) return name();
        return symbol(c);
    }

    std::optional<core::Error> number() {
        std::size_t end = at_;
        while (end < source_.size() && is_digit(source_[end])) ++end;
        if (end < source_.size() && source_[end] == '.') {
            ++end;
            while (end < source_.size() && is_digit(source_[end])) ++end;
        }
        push(TokenKind::number, end + exponent_length(end) - at_);
        return std::nullopt;
    }

    // "e-12" after a number: not XPath's, but what spreadsheets and Enketo write, and nothing else could be meant.
    std::size_t exponent_length(std::size_t from) const {
        if (from >= source_.size() || (source_[from] != 'e' && source_[from] != 'E')) return 0;
        std::size_t end = from + 1;
        if (end < source_.size() && (source_[end] == '-' || source_[end] == '+')) ++end;
        const std::size_t first_digit = end;
        while (end < source_.size() && is_digit(source_[end])) ++end;
        return end == first_digit ? 0 : end - from;
    }

    std::optional<core::Error> string(char quote) {
        const std::size_t close = source_.find(quote, at_ + 1);
        if (close == std::string_view::npos) {
            return fail("expression.open_string",
                        {"Chuỗi mở bằng dấu nháy mà không đóng; hãy thêm dấu nháy ở cuối chuỗi.",
                         "A text is opened by a quote and never closed; add the closing quote."},
                        at_, source_.size() - at_);
        }
        tokens_.push_back({TokenKind::string, source_.substr(at_ + 1, close - at_ - 1), at_, close + 1 - at_});
        at_ = close + 1;
        return std::nullopt;
    }

    std::size_t name_end(std::size_t from) const {
        std::size_t end = from;
        while (end < source_.size() && continues_name(source_[end]) &&
               match_any(source_.substr(end), kSmartQuotes) == 0 && match_any(source_.substr(end), kNoBreakSpaces) == 0)
            ++end;
        return end;
    }

    std::optional<core::Error> name() {
        std::size_t end = name_end(at_);
        if (follows_operand()) {
            const std::string_view word = source_.substr(at_, end - at_);
            for (std::string_view candidate : {"and", "or", "mod", "div"}) {
                // Only an operator can stand here: "1 and1" is read as Enketo reads it, "6andpath" as JavaRosa does; but
                // "${a} order ${b}" is a slip.
                const bool goes_on = word.size() > candidate.size() && starts_name(word[candidate.size()]) &&
                                     tokens_.back().kind != TokenKind::number;
                if (!word.starts_with(candidate) || goes_on) continue;
                push(TokenKind::operator_name, candidate.size());
                return std::nullopt;
            }
        }
        if (end + 1 < source_.size() && source_[end] == ':' && source_[end + 1] == '*') {
            tokens_.push_back({TokenKind::prefix_star, source_.substr(at_, end - at_), at_, end + 2 - at_});
            at_ = end + 2;
            return std::nullopt;
        }
        if (end + 1 < source_.size() && source_[end] == ':' && starts_name(source_[end + 1])) end = name_end(end + 1);

        std::size_t after = end;
        while (after < source_.size() && is_space(source_[after])) ++after;
        const std::string_view rest = source_.substr(after);
        TokenKind kind = TokenKind::name;
        if (rest.starts_with("::")) {
            kind = TokenKind::axis_name;
        } else if (rest.starts_with('(')) {
            const std::string_view word = source_.substr(at_, end - at_);
            const bool is_type = word == "node" || word == "text" || word == "comment" || word == "processing-instruction";
            kind = is_type ? TokenKind::node_type : TokenKind::function_name;
        }
        push(kind, end - at_);
        if (kind == TokenKind::axis_name) at_ = after + 2;
        return std::nullopt;
    }

    std::optional<core::Error> symbol(char c) {
        const char following = peek(1);
        switch (c) {
            case '(': push(TokenKind::left_parenthesis, 1); return std::nullopt;
            case ')': push(TokenKind::right_parenthesis, 1); return std::nullopt;
            case '[': push(TokenKind::left_bracket, 1); return std::nullopt;
            case ']': push(TokenKind::right_bracket, 1); return std::nullopt;
            case ',': push(TokenKind::comma, 1); return std::nullopt;
            case '@': push(TokenKind::at, 1); return std::nullopt;
            case '|': push(TokenKind::bar, 1); return std::nullopt;
            case '+': push(TokenKind::plus, 1); return std::nullopt;
            case '-': push(TokenKind::minus, 1); return std::nullopt;
            case '=': push(TokenKind::equal, 1); return std::nullopt;
            case '*': push(follows_operand() ? TokenKind::multiply : TokenKind::star, 1); return std::nullopt;
            case '.': following == '.' ? push(TokenKind::dot_dot, 2) : push(TokenKind::dot, 1); return std::nullopt;
            case '/': following == '/' ? push(TokenKind::slash_slash, 2) : push(TokenKind::slash, 1); return std::nullopt;
            case '<': comparison(TokenKind::less, TokenKind::less_or_equal, 1); return std::nullopt;
            case '>': comparison(TokenKind::greater, TokenKind::greater_or_equal, 1); return std::nullopt;
            case '&':
                // As people write them who have seen them in an XForm; Enketo takes them, too.
                if (source_.substr(at_).starts_with("&lt;")) {
                    comparison(TokenKind::less, TokenKind::less_or_equal, 4);
                    return std::nullopt;
                }
                if (source_.substr(at_).starts_with("&gt;")) {
                    comparison(TokenKind::greater, TokenKind::greater_or_equal, 4);
                    return std::nullopt;
                }
                break;
            case '!':
                if (following == '=') {
                    push(TokenKind::not_equal, 2);
                    return std::nullopt;
                }
                break;
            case '$': return dollar();
            default: break;
        }
        const std::string shown(1, c);
        return fail("expression.bad_character",
                    {"Ký tự “" + shown + "” không có nghĩa trong biểu thức; hãy bỏ hoặc thay nó.",
                     "The character '" + shown + "' has no meaning in an expression; remove or replace it."},
                    at_, 1);
    }

    void comparison(TokenKind alone, TokenKind or_equal, std::size_t length) {
        if (peek(length) == '=') push(or_equal, length + 1);
        else push(alone, length);
    }

    std::optional<core::Error> dollar() {
        if (peek(1) == '{') {
            const std::size_t close = source_.find('}', at_);
            const std::size_t length = (close == std::string_view::npos ? source_.size() : close + 1) - at_;
            const std::string shown(source_.substr(at_, length));
            return fail("expression.unresolved_reference",
                        {"Không tìm thấy câu hỏi “" + shown + "”; hãy kiểm tra lại tên.",
                         "There is no question " + shown + "; check its name."},
                        at_, length);
        }
        push(TokenKind::variable, name_end(at_ + 1) - at_);
        return std::nullopt;
    }

    std::string_view source_;
    SourceSpan& fault_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

SourceSpan span_of(std::string_view source, std::size_t offset, std::size_t length) {
    const std::string_view before = source.substr(0, offset);
    const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    const auto characters = static_cast<std::size_t>(std::ranges::count_if(before, starts_character));
    return {offset, length, characters + 1};
}

core::Result<std::vector<Token>> tokenize(std::string_view source, SourceSpan& fault) {
    return Lexer(source, fault).run();
}

}  // namespace kiosk::forms

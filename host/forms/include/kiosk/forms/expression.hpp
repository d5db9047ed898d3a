// Expression: one XPath 1.0 expression with the OpenRosa functions, parsed, ready to be asked what it refers to and to be
// evaluated. Own lexer and parser, so that a fault has a position and a repair, and dependencies are known.
//
// Immutable and cheap to copy (the tree is shared); any thread. A source that does not parse, calls a function that does
// not exist or with a wrong number of arguments, or nests deeper than kMaximumDepth is refused with an Error.
#pragma once

#include <kiosk/core/result.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

struct ExpressionTree;  // private to the library: host/forms/src/expression_tree.hpp

// A piece of an expression's source.
struct SourceSpan {
    std::size_t offset = 0;   // in bytes, from 0
    std::size_t length = 0;   // in bytes; 0 at the end of the source
    std::size_t column = 1;   // in characters (code points), from 1: what a person counts

    bool operator==(const SourceSpan&) const = default;
};

// A path an expression reads. Predicates are left out; a relative path inside a predicate is joined to the path the
// predicate belongs to ("/data/member[age > 3]" reads "/data/member" and "/data/member/age"), and current()/x is
// relative to the expression's own node ("./x"). Axes are written in full except child, parent (..), self (.),
// attribute (@) and //.
struct PathReference {
    std::string path;         // "/data/age", "../age", ".", "/data/member/*"
    std::string instance;     // id of instance('id'), then path is absolute inside it; empty: the main instance
    SourceSpan span;

    bool operator==(const PathReference&) const = default;
};

struct FunctionUse {
    std::string name;         // "selected", "jr:choice-name"
    std::size_t arguments = 0;
    SourceSpan span;          // of the name

    bool operator==(const FunctionUse&) const = default;
};

class Expression {
  public:
    static constexpr std::size_t kMaximumDepth = 256;             // parentheses, predicates and calls inside each other
    static constexpr std::size_t kMaximumLength = 256 * 1024;     // bytes of source

    // Codes: expression.empty, .too_long, .too_deep, .bad_character, .smart_quote, .open_string, .unexpected,
    // .incomplete, .unknown_function, .wrong_arguments, .unknown_axis, .variable, .unresolved_reference. On failure
    // *fault, where given, says where in the source.
    static core::Result<Expression> parse(std::string_view source, SourceSpan* fault = nullptr);

    const std::string& source() const;
    std::vector<PathReference> dependencies() const;              // in the order they stand
    std::vector<FunctionUse> functions() const;
    std::vector<std::string> literals_of(std::string_view function) const;  // first arguments that are string literals

    const ExpressionTree& tree() const { return *tree_; }

    explicit Expression(std::shared_ptr<const ExpressionTree> tree) : tree_(std::move(tree)) {}  // for the parser

  private:
    std::shared_ptr<const ExpressionTree> tree_;
};

// The names of all functions an expression may call, sorted: for "did you mean".
const std::vector<std::string_view>& function_names();

}  // namespace kiosk::forms

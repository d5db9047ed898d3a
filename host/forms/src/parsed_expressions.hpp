// ParsedExpressions: the expressions of one form, each parsed once however often it stands there and whoever asks: the
// reader of its cells, the checks of the whole, the compiler.
//
// One thread. What of() returns stays where it is for as long as this lives; an Expression taken from it lives on alone.
#pragma once

#include <kiosk/forms/expression.hpp>

#include <string>
#include <unordered_map>

namespace kiosk::forms {

class ParsedExpressions {
  public:
    struct Parsed {
        core::Result<Expression> expression;
        SourceSpan fault{};              // where in the source, if it does not parse
    };

    const Parsed& of(const std::string& source) {
        const auto known = parsed_.find(source);
        if (known != parsed_.end()) return known->second;
        SourceSpan fault;
        core::Result<Expression> expression = Expression::parse(source, &fault);
        return parsed_.emplace(source, Parsed{std::move(expression), fault}).first->second;
    }

  private:
    std::unordered_map<std::string, Parsed> parsed_;
};

}  // namespace kiosk::forms

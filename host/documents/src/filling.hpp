// What the braces of a layout stand for: answers of one submission, in the words of the form. Private to documents.
#pragma once

#include <kiosk/documents/document.hpp>
#include <kiosk/forms/submission.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::documents {

class Answers {
  public:
    static core::Result<Answers> read(const Filling& filling);

    // Part of the submission that names are looked up in first: the whole, or one instance of a repeat.
    using Scope = std::pair<std::size_t, std::size_t>;
    Scope whole() const { return {0, submission_.elements.size()}; }
    std::vector<Scope> instances(std::string_view repeat) const;

    std::string value(std::string_view name, Scope scope) const;            // as it stands in the XML
    std::string words(std::string_view name, Scope scope) const;            // as people write it
    std::string label(std::string_view name) const;                         // the question
    std::vector<std::pair<std::string, std::string>> choices(std::string_view name) const;   // name and label

    // Text with braces as Pango markup, ** and __ set as bold and italic.
    std::string markup(std::string_view text, Scope scope) const;
    bool holds(std::string_view condition, Scope scope) const;              // "{x}" or "{x} = value"

  private:
    Answers(const Filling& filling, forms::Submission submission) : form_(filling.form), submission_(std::move(submission)) {
        language_ = form_.find_language(filling.language);
        if (language_ == forms::kNone) language_ = form_.default_language;
    }

    std::string expand(std::string_view braces, Scope scope) const;
    std::uint32_t node(std::string_view name) const;
    std::string choice_label(std::string_view name, std::string_view choice) const;

    const forms::Form& form_;
    forms::Submission submission_;
    std::uint32_t language_ = 0;
};

std::string escaped(std::string_view text);

}  // namespace kiosk::documents

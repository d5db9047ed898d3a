// Makes Forms for tests of the engine, without a reader: nodes by path, one control each, a start instance to match.
#pragma once

#include <kiosk/forms/form.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms::testing {

// All of one text in one language per entry: {"Tuổi", "Age"}.
Translated words(const std::vector<std::string>& by_language);

class FormBuilder {
  public:
    // languages: codes, the first is the default. Nodes are added in document order; a path's parents must be there.
    explicit FormBuilder(std::vector<std::string> languages = {"vi"});

    Node& node(std::string_view path, std::string type, ItemKind kind = ItemKind::question);
    // A node with a control of its own, under the last open group or repeat that surrounds it.
    Node& question(std::string_view path, std::string type);
    Node& group(std::string_view path, std::vector<std::string> appearance = {});
    Node& repeat(std::string_view path, std::string count = {});
    Control& control(std::string_view path);
    Form& form() { return form_; }

    // instances: how many of each repeat there are to begin with.
    std::shared_ptr<const Form> build(std::size_t instances = 1);

  private:
    Control& add_control(std::uint32_t node, ItemKind kind, std::string element);
    void add_elements(std::uint32_t slot, std::uint32_t parent, std::size_t instances);

    Form form_;
};

}  // namespace kiosk::forms::testing

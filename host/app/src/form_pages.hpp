// What reduce() and project() both need to know of a form's page: which items stand for which questions.
#pragma once

#include <kiosk/app/field_editor.hpp>
#include <kiosk/forms/form_visit.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::app {

// "/data/member[2]/name" → "name"
std::string_view question_name(std::string_view path);

bool has_appearance(const forms::NodeView& node, std::string_view token);
std::string_view kiosk_setting(const forms::NodeView& node, std::string_view name);   // empty: not set

bool is_question(const forms::NodeView& node);   // it takes an answer
bool is_choice(const forms::NodeView& node);
bool is_signature(const forms::NodeView& node);
bool is_multiple(const forms::NodeView& node);
// The keys it is answered with; nothing: it is not typed.
std::optional<Layout> layout_of(const forms::NodeView& node);

// A tap answers and goes on.
bool is_answered_by_tap(const forms::NodeView& node);
bool is_shown_as_faces(const forms::NodeView& node);

// The questions and notes of the page, groups left out.
std::vector<forms::NodeView> page_nodes(const forms::FormVisit& form);
// The one question that has the page to itself, if it has.
std::optional<forms::NodeView> only_question(const std::vector<forms::NodeView>& page);

bool is_chosen(const forms::NodeView& node, std::string_view choice);
std::string with_choice_switched(std::string_view value, std::string_view choice);   // of a select_multiple

// "choice.tot" where a page has one question, "choice.rating.tot" where it has more.
std::string choice_id(const std::vector<forms::NodeView>& page, const forms::NodeView& node, std::string_view choice);

}  // namespace kiosk::app

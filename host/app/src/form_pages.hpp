// What reduce() and project() both need to know of a form's page: which items stand for which questions.
#pragma once

#include "answer_values.hpp"

#include <kiosk/app/state.hpp>
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

// The column of a question that takes an organisation's code, and whether its answer is one that was found right.
inline constexpr std::string_view kVouches = "kiosk:vouches";
bool is_vouched(const Visiting& visit, const forms::NodeView& node);

// How a node is shown and answered.
enum class Control {
    none = 1,        // it belongs to a neighbour, or is computed
    note,
    rows,            // one row a choice
    faces,
    scale,           // likert: numbered steps, all labelled
    grid,            // a row of a grid of scales
    search,          // a long list: rows under a field to find them with
    rank,            // rows tapped in order
    stars,
    range,           // − amount +
    counter,         // the same for a whole number without ends
    moment,          // − + for each part of a date or a time
    acknowledge,
    repeat,          // entries that can be added, changed, removed
    field,           // typed
    signature,       // a pad to sign on
    other,           // what cannot be asked here
};
Control control_of(const forms::NodeView& node);

bool is_question(const forms::NodeView& node);   // it takes an answer
bool is_choice(const forms::NodeView& node);
bool is_signature(const forms::NodeView& node);
bool is_multiple(const forms::NodeView& node);
bool is_asked(const forms::NodeView& node);      // and has a place on the pages: in the review, in a summary
Range range_of(const forms::NodeView& node);
// The parts a moment is set by, in the order people say them.
std::vector<MomentPart> moment_parts(const forms::NodeView& node);
// Ranked in part: every choice needs its place.
bool is_half_ranked(const forms::NodeView& node);
// The keys it is answered with; nothing: it is not typed.
std::optional<Layout> layout_of(const forms::NodeView& node);

// A tap answers and goes on.
bool is_answered_by_tap(const forms::NodeView& node);
bool is_shown_as_faces(const forms::NodeView& node);

// The questions and notes of the page, groups left out.
std::vector<forms::NodeView> page_nodes(const forms::FormVisit& form);
// "ten", or "member[2].ten" where the page has two of that name.
std::string item_name(const std::vector<forms::NodeView>& page, const forms::NodeView& node);
const forms::NodeView* node_named(const std::vector<forms::NodeView>& page, std::string_view item_name);
// Which of its repeat's entries a node belongs to: "/data/member[2]"; empty: to none.
std::string_view entry_of(std::string_view path);

// The one question that has the page to itself, if it has.
std::optional<forms::NodeView> only_question(const std::vector<forms::NodeView>& page);

bool is_chosen(const forms::NodeView& node, std::string_view choice);
// Of a select_multiple. The choice that `kiosk:exclusive` names ("none of these") stands alone.
std::string with_choice_switched(const forms::NodeView& node, std::string_view choice);
// The choices whose label holds every word of `wanted`, whatever the tones; what is chosen comes first.
std::vector<const forms::ChoiceView*> choices_found(const forms::NodeView& node, std::string_view wanted);

// The path under which a FieldEditor holds the words a list is searched with.
std::string search_path(std::string_view node_path);
std::optional<std::string_view> searched_path(std::string_view editor_path);

// "choice.tot" where a page has one question, "choice.rating.tot" where it has more.
std::string choice_id(const std::vector<forms::NodeView>& page, const forms::NodeView& node, std::string_view choice);

}  // namespace kiosk::app

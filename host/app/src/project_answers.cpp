#include "form_pages.hpp"
#include "projector.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace kiosk::app {

// What others near the kiosk may hear: a personal answer only where a headphone is fitted.
bool Projector::may_speak_answers(StoragePolicy storage) const {
    return storage == StoragePolicy::anonymous || environment_.policies.has_headphones;
}

void Projector::note_repeated_answers(const forms::NodeView& node) {
    if (!hushes_answers_) return;
    for (const forms::FilledText& one : node.filled)
        if (std::string text = forms::without_markup(one.text); !text.empty())
            repeated_answers_.push_back({std::move(text), forms::without_markup(one.unfilled)});
}

// Labels that repeat an answer are said without it where others hear; elsewhere it is told what is chosen.
void Projector::finish_what_is_said() {
    if (hushes_answers_ && repeated_answers_.empty()) return;
    std::ranges::sort(repeated_answers_, std::greater(), [](const forms::FilledText& one) { return one.text.size(); });
    for (Item& item : view_.items) {
        std::string said = item.what_is_said();
        for (const auto& [text, unfilled] : repeated_answers_)
            for (std::size_t at = 0; (at = said.find(text, at)) != std::string::npos; at += unfilled.size()) said.replace(at, text.size(), unfilled);
        const bool is_choice = item.role == Role::radio || item.role == Role::check;
        if (is_choice && item.selected && !hushes_answers_) said += ", " + words("choice.chosen");
        if (said != item.what_is_said()) item.spoken = std::move(said);
    }
}

void Projector::show_signature(const Visiting& visit, const Nodes& page, const forms::NodeView& node) {
    const std::string id = "field." + item_name(page, node), label = forms::without_markup(node.label);
    if (visit.has_witness) {
        text(Zone::body, Look::lead, words("signature.witness"));
        show_field(visit, page, node);
        view_.items.back().spoken.clear();
        view_.items.back().label = words("signature.witness");
        button(Zone::body, Look::quiet, "sign.can", words("signature.can"), "back");
        return;
    }
    Item& pad = button(Zone::body, Look::signature, id, label);
    pad.role = Role::field;
    pad.needed = true;
    pad.enabled = !node.read_only;
    pad.value = visit.signature.strokes.empty() ? node.value : to_svg(visit.signature);
    pad.spoken = label + ". " + words("signature.hint");
    button(Zone::body, Look::secondary, "sign.again", words("signature.again"), "undo");
    button(Zone::body, Look::secondary, "sign.cannot", words("signature.cannot"));
}

std::string Projector::signature_in_words(const std::string& value) const {
    if (const auto witness = witness_in(value)) return words("review.witness", {std::string(*witness)});
    return words("review.signed");
}

}  // namespace kiosk::app

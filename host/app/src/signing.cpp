#include "form_pages.hpp"
#include "reducer.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace kiosk::app {
namespace {

// A page has one pad: two signatures are two questions, each with its own page.
std::optional<forms::NodeView> pad_of(const Visiting& visit) {
    if (visit.place != Visiting::Place::form || !visit.form) return std::nullopt;
    const auto page = page_nodes(*visit.form);
    const auto found = std::find_if(page.begin(), page.end(), [](const forms::NodeView& node) { return is_signature(node) && !node.read_only; });
    return found == page.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

void Reducer::load_signature(Visiting& visit) {
    const auto pad = pad_of(visit);
    visit.signature = pad ? signature_from(pad->value).value_or(Signature{}) : Signature{};
    visit.has_witness = pad && witness_in(pad->value).has_value();
}

void Reducer::on(StrokeDrawn event) {
    on(Touched{});
    Visiting* visit = state_.in<Visiting>();
    if (!visit || visit->waiting != Visiting::Waiting::nothing || event.stroke.empty()) return;
    const auto pad = pad_of(*visit);
    if (!pad || visit->has_witness || event.item != "field." + std::string(question_name(pad->path))) return;
    Signature& signature = visit->signature;
    const bool is_same_pad = signature.width_mm == event.pad_width_mm && signature.height_mm == event.pad_height_mm;
    if (!is_same_pad) signature = {event.pad_width_mm, event.pad_height_mm, {}};   // the page changed its size under it
    signature.strokes.push_back(std::move(event.stroke));
    static_cast<void>(visit->form->set(pad->path, signature.is_long_enough() ? to_svg(signature) : std::string{}));
}

void Reducer::press_signing(Visiting& visit, std::string_view act) {
    const auto pad = pad_of(visit);
    if (!pad) return;
    visit.signature = {};
    visit.editor.reset();
    static_cast<void>(visit.form->clear(pad->path));
    visit.has_witness = act == "cannot";
    if (visit.has_witness) open_editor(visit, visit.form->node(pad->path));
}

}  // namespace kiosk::app

#include "form_pages.hpp"
#include "projector.hpp"

namespace kiosk::app {

// What others near the kiosk may hear: a personal answer only where a headphone is fitted.
bool Projector::may_speak_answers(StoragePolicy storage) const {
    return storage == StoragePolicy::anonymous || environment_.policies.has_headphones;
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

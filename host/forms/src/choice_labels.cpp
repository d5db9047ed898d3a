#include <kiosk/forms/choice_labels.hpp>

#include <kiosk/forms/form_visit.hpp>

namespace kiosk::forms {
namespace {

// The id in "instance('xa')/root/item[…]".
std::string_view instance_named_in(std::string_view nodeset) {
    const std::size_t open = nodeset.find('\''), close = nodeset.find('\'', open + 1);
    if (!nodeset.starts_with("instance(") || close == std::string_view::npos) return {};
    return nodeset.substr(open + 1, close - open - 1);
}

}  // namespace

std::string plain_words(const Form& form, const Translated& translated, std::uint32_t language) {
    std::string all;
    for (const TextPiece& piece : form.text(translated, language)) all += piece.text;
    return without_markup(all);
}

std::vector<std::pair<std::string, std::string>> choice_labels(const Form& form, const Control& control, std::uint32_t language) {
    std::vector<std::pair<std::string, std::string>> all;
    for (const Choice& choice : control.choices) all.emplace_back(choice.name, plain_words(form, choice.label, language));
    const Instance* list = control.itemset ? form.find_instance(instance_named_in(control.itemset->nodeset)) : nullptr;
    if (!list) return all;
    for (std::size_t item = 1; item < list->elements.size(); item = list->elements[item].end) {
        std::string value, label;
        for (std::size_t child = item + 1; child < list->elements[item].end; child = list->elements[child].end) {
            const std::string& part = list->name(list->elements[child]);
            if (part == control.itemset->value) value = list->elements[child].value;
            if (part != control.itemset->label) continue;
            label = list->elements[child].value;
            if (!control.itemset->label_is_itext) continue;
            if (const Translated* text = form.find_itext(label)) label = plain_words(form, *text, language);
        }
        all.emplace_back(std::move(value), std::move(label));
    }
    return all;
}

}  // namespace kiosk::forms

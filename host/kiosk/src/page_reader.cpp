#include "page_reader.hpp"

#include "page_identity.hpp"

#include <utility>

namespace kiosk {
namespace {

std::vector<core::Utterance> utterances_of(const app::ViewModel& view) {
    std::vector<core::Utterance> all;
    for (const app::Item& item : view.items)
        if (item.zone != app::Zone::aids && item.zone != app::Zone::keyboard) all.push_back({item.id, item.what_is_said()});
    return all;
}

}  // namespace

void PageReader::use_voice(const app::Aids& aids) {
    if (std::exchange(volume_, aids.volume) != aids.volume) speaker_.set_volume(aids.volume);
    if (std::exchange(rate_, aids.rate) != aids.rate) speaker_.set_rate(aids.rate);
}

void PageReader::follow(const app::ViewModel& view, const app::Aids& aids) {
    use_voice(aids);
    if (!aids.speech) {
        if (std::exchange(is_on_, false)) speaker_.stop();
        page_.clear();
        focus_.clear();
        return;
    }
    is_on_ = true;
    const std::string page = view.language + "|" + identity_of(view);
    const bool is_new_page = std::exchange(page_, page) != page;
    const bool is_new_focus = std::exchange(focus_, view.focus) != view.focus;
    if (is_new_page) return speaker_.speak(utterances_of(view), view.language);
    if (const app::Item* item = view.find(view.focus); item && is_new_focus)
        speaker_.speak({{item->id, item->what_is_said()}}, view.language);
}

void PageReader::interrupt() {
    if (is_on_) speaker_.stop();
}

}  // namespace kiosk

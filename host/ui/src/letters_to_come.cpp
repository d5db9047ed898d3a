#include <kiosk/ui/letters_to_come.hpp>

#include <kiosk/ui/theme.hpp>

#include <imgui.h>

#include <algorithm>
#include <string_view>

namespace kiosk::ui {
namespace {

constexpr std::u16string_view kLetters =
    u"aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵfjwz"
    u"ABCDĐEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;!?…–-“”()/·ÔĐÂÊƠƯ"
    u"ÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÂĂÉÈẺẼẸẾỀỂỄỆÊÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘÔỚỜỞỠỢƠÚÙỦŨỤỨỪỬỮỰƯÝỲỶỸỴ—[]%+=*#&@'\"‘’«»→←×•\u00a0_<>|{}−●▲✕◌\u0300\u0301\u0303\u0309\u0323";
constexpr std::u16string_view kOfHeadlines = kLetters.substr(0, kLetters.find(u'Á'));   // the largest letters take most room
constexpr std::u16string_view kFigures = u"0123456789";

// Of a letter's square: letters are lower and narrower, and some room is lost between them.
constexpr float kShareOfSquare = 0.34F;

}  // namespace

std::vector<LettersToCome::Style> LettersToCome::styles(const core::ScreenSize& screen, app::TextSize size) {
    const TypeScale scale = type_scale(screen, size);
    std::vector<Style> all;
    const auto add = [&](float font_px, Weight weight, std::u16string_view letters) {
        for (const Style& known : all)
            if (known.font_px == font_px && known.weight == weight) return;
        all.push_back({font_px, weight, letters});
    };
    for (const float font_px : {scale.title, scale.body, scale.label, scale.aid, scale.action, scale.caption}) add(font_px, Weight::bold, kLetters);
    for (const float font_px : {scale.body, scale.aid, scale.caption, scale.label}) add(font_px, Weight::regular, kLetters);
    add(std::min(scale.body, scale.aid * 1.05F), Weight::regular, kOfHeadlines);   // how far one is
    add(scale.hero, Weight::bold, kOfHeadlines);
    add(scale.countdown, Weight::bold, kFigures);
    return all;
}

Fonts::Room LettersToCome::room(const core::ScreenSize& screen, app::TextSize size) {
    float texels = 0;
    for (const Style& style : styles(screen, size)) texels += style.font_px * style.font_px * kShareOfSquare * static_cast<float>(style.letters.size());
    Fonts::Room room{1024, 512};
    while (static_cast<float>(room.width_px) * static_cast<float>(room.height_px) < texels && room.height_px < 4096)
        (room.height_px <= room.width_px ? room.height_px : room.width_px) *= 2;
    return room;
}

LettersToCome::LettersToCome(const Fonts& fonts, const core::ScreenSize& screen, app::TextSize size)
    : fonts_(fonts), styles_(styles(screen, size)) {}

bool LettersToCome::draw_some(std::chrono::microseconds at_most) {
    const auto end = std::chrono::steady_clock::now() + at_most;
    for (; next_style_ < styles_.size(); ++next_style_, next_letter_ = 0) {
        const Style& style = styles_[next_style_];
        ImFontBaked* const baked = fonts_.font(style.weight)->GetFontBaked(style.font_px);
        while (next_letter_ < style.letters.size()) {
            baked->FindGlyph(style.letters[next_letter_++]);
            if (next_letter_ % 8 == 0 && std::chrono::steady_clock::now() >= end) return true;
        }
    }
    return false;
}

}  // namespace kiosk::ui

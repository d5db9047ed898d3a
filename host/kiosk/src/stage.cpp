#include "stage.hpp"

#include <kiosk/raster/headless.hpp>
#include <kiosk/ui/context.hpp>

#include <optional>

namespace kiosk {

struct Stage::Parts {
    Parts() { raster::attach_renderer(); }
    ~Parts() {
        pictures.reset();
        fonts.reset();
        raster::detach_renderer();
    }
    ui::Context context;
    std::optional<ui::Fonts> fonts;
    std::optional<ui::Pictures> pictures;
};

Stage::Stage(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Stage::~Stage() = default;

core::Result<std::unique_ptr<Stage>> Stage::create() {
    auto parts = std::make_unique<Parts>();
    auto fonts = ui::Fonts::load();
    if (!fonts) return fonts.error();
    parts->fonts = std::move(*fonts);
    return std::unique_ptr<Stage>(new Stage(std::move(parts)));
}

const ui::Fonts& Stage::fonts() const { return *parts_->fonts; }

void Stage::forget_drawing() { parts_->context.forget_drawing(); }

ui::Pictures& Stage::use_pictures(const core::PictureSource& source) { return parts_->pictures.emplace(source); }

raster::Picture Stage::picture_of(const ui::Scene& scene) {
    const ImDrawData& frame = parts_->context.frame(scene, *parts_->fonts, parts_->pictures ? &*parts_->pictures : nullptr);
    raster::answer_texture_requests(frame);
    raster::Picture picture(scene.screen.width_px, scene.screen.height_px);
    raster::Rasteriser().draw(frame, picture.surface(), picture.surface().bounds(), raster::pixel(0, 0, 0));
    return picture;
}

}  // namespace kiosk

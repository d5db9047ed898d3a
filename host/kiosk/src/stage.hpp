// Stage: a Dear ImGui context with no window, in which pages are laid out and drawn to pictures: for `render`,
// `gallery` and `play`. One at a time, one thread. Creation fails where the fonts are not installed.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/raster/picture.hpp>
#include <kiosk/ui/fonts.hpp>
#include <kiosk/ui/pictures.hpp>
#include <kiosk/ui/scene.hpp>

#include <memory>

namespace kiosk {

class Stage {
  public:
    static core::Result<std::unique_ptr<Stage>> create();
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    const ui::Fonts& fonts() const;
    // The pictures of forms, from this source; it must outlive the stage or the next call.
    ui::Pictures& use_pictures(const core::PictureSource& source);
    raster::Picture picture_of(const ui::Scene& scene);
    void forget_drawing();

  private:
    struct Parts;
    explicit Stage(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace kiosk

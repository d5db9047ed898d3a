// Pictures: the pictures of forms as textures of the current Dear ImGui context, each made smaller once for the place it
// is drawn in, and let go of when others need the room.
//
// Borrows the source. Make it after the context and let it go before the renderer; its textures are the renderer's from
// hand_over() on. Main thread. Cannot fail: what the source does not have is not drawn.
#pragma once

#include <kiosk/core/image.hpp>
#include <kiosk/ui/scene.hpp>

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

struct ImDrawList;

namespace kiosk::ui {

class Pictures {
  public:
    explicit Pictures(const core::PictureSource& source);
    ~Pictures();
    Pictures(const Pictures&) = delete;
    Pictures& operator=(const Pictures&) = delete;

    // In pixels of its own; of no size: there is none (yet).
    Rect natural_size(std::string_view name) const;
    std::uint64_t version() const { return source_.version(); }

    void draw(const Photo& photo, ImDrawList& list);
    // After ImGui::Render(), before the frame is shown: the renderer learns of the textures.
    void hand_over();

  private:
    struct Texture;
    Texture& texture_for(std::string_view name, const std::shared_ptr<const core::Image>& image, int width_px, int height_px);
    void let_go();

    const core::PictureSource& source_;
    std::vector<std::unique_ptr<Texture>> textures_;   // the one drawn last stands last
    std::uint64_t frame_ = 0;
    int made_ = 0;
};

}  // namespace kiosk::ui

// Presenter: the port behind which a frame reaches the glass. One is made for a window and destroyed before it.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/raster/picture.hpp>

#include <memory>
#include <span>
#include <string>

struct GLFWwindow;
struct ImDrawData;

namespace kiosk::platform {

class Presenter {
  public:
    virtual ~Presenter() = default;

    virtual std::string name() const = 0;
    // Once for every frame, shown or not.
    virtual void update_textures(const ImDrawData& frame) = 0;
    // Draws the frame inside the damaged rectangles and shows it.
    virtual void present(const ImDrawData& frame, std::span<const raster::PixelRect> damage) = 0;
    // The window was uncovered: shows what was presented last.
    virtual void show_again() = 0;
    // The window has another size; everything presented before is lost.
    virtual void resize(int width_px, int height_px) = 0;
};

// The window's OpenGL context must be current and be of a GPU or a program of its kind, version 3.0 or newer.
core::Result<std::unique_ptr<Presenter>> make_gl_presenter(GLFWwindow* window, raster::Pixel background);
// GL_RENDERER of the current context.
std::string gl_renderer_name();

core::Result<std::unique_ptr<Presenter>> make_x11_presenter(GLFWwindow* window, raster::Pixel background);

}  // namespace kiosk::platform

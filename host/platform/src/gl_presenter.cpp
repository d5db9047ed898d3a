// Draws with OpenGL into a texture that keeps the picture, only inside the damage, then copies it to the window. What a
// swap leaves in the back buffer differs between drivers, so nothing relies on it.
#include "presenter.hpp"

#include <kiosk/core/assert.hpp>

#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <dlfcn.h>

#include <algorithm>
#include <vector>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <GL/gl.h>
#include <GL/glext.h>

namespace kiosk::platform {
namespace {

// The few functions used here, from the driver; nothing links to libGL.
struct GlFunctions {
    decltype(&glGetString) get_string = nullptr;
    decltype(&glEnable) enable = nullptr;
    decltype(&glDisable) disable = nullptr;
    decltype(&glClearColor) clear_color = nullptr;
    decltype(&glClear) clear = nullptr;
    decltype(&glScissor) scissor = nullptr;
    decltype(&glGenTextures) gen_textures = nullptr;
    decltype(&glDeleteTextures) delete_textures = nullptr;
    decltype(&glBindTexture) bind_texture = nullptr;
    decltype(&glTexImage2D) tex_image_2d = nullptr;
    decltype(&glTexParameteri) tex_parameter = nullptr;
    PFNGLGENFRAMEBUFFERSPROC gen_framebuffers = nullptr;
    PFNGLDELETEFRAMEBUFFERSPROC delete_framebuffers = nullptr;
    PFNGLBINDFRAMEBUFFERPROC bind_framebuffer = nullptr;
    PFNGLFRAMEBUFFERTEXTURE2DPROC framebuffer_texture_2d = nullptr;
    PFNGLCHECKFRAMEBUFFERSTATUSPROC check_framebuffer_status = nullptr;
    PFNGLBLITFRAMEBUFFERPROC blit_framebuffer = nullptr;

    bool load() {
        bool complete = true;
        const auto get = [&](auto& function, const char* name) {
            function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(glfwGetProcAddress(name));
            complete = complete && function;
        };
        get(get_string, "glGetString");
        get(enable, "glEnable");
        get(disable, "glDisable");
        get(clear_color, "glClearColor");
        get(clear, "glClear");
        get(scissor, "glScissor");
        get(gen_textures, "glGenTextures");
        get(delete_textures, "glDeleteTextures");
        get(bind_texture, "glBindTexture");
        get(tex_image_2d, "glTexImage2D");
        get(tex_parameter, "glTexParameteri");
        get(gen_framebuffers, "glGenFramebuffers");
        get(delete_framebuffers, "glDeleteFramebuffers");
        get(bind_framebuffer, "glBindFramebuffer");
        get(framebuffer_texture_2d, "glFramebufferTexture2D");
        get(check_framebuffer_status, "glCheckFramebufferStatus");
        get(blit_framebuffer, "glBlitFramebuffer");
        return complete;
    }
};

// ImGui's back end keeps function pointers beyond its shutdown and would call them after a second start, though GLFW and
// it had let go of the libraries they point into.
void keep_libraries_loaded() {
    for (const char* library : {"libGL.so.1", "libOpenGL.so.0", "libGLX.so.0", "libEGL.so.1"})
        dlopen(library, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
}

class GlPresenter final : public Presenter {
  public:
    GlPresenter(GLFWwindow* window, raster::Pixel background, const GlFunctions& gl)
        : window_(window), background_(background), gl_(gl) {
        glfwGetFramebufferSize(window, &width_px_, &height_px_);
        gl_.gen_textures(1, &texture_);
        gl_.gen_framebuffers(1, &framebuffer_);
        allocate();
        glfwSwapInterval(1);
        const bool started = ImGui_ImplOpenGL3_Init("#version 130");
        KIOSK_ASSERT(started);
        keep_libraries_loaded();
        ImGui_ImplOpenGL3_NewFrame();  // makes its shaders now, not during the first frame
    }

    ~GlPresenter() override {
        ImGui_ImplOpenGL3_Shutdown();
        gl_.delete_framebuffers(1, &framebuffer_);
        gl_.delete_textures(1, &texture_);
    }

    std::string name() const override { return gl_renderer_name(); }

    bool is_complete() const {
        gl_.bind_framebuffer(GL_FRAMEBUFFER, framebuffer_);
        return gl_.check_framebuffer_status(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
    }

    void update_textures(const ImDrawData& frame) override {
        if (!frame.Textures) return;
        for (ImTextureData* texture : *frame.Textures)
            if (texture->Status != ImTextureStatus_OK) ImGui_ImplOpenGL3_UpdateTexture(texture);
    }

    void present(const ImDrawData& frame, std::span<const raster::PixelRect> damage) override {
        // One rectangle around all: a GPU fills faster than it is told of many.
        raster::PixelRect all = damage.front();
        for (const raster::PixelRect& rect : damage)
            all = {std::min(all.x0, rect.x0), std::min(all.y0, rect.y0), std::max(all.x1, rect.x1),
                   std::max(all.y1, rect.y1)};
        gl_.bind_framebuffer(GL_FRAMEBUFFER, framebuffer_);
        gl_.enable(GL_SCISSOR_TEST);
        gl_.scissor(all.x0, height_px_ - all.y1, all.width(), all.height());
        const auto channel = [this](int shift) { return static_cast<float>(background_ >> shift & 255) / 255.0f; };
        gl_.clear_color(channel(16), channel(8), channel(0), 1);
        gl_.clear(GL_COLOR_BUFFER_BIT);
        gl_.disable(GL_SCISSOR_TEST);
        draw_clipped(frame, all);
        show_again();
    }

    void show_again() override {
        gl_.bind_framebuffer(GL_READ_FRAMEBUFFER, framebuffer_);
        gl_.bind_framebuffer(GL_DRAW_FRAMEBUFFER, 0);
        gl_.blit_framebuffer(0, 0, width_px_, height_px_, 0, 0, width_px_, height_px_, GL_COLOR_BUFFER_BIT, GL_NEAREST);
        glfwSwapBuffers(window_);
    }

    void resize(int width_px, int height_px) override {
        width_px_ = std::max(1, width_px);
        height_px_ = std::max(1, height_px);
        allocate();
    }

  private:
    void allocate() {
        gl_.bind_texture(GL_TEXTURE_2D, texture_);
        gl_.tex_image_2d(GL_TEXTURE_2D, 0, GL_RGBA8, width_px_, height_px_, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
        gl_.tex_parameter(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
        gl_.tex_parameter(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
        gl_.bind_framebuffer(GL_FRAMEBUFFER, framebuffer_);
        gl_.framebuffer_texture_2d(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_, 0);
        gl_.bind_texture(GL_TEXTURE_2D, 0);
    }

    // The back end scissors to each command's clip rectangle, so the damage is cut out of those for the while.
    void draw_clipped(const ImDrawData& frame, const raster::PixelRect& clip) {
        std::vector<ImVec4> kept;
        for (ImDrawList* list : frame.CmdLists) {
            for (ImDrawCmd& command : list->CmdBuffer) {
                kept.push_back(command.ClipRect);
                ImVec4& r = command.ClipRect;
                r = {std::max(r.x, static_cast<float>(clip.x0)), std::max(r.y, static_cast<float>(clip.y0)),
                     std::min(r.z, static_cast<float>(clip.x1)), std::min(r.w, static_cast<float>(clip.y1))};
            }
        }
        ImDrawData drawn = frame;
        drawn.Textures = nullptr;  // update_textures() has been there
        ImGui_ImplOpenGL3_RenderDrawData(&drawn);
        std::size_t next = 0;
        for (ImDrawList* list : frame.CmdLists)
            for (ImDrawCmd& command : list->CmdBuffer) command.ClipRect = kept[next++];
    }

    GLFWwindow* window_;
    raster::Pixel background_;
    GlFunctions gl_;
    GLuint texture_ = 0;
    GLuint framebuffer_ = 0;
    int width_px_ = 0;
    int height_px_ = 0;
};

}  // namespace

std::string gl_renderer_name() {
    const auto get_string = reinterpret_cast<decltype(&glGetString)>(glfwGetProcAddress("glGetString"));
    const GLubyte* const name = get_string ? get_string(GL_RENDERER) : nullptr;
    return name ? reinterpret_cast<const char*>(name) : "";
}

core::Result<std::unique_ptr<Presenter>> make_gl_presenter(GLFWwindow* window, raster::Pixel background) {
    GlFunctions gl;
    const core::Error too_old{"display.opengl_too_old",
                              {"OpenGL của máy này quá cũ (cần 3.0). Hãy chạy với --renderer raster.",
                               "This machine's OpenGL is too old (3.0 is needed). Run with --renderer raster."}};
    if (!gl.load()) return too_old;
    auto presenter = std::make_unique<GlPresenter>(window, background, gl);
    if (!presenter->is_complete()) return too_old;
    return std::unique_ptr<Presenter>(std::move(presenter));
}

}  // namespace kiosk::platform

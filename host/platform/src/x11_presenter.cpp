// Draws in software into an image shared with the X server and has it copy the changed rectangles to the window.
#include "presenter.hpp"

#include <kiosk/core/assert.hpp>
#include <kiosk/raster/headless.hpp>
#include <kiosk/raster/rasteriser.hpp>

#include <thread>

#define GLFW_INCLUDE_NONE
#define GLFW_EXPOSE_NATIVE_X11
#include <GLFW/glfw3.h>
#include <GLFW/glfw3native.h>
// Xlib's macros come last.
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <sys/ipc.h>
#include <sys/shm.h>

namespace kiosk::platform {
namespace {

// Set while a request that may fail is under way: X reports errors to one function of the process.
bool x_request_failed = false;
int note_x_error(Display*, XErrorEvent*) {
    x_request_failed = true;
    return 0;
}

// An image the server reads from shared memory; on a remote display, one that is sent over the connection.
class SharedImage {
  public:
    SharedImage(Display* display, int width_px, int height_px) : display_(display) {
        const int screen = DefaultScreen(display);
        Visual* const visual = DefaultVisual(display, screen);
        const auto depth = static_cast<unsigned>(DefaultDepth(display, screen));
        const auto width = static_cast<unsigned>(width_px);
        const auto height = static_cast<unsigned>(height_px);
        if (XShmQueryExtension(display)) {
            image_ = XShmCreateImage(display, visual, depth, ZPixmap, nullptr, &segment_, width, height);
            if (image_ && !attach()) {
                XDestroyImage(image_);
                image_ = nullptr;
            }
        }
        if (!image_) {
            plain_.assign(static_cast<std::size_t>(width) * height, 0);
            image_ = XCreateImage(display, visual, depth, ZPixmap, 0, reinterpret_cast<char*>(plain_.data()), width,
                                  height, 32, 0);
        }
        KIOSK_ASSERT(image_);
    }

    ~SharedImage() {
        if (is_shared()) {
            XShmDetach(display_, &segment_);
            XSync(display_, False);
            shmdt(segment_.shmaddr);
        }
        image_->data = nullptr;  // ours, not Xlib's to free
        XDestroyImage(image_);
    }
    SharedImage(const SharedImage&) = delete;
    SharedImage& operator=(const SharedImage&) = delete;

    bool is_shared() const { return segment_.shmaddr != nullptr; }
    raster::Surface surface() const {
        return {reinterpret_cast<raster::Pixel*>(image_->data), image_->width, image_->height,
                image_->bytes_per_line / static_cast<int>(sizeof(raster::Pixel))};
    }

    void copy_to(Window window, GC context, const raster::PixelRect& rect) const {
        const auto width = static_cast<unsigned>(rect.width());
        const auto height = static_cast<unsigned>(rect.height());
        if (is_shared())
            XShmPutImage(display_, window, context, image_, rect.x0, rect.y0, rect.x0, rect.y0, width, height, False);
        else
            XPutImage(display_, window, context, image_, rect.x0, rect.y0, rect.x0, rect.y0, width, height);
    }

  private:
    bool attach() {
        const std::size_t size = static_cast<std::size_t>(image_->bytes_per_line) * static_cast<std::size_t>(image_->height);
        segment_.shmid = shmget(IPC_PRIVATE, size, IPC_CREAT | 0600);
        if (segment_.shmid < 0) return false;
        void* const memory = shmat(segment_.shmid, nullptr, 0);
        if (memory != reinterpret_cast<void*>(-1)) {
            segment_.shmaddr = image_->data = static_cast<char*>(memory);
            segment_.readOnly = True;  // the server only reads
            x_request_failed = false;
            const auto previous = XSetErrorHandler(note_x_error);
            XShmAttach(display_, &segment_);
            XSync(display_, False);
            XSetErrorHandler(previous);
            if (x_request_failed) {  // a server on another machine cannot
                shmdt(memory);
                segment_.shmaddr = image_->data = nullptr;
            }
        }
        shmctl(segment_.shmid, IPC_RMID, nullptr);  // goes when both have let go, even after a crash
        return is_shared();
    }

    Display* display_;
    XShmSegmentInfo segment_{};
    XImage* image_ = nullptr;
    std::vector<raster::Pixel> plain_;
};

class X11Presenter final : public Presenter {
  public:
    X11Presenter(GLFWwindow* window, raster::Pixel background)
        : display_(glfwGetX11Display()),
          window_(glfwGetX11Window(window)),
          background_(background),
          rasteriser_(std::thread::hardware_concurrency() > 1 ? raster::Tiling::two_threads : raster::Tiling::single) {
        context_ = XCreateGC(display_, window_, 0, nullptr);
        int width_px = 0, height_px = 0;
        glfwGetFramebufferSize(window, &width_px, &height_px);
        resize(width_px, height_px);
        raster::attach_renderer();
    }

    ~X11Presenter() override {
        raster::detach_renderer();
        image_.reset();
        XFreeGC(display_, context_);
    }

    std::string name() const override { return image_->is_shared() ? "raster, MIT-SHM" : "raster, XPutImage"; }

    void update_textures(const ImDrawData& frame) override { raster::answer_texture_requests(frame); }

    void present(const ImDrawData& frame, std::span<const raster::PixelRect> damage) override {
        wait_for_server();
        rasteriser_.draw(frame, image_->surface(), damage, background_);
        for (const raster::PixelRect& rect : damage) image_->copy_to(window_, context_, rect);
        note_copies();
    }

    void show_again() override {
        image_->copy_to(window_, context_, image_->surface().bounds());
        note_copies();
    }

    void resize(int width_px, int height_px) override {
        if (image_) wait_for_server();
        image_.reset();
        image_ = std::make_unique<SharedImage>(display_, std::max(1, width_px), std::max(1, height_px));
    }

  private:
    void note_copies() {
        XFlush(display_);
        last_copy_ = XNextRequest(display_) - 1;
    }
    // The server may not have read the last frame yet; drawing over it would tear. Every event tells how far it has come,
    // so after a touch there is nearly always no need to ask.
    void wait_for_server() {
        if (XLastKnownRequestProcessed(display_) < last_copy_) XSync(display_, False);
    }

    Display* display_;
    Window window_;
    GC context_;
    raster::Pixel background_;
    raster::Rasteriser rasteriser_;
    std::unique_ptr<SharedImage> image_;
    unsigned long last_copy_ = 0;   // the number of the request
};

}  // namespace

core::Result<std::unique_ptr<Presenter>> make_x11_presenter(GLFWwindow* window, raster::Pixel background) {
    Display* const display = glfwGetX11Display();
    const Visual* const visual = DefaultVisual(display, DefaultScreen(display));
    if (DefaultDepth(display, DefaultScreen(display)) != 24 || visual->red_mask != 0xFF0000 ||
        visual->green_mask != 0xFF00 || visual->blue_mask != 0xFF)
        return core::Error{"display.depth",
                           {"Màn hình phải dùng màu 24 bit. Đặt DefaultDepth 24 trong cấu hình X.",
                            "The screen must use 24-bit colour. Set DefaultDepth 24 in the X configuration."}};
    return std::unique_ptr<Presenter>(std::make_unique<X11Presenter>(window, background));
}

}  // namespace kiosk::platform

#include <kiosk/platform/window.hpp>

#include "keys.hpp"
#include "presenter.hpp"
#include "renderer_choice.hpp"

#include <kiosk/core/assert.hpp>
#include <kiosk/platform/touch_router.hpp>
#include <kiosk/raster/damage.hpp>

#include <imgui.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace kiosk::platform {
namespace {

void mark(const WindowOptions& options, const char* stage) {
    if (options.trace) options.trace->mark(stage);
}

// glfwInit() and glfwTerminate(), once at a time.
class GlfwLibrary {
  public:
    static core::Result<std::unique_ptr<GlfwLibrary>> start() {
#ifdef GLFW_PLATFORM
        // GLFW 3.4 would choose Wayland, where it knows no touch.
        glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);
#endif
        // Reading the keyboard's table of composed letters takes longer than drawing the first page, and nobody here
        // composes letters with a dead key: Vietnamese is typed as our own keyboard types it.
        setenv("XCOMPOSEFILE", "/dev/null", 0);
        if (!glfwInit()) {
            const char* const display = std::getenv("DISPLAY");
            const std::string which = display && *display ? display : "-";
            return core::Error{"display.none",
                               {"Không mở được màn hình X11 (DISPLAY: " + which +
                                    "). Hãy chạy trong phiên đồ họa, hoặc đặt DISPLAY.",
                                "No X11 display could be opened (DISPLAY: " + which +
                                    "). Run inside a graphical session, or set DISPLAY."}};
        }
        return std::unique_ptr<GlfwLibrary>(new GlfwLibrary);
    }
    ~GlfwLibrary() { glfwTerminate(); }

  private:
    GlfwLibrary() = default;
};

struct WindowCloser {
    void operator()(GLFWwindow* window) const { glfwDestroyWindow(window); }
};
using GlfwWindow = std::unique_ptr<GLFWwindow, WindowCloser>;

// The monitor's own size, or what was asked for where it fits.
core::ScreenSize choose_screen(const WindowOptions& options, GLFWmonitor* monitor) {
    if (options.is_windowed || !monitor) return options.screen.value_or(core::ScreenSize{});
    const GLFWvidmode* const mode = glfwGetVideoMode(monitor);
    core::ScreenSize screen{.width_px = mode->width, .height_px = mode->height};
    if (options.screen && options.screen->width_px == mode->width && options.screen->height_px == mode->height)
        return *options.screen;
    int width_mm = 0, height_mm = 0;
    glfwGetMonitorPhysicalSize(monitor, &width_mm, &height_mm);
    constexpr int kPlausible = 50;  // some monitors tell nothing, or their aspect ratio
    constexpr float kMillimetresPerPixel = 25.4f / 96;
    const bool is_plausible = width_mm >= kPlausible && height_mm >= kPlausible;
    screen.width_mm = {is_plausible ? static_cast<float>(width_mm) : static_cast<float>(mode->width) * kMillimetresPerPixel};
    screen.height_mm = {is_plausible ? static_cast<float>(height_mm) : static_cast<float>(mode->height) * kMillimetresPerPixel};
    return screen;
}

GlfwWindow open_window(const WindowOptions& options, const core::ScreenSize& screen, GLFWmonitor* monitor, bool with_gl) {
    glfwDefaultWindowHints();
    if (with_gl) {
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 0);
        glfwWindowHint(GLFW_DEPTH_BITS, 0);
        glfwWindowHint(GLFW_STENCIL_BITS, 0);
    } else {
        glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
    }
    glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
    glfwWindowHint(GLFW_RESIZABLE, options.is_windowed ? GLFW_TRUE : GLFW_FALSE);
    glfwWindowHint(GLFW_DECORATED, options.is_windowed ? GLFW_TRUE : GLFW_FALSE);
    GLFWmonitor* const covered = options.is_windowed ? nullptr : monitor;
    if (covered) {  // the mode the monitor is in: no switching, no flicker
        const GLFWvidmode* const mode = glfwGetVideoMode(covered);
        glfwWindowHint(GLFW_RED_BITS, mode->redBits);
        glfwWindowHint(GLFW_GREEN_BITS, mode->greenBits);
        glfwWindowHint(GLFW_BLUE_BITS, mode->blueBits);
        glfwWindowHint(GLFW_REFRESH_RATE, mode->refreshRate);
    }
    return GlfwWindow(glfwCreateWindow(screen.width_px, screen.height_px, "feedback-kiosk", covered, nullptr));
}

core::Error no_opengl(const std::string& why) {
    return {"display.no_opengl",
            {"Không dùng được OpenGL (" + why + "). Hãy chạy với --renderer raster, hoặc cài trình điều khiển GPU.",
             "OpenGL cannot be used (" + why + "). Run with --renderer raster, or install the GPU's driver."}};
}

std::string last_glfw_error() {
    const char* description = nullptr;
    glfwGetError(&description);
    return description ? description : "GLFW";
}

}  // namespace

struct Window::Parts {
    const core::Clock& clock;
    std::unique_ptr<GlfwLibrary> library;
    GlfwWindow window;
    std::unique_ptr<Presenter> presenter;
    core::ScreenSize screen;
    RendererInfo renderer;
    FrameCounts counts;
    raster::DamageTracker damage;
    TouchRouter touch;
    std::vector<InputEvent> input;
    bool needs_redraw = true;
    std::optional<core::SteadyTime> last_frame;

    explicit Parts(const core::Clock& given) : clock(given) {}

    core::Result<void> open(const WindowOptions& options);
    core::Result<void> open_with_gl(const WindowOptions& options, GLFWmonitor* monitor);
    core::Result<void> open_with_raster(const WindowOptions& options, GLFWmonitor* monitor, core::Words reason);
    void listen(bool hides_pointer);
    void take_touches();
    void resized(int width_px, int height_px);

    static Parts& of(GLFWwindow* window) { return *static_cast<Parts*>(glfwGetWindowUserPointer(window)); }
};

core::Result<void> Window::Parts::open_with_gl(const WindowOptions& options, GLFWmonitor* monitor) {
    window = open_window(options, screen, monitor, true);
    if (!window) return no_opengl(last_glfw_error());
    mark(options, "window with OpenGL");
    glfwMakeContextCurrent(window.get());
    const std::string name = gl_renderer_name();
    if (options.renderer == RendererChoice::automatic && is_software_renderer(name)) return no_opengl(name);
    auto made = make_gl_presenter(window.get(), options.background);
    if (!made) return made.error();
    presenter = std::move(made).value();
    mark(options, "OpenGL renderer");
    renderer = {RendererChoice::gl, name, {"OpenGL trên " + name, "OpenGL on " + name}};
    return {};
}

core::Result<void> Window::Parts::open_with_raster(const WindowOptions& options, GLFWmonitor* monitor,
                                                   core::Words reason) {
    window.reset();
    window = open_window(options, screen, monitor, false);
    if (!window) {
        const std::string why = last_glfw_error();
        return core::Error{"display.no_window",
                           {"Không mở được cửa sổ: " + why + ". Hãy kiểm tra máy chủ X.",
                            "The window could not be opened: " + why + ". Check the X server."}};
    }
    mark(options, "window");
    auto made = make_x11_presenter(window.get(), options.background);
    if (!made) return made.error();
    presenter = std::move(made).value();
    mark(options, "software renderer");
    renderer = {RendererChoice::raster, presenter->name(), std::move(reason)};
    return {};
}

core::Result<void> Window::Parts::open(const WindowOptions& options) {
    auto started = GlfwLibrary::start();
    if (!started) return started.error();
    library = std::move(started).value();
    mark(options, "X display");
    GLFWmonitor* const monitor = glfwGetPrimaryMonitor();
    screen = choose_screen(options, monitor);

    core::Result<void> opened;
    if (options.renderer == RendererChoice::raster) {
        opened = open_with_raster(options, monitor, {"Được chọn trước.", "Chosen beforehand."});
    } else if (options.renderer == RendererChoice::automatic && !has_gpu_device("/dev")) {
        opened = open_with_raster(options, monitor, {"Máy không có GPU.", "The machine has no GPU."});
    } else {
        opened = open_with_gl(options, monitor);
        if (!opened && options.renderer == RendererChoice::automatic)
            opened = open_with_raster(options, monitor, core::Words(opened.error().message));
    }
    if (!opened) return opened;
    if (!options.is_windowed && !monitor) glfwSetWindowPos(window.get(), 0, 0);
    listen(!options.is_windowed);
    int width_px = 0, height_px = 0;
    glfwGetFramebufferSize(window.get(), &width_px, &height_px);
    if (width_px != screen.width_px || height_px != screen.height_px) resized(width_px, height_px);
    return {};
}

void Window::Parts::resized(int width_px, int height_px) {
    if (width_px <= 0 || height_px <= 0) return;
    const float per_px = screen.width_mm.value / static_cast<float>(screen.width_px);
    screen = {.width_px = width_px, .height_px = height_px,
              .width_mm = {static_cast<float>(width_px) * per_px},
              .height_mm = {static_cast<float>(height_px) * per_px}};
    presenter->resize(width_px, height_px);
    damage.invalidate();
    needs_redraw = true;
}

// Keeps fingers, keys and characters in the order they came.
void Window::Parts::take_touches() {
    for (const PointerEvent& event : touch.take()) input.emplace_back(event);
}

void Window::Parts::listen(bool hides_pointer) {
    GLFWwindow* const w = window.get();
    glfwSetWindowUserPointer(w, this);
    if (hides_pointer) glfwSetInputMode(w, GLFW_CURSOR, GLFW_CURSOR_HIDDEN);
    glfwSetCursorPosCallback(w, [](GLFWwindow* from, double x, double y) {
        Parts& p = of(from);
        const auto within = [](double at, int size) {
            return static_cast<float>(std::clamp(at, 0.0, static_cast<double>(std::max(0, size - 1))));
        };
        p.touch.moved(within(x, p.screen.width_px), within(y, p.screen.height_px), p.clock.steady_now());
        p.take_touches();
    });
    glfwSetMouseButtonCallback(w, [](GLFWwindow* from, int button, int action, int) {
        if (button != GLFW_MOUSE_BUTTON_LEFT) return;  // a finger is always the first button
        Parts& p = of(from);
        const core::SteadyTime now = p.clock.steady_now();
        action == GLFW_PRESS ? p.touch.pressed(now) : p.touch.released(now);
        p.take_touches();
    });
    glfwSetWindowFocusCallback(w, [](GLFWwindow* from, int is_focused) {
        if (is_focused) return;
        Parts& p = of(from);
        p.touch.interrupted(p.clock.steady_now());
        p.take_touches();
    });
    glfwSetKeyCallback(w, [](GLFWwindow* from, int key, int, int action, int modifiers) {
        if (action == GLFW_RELEASE) return;
        Parts& p = of(from);
        if (const std::optional<Key> known = key_from_glfw(key, modifiers))
            p.input.emplace_back(KeyEvent{*known, action == GLFW_REPEAT, p.clock.steady_now()});
    });
    glfwSetCharCallback(w, [](GLFWwindow* from, unsigned code_point) {
        Parts& p = of(from);
        std::string character = utf8_from(code_point);
        if (!character.empty()) p.input.emplace_back(TextEvent{std::move(character), p.clock.steady_now()});
    });
    glfwSetWindowRefreshCallback(w, [](GLFWwindow* from) {
        Parts& p = of(from);
        if (p.counts.presented > 0) p.presenter->show_again();
    });
    glfwSetFramebufferSizeCallback(w, [](GLFWwindow* from, int width, int height) { of(from).resized(width, height); });
}

core::Result<std::unique_ptr<Window>> Window::create(const WindowOptions& options, const core::Clock& clock) {
    KIOSK_ASSERT(ImGui::GetCurrentContext());
    auto parts = std::make_unique<Parts>(clock);
    if (auto opened = parts->open(options); !opened) return opened.error();
    ImGuiIO& io = ImGui::GetIO();
    io.BackendPlatformName = "kiosk_platform";
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    return std::unique_ptr<Window>(new Window(std::move(parts)));
}

Window::Window(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Window::~Window() {
    parts_->presenter.reset();
    ImGui::GetIO().BackendPlatformName = nullptr;
}

const core::ScreenSize& Window::screen() const { return parts_->screen; }
const RendererInfo& Window::renderer() const { return parts_->renderer; }
const FrameCounts& Window::frame_counts() const { return parts_->counts; }

std::vector<InputEvent> Window::wait(std::optional<core::SteadyTime> at_most) {
    if (!at_most)
        glfwWaitEvents();
    else if (at_most->count() <= 0)
        glfwPollEvents();
    else
        glfwWaitEventsTimeout(std::chrono::duration<double>(*at_most).count());
    return std::exchange(parts_->input, {});
}

void Window::wake() { glfwPostEmptyEvent(); }

bool Window::take_redraw_request() { return std::exchange(parts_->needs_redraw, false); }

bool Window::is_closed() const { return glfwWindowShouldClose(parts_->window.get()); }

void Window::begin_frame() {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(parts_->screen.width_px), static_cast<float>(parts_->screen.height_px)};
    const core::SteadyTime now = parts_->clock.steady_now();
    const core::SteadyTime since = parts_->last_frame ? now - *parts_->last_frame : core::SteadyTime{16};
    io.DeltaTime = std::max(0.001f, std::chrono::duration<float>(since).count());  // ImGui wants it above 0
    parts_->last_frame = now;
}

bool Window::present() {
    const ImDrawData* const frame = ImGui::GetDrawData();
    KIOSK_ASSERT(frame);
    ++parts_->counts.submitted;
    const std::vector<raster::PixelRect>& damage = parts_->damage.update(*frame);
    parts_->presenter->update_textures(*frame);
    if (damage.empty()) return false;
    parts_->presenter->present(*frame, damage);
    ++parts_->counts.presented;
    for (const raster::PixelRect& rect : damage) parts_->counts.presented_px += static_cast<std::uint64_t>(rect.area());
    return true;
}

}  // namespace kiosk::platform

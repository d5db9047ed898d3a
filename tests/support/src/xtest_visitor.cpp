#include <kiosk/test_support/xtest_visitor.hpp>

#include <poll.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <thread>

// Xlib's macros come last.
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/extensions/Xdamage.h>

namespace kiosk::test_support {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kDragStep{10};

}  // namespace

struct XTestVisitor::Connection {
    Display* display = nullptr;
    Window root = 0;
    Damage damage = 0;
    int damage_event = 0;
    Window cover = 0;

    ~Connection() {
        if (!display) return;
        if (damage) XDamageDestroy(display, damage);
        XCloseDisplay(display);
    }

    // Sleeps until something was drawn or the time is over; true if something was.
    bool wait_for_drawing(Clock::time_point until) {
        bool was_drawn = false;
        for (;;) {
            while (XPending(display)) {
                XEvent event;
                XNextEvent(display, &event);
                was_drawn |= event.type == damage_event + XDamageNotify;
            }
            if (was_drawn) {
                XDamageSubtract(display, damage, None, None);
                return true;
            }
            const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
            if (left.count() <= 0) return false;
            pollfd waiting{.fd = ConnectionNumber(display), .events = POLLIN, .revents = 0};
            poll(&waiting, 1, static_cast<int>(left.count()));
        }
    }

    void press_key(KeyCode code, bool shifted) {
        const KeyCode shift = XKeysymToKeycode(display, XStringToKeysym("Shift_L"));
        if (shifted) XTestFakeKeyEvent(display, shift, True, CurrentTime);
        XTestFakeKeyEvent(display, code, True, CurrentTime);
        XTestFakeKeyEvent(display, code, False, CurrentTime);
        if (shifted) XTestFakeKeyEvent(display, shift, False, CurrentTime);
        XSync(display, False);
    }

    bool press_keysym(KeySym symbol) {
        const KeyCode code = symbol == NoSymbol ? KeyCode{0} : XKeysymToKeycode(display, symbol);
        if (code == 0) return false;
        press_key(code, symbol_of(code, 0) != symbol);
        return true;
    }

    KeySym symbol_of(KeyCode code, int level) {
        int per_code = 0;
        KeySym* const symbols = XGetKeyboardMapping(display, code, 1, &per_code);
        const KeySym symbol = symbols && level < per_code ? symbols[level] : NoSymbol;
        XFree(symbols);
        return symbol;
    }
};

core::Result<std::unique_ptr<XTestVisitor>> XTestVisitor::create(const std::string& display) {
    auto connection = std::make_unique<Connection>();
    connection->display = XOpenDisplay(display.empty() ? nullptr : display.c_str());
    int error_base = 0, event_base = 0, major = 0, minor = 0;
    if (!connection->display ||
        !XTestQueryExtension(connection->display, &event_base, &error_base, &major, &minor) ||
        !XDamageQueryExtension(connection->display, &connection->damage_event, &error_base))
        return core::Error{"visitor.no_display", {"Không mở được màn hình X, hoặc thiếu XTest hay XDamage.",
                                                  "No X display, or one without XTest or XDamage."}};
    connection->root = DefaultRootWindow(connection->display);
    connection->damage = XDamageCreate(connection->display, connection->root, XDamageReportNonEmpty);
    XSync(connection->display, False);
    return std::unique_ptr<XTestVisitor>(new XTestVisitor(std::move(connection)));
}

XTestVisitor::XTestVisitor(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
XTestVisitor::~XTestVisitor() = default;

void XTestVisitor::move(Point to) {
    XTestFakeMotionEvent(connection_->display, -1, to.x_px, to.y_px, CurrentTime);
    XSync(connection_->display, False);
}

void XTestVisitor::press(Point at) {
    move(at);
    XTestFakeButtonEvent(connection_->display, 1, True, CurrentTime);
    XSync(connection_->display, False);
}

void XTestVisitor::release() {
    XTestFakeButtonEvent(connection_->display, 1, False, CurrentTime);
    XSync(connection_->display, False);
}

void XTestVisitor::tap(Point at, milliseconds held) {
    press(at);
    std::this_thread::sleep_for(held);
    release();
}

void XTestVisitor::drag(Point from, Point to, milliseconds duration) {
    press(from);
    const int steps = std::max(1, static_cast<int>(duration / kDragStep));
    for (int i = 1; i <= steps; ++i) {
        std::this_thread::sleep_for(kDragStep);
        move({from.x_px + (to.x_px - from.x_px) * i / steps, from.y_px + (to.y_px - from.y_px) * i / steps});
    }
    release();
}

bool XTestVisitor::key(const std::string& name) { return connection_->press_keysym(XStringToKeysym(name.c_str())); }

bool XTestVisitor::type(std::string_view text) {
    // The keysyms of Latin-1 are its code points.
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return connection_->press_keysym(static_cast<KeySym>(static_cast<unsigned char>(c)));
    });
}

void XTestVisitor::cover(const raster::PixelRect& part) {
    XSetWindowAttributes attributes{};
    attributes.background_pixel = 0x808080;
    attributes.override_redirect = True;  // no window manager's business
    connection_->cover = XCreateWindow(connection_->display, connection_->root, part.x0, part.y0,
                                       static_cast<unsigned>(part.width()), static_cast<unsigned>(part.height()), 0,
                                       CopyFromParent, InputOutput, nullptr, CWBackPixel | CWOverrideRedirect, &attributes);
    XMapRaised(connection_->display, connection_->cover);
    XSync(connection_->display, False);
}

void XTestVisitor::uncover() {
    XDestroyWindow(connection_->display, connection_->cover);
    XSync(connection_->display, False);
}

raster::Picture XTestVisitor::picture() const {
    XWindowAttributes attributes;
    XGetWindowAttributes(connection_->display, connection_->root, &attributes);
    return picture({0, 0, attributes.width, attributes.height});
}

raster::Picture XTestVisitor::picture(const raster::PixelRect& part) const {
    raster::Picture picture(part.width(), part.height());
    XImage* const image =
        XGetImage(connection_->display, connection_->root, part.x0, part.y0, static_cast<unsigned>(part.width()),
                  static_cast<unsigned>(part.height()), AllPlanes, ZPixmap);
    if (!image) return picture;
    const bool is_plain = image->bits_per_pixel == 32 && image->byte_order == LSBFirst && image->red_mask == 0xFF0000;
    for (int y = 0; y < part.height(); ++y) {
        raster::Pixel* const row = picture.surface().row(y);
        if (is_plain)
            std::memcpy(row, image->data + static_cast<std::ptrdiff_t>(y) * image->bytes_per_line,
                        static_cast<std::size_t>(part.width()) * sizeof *row);
        for (int x = 0; x < part.width(); ++x)
            row[x] = 0xFF000000u | (is_plain ? row[x] : static_cast<raster::Pixel>(XGetPixel(image, x, y) & 0xFFFFFF));
    }
    XDestroyImage(image);
    return picture;
}

std::optional<std::chrono::microseconds> XTestVisitor::wait_for_change(const raster::PixelRect& part,
                                                                       const raster::Picture& before,
                                                                       milliseconds at_most) {
    const Clock::time_point start = Clock::now();
    for (Clock::time_point drawn = start;; drawn = Clock::now()) {  // before the picture is fetched, which takes its time
        if (picture(part) != before) return std::chrono::duration_cast<std::chrono::microseconds>(drawn - start);
        if (!connection_->wait_for_drawing(start + at_most)) return std::nullopt;
    }
}

bool XTestVisitor::wait_until_still(milliseconds quiet, milliseconds at_most) {
    const Clock::time_point end = Clock::now() + at_most;
    while (connection_->wait_for_drawing(Clock::now() + quiet))
        if (Clock::now() > end) return false;
    return true;
}

int XTestVisitor::drawings_within(milliseconds time) {
    const Clock::time_point end = Clock::now() + time;
    int count = 0;
    while (connection_->wait_for_drawing(end)) ++count;
    return count;
}

}  // namespace kiosk::test_support

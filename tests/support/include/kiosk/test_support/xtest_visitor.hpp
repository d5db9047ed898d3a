// XTestVisitor: a visitor at an X display: real pointer and key events through the XTest extension, and eyes for what is
// on the screen. Works for any program on that display. One thread. Fails when the display cannot be opened.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/raster/picture.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::test_support {

struct Point {
    int x_px = 0;
    int y_px = 0;
};

class XTestVisitor {
  public:
    // An empty name means $DISPLAY.
    static core::Result<std::unique_ptr<XTestVisitor>> create(const std::string& display = {});
    ~XTestVisitor();
    XTestVisitor(const XTestVisitor&) = delete;
    XTestVisitor& operator=(const XTestVisitor&) = delete;

    void tap(Point at, std::chrono::milliseconds held = std::chrono::milliseconds{60});
    void press(Point at);
    void move(Point to);
    void release();
    void drag(Point from, Point to, std::chrono::milliseconds duration);
    // An X keysym's name ("Return", "Left", "a"). False: there is no such key.
    bool key(const std::string& name);
    // Characters of the US keyboard. False: one of them has no key; those before it were typed.
    bool type(std::string_view text);

    // Puts a grey window of another program over a part of the screen, and takes it away again.
    void cover(const raster::PixelRect& part);
    void uncover();

    raster::Picture picture() const;
    raster::Picture picture(const raster::PixelRect& part) const;
    // Waits, asleep, for the part of the screen to differ from how it looked; the time until that was drawn, or nothing.
    std::optional<std::chrono::microseconds> wait_for_change(const raster::PixelRect& part, const raster::Picture& before,
                                                             std::chrono::milliseconds at_most);
    // Waits until nothing has been drawn anywhere for that long. False: there was always something.
    bool wait_until_still(std::chrono::milliseconds quiet, std::chrono::milliseconds at_most);
    // How often something was drawn in that time; bursts closer than the server reports count once.
    int drawings_within(std::chrono::milliseconds time);

  private:
    struct Connection;
    explicit XTestVisitor(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
};

}  // namespace kiosk::test_support

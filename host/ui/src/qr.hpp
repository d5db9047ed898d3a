// A text as a QR code: the dark modules, as runs along each row. Pure; libqrencode stays behind this.
#pragma once

#include <string>
#include <vector>

namespace kiosk::ui {

struct QrCode {
    struct Run { int x, y, length; };
    int side = 0;                // in modules, without the quiet zone
    std::vector<Run> dark;
};

// Medium correction. Empty (side 0) for a text that is too long to be one.
QrCode qr_code(const std::string& text);

}  // namespace kiosk::ui

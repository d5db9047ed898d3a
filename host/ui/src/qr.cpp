#include "qr.hpp"

#include <qrencode.h>

#include <memory>

namespace kiosk::ui {

QrCode qr_code(const std::string& text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), QRcode_free);
    QrCode made;
    if (!code) return made;
    made.side = code->width;
    const auto is_dark = [&](int x, int y) { return (code->data[y * code->width + x] & 1) != 0; };
    for (int y = 0; y < made.side; ++y)
        for (int x = 0; x < made.side;) {
            int end = x;
            while (end < made.side && is_dark(end, y)) ++end;
            if (end > x) made.dark.push_back({x, y, end - x});
            x = end + 1;
        }
    return made;
}

}  // namespace kiosk::ui

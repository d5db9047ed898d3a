// documents.so: what load_make_pdf() looks for.
#include <kiosk/documents/document.hpp>

extern "C" {
[[gnu::visibility("default")]] extern decltype(&kiosk::documents::make_pdf) const kiosk_make_pdf = kiosk::documents::make_pdf;
}

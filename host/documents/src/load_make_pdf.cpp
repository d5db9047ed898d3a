#include <kiosk/documents/document.hpp>

#include <dlfcn.h>

namespace kiosk::documents {

core::Result<std::function<decltype(make_pdf)>> load_make_pdf(const std::filesystem::path& module) {
    void* const loaded = dlopen(module.c_str(), RTLD_NOW | RTLD_LOCAL);
    const void* const found = loaded ? dlsym(loaded, "kiosk_make_pdf") : nullptr;
    if (found) return std::function<decltype(make_pdf)>(*static_cast<decltype(&make_pdf) const*>(found));
    const std::string reason = dlerror();
    return core::Error{"document.not_drawn", {"Không nạp được phần vẽ trang in; hãy cài lại phần mềm. " + reason,
                                              "The part that draws printed pages cannot be loaded; install the software again. " + reason}};
}

}  // namespace kiosk::documents

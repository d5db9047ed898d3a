#include "sealed_library.hpp"

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/library_info.hpp>
#include <boost/dll/shared_library.hpp>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <string>
#include <utility>

namespace kiosk::plugin_host {
namespace {

constexpr const char* kEntryName = "kiosk_plugin";

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }

    int number() const { return number_; }
    void keep_open_for_ever() { number_ = -1; }

  private:
    int number_;
};

core::Error cannot_load(const std::string& name, const std::string& reason) {
    return {"plugin.cannot_load",
            {"Không nạp được thư viện " + name + ": " + reason + ". Hãy cài lại tiện ích hợp với máy này.",
             "The library " + name + " cannot be loaded: " + reason + ". Install a plugin built for this machine."}};
}

core::Result<Descriptor> seal(const std::string& name, core::ByteView bytes) {
    Descriptor file(::memfd_create(name.c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (file.number() < 0) return cannot_load(name, std::strerror(errno));
    for (core::ByteView rest = bytes; !rest.empty();) {
        const ssize_t written = ::write(file.number(), rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return cannot_load(name, std::strerror(errno));
        rest = rest.subspan(static_cast<std::size_t>(written));
    }
    if (::fcntl(file.number(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        return cannot_load(name, std::strerror(errno));
    return file;
}

core::Error not_a_library(const std::string& name) {
    return {"plugin.not_a_library",
            {"Tệp " + name + " không phải là thư viện chia sẻ của máy này. Hãy sao chép lại tiện ích.",
             "The file " + name + " is not a shared library of this machine. Copy the plugin again."}};
}

core::Error no_entry(const std::string& name) {
    return {"plugin.no_entry",
            {"Thư viện " + name + " không có biểu tượng “kiosk_plugin”, nên không phải là tiện ích của máy này. Người viết cần "
             "thêm dòng KIOSK_PLUGIN(…).",
             "The library " + name + " exports no \"kiosk_plugin\", so it is no plugin of the kiosk. Its author must add the "
             "line KIOSK_PLUGIN(…)."}};
}

// Whether its headers can be read, without running anything. Which symbols it exports is asked once it is loaded: Boost
// reads the table that strip takes away.
bool is_library(const std::string& path) {
    try {
        boost::dll::library_info(path).symbols();
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

}  // namespace

core::Result<const kiosk_plugin_entry*> load_sealed_library(const std::string& name, core::ByteView bytes) {
    core::Result<Descriptor> file = seal(name, bytes);
    if (!file) return file.error();
    const std::string path = "/proc/self/fd/" + std::to_string(file->number());
    if (!is_library(path)) return not_a_library(name);
    try {
        using boost::dll::load_mode::type;
        // Everything resolved now, not in the middle of a visit; RTLD_NODELETE keeps it when `library` goes.
        const auto mode = boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local |
                          static_cast<type>(RTLD_NODELETE);
        const boost::dll::shared_library library(boost::dll::fs::path(path), mode);
        file->keep_open_for_ever();
        if (!library.has(kEntryName)) return no_entry(name);
        return &library.get<const kiosk_plugin_entry>(kEntryName);
    } catch (const std::exception& error) {
        return cannot_load(name, error.what());
    }
}

}  // namespace kiosk::plugin_host

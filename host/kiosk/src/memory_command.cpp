#include "memory_command.hpp"

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <span>
#include <string_view>
#include <system_error>

namespace kiosk::commands {
namespace {

namespace fs = std::filesystem;

struct Purpose {
    std::span<const std::string_view> names;   // each begins a file's name, or is the whole of what memory_report() says
    const char *vi, *en;
};

constexpr std::array<std::string_view, 1> kPicture{"shared with the X server"};
constexpr std::array<std::string_view, 2> kHeap{"heap", "anonymous"};
constexpr std::array<std::string_view, 1> kStack{"stack"};
constexpr std::array<std::string_view, 1> kProgram{"feedback-kiosk"};
constexpr std::array<std::string_view, 1> kPlugins{"memfd:"};
constexpr std::array<std::string_view, 4> kWindow{"libglfw", "libX", "libxcb", "libxkb"};
constexpr std::array<std::string_view, 6> kOpenGl{"libGL", "libEGL", "libLLVM", "libdrm", "libgallium", "libglapi"};
constexpr std::array<std::string_view, 6> kForms{"libxml2", "libzip", "libpcre2", "libdate-tz", "liblzma", "libbz2"};
constexpr std::array<std::string_view, 1> kAnswers{"libsqlite3"};
constexpr std::array<std::string_view, 3> kSealing{"libsodium", "libcrypto", "libnettle"};
constexpr std::array<std::string_view, 2> kWords{"libicu", "libutf8proc"};
constexpr std::array<std::string_view, 17> kPrinting{
    "documents.so", "libpango", "libcairo", "libharfbuzz", "libfontconfig", "libfreetype", "libpixman", "libgobject", "libgio",
    "libgmodule", "libfribidi", "libthai", "libdatrie", "libgraphite2", "libmount", "libblkid", "libselinux"};
constexpr std::array<std::string_view, 2> kSpeech{"libspeechd", "libglib"};
constexpr std::array<std::string_view, 6> kRunTime{"libc.so", "libstdc++", "libm.so", "libgcc_s", "ld-linux", "libc-"};

constexpr Purpose kPurposes[]{
    {kPicture, "ảnh đang hiện, dùng chung với máy chủ X", "the picture on the screen, shared with the X server"},
    {kHeap, "vùng nhớ động: phông chữ, nét chữ đã vẽ, biểu mẫu, lời, cơ sở dữ liệu", "heap: fonts, drawn letters, forms, words, databases"},
    {kStack, "ngăn xếp", "stack"},
    {kProgram, "chương trình", "the program"},
    {kPlugins, "tiện ích", "plugins"},
    {kWindow, "cửa sổ X11", "the X11 window"},
    {kOpenGl, "OpenGL", "OpenGL"},
    {kForms, "đọc biểu mẫu", "reading forms"},
    {kAnswers, "cơ sở dữ liệu câu trả lời", "databases of answers"},
    {kSealing, "niêm phong và chữ ký", "sealing and signatures"},
    {kWords, "lời của các ngôn ngữ", "words of the languages"},
    {kPrinting, "trang in", "printed pages"},
    {kSpeech, "đọc thành tiếng", "reading aloud"},
    {kRunTime, "thư viện C và C++", "C and C++ libraries"},
};

// "/usr/lib/x86_64-linux-gnu/libxml2.so.2.9.14" → "libxml2.so.2.9.14"; "/memfd:opinion_poll.so (deleted)" → "memfd:…".
std::string_view file_name(std::string_view mapped) { return mapped.substr(mapped.rfind('/') + 1); }

const Purpose* purpose_of(std::string_view mapped) {
    const std::string_view name = file_name(mapped);
    for (const Purpose& purpose : kPurposes)
        for (const std::string_view begins : purpose.names)
            if (name.starts_with(begins)) return &purpose;
    return nullptr;
}

bool is_told_to_run(const fs::path& process) {
    std::ifstream command_line(process / "cmdline", std::ios::binary);   // words that end in a zero: proc(5)
    for (std::string word; std::getline(command_line, word, '\0');)
        if (word == "run") return true;
    return false;
}

// The kiosk and what watches over it: processes of this program, but not another command of it.
std::vector<pid_t> running_kiosks() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    std::vector<pid_t> found;
    for (const auto& entry : fs::directory_iterator("/proc", error)) {
        const std::string name = entry.path().filename().string();
        pid_t pid = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), pid).ptr != name.data() + name.size() || pid == getpid()) continue;
        if (fs::read_symlink(entry.path() / "exe", error) == program && !error && is_told_to_run(entry.path())) found.push_back(pid);
    }
    return found;
}

}  // namespace

std::vector<MemoryPurpose> memory_purposes(const std::vector<platform::MappedMemory>& mapped) {
    std::vector<MemoryPurpose> all;
    for (const platform::MappedMemory& memory : mapped) {
        const Purpose* purpose = purpose_of(memory.what);
        const core::Words what = purpose ? core::Words{purpose->vi, purpose->en} : core::Words{memory.what, memory.what};
        auto found = std::find_if(all.begin(), all.end(), [&](const MemoryPurpose& one) { return one.what == what; });
        if (found == all.end()) found = all.insert(all.end(), {what, 0, 0});
        found->proportional_kib += memory.proportional_kib;
        found->private_dirty_kib += memory.private_dirty_kib;
    }
    std::stable_sort(all.begin(), all.end(), [](const MemoryPurpose& one, const MemoryPurpose& other) { return one.proportional_kib > other.proportional_kib; });
    return all;
}

int show_memory(bool is_json, const Console& console) {
    std::vector<platform::MappedMemory> mapped;
    std::size_t processes = 0;
    for (const pid_t pid : running_kiosks()) {
        std::ifstream smaps("/proc/" + std::to_string(pid) + "/smaps");
        auto one = platform::memory_report(smaps);
        processes += one.empty() ? 0 : 1;
        mapped.insert(mapped.end(), std::make_move_iterator(one.begin()), std::make_move_iterator(one.end()));
    }
    if (processes == 0)
        return refuse(console, {"doctor.no_kiosk", {"Không thấy máy nào đang chạy chương trình này. Mở ki-ốt trước, rồi chạy lệnh này với quyền root (sudo).",
                                                    "No kiosk of this program is running. Open the kiosk first, then run this command as root (sudo)."}});
    const std::vector<MemoryPurpose> purposes = memory_purposes(mapped);
    MemoryPurpose sum{{"tổng cộng", "in all"}, 0, 0};
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    const auto print = [&](const MemoryPurpose& one) {
        std::array<char, 48> figures{};
        std::snprintf(figures.data(), figures.size(), "%8.1f %8.1f  ", static_cast<double>(one.proportional_kib) / 1024, static_cast<double>(one.private_dirty_kib) / 1024);
        console.out << figures.data() << one.what.in(console.language) << '\n';
    };
    if (!is_json) console.out << core::Words{" MiB PSS    riêng\n", " MiB PSS  private\n"}.in(console.language);
    for (const MemoryPurpose& one : purposes) {
        sum.proportional_kib += one.proportional_kib;
        sum.private_dirty_kib += one.private_dirty_kib;
        json.push_back({{"what", one.what.in(console.language)}, {"pss_kib", one.proportional_kib}, {"private_dirty_kib", one.private_dirty_kib}});
        if (!is_json) print(one);
    }
    if (is_json) console.out << nlohmann::ordered_json{{"processes", processes}, {"pss_kib", sum.proportional_kib}, {"parts", json}}.dump(2) << '\n';
    else print(sum);
    return kDone;
}

}  // namespace kiosk::commands

// The commands of feedback-kiosk. Each prints to the given streams and returns the exit status: 0 done, 1 refused (with
// reasons), 2 wrong usage, 3 no screen.
#pragma once

#include "composition.hpp"

#include <filesystem>
#include <iosfwd>
#include <string>

namespace kiosk::commands {

struct Console {
    std::ostream& out;
    std::ostream& err;
    std::string language;   // of messages: "vi" or "en"
};

inline constexpr int kDone = 0, kRefused = 1, kWrongUsage = 2, kNoScreen = 3;

int refuse(const Console& console, const core::Error& error);

int run_kiosk(const LaunchOptions& options, const Console& console);

struct RenderOptions {
    std::string page;
    std::filesystem::path answers, shot, dump;
};
int render(const LaunchOptions& options, const RenderOptions& render, const Console& console);

struct PlayOptions {
    std::filesystem::path script, dump, shots;
    bool is_virtual = false;
};
int play(const LaunchOptions& options, const PlayOptions& play, const Console& console);

struct GalleryOptions {
    std::filesystem::path out;
    bool is_json = false;
    bool has_pictures = true;
};
int gallery(const LaunchOptions& options, const GalleryOptions& gallery, const Console& console);

// Prints the new PIN to the console's output.
int set_pin(const LaunchOptions& options, const Console& console);

int check_config(const std::filesystem::path& file, const Console& console);
int doctor(const LaunchOptions& options, bool is_json, const Console& console);

struct SimulateOptions {
    std::string activity;
    int responses = 0;
    std::uint64_t seed = 1;
};
struct ExportOptions {
    std::filesystem::path to;
    bool again = false;     // also what was delivered but never receipted: that stick may be lost
};
// Writes the bundle's path to the console.
int export_answers(const LaunchOptions& options, const ExportOptions& wanted, const Console& console);

struct ImportOptions {
    std::filesystem::path file;
    bool replaces = false;  // the office's old keys are lost: take these without their signature
};
int import_file(const LaunchOptions& options, const ImportOptions& wanted, const Console& console);

// Writes this kiosk's enrolment into the folder; tells the words of its key.
int enrol(const LaunchOptions& options, const std::filesystem::path& to, const Console& console);

int simulate(const LaunchOptions& options, const SimulateOptions& simulate, const Console& console);

}  // namespace kiosk::commands

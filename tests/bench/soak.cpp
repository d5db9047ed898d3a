// soak [VISITS] [FOLDER]: visitors one after another, on a clock that does not wait, at the kiosk as `run` composes it:
// most cast a ballot, some fill in a review, some walk away from one. Every page is laid out and drawn as in a window of
// 1920 × 1080. Twenty times on the way a clerk takes the answers to the office by the staff pages, and brings its receipt
// back. Prints memory, open files, size of the data and frame times after each, and exits 1 where memory grew by more
// than 1 MiB, files were left open, the 99th percentile of frames is over budget, or the office does not hold every ballot
// once. FOLDER keeps the data (default: in memory, where there is room, so that the disk is not what is measured).
#include "composition.hpp"
#include "glass.hpp"
#include "virtual_clock.hpp"

#include <kiosk/platform/memory_privacy.hpp>
#include <kiosk/raster/damage.hpp>
#include <kiosk/raster/headless.hpp>
#include <kiosk/raster/rasteriser.hpp>
#include <kiosk/ui/context.hpp>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace kiosk;
namespace files = std::filesystem;

namespace {

constexpr double kFrameBudgetMs = 16.7;
constexpr std::uint64_t kMayGrowKib = 1024;
const core::ScreenSize kScreen = *core::ScreenSize::parse("1920x1080@476x268");

// Memory that is this process's alone.
std::uint64_t private_kib() {
    std::ifstream rollup("/proc/self/smaps_rollup");
    std::uint64_t sum = 0, kib = 0;
    for (std::string line; std::getline(rollup, line);)
        if (std::sscanf(line.c_str(), "Private_Dirty: %lu kB", &kib) == 1 || std::sscanf(line.c_str(), "Anonymous: %lu kB", &kib) == 1) sum = std::max(sum, kib);
    return sum;
}

std::size_t open_files() {
    return static_cast<std::size_t>(std::distance(files::directory_iterator("/proc/self/fd"), files::directory_iterator{}));
}

double data_mib(const files::path& folder) {
    std::uintmax_t bytes = 0;
    for (const auto& entry : files::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) bytes += entry.file_size();
    return static_cast<double>(bytes) / (1 << 20);
}

// The office's computer and its stick, both folders, and the programs as they are shipped.
class Office {
  public:
    // Also gives the kiosk of that data directory its name, its keys and a PIN.
    Office(const files::path& folder, const files::path& data) : folder_(folder) {
        files::create_directories(stick());
        files::create_directories(folder_ / "trust");
        files::create_directories(data);
        std::ofstream(data / "config.toml") << "kiosk_id = \"K01\"\n";
        run("feedback-office keygen --out keys");
        run("feedback-kiosk import keys/office.enrolment --data '" + data.string() + "'");
        run("feedback-kiosk pin --data '" + data.string() + "'");
        std::ifstream(folder_ / "said") >> pin_;
    }
    const std::string& pin() const { return pin_; }
    files::path stick() const { return folder_ / "stick"; }

    // What lies on the stick is in the store afterwards, and its receipt on the stick.
    void collect() const {
        if (!files::exists(folder_ / "store.db")) run("feedback-office kiosk add stick/K01.enrolment --trust trust");
        run("feedback-office collect stick --key keys/office-key.txt --trust trust --into store.db --receipt stick");
        for (const auto& entry : files::directory_iterator(stick()))
            if (entry.path().string().find(".kbx") != std::string::npos) files::remove(entry.path());
    }
    std::uint64_t ballots() const {
        run("feedback-office export store.db --activity opinion_poll --format csv --out tables");
        std::ifstream table(folder_ / "tables/opinion_poll.csv");
        std::uint64_t lines = 0;
        for (std::string line; std::getline(table, line);) ++lines;
        return lines - 1;
    }

  private:
    void run(const std::string& command) const {
        const std::string programs = files::read_symlink("/proc/self/exe").parent_path().string();
        const std::string line = "cd '" + folder_.string() + "' && LC_ALL=C.UTF-8 '" + programs + "'/" + command + " >said 2>complaint </dev/null";
        if (std::system(line.c_str()) == 0) return;
        std::fprintf(stderr, "soak: %s\n%s", command.c_str(), complaint().c_str());
        std::exit(1);
    }
    std::string complaint() const {
        std::ifstream file(folder_ / "complaint");
        return {std::istreambuf_iterator<char>(file), {}};
    }
    const files::path folder_;
    std::string pin_;
};

// A screen drawn on where it changed, as the window's is, and how long each frame took. Counts in tenths of a
// millisecond: a list of all frames would be what grows.
class Screen {
  public:
    Screen() {
        raster::attach_renderer();
        auto loaded = ui::Fonts::load();
        if (!loaded) std::fprintf(stderr, "soak: %s\n", loaded.error().message.en.c_str()), std::exit(1);
        fonts_.emplace(std::move(*loaded));
    }
    ~Screen() {
        fonts_.reset();
        raster::detach_renderer();
    }
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    const ui::Fonts& fonts() const { return *fonts_; }
    void forget() { context_.forget_drawing(); }

    void show(Glass& glass) {
        const auto start = std::chrono::steady_clock::now();
        const ImDrawData& frame = context_.frame(glass.look(), *fonts_);
        const auto& rects = tracker_.update(frame);
        raster::answer_texture_requests(frame);
        rasteriser_.draw(frame, shown_.surface(), rects, raster::pixel(0, 0, 0));
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
        ++tenths_[std::min(tenths_.size() - 1, static_cast<std::size_t>(taken.count() * 10))];
        ++frames_;
    }
    std::uint64_t frames() const { return frames_; }
    double percentile_ms(double part) const {
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < tenths_.size(); ++i)
            if ((below += tenths_[i]) >= static_cast<std::uint64_t>(static_cast<double>(frames_) * part)) return static_cast<double>(i + 1) / 10;
        return 0;
    }

  private:
    ui::Context context_;
    std::optional<ui::Fonts> fonts_;
    raster::DamageTracker tracker_;
    raster::Rasteriser rasteriser_{raster::Tiling::two_threads};
    raster::Picture shown_{kScreen.width_px, kScreen.height_px};
    std::vector<std::uint64_t> tenths_ = std::vector<std::uint64_t>(10'000);
    std::uint64_t frames_ = 0;
};

class Visitors {
  public:
    Visitors(Machine& machine, Glass& glass, Screen& screen, VirtualClock& clock) : machine_(machine), glass_(glass), screen_(screen), clock_(clock) {}

    // False: a visit did not end where it should.
    bool come(std::uint64_t number) {
        way_.clear();
        if (number % 50 == 7) return fill_in_a_review();
        if (number % 10 == 3) return walk_away_from_a_review();
        return cast_a_ballot(number);
    }
    // A clerk gives the answers to the stick and takes the office's receipt from it.
    bool clerk_comes(const Office& office) {
        way_.clear();
        if (!staff_do(office.pin(), {"go.give", "act.export"})) return false;
        office.collect();
        return staff_do(office.pin(), {"go.take", "file.K01.receipt", "act.take_file.K01.receipt"});
    }
    std::uint64_t ballots() const { return ballots_; }
    std::string page() const { return machine_.view().page; }
    const std::string& way() const { return way_; }   // of the last visit

  private:
    void press(const std::string& item) {
        way_ += page() + " " + item + ", ";
        const ui::PlacedItem* placed = glass_.look().find(item);
        const float per_mm = kScreen.px_per_mm();
        if (placed && glass_.look().hit(placed->rect.centre_x(), placed->rect.centre_y()) == placed) {
            const float x = placed->rect.centre_x() / per_mm, y = placed->rect.centre_y() / per_mm;
            pass(core::SteadyTime(600));
            glass_.touch({app::Finger::Phase::down, x, y, clock_.steady_now()});
            screen_.show(glass_);
            clock_.advance(core::SteadyTime(80));
            glass_.touch({app::Finger::Phase::up, x, y, clock_.steady_now()});
        } else {
            machine_.press(item);   // scrolled out of sight
        }
        screen_.show(glass_);
        machine_.settle();
        screen_.show(glass_);
    }
    void pass(core::SteadyTime time) {
        clock_.advance(time);
        machine_.tick();
        machine_.settle();
    }
    // Deadline by deadline, as a kiosk that nobody touches wakes.
    bool wait_for(const std::string& wanted) {
        for (int deadline = 0; deadline < 2000 && page() != wanted; ++deadline) {
            const auto next = machine_.next_deadline();
            if (!next) return false;
            pass(std::max(core::SteadyTime(1), *next - clock_.steady_now()));
            screen_.show(glass_);
        }
        return page() == wanted;
    }

    bool cast_a_ballot(std::uint64_t number) {
        static constexpr const char* kChoices[]{"choice.rat_tot", "choice.tot", "choice.binh_thuong", "choice.kem"};
        press("action.start");
        press("tile.opinion_poll");
        if (page() == "opening" && !wait_for("question")) return false;   // too soon after the last ballot
        press(kChoices[number % 4]);
        if (page() == "question" && machine_.view().find("action.next")) press("action.next");   // why it was not good
        if (page() == "home" || page() == "not_saved") return false;
        ++ballots_;
        return wait_for("attract");
    }
    bool staff_do(const std::string& pin, const std::vector<std::string>& items) {
        press("action.staff");
        for (const char digit : pin) press(std::string("digit.") + digit);
        press("digit.ok");
        if (page() != "staff_home") return false;
        for (const std::string& item : items) press(item);
        if (!machine_.view().find("action.done")) return false;
        press("action.done");
        press("action.end");
        return wait_for("attract");
    }
    bool open_a_review() {
        press("action.start");
        press("tile.self_assessment");
        for (int screen = 0; screen < 5 && page() != "question"; ++screen) {
            for (const app::Item& item : machine_.view().items)
                if (item.id.starts_with("choice.") || (item.id.starts_with("consent.") && item.id.ends_with(".yes"))) { press(item.id); break; }
            press("action.next");
        }
        return page() == "question";
    }
    void type_where_one_can() {
        for (const app::Item& item : machine_.view().items)
            if (item.id.starts_with("field.")) {
                machine_.press(item.id);
                for (const char* letter : {"N", "g", "u", "y", "e", "e", "n"}) glass_.type(letter);
                screen_.show(glass_);
                return;
            }
    }
    bool walk_away_from_a_review() {
        if (!open_a_review()) return false;
        type_where_one_can();
        return wait_for("attract");
    }
    bool fill_in_a_review() {
        if (!open_a_review()) return false;
        for (int step = 0; step < 200 && page() == "question"; ++step) {
            type_where_one_can();
            for (const app::Item& item : machine_.view().items)
                if (item.id.starts_with("choice.")) { press(item.id); break; }
            const std::string before = machine_.view().find("action.next") ? "action.next" : "action.review";
            press(before);
        }
        return wait_for("attract");   // through the review, or by walking away from what asks for more
    }

    Machine& machine_;
    Glass& glass_;
    Screen& screen_;
    VirtualClock& clock_;
    std::string way_;
    std::uint64_t ballots_ = 0;
};

}  // namespace

int main(int count, char** words) {
    platform::restart_with_freed_memory_overwritten(words);   // as `run` does
    const std::uint64_t visits = count > 1 ? std::strtoull(words[1], nullptr, 10) : 100'000;
    std::string pattern = (files::exists("/dev/shm") ? "/dev/shm" : files::temp_directory_path().string()) + "/soak-XXXXXX";
    const files::path folder = count > 2 ? files::path(words[2]) : files::path(::mkdtemp(pattern.data()));
    const files::path data = folder / "data";
    const Office office(folder, data);

    VirtualClock clock{core::WallTime{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}}};
    core::SeededRandom random{1};
    Screen screen;
    Glass* shown = nullptr;
    LaunchOptions options;
    options.data = data;
    options.screen = kScreen;
    options.stick = office.stick();
    Outside outside;
    outside.forget = [&] {
        if (shown) shown->forget();
        screen.forget();
    };
    auto composition = Composition::create(options, Purpose::serve, clock, random, std::move(outside));
    if (!composition) return std::fprintf(stderr, "soak: %s\n", composition.error().message.en.c_str()), 1;
    std::optional<Glass> glass(std::in_place, (*composition)->machine(), kScreen, screen.fonts());
    shown = &*glass;
    Visitors visitors((*composition)->machine(), *glass, screen, clock);

    std::printf("%10s %12s %8s %10s %12s %10s %10s\n", "visits", "private KiB", "files", "data MiB", "frames", "p50 ms", "p99 ms");
    std::uint64_t warm_kib = 0, last_kib = 0;
    std::size_t warm_files = 0, last_files = 0;
    const std::uint64_t step = std::max<std::uint64_t>(1, visits / 20);
    for (std::uint64_t visit = 1; visit <= visits; ++visit) {
        if (!visitors.come(visit)) return std::fprintf(stderr, "soak: visit %lu: %s%s\n", visit, visitors.way().c_str(), visitors.page().c_str()), 1;
        if (visit % step != 0) continue;
        if (!visitors.clerk_comes(office)) return std::fprintf(stderr, "soak: clerk: %s%s\n", visitors.way().c_str(), visitors.page().c_str()), 1;
        last_kib = private_kib();
        last_files = open_files();
        if (warm_kib == 0 && visit >= 2 * step) warm_kib = last_kib, warm_files = last_files;   // after a tenth all has been used once
        std::printf("%10lu %12lu %8zu %10.1f %12lu %10.1f %10.1f\n", visit, last_kib, last_files, data_mib(data), screen.frames(), screen.percentile_ms(0.5), screen.percentile_ms(0.99));
        std::fflush(stdout);
    }
    shown = nullptr;
    glass.reset();
    composition->reset();
    const std::uint64_t collected = office.ballots();
    const bool is_flat = last_kib <= warm_kib + kMayGrowKib, keeps_files = last_files <= warm_files, is_quick = screen.percentile_ms(0.99) <= kFrameBudgetMs;
    std::printf("memory %s (%+ld KiB since a tenth of the visits), open files %s, frames %s (p99 %.1f ms of %.1f), %lu of %lu ballots at the office\n",
                is_flat ? "flat" : "GREW", static_cast<long>(last_kib) - static_cast<long>(warm_kib), keeps_files ? "steady" : "GREW",
                is_quick ? "within budget" : "OVER BUDGET", screen.percentile_ms(0.99), kFrameBudgetMs, collected, visitors.ballots());
    if (count <= 2) files::remove_all(folder);
    return is_flat && keeps_files && is_quick && collected == visitors.ballots() ? 0 : 1;
}

// Blame: which plugin brought the kiosk down, and which plugins are set aside until staff look.
//
// Before each call into a plugin its name is written into a small mapped file, and wiped after. A process that crashes,
// aborts, exits or is killed for hanging inside the plugin leaves the mark (the kernel keeps mapped pages of a dead
// process), so the next start knows whom to blame. Two strikes, of crashes or of faults that were caught, set a plugin
// aside; the others go on. Strikes survive restarts in a JSON file.
// Main thread only. One Blame a data directory at a time (the kiosk's lock sees to it); look() may run beside it.
#pragma once

#include <kiosk/core/result.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::plugin_host {

struct BlameMark {
    std::string plugin;
    std::string call;        // "load", "create", "begin", "describe", "submit" or "destroy"

    bool operator==(const BlameMark&) const = default;
};

class Blame {
  public:
    static constexpr int kStrikesUntilSetAside = 2;

    // For the kiosk: creates the files in an existing directory. A mark left behind becomes a strike.
    static core::Result<std::unique_ptr<Blame>> open(const std::filesystem::path& directory);
    // For commands that only list: reads the strikes, writes nothing.
    static std::unique_ptr<Blame> look(const std::filesystem::path& directory);

    ~Blame();
    Blame(const Blame&) = delete;
    Blame& operator=(const Blame&) = delete;

    // The mark stands while the Call lives.
    class Call {
      public:
        ~Call() { blame_.wipe_mark(); }
        Call(const Call&) = delete;
        Call& operator=(const Call&) = delete;

      private:
        friend class Blame;
        Call(Blame& blame, std::string_view plugin, std::string_view call) : blame_(blame) {
            blame_.write_mark(plugin, call);
        }
        Blame& blame_;
    };
    [[nodiscard]] Call entering(std::string_view plugin, std::string_view call) { return Call(*this, plugin, call); }

    const std::optional<BlameMark>& died_in() const { return died_in_; }  // what the process before was doing

    int strikes(std::string_view plugin) const;
    bool is_set_aside(std::string_view plugin) const { return strikes(plugin) >= kStrikesUntilSetAside; }
    void add_strike(std::string_view plugin);
    core::Result<void> release(std::string_view plugin);  // staff looked: the plugin starts afresh

  private:
    explicit Blame(std::filesystem::path strikes_file);

    void write_mark(std::string_view plugin, std::string_view call);
    void wipe_mark();

    std::filesystem::path strikes_file_;
    std::map<std::string, int, std::less<>> strikes_;
    std::optional<BlameMark> died_in_;
    char* mark_ = nullptr;  // the mapped file; null after look()
};

}  // namespace kiosk::plugin_host

// KioskDesk: the StaffDesk of a kiosk that serves: PIN, export, import, settings, all through the store's own thread.
//
// Borrows everything in Parts, which must outlive it, except the keeper: that must go first, for its thread still works
// for this. Main thread only; what runs on the storage thread shares with it the PinGuard (there only) and the progress.
#pragma once

#include "answer_keeper.hpp"
#include "document_printer.hpp"
#include "config.hpp"
#include "form_library.hpp"
#include "open_days.hpp"
#include "pack_shelf.hpp"
#include "pin_guard.hpp"
#include "places.hpp"
#include "staff_desk.hpp"

#include <kiosk/exporting/folder.hpp>
#include <kiosk/plugin_host/plugin_registry.hpp>

#include <map>
#include <mutex>
#include <set>
#include <vector>

namespace kiosk {

class KioskDesk final : public StaffDesk {
  public:
    struct Parts {
        AnswerKeeper& keeper;
        DocumentPrinter& printer;
        plugin_host::PluginRegistry& plugins;
        FormLibrary& forms;
        const Config& config;
        const Places& places;
        core::Clock& clock;
        core::Random& random;
        std::function<void()> wake;
        std::function<void(bool is_wanted)> speak;
        bool has_speech = false;
        std::filesystem::path stick;      // named on the command line; empty: what is mounted
    };

    // Reads what staff chose before, and the day's form pack. `settled`: called once when that is known.
    KioskDesk(Parts parts, std::function<void()> settled);

    void look_at_pin(Answer answer) override;
    void check_pin(std::string pin, Answer answer) override;
    void carry_out(app::StaffAct act, std::string argument, Answer answer) override;
    void drain() override;
    std::optional<core::Error> closed(std::string_view activity) const override;
    void apply_settings(app::Policies& policies) const override;
    std::optional<core::Error> out_of_service() const override;
    std::optional<core::SteadyTime> next_change() const override;

  private:
    using Done = core::Result<core::Words>;

    void look(Answer answer);
    void export_answers(Answer answer);
    void take_file(const std::string& name, Answer answer);
    void take_pack(const std::filesystem::path& file, Answer answer);
    void take_receipt(const std::filesystem::path& file, Answer answer);
    void go_back(Answer answer);
    void unlock(Answer answer);
    void new_pin(app::StaffAct act, Answer answer);
    void close_activity(app::StaffAct act, const std::string& id, Answer answer);
    void keep_dates(const std::string& argument, Answer answer);
    void keep_setting(app::StaffAct act, const std::string& value, Answer answer);
    void release(const std::string& id, Answer answer);
    void eject(Answer answer);
    void shut_down(Answer answer);
    void print_report(Answer answer);
    void print(const app::StaffReport& report, const Answer& answer);
    void test_itself(Answer answer);              // the answer may be empty: nobody asked
    void test_itself_daily();
    void set_clock(const std::string& local_time, Answer answer);

    app::StaffReport machine_report() const;
    // On the storage thread.
    app::StaffReport with_store(app::StaffReport report, storage::Store& store) const;
    std::string readiness(const app::StaffReport& report) const;
    void write_readiness(const app::StaffReport& report, exporting::Folder& folder) const;
    std::vector<app::StickFile> previews(const std::filesystem::path& stick, const PackShelf& shelf) const;
    static std::optional<core::Words> previous_words(const PackShelf& shelf);
    std::vector<app::StaffActivity> activities() const;
    void add_days(app::StaffActivity& one, const forms::Form* form) const;
    void audit(std::string event, std::string detail);
    void read_settings(std::function<void()> settled);
    void progress(core::Words words);             // from any thread
    static void answer_with(const Answer& answer, app::StaffAct act, Done result);

    Parts parts_;
    PinGuard guard_;
    std::set<std::string, std::less<>> closed_;
    std::map<std::string, std::string> settings_;   // "language", "theme", "size"
    OpenDays days_;
    std::string tested_on_;                       // the day of the last self-test, "2026-11-30"
    bool is_settled_ = false;

    std::mutex mutex_;
    std::vector<core::Words> progress_;           // guarded by mutex_
    Answer progress_answer_;
};

}  // namespace kiosk

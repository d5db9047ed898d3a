#include <kiosk/plugin_host/plugin_registry.hpp>

#include "entry_check.hpp"
#include "memory_watch.hpp"
#include "plugin_files.hpp"
#include "plugin_instance.hpp"
#include "sealed_library.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace kiosk::plugin_host {
namespace {

namespace fs = std::filesystem;

core::Error set_aside(const core::ActivityInfo& activity) {
    return {"plugin.quarantined",
            {"Mục “" + activity.name.vi + "” đã gây lỗi hai lần nên tạm dừng. Hãy kiểm tra rồi mở lại trong trang nhân viên.",
             "\"" + activity.name.en + "\" failed twice and is set aside. Look into it, then release it on the staff page."}};
}

core::Error duplicate(const core::ActivityInfo& activity, const std::string& first) {
    return {"plugin.duplicate_id",
            {"Có hai tiện ích cùng id “" + activity.id + "”; máy dùng bản ở " + first + ". Hãy gỡ một bản.",
             "Two plugins have the id \"" + activity.id + "\"; the one in " + first + " is used. Remove one."}};
}

// FOLDER/ID.so of a plugin's folder: what the folder holds, else what its name promises.
fs::path library_in(const fs::path& folder) {
    std::vector<fs::path> libraries;
    std::error_code error;
    for (const auto& file : fs::directory_iterator(folder, error))
        if (file.path().extension() == ".so") libraries.push_back(file.path());
    return libraries.size() == 1 ? libraries.front() : folder / (folder.filename().string() + ".so");
}

std::vector<fs::path> find_libraries(const std::vector<fs::path>& directories) {
    std::vector<fs::path> libraries;
    for (const fs::path& directory : directories) {
        std::vector<fs::path> folders;
        std::error_code error;
        for (const auto& folder : fs::directory_iterator(directory, error))
            if (folder.is_directory(error)) folders.push_back(folder.path());
        std::sort(folders.begin(), folders.end());
        for (const fs::path& folder : folders) libraries.push_back(library_in(folder));
    }
    return libraries;
}

}  // namespace

class PluginRegistry::Implementation {
  public:
    Implementation(PluginSettings settings, const Trust& trust, Blame& blame)
        : settings_(std::move(settings)), trust_(trust), blame_(blame) {
        for (const fs::path& library : find_libraries(settings_.directories)) add(library);
        const auto rank = [this](const core::PluginStatus& status) {
            const auto& order = settings_.order;
            const auto found = std::find(order.begin(), order.end(), status.activity.id);
            return std::pair(found - order.begin(), status.activity.id);
        };
        std::stable_sort(plugins_.begin(), plugins_.end(),
                         [&](const auto& one, const auto& other) { return rank(one) < rank(other); });
    }

    ~Implementation() {
        // No marks from here on: every answer is safe already, and a plugin that trips at the door need not be set aside.
        visits_.clear();
        while (!instances_.empty()) instances_.erase(std::prev(instances_.end()));
    }

    const std::vector<core::PluginStatus>& plugins() const { return plugins_; }

    core::Result<core::VisitToken> begin(std::string_view id) {
        check_thread();
        weigh(id);
        core::PluginStatus* status = find(id);
        if (status == nullptr)
            return core::Error{"plugin.unknown_activity",
                               {"Máy này không có mục “" + std::string(id) + "”.",
                                "This kiosk has no activity \"" + std::string(id) + "\"."}};
        if (status->state != core::PluginState::loaded) return *status->reason;
        const auto call = blame_.entering(id, "begin");
        auto visit = instances_.find(id)->second->begin();
        if (!visit) return strike(*status, visit.error());
        const auto token = core::VisitToken{++last_token_};
        visits_.emplace(token, RunningVisit{std::string(id), std::move(*visit)});
        return token;
    }

    core::Result<core::Screen> describe(core::VisitToken token) {
        return run(token, "describe", [](PluginVisit& visit) { return visit.describe(); });
    }

    core::Result<core::Outcome> submit(core::VisitToken token, const core::Answers& answers) {
        return run(token, "submit", [&](PluginVisit& visit) { return visit.submit(answers); });
    }

    void end(core::VisitToken token) {
        check_thread();
        const auto found = visits_.find(token);
        if (found == visits_.end()) return;
        const auto call = blame_.entering(found->second.activity, "destroy");
        visits_.erase(found);
    }

    core::Result<void> release(std::string_view id) {
        check_thread();
        if (const auto released = blame_.release(id); !released) return released;
        core::PluginStatus* status = find(id);
        if (status == nullptr || status->state != core::PluginState::quarantined) return {};
        status->reason.reset();
        if (instances_.contains(id)) status->state = core::PluginState::loaded;
        else load(*status, read_plugin_files(status->activity.file, trust_));
        if (status->reason) return *status->reason;
        return {};
    }

  private:
    struct RunningVisit {
        std::string activity;
        std::unique_ptr<PluginVisit> visit;
    };

    void check_thread() const { KIOSK_ASSERT(std::this_thread::get_id() == thread_); }

    core::PluginStatus* find(std::string_view id) {
        for (core::PluginStatus& status : plugins_)
            if (status.activity.id == id && !is_duplicate(status)) return &status;
        return nullptr;
    }
    static bool is_duplicate(const core::PluginStatus& status) {
        return status.reason && status.reason->code == "plugin.duplicate_id";
    }

    void add(const fs::path& library) {
        PluginFiles files = read_plugin_files(library, trust_);
        core::PluginStatus status{files.activity, core::PluginState::refused, std::nullopt};
        if (const core::PluginStatus* first = find(files.activity.id)) {
            status.reason = duplicate(files.activity, first->activity.file);
        } else if (blame_.is_set_aside(files.activity.id)) {
            status.state = core::PluginState::quarantined;
            status.reason = set_aside(files.activity);
        } else {
            load(status, std::move(files));
        }
        plugins_.push_back(std::move(status));
    }

    // Loads what passed every check without running code; gives the status its state and reason.
    void load(core::PluginStatus& status, PluginFiles files) {
        status.state = core::PluginState::refused;
        auto loaded = files.problems.empty() ? start(files) : core::Result<void>(files.problems.front());
        if (loaded) status.state = core::PluginState::loaded;
        else status.reason = loaded.error();
    }

    core::Result<void> start(const PluginFiles& files) {
        const core::ActivityInfo& activity = files.activity;
        const kiosk_plugin_entry* entry = nullptr;
        {
            const auto call = blame_.entering(activity.id, "load");
            auto loaded = load_sealed_library(fs::path(activity.file).filename().string(), files.library);
            if (!loaded) return loaded.error();
            entry = *loaded;
        }
        if (const auto problems = check_entry(*entry, activity); !problems.empty()) return problems.front();
        const auto call = blame_.entering(activity.id, "create");
        const auto configured = settings_.activities.find(activity.id);
        auto instance = PluginInstance::create(
            *entry, activity.forms, configured == settings_.activities.end() ? Settings{} : configured->second, settings_.forms);
        if (!instance) return instance.error();
        instances_.emplace(activity.id, std::move(*instance));
        return {};
    }

    template <class Body>
    auto run(core::VisitToken token, const char* name, Body&& body) -> decltype(body(std::declval<PluginVisit&>())) {
        check_thread();
        const auto found = visits_.find(token);
        if (found == visits_.end())
            return core::Error{"plugin.visit_over", {"Lượt này đã kết thúc.", "This visit is over."}};
        const std::string id = found->second.activity;
        const auto call = blame_.entering(id, name);
        auto result = body(*found->second.visit);
        if (result) return result;
        visits_.erase(found);
        return strike(*find(id), result.error());
    }

    // From one visit's beginning to the next the host comes back to where it was; what grows meanwhile, visit after visit,
    // is held by the plugin of the visit between.
    void weigh(std::string_view next) {
        const auto now = static_cast<std::int64_t>(heap_in_use());
        const std::string last = std::exchange(weighed_, std::string(next));
        const std::int64_t grown = now - std::exchange(heap_, now);
        if (last.empty()) return;
        std::int64_t& leaked = leaked_[last];
        leaked = std::max<std::int64_t>(0, leaked + grown);
        core::PluginStatus* status = find(last);
        if (leaked < kLeakBytes || status == nullptr) return;
        leaked = 0;
        static_cast<void>(strike(*status, {}));
    }

    core::Error strike(core::PluginStatus& status, const core::Error& error) {
        blame_.add_strike(status.activity.id);
        weighed_.clear();   // one failure is one strike: what it left behind is not counted besides
        if (blame_.is_set_aside(status.activity.id)) {
            status.state = core::PluginState::quarantined;
            status.reason = set_aside(status.activity);
        }
        return error;
    }

    const PluginSettings settings_;
    const Trust trust_;
    Blame& blame_;
    const std::thread::id thread_ = std::this_thread::get_id();
    std::vector<core::PluginStatus> plugins_;
    std::map<std::string, std::unique_ptr<PluginInstance>, std::less<>> instances_;
    std::map<std::string, std::int64_t> leaked_;       // by plugin, over its visits
    std::string weighed_;                              // whose visit began last,
    std::int64_t heap_ = 0;                            // and what was in use then
    std::map<core::VisitToken, RunningVisit> visits_;  // after the instances: destroyed before them
    std::uint64_t last_token_ = 0;
};

PluginRegistry::PluginRegistry(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}
PluginRegistry::~PluginRegistry() = default;

std::unique_ptr<PluginRegistry> PluginRegistry::create(PluginSettings settings, const Trust& trust, Blame& blame) {
    return std::unique_ptr<PluginRegistry>(
        new PluginRegistry(std::make_unique<Implementation>(std::move(settings), trust, blame)));
}

const std::vector<core::PluginStatus>& PluginRegistry::plugins() const { return implementation_->plugins(); }
core::Result<core::VisitToken> PluginRegistry::begin(std::string_view activity_id) {
    return implementation_->begin(activity_id);
}
core::Result<core::Screen> PluginRegistry::describe(core::VisitToken visit) { return implementation_->describe(visit); }
core::Result<core::Outcome> PluginRegistry::submit(core::VisitToken visit, const core::Answers& answers) {
    return implementation_->submit(visit, answers);
}
void PluginRegistry::end(core::VisitToken visit) { implementation_->end(visit); }
core::Result<void> PluginRegistry::release(std::string_view activity_id) { return implementation_->release(activity_id); }

std::map<std::string, fs::path> PluginRegistry::catalogue_folders() const {
    std::map<std::string, fs::path> folders;
    for (const core::PluginStatus& status : plugins())
        if (status.state == core::PluginState::loaded)
            folders.emplace(status.activity.id, fs::path(status.activity.file).parent_path() / "locale");
    return folders;
}

}  // namespace kiosk::plugin_host

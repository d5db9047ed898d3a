#include "plugin_instance.hpp"

#include "abi_copy.hpp"
#include "outcome_recorder.hpp"
#include "screen_recorder.hpp"
#include "utf8.hpp"

#include <kiosk/abi/ext/forms.h>
#include <kiosk/abi/ext/results.h>
#include <kiosk/abi/ext/settings.h>
#include <kiosk/core/form_words.hpp>

#include <exception>

namespace kiosk::plugin_host {
namespace {

core::Error fault(const std::string& call, const std::string& message) {
    const std::string because = message.empty() ? "" : " (" + message + ")";
    return {"plugin.fault",
            {"Tiện ích gặp lỗi khi thực hiện " + call + because + ". Lượt này đã dừng; hãy báo người phụ trách.",
             "The plugin failed in " + call + because + ". The visit was ended; tell whoever looks after the kiosk."}};
}

core::Error nonsense(const std::string& call, const std::string& what) {
    return {"plugin.nonsense",
            {"Tiện ích trả về dữ liệu sai quy định ở " + call + " (" + what + "). Lượt này đã dừng.",
             "The plugin returned something it may not from " + call + " (" + what + "). The visit was ended."}};
}

core::Error null_api(const std::string& call) {
    return {"plugin.null_api",
            {"Tiện ích không trả về đủ các hàm cần có ở " + call + ". Hãy dựng lại với bộ SDK đúng.",
             "The plugin did not return the functions it must in " + call + ". Build it with a matching SDK."}};
}

bool is_complete(const kiosk_activity* activity) {
    return activity != nullptr && activity->struct_size >= sizeof(kiosk_activity) && activity->begin != nullptr &&
           activity->get_extension != nullptr && activity->destroy != nullptr;
}

bool is_complete(const kiosk_visit* visit) {
    return visit != nullptr && visit->struct_size >= sizeof(kiosk_visit) && visit->describe != nullptr &&
           visit->submit != nullptr && visit->destroy != nullptr;
}

// A plugin not written with the C++ layer may throw through the C ABI; it must not take the kiosk with it.
template <class Body>
void swallow(Body&& body) noexcept {
    try {
        body();
    } catch (...) {
    }
}

}  // namespace

PluginInstance::PluginInstance(std::vector<std::string> forms, Settings settings, FormFacts facts)
    : forms_(std::move(forms)), settings_(std::move(settings)), facts_(std::move(facts)) {
    host_ = {sizeof(host_), this, get_extension, fail};
}

PluginInstance::~PluginInstance() {
    if (activity_ != nullptr) swallow([&] { activity_->destroy(activity_); });
}

template <class Body>
core::Result<void> PluginInstance::call(const char* name, Body&& body) {
    failure_.clear();
    kiosk_status status = KIOSK_FAILED;
    try {
        status = body();
    } catch (const std::exception& error) {
        failure_ = fit_for_message(error.what());
    } catch (...) {
    }
    if (status == KIOSK_OK) return {};
    if (status != KIOSK_FAILED) return nonsense(name, "an unknown status");
    return fault(name, failure_);
}

core::Result<std::unique_ptr<PluginInstance>> PluginInstance::create(const kiosk_plugin_entry& entry,
                                                                     std::vector<std::string> forms,
                                                                     Settings settings, FormFacts facts) {
    if (entry.create == nullptr) return null_api("kiosk_plugin");
    std::unique_ptr<PluginInstance> plugin(new PluginInstance(std::move(forms), std::move(settings), std::move(facts)));
    const kiosk_activity* activity = nullptr;
    const auto created = plugin->call("create", [&] { return entry.create(&plugin->host_, &activity); });
    if (!created) return core::Error{"plugin.create_failed", created.error().message};
    if (!is_complete(activity)) return null_api("create");
    plugin->activity_ = activity;
    return plugin;
}

core::Result<std::unique_ptr<PluginVisit>> PluginInstance::begin() {
    const kiosk_visit* visit = nullptr;
    const auto begun = call("begin", [&] { return activity_->begin(activity_, &visit); });
    if (!begun) return begun.error();
    if (!is_complete(visit)) return null_api("begin");
    return std::make_unique<PluginVisit>(*this, visit);
}

const void* PluginInstance::get_extension(const kiosk_host*, kiosk_str id) {
    static constexpr kiosk_settings kSettings{sizeof(kiosk_settings), setting};
    static constexpr kiosk_forms kForms{sizeof(kiosk_forms), form_count, form_id};
    static constexpr kiosk_results kResults{sizeof(kiosk_results), result_count, result_choice, result_votes, results_are_published};
    const auto name = checked_view(id, kMaxIdBytes);
    if (name == std::string_view(KIOSK_EXT_SETTINGS)) return &kSettings;
    if (name == std::string_view(KIOSK_EXT_FORMS)) return &kForms;
    return name == std::string_view(KIOSK_EXT_RESULTS) ? &kResults : nullptr;
}

size_t PluginInstance::form_count(const kiosk_host* host) {
    auto& self = *static_cast<PluginInstance*>(host->context);
    self.open_forms_ = self.facts_.open ? self.facts_.open(self.forms_) : std::vector<std::string>{};
    return self.open_forms_.size();
}

kiosk_str PluginInstance::form_id(const kiosk_host* host, size_t index) {
    const auto& forms = static_cast<PluginInstance*>(host->context)->open_forms_;
    return index < forms.size() ? kiosk_str{forms[index].data(), forms[index].size()} : kiosk_str{};
}

size_t PluginInstance::result_count(const kiosk_host* host, kiosk_str form) {
    auto& self = *static_cast<PluginInstance*>(host->context);
    const auto name = checked_name(form);
    self.results_ = {};
    if (name && self.facts_.results && core::may_show(self.forms_, *name)) self.results_ = self.facts_.results(*name);
    return self.results_.votes.size();
}

kiosk_str PluginInstance::result_choice(const kiosk_host* host, size_t index) {
    const auto& results = static_cast<PluginInstance*>(host->context)->results_.votes;
    return index < results.size() ? kiosk_str{results[index].first.data(), results[index].first.size()} : kiosk_str{};
}

uint64_t PluginInstance::result_votes(const kiosk_host* host, size_t index) {
    const auto& results = static_cast<PluginInstance*>(host->context)->results_.votes;
    return index < results.size() ? results[index].second : 0;
}

int32_t PluginInstance::results_are_published(const kiosk_host* host) {
    return static_cast<PluginInstance*>(host->context)->results_.is_published ? 1 : 0;
}

kiosk_str PluginInstance::setting(const kiosk_host* host, kiosk_str key) {
    const Settings& settings = static_cast<PluginInstance*>(host->context)->settings_;
    const auto name = checked_name(key);
    const auto found = name ? settings.find(*name) : settings.end();
    return found == settings.end() ? kiosk_str{} : kiosk_str{found->second.data(), found->second.size()};
}

void PluginInstance::fail(const kiosk_host* host, kiosk_str message) {
    const std::string_view view = message.data == nullptr ? "" : std::string_view(message.data, message.size);
    static_cast<PluginInstance*>(host->context)->failure_ = fit_for_message(view);
}

PluginVisit::~PluginVisit() {
    swallow([&] { visit_->destroy(visit_); });
}

core::Result<core::Screen> PluginVisit::describe() {
    ScreenRecorder recorder(plugin_.forms_);
    const auto described = plugin_.call("describe", [&] { return visit_->describe(visit_, recorder.sink()); });
    if (!described) return described.error();
    if (!recorder.broken().empty()) return nonsense("describe", recorder.broken());
    return recorder.take();
}

core::Result<core::Outcome> PluginVisit::submit(const core::Answers& answers) {
    std::vector<kiosk_answer> borrowed;
    borrowed.reserve(answers.size());
    for (const core::Answer& answer : answers)
        borrowed.push_back({{answer.path.data(), answer.path.size()}, {answer.value.data(), answer.value.size()}});
    OutcomeRecorder recorder;
    const auto submitted = plugin_.call("submit", [&] {
        return visit_->submit(visit_, borrowed.data(), borrowed.size(), recorder.sink());
    });
    if (!submitted) return submitted.error();
    if (const std::string broken = recorder.broken(); !broken.empty()) return nonsense("submit", broken);
    return recorder.take();
}

}  // namespace kiosk::plugin_host

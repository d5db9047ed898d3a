// For a plugin's own tests, with any test framework: a fake host, a recorder of screens, and a driver that takes a visitor
// through a plugin across the real C boundary. Link the `<name>_logic` target and drive its `kiosk_plugin`:
//
//     kiosk::testing::VisitDriver visit(kiosk_plugin);
//     visit.describe().transcript();                        // "form portal_poll\n"
//     visit.submit({{"/data/rating", "tot"}});              // an Outcome
//
// Where the kiosk would end the visit and show a calm page, the driver throws Fault, which says why.
#pragma once

#include <kiosk/sdk/plugin.hpp>

#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace kiosk::testing {

struct Fault : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// What a test's kiosk has: what the office set, which forms are open, how others voted.
struct World {
    std::map<std::string, std::string> settings = {};
    std::vector<std::string> open_forms = {};
    std::map<std::string, Results> results = {};               // by form
};

class FakeHost {
  public:
    explicit FakeHost(World world = {}) : world_(std::move(world)) {
        host_ = {sizeof(host_), this, get_extension, fail};
    }
    FakeHost(const FakeHost&) = delete;
    FakeHost& operator=(const FakeHost&) = delete;

    const kiosk_host& abi() const { return host_; }
    const std::string& failure() const { return failure_; }  // what the plugin said last

  private:
    static FakeHost& of(const kiosk_host* host) { return *static_cast<FakeHost*>(host->context); }
    static const void* get_extension(const kiosk_host*, kiosk_str id) {
        static constexpr kiosk_settings kSettings{sizeof(kiosk_settings), setting};
        static constexpr kiosk_forms kForms{sizeof(kiosk_forms), form_count, form_id};
        static constexpr kiosk_results kResults{sizeof(kiosk_results), result_count, result_choice, result_votes, results_are_published};
        if (detail::from_abi(id) == KIOSK_EXT_SETTINGS) return &kSettings;
        if (detail::from_abi(id) == KIOSK_EXT_FORMS) return &kForms;
        return detail::from_abi(id) == KIOSK_EXT_RESULTS ? &kResults : nullptr;
    }
    static kiosk_str setting(const kiosk_host* host, kiosk_str key) {
        const auto& settings = of(host).world_.settings;
        const auto found = settings.find(std::string(detail::from_abi(key)));
        return found == settings.end() ? kiosk_str{} : detail::to_abi(found->second);
    }
    static size_t form_count(const kiosk_host* host) { return of(host).world_.open_forms.size(); }
    static kiosk_str form_id(const kiosk_host* host, size_t index) {
        const auto& forms = of(host).world_.open_forms;
        return index < forms.size() ? detail::to_abi(forms[index]) : kiosk_str{};
    }
    static size_t result_count(const kiosk_host* host, kiosk_str form) {
        FakeHost& self = of(host);
        self.asked_ = self.world_.results[std::string(detail::from_abi(form))];
        return self.asked_.tallies.size();
    }
    static kiosk_str result_choice(const kiosk_host* host, size_t index) {
        const auto& asked = of(host).asked_.tallies;
        return index < asked.size() ? detail::to_abi(asked[index].choice) : kiosk_str{};
    }
    static uint64_t result_votes(const kiosk_host* host, size_t index) {
        const auto& asked = of(host).asked_.tallies;
        return index < asked.size() ? asked[index].votes : 0;
    }
    static int32_t results_are_published(const kiosk_host* host) { return of(host).asked_.is_published ? 1 : 0; }
    static void fail(const kiosk_host* host, kiosk_str message) { of(host).failure_ = detail::from_abi(message); }

    kiosk_host host_{};
    World world_;
    Results asked_;
    std::string failure_;
};

struct RecordedItem {
    std::string kind;                                      // "heading", "form", "choice", …
    std::string id;                                        // of a form, layout, consent, choice, notice or signature
    std::vector<Text> texts;                               // its own, then those of its options or bars
    std::vector<std::string> details;                      // option names, bar counts, a consent's version, "code"

    bool operator==(const RecordedItem&) const = default;
};

struct RecordedScreen {
    std::vector<RecordedItem> items;

    // One line an item, for comparing with what a test expects.
    std::string transcript() const {
        std::string lines;
        for (const RecordedItem& item : items) {
            lines += item.kind;
            if (!item.id.empty()) lines += " " + item.id;
            for (const Text& text : item.texts) {
                lines += " \"" + text.id + "\"";
                for (const std::string& argument : text.arguments) lines += "(" + argument + ")";
            }
            for (const std::string& detail : item.details) lines += " [" + detail + "]";
            lines += '\n';
        }
        return lines;
    }
    // The ids of every message the screen needs from the catalogue.
    std::vector<std::string> messages() const {
        std::vector<std::string> ids;
        for (const RecordedItem& item : items)
            for (const Text& text : item.texts) ids.push_back(text.id);
        return ids;
    }
    bool operator==(const RecordedScreen&) const = default;
};

namespace detail {

using kiosk::detail::from_abi;

inline Text copy(const kiosk_text& text) {
    std::vector<std::string> arguments;
    for (size_t i = 0; i < text.argument_count; ++i) arguments.emplace_back(from_abi(text.arguments[i]));
    return Text(std::string(from_abi(text.id)), std::move(arguments));
}

// A kiosk_screen that writes down what it is told.
class ScreenRecorder {
  public:
    ScreenRecorder() {
        sink_ = {sizeof(sink_), this, heading, text, notice, form, consent, choice, chart, receipt, document, signature};
    }
    ScreenRecorder(const ScreenRecorder&) = delete;
    ScreenRecorder& operator=(const ScreenRecorder&) = delete;

    const kiosk_screen* sink() const { return &sink_; }
    RecordedScreen take() { return std::move(screen_); }

  private:
    static void add(const kiosk_screen* sink, RecordedItem item) {
        static_cast<ScreenRecorder*>(sink->context)->screen_.items.push_back(std::move(item));
    }
    static std::string word(kiosk_str text) { return std::string(from_abi(text)); }

    static void heading(const kiosk_screen* s, const kiosk_text* t) { add(s, {"heading", "", {copy(*t)}, {}}); }
    static void text(const kiosk_screen* s, const kiosk_text* t) { add(s, {"text", "", {copy(*t)}, {}}); }
    static void notice(const kiosk_screen* s, kiosk_str id, const kiosk_text* t) {
        add(s, {"notice", word(id), {copy(*t)}, {}});
    }
    static void form(const kiosk_screen* s, kiosk_str id) { add(s, {"form", word(id), {}, {}}); }
    static void consent(const kiosk_screen* s, kiosk_str id, const kiosk_text* t, kiosk_str version) {
        add(s, {"consent", word(id), {copy(*t)}, {word(version)}});
    }
    static void choice(const kiosk_screen* s, kiosk_str id, const kiosk_text* label, const kiosk_option* options,
                       size_t count) {
        RecordedItem item{"choice", word(id), {copy(*label)}, {}};
        for (size_t i = 0; i < count; ++i) {
            item.texts.push_back(copy(options[i].label));
            item.details.push_back(word(options[i].name));
        }
        add(s, std::move(item));
    }
    static void chart(const kiosk_screen* s, const kiosk_text* title, const kiosk_bar* bars, size_t count,
                      const kiosk_text* note) {
        RecordedItem item{"chart", "", {copy(*title), copy(*note)}, {}};
        for (size_t i = 0; i < count; ++i) {
            item.texts.push_back(copy(bars[i].label));
            item.details.push_back(std::to_string(bars[i].count));
        }
        add(s, std::move(item));
    }
    static void receipt(const kiosk_screen* s, const kiosk_text* t, uint32_t flags) {
        RecordedItem item{"receipt", "", {copy(*t)}, {}};
        if ((flags & KIOSK_RECEIPT_SHOWS_CODE) != 0) item.details.emplace_back("code");
        add(s, std::move(item));
    }
    static void document(const kiosk_screen* s, kiosk_str layout) { add(s, {"document", word(layout), {}, {}}); }
    static void signature(const kiosk_screen* s, kiosk_str id, const kiosk_text* label) {
        add(s, {"signature", word(id), {copy(*label)}, {}});
    }

    kiosk_screen sink_{};
    RecordedScreen screen_;
};

inline Outcome copy(const kiosk_outcome& outcome) {
    const std::string name(from_abi(outcome.name));
    const std::chrono::seconds undo(outcome.undo_seconds);
    switch (outcome.kind) {
        case KIOSK_OUTCOME_NEXT: return Outcome::next();
        case KIOSK_OUTCOME_STAY: {
            std::vector<Issue> issues;
            for (size_t i = 0; i < outcome.issue_count; ++i)
                issues.push_back({std::string(from_abi(outcome.issues[i].path)), copy(outcome.issues[i].message)});
            return Outcome::stay(std::move(issues));
        }
        case KIOSK_OUTCOME_RECORD:
            return Outcome::record({name, undo, (outcome.flags & KIOSK_RECORD_HAS_WITHDRAWAL_CODE) != 0,
                                    std::string(from_abi(outcome.document))});
        case KIOSK_OUTCOME_AMEND: return Outcome::amend(undo);
        case KIOSK_OUTCOME_PRINT: return Outcome::print(name);
        case KIOSK_OUTCOME_WITHDRAW: return Outcome::withdraw(name);
        case KIOSK_OUTCOME_FINISH: return Outcome::finish();
        default: throw Fault("submit() gave an outcome of an unknown kind");
    }
}

}  // namespace detail

// One visitor. Makes the activity, begins a visit, and destroys both.
class VisitDriver {
  public:
    explicit VisitDriver(const kiosk_plugin_entry& entry, std::map<std::string, std::string> settings = {})
        : VisitDriver(World{std::move(settings)}, entry) {}
    // With more of a world than settings.
    VisitDriver(World world, const kiosk_plugin_entry& entry) : host_(std::move(world)) {
        check(entry.create(&host_.abi(), &activity_), "create");
        const kiosk_status begun = activity_->begin(activity_, &visit_);
        if (begun != KIOSK_OK) {
            activity_->destroy(activity_);
            check(begun, "begin");
        }
    }
    ~VisitDriver() {
        visit_->destroy(visit_);
        activity_->destroy(activity_);
    }
    VisitDriver(const VisitDriver&) = delete;
    VisitDriver& operator=(const VisitDriver&) = delete;

    RecordedScreen describe() {
        detail::ScreenRecorder recorder;
        check(visit_->describe(visit_, recorder.sink()), "describe");
        return recorder.take();
    }

    Outcome submit(const std::vector<std::pair<std::string, std::string>>& answers = {}) {
        std::vector<kiosk_answer> borrowed;
        for (const auto& [path, value] : answers)
            borrowed.push_back({kiosk::detail::to_abi(path), kiosk::detail::to_abi(value)});
        std::vector<Outcome> taken;
        const kiosk_outcome_sink sink{sizeof(kiosk_outcome_sink), &taken, [](const auto* self, const auto* outcome) {
            static_cast<std::vector<Outcome>*>(self->context)->push_back(detail::copy(*outcome));
        }};
        check(visit_->submit(visit_, borrowed.data(), borrowed.size(), &sink), "submit");
        if (taken.size() != 1) throw Fault("submit() must give exactly one outcome");
        return taken.front();
    }

  private:
    void check(kiosk_status status, const char* call) const {
        if (status != KIOSK_OK) throw Fault(std::string(call) + "() failed: " + host_.failure());
    }

    FakeHost host_;
    const kiosk_activity* activity_ = nullptr;
    const kiosk_visit* visit_ = nullptr;
};

}  // namespace kiosk::testing

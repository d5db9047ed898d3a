// The C++20 layer for plugin authors: derive an Activity and a Visit, name them in KIOSK_PLUGIN, done.
//
//     class Hello final : public kiosk::Activity { … std::unique_ptr<kiosk::Visit> begin() override; };
//     KIOSK_PLUGIN(Hello, "hello", "1.0.0", kiosk::StoragePolicy::anonymous)
//
// Everything is called on one thread. An exception that leaves begin, describe or submit (or a constructor) is caught
// here, at the only place in a plugin that needs a try, and ends the visit; the kiosk goes on.
#pragma once

#include <kiosk/abi/entry.h>
#include <kiosk/sdk/answers.hpp>
#include <kiosk/sdk/host.hpp>
#include <kiosk/sdk/outcome.hpp>
#include <kiosk/sdk/screen.hpp>
#include <kiosk/sdk/storage_policy.hpp>

#include <exception>
#include <memory>
#include <stdexcept>
#include <type_traits>

namespace kiosk {

// One visitor's run. Destroyed by the host at any moment: the visitor may walk away.
class Visit {
  public:
    virtual ~Visit() = default;

    virtual void describe(Screen& screen) const = 0;      // what the visitor sees now; changes nothing
    virtual Outcome submit(const Answers& answers) = 0;   // they pressed the main button; after Outcome::record(),
                                                          // describe() gives the page that thanks them
};

// The tile on the home page. Constructed once, with the Host if its constructor takes one.
class Activity {
  public:
    virtual ~Activity() = default;

    virtual std::unique_ptr<Visit> begin() = 0;
};

namespace detail {

template <class Body>
kiosk_status guarded(const kiosk_host& host, Body&& body) noexcept {
    try {
        body();
        return KIOSK_OK;
    } catch (const std::exception& error) {
        host.fail(&host, to_abi(error.what()));
    } catch (...) {
        host.fail(&host, to_abi("an exception that is no std::exception"));
    }
    return KIOSK_FAILED;
}

inline void give(const Outcome& outcome, const kiosk_outcome_sink& sink) {
    std::vector<BorrowedText> messages;
    std::vector<kiosk_issue> issues;
    for (const Issue& issue : outcome.issues()) {
        messages.emplace_back(issue.message);
        issues.push_back({to_abi(issue.path), messages.back().get()});
    }
    kiosk_outcome abi{};
    abi.struct_size = sizeof(abi);
    abi.kind = static_cast<std::uint32_t>(outcome.kind());
    if (outcome.has_withdrawal_code()) abi.flags |= KIOSK_RECORD_HAS_WITHDRAWAL_CODE;
    abi.undo_seconds = static_cast<std::uint32_t>(outcome.undo().count());
    abi.name = to_abi(outcome.name());
    abi.issues = issues.data();
    abi.issue_count = issues.size();
    sink.take(&sink, &abi);
}

// A Visit behind its C face. The face lies inside, so the host's pointer leads back here through `self`.
class VisitBox {
  public:
    VisitBox(const kiosk_host& host, std::unique_ptr<Visit> visit) : host_(host), visit_(std::move(visit)) {
        if (visit_ == nullptr) throw std::logic_error("begin() returned no visit");
        face_ = {sizeof(face_), this, describe, submit, destroy};
    }

    const kiosk_visit* face() const { return &face_; }

  private:
    static VisitBox& of(const kiosk_visit* visit) { return *static_cast<VisitBox*>(visit->self); }

    static kiosk_status describe(const kiosk_visit* visit, const kiosk_screen* sink) noexcept {
        const VisitBox& box = of(visit);
        return guarded(box.host_, [&] {
            Screen screen(*sink);
            static_cast<const Visit&>(*box.visit_).describe(screen);
        });
    }
    static kiosk_status submit(const kiosk_visit* visit, const kiosk_answer* answers, size_t count,
                               const kiosk_outcome_sink* sink) noexcept {
        VisitBox& box = of(visit);
        return guarded(box.host_, [&] { give(box.visit_->submit(Answers({answers, count})), *sink); });
    }
    static void destroy(const kiosk_visit* visit) noexcept { delete &of(visit); }

    const kiosk_host& host_;
    std::unique_ptr<Visit> visit_;
    kiosk_visit face_{};
};

template <class T>
class ActivityBox {
  public:
    static kiosk_status create(const kiosk_host* host, const kiosk_activity** activity) noexcept {
        return guarded(*host, [&] { *activity = &(new ActivityBox(*host))->face_; });
    }

  private:
    explicit ActivityBox(const kiosk_host& host) : host_(host), activity_(make(Host(host))) {
        face_ = {sizeof(face_), this, begin, get_extension, destroy};
    }

    static std::unique_ptr<T> make([[maybe_unused]] Host host) {
        if constexpr (std::is_constructible_v<T, Host>) return std::make_unique<T>(host);
        else return std::make_unique<T>();
    }
    static ActivityBox& of(const kiosk_activity* activity) { return *static_cast<ActivityBox*>(activity->self); }

    static kiosk_status begin(const kiosk_activity* activity, const kiosk_visit** visit) noexcept {
        ActivityBox& box = of(activity);
        return guarded(box.host_, [&] { *visit = (new VisitBox(box.host_, box.activity_->begin()))->face(); });
    }
    static const void* get_extension(const kiosk_activity*, kiosk_str) noexcept { return nullptr; }
    static void destroy(const kiosk_activity* activity) noexcept { delete &of(activity); }

    const kiosk_host& host_;
    std::unique_ptr<T> activity_;
    kiosk_activity face_{};
};

#if defined(__VERSION__)
inline constexpr std::string_view kToolchain = __VERSION__;
#else
inline constexpr std::string_view kToolchain = "unknown";
#endif

template <class T>
constexpr kiosk_plugin_entry make_entry(std::string_view id, std::string_view version, StoragePolicy storage) {
    static_assert(std::is_base_of_v<Activity, T>, "KIOSK_PLUGIN names a class derived from kiosk::Activity");
    return {sizeof(kiosk_plugin_entry), KIOSK_ABI_MAJOR, KIOSK_ABI_MINOR, static_cast<std::uint32_t>(storage),
            {id.data(), id.size()}, {version.data(), version.size()}, {kToolchain.data(), kToolchain.size()},
            &ActivityBox<T>::create};
}

}  // namespace detail
}  // namespace kiosk

// Once in a plugin, at the end of one of its files, outside every namespace. ID, VERSION and STORAGE are the manifest's.
#define KIOSK_PLUGIN(TYPE, ID, VERSION, STORAGE) \
    extern "C" KIOSK_EXPORT const kiosk_plugin_entry kiosk_plugin = kiosk::detail::make_entry<TYPE>(ID, VERSION, STORAGE);

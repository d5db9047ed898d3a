// What a Store is made of: the open databases, and the one place where their failures become Errors.
#pragma once

#include "data_directory.hpp"
#include "failure.hpp"
#include "rate_limit.hpp"
#include "store_files.hpp"
#include "visit_counts.hpp"

#include <kiosk/storage/store.hpp>

#include <new>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace kiosk::storage {

class Store::Implementation {
  public:
    Implementation(const std::string& data_directory, const core::Sealer* given_sealer, const core::Clock& given_clock,
                   core::Random& given_random, StoreOptions given_options);
    ~Implementation();

    enum class Repeat { after_repair = 1, never = 2 };

    // Runs work(files). A failure closes the databases: nothing is confirmed until they are opened and verified again.
    // After giving up the reserve of a full disk, or setting a damaged database aside, the work is tried once more.
    template <class Work>
    auto run(const Work& work, Repeat repeat = Repeat::after_repair)
        -> core::Result<std::invoke_result_t<Work, StoreFiles&>> {
        try {
            return attempt(work, repeat);
        } catch (const std::bad_alloc&) {
            close_after_failure();
            return out_of_memory_error();
        }
    }

    void wipe_what_is_due(StoreFiles& open);
    void close() { close_after_failure(); }
    core::WallTime now() const { return clock.wall_now(); }
    std::int64_t today() const { return std::chrono::floor<std::chrono::days>(now()).time_since_epoch().count(); }

    const core::Sealer* sealer;
    const core::Clock& clock;
    core::Random& random;
    StoreOptions options;
    DataDirectory directory;
    RateLimit rate_limit;
    VisitCounts counts;
    std::vector<std::string> set_aside;

  private:
    template <class Work>
    auto attempt(const Work& work, Repeat repeat) -> core::Result<std::invoke_result_t<Work, StoreFiles&>> {
        for (bool is_first = true;; is_first = false) {
            try {
                if constexpr (std::is_void_v<std::invoke_result_t<Work, StoreFiles&>>) {
                    work(open_files());
                    return {};
                } else {
                    return work(open_files());
                }
            } catch (const Refusal& refusal) {
                return refusal.error();
            } catch (const SqliteError& failure) {
                close_after_failure();
                const bool is_repaired = is_first && repeat == Repeat::after_repair && can_be_repaired(failure);
                if (!is_repaired) return error_of(failure, directory.path());
            }
        }
    }

    StoreFiles& open_files();
    void close_after_failure() noexcept;
    bool can_be_repaired(const SqliteError& failure);

    std::optional<StoreFiles> files_;
};

}  // namespace kiosk::storage

#include "store_implementation.hpp"

namespace kiosk::storage {

Store::Implementation::Implementation(const std::string& data_directory, const core::Sealer* given_sealer,
                                      const core::Clock& given_clock, core::Random& given_random,
                                      StoreOptions given_options)
    : sealer(given_sealer),
      clock(given_clock),
      random(given_random),
      options(std::move(given_options)),
      directory(data_directory, options.reserve_bytes),
      rate_limit(options.rate_cap) {}

Store::Implementation::~Implementation() {
    try {
        if (files_) files_->scrub_what_is_due();
    } catch (const SqliteError&) {
        // The next opening scrubs.
    } catch (const std::bad_alloc&) {
        // The same.
    }
}

StoreFiles& Store::Implementation::open_files() {
    if (!files_) files_.emplace(directory, options, clock, random, set_aside);
    return *files_;
}

void Store::Implementation::close_after_failure() noexcept {
    files_.reset();
    try {
        for (const Schema* schema : {&kStateSchema, &kAnswersSchema, &kPollSchema})
            directory.forget_cached_pages(schema->file);
    } catch (const std::bad_alloc&) {
        // The names of the files need memory. Opening verifies what there is, cached or not.
    }
}

bool Store::Implementation::can_be_repaired(const SqliteError& failure) {
    if (failure.is_disk_full()) return directory.release_reserve();
    return failure.is_damage();  // by opening again
}

// Answers of either kind go on their own day; the bundle is `wiped` when all have gone.
void Store::Implementation::wipe_what_is_due(StoreFiles& open) {
    for (Bundle& bundle : open.answers().bundles(BundleState::receipted)) {
        const std::int64_t days_here = today() - bundle.receipt_day;
        if (days_here >= options.retention.poll.count() && open.poll().answers_in(bundle.sequence) > 0) {
            open.is_poll_scrub_due = true;
            open.poll().wipe(bundle.sequence);
        }
        if (days_here < options.retention.sealed.count()) continue;
        if (open.answers().has_any_in(bundle.sequence)) {
            open.is_answers_scrub_due = true;
            open.answers().wipe(bundle.sequence);
        }
        if (open.poll().answers_in(bundle.sequence) > 0) continue;
        bundle.state = BundleState::wiped;
        open.answers().save(bundle);
        open.state().append_audit("bundle.wiped", std::to_string(bundle.sequence), now());
    }
}

}  // namespace kiosk::storage

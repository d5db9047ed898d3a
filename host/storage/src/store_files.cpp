#include "store_files.hpp"

#include <kiosk/core/sha256.hpp>

#include <algorithm>
#include <array>

namespace kiosk::storage {

namespace {

// Set once all three databases were made, so that one that is missing later is noticed.
constexpr std::string_view kCompleteNote = "store.complete";

std::string new_box(core::Random& random) {
    std::array<std::byte, 16> bytes;
    random.fill(bytes);
    return core::to_hex(bytes);
}

std::string box_for(const DatabaseSite& site, core::Random& random) {
    for (const Schema* schema : {&kStateSchema, &kAnswersSchema, &kPollSchema})
        if (const auto box = box_of(*schema, site)) return *box;
    return new_box(random);
}

template <class Make>
auto open_or_renew(DataDirectory& directory, const Schema& schema, std::vector<std::string>& set_aside, const Make& make) {
    try {
        return make();
    } catch (const SqliteError& failure) {
        if (!failure.is_damage()) throw;
    }
    directory.set_aside(schema.file);
    set_aside.emplace_back(schema.file);
    return make();
}

}  // namespace

StoreFiles::StoreFiles(DataDirectory& directory, const StoreOptions& options, const core::Clock& clock,
                       core::Random& random, std::vector<std::string>& set_aside) {
    DatabaseSite site{directory, options.sqlite_vfs, {}};
    site.box = box_for(site, random);
    std::vector<std::string> damaged;
    state_ = open_or_renew(directory, kStateSchema, damaged, [&] { return std::make_unique<StateFile>(site); });
    answers_ = open_or_renew(directory, kAnswersSchema, damaged, [&] { return std::make_unique<AnswersFile>(site); });
    poll_ = open_or_renew(directory, kPollSchema, damaged,
                          [&] { return std::make_unique<PollFile>(site, options.poll_slots, random); });
    // A bundle whose record was lost with answers.db: whether it arrived is not known, so what it carried waits again.
    for (const std::int64_t bundle : poll_->bundles()) {
        if (answers_->bundle(bundle)) continue;
        poll_->release(bundle);
        poll_->scrub();
    }
    for (const std::string& file : damaged) state_->append_audit("database.set_aside", file, clock.wall_now());

    const bool was_complete = state_->note(kCompleteNote).has_value();
    const auto note_missing = [&](const char* file, bool was_made) {
        if (!was_complete || !was_made || std::count(damaged.begin(), damaged.end(), file) > 0) return;
        state_->append_audit("database.missing", file, clock.wall_now());
        damaged.emplace_back(file);
    };
    note_missing(kAnswersSchema.file, answers_->was_made());
    note_missing(kPollSchema.file, poll_->was_made());
    if (!was_complete) state_->set_note(kCompleteNote, "1");
    set_aside.insert(set_aside.end(), damaged.begin(), damaged.end());
}

void StoreFiles::scrub_what_is_due() {
    if (is_poll_scrub_due) poll_->scrub();
    is_poll_scrub_due = false;
    if (is_answers_scrub_due) answers_->scrub();
    is_answers_scrub_due = false;
}

}  // namespace kiosk::storage

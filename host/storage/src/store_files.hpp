// StoreFiles: the three databases open together, and how they are opened: one box for all, damaged ones set aside and
// replaced. Storage thread; failures are thrown (connection.hpp, failure.hpp).
#pragma once

#include "answers_file.hpp"
#include "data_directory.hpp"
#include "poll_file.hpp"
#include "state_file.hpp"

#include <kiosk/core/clock.hpp>
#include <kiosk/core/random.hpp>
#include <kiosk/storage/store.hpp>

#include <memory>
#include <string>
#include <vector>

namespace kiosk::storage {

class StoreFiles {
  public:
    // Appends the names of databases it had to set aside, or found missing, to set_aside and to the audit log.
    StoreFiles(DataDirectory& directory, const StoreOptions& options, const core::Clock& clock, core::Random& random,
               std::vector<std::string>& set_aside);

    StateFile& state() { return *state_; }
    AnswersFile& answers() { return *answers_; }
    PollFile& poll() { return *poll_; }

    // Whether the journal of each still tells what changed last.
    bool is_answers_scrub_due = false;
    bool is_poll_scrub_due = false;
    void scrub_what_is_due();

  private:
    std::unique_ptr<StateFile> state_;
    std::unique_ptr<AnswersFile> answers_;
    std::unique_ptr<PollFile> poll_;
};

}  // namespace kiosk::storage

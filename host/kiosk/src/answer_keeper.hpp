// AnswerKeeper: how a Machine has answers kept without waiting for a disk. Each call comes back at once; `done` is
// called later, by drain(), on the calling thread, when the effect is durable or has failed. Main thread only.
#pragma once

#include <kiosk/core/clock.hpp>
#include <kiosk/core/random.hpp>
#include <kiosk/core/response.hpp>
#include <kiosk/core/result.hpp>

#include "office_keys.hpp"

#include <chrono>
#include <filesystem>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace kiosk::storage {
class Store;
}

namespace kiosk {

class AnswerKeeper {
  public:
    using Done = std::function<void(core::Result<void>)>;

    virtual ~AnswerKeeper() = default;
    // definition: the XForm the responses answer; kept first, for an answer is of no use without its questions.
    // Done when all of them are kept; repeating after a failure keeps each once.
    virtual void record(std::vector<core::Response> responses, std::string definition, Done done) = 0;
    virtual void undo(const core::ResponseId& id, Done done) = 0;
    // By the SHA-256 of a withdrawal code: wiped here if it has not left, else the request goes with the next bundle.
    virtual void withdraw(const core::Sha256& tag, Done done) = 0;
    // One visit and all that is counted of it ("started", "finished"); reaches the disk in steps of ten visits.
    virtual void count_visit(std::string activity, std::vector<std::string> events) = 0;
    // How long answers stay after the office's receipt, by the shortest promise of any activity of the kind.
    virtual void keep_for(std::chrono::days sealed, std::chrono::days poll) = 0;
    // Any other work with the store, on its thread; what the job returns is run by drain(). False: there is no store.
    using StoreJob = std::function<std::function<void()>(storage::Store&)>;
    virtual bool run(StoreJob job) = 0;
    // A form's votes by choice, as released: in steps of ten, so that nobody's vote shows. Asked for first, they are known
    // a moment later.
    virtual void count_vote(const std::string& form, const std::string& choice) = 0;
    virtual const std::map<std::string, std::int64_t>& votes(const std::string& form) = 0;
    virtual void drain() = 0;
    virtual bool is_busy() const = 0;   // a `done` is still to come
};

// The kiosk's own store in its data directory, which it locks, on a storage thread. Without keys of the office it opens
// and takes nothing. wake: from the storage thread, drain() has work. Any thread makes it. Fails when the directory cannot be written or
// another kiosk has it.
core::Result<std::unique_ptr<AnswerKeeper>> open_answer_keeper(const std::filesystem::path& data, const std::string& kiosk_id,
                                                               OfficeKeys keys, const core::Clock& clock,
                                                               core::Random& random, std::function<void()> wake);

// For pictures of pages: says yes and keeps nothing.
std::unique_ptr<AnswerKeeper> make_forgetful_keeper();

}  // namespace kiosk

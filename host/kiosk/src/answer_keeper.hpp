// AnswerKeeper: how a Machine has answers kept without waiting for a disk. Each call comes back at once; `done` is
// called later, by drain(), on the calling thread, when the effect is durable or has failed. Main thread only.
#pragma once

#include <kiosk/core/clock.hpp>
#include <kiosk/core/random.hpp>
#include <kiosk/core/response.hpp>
#include <kiosk/core/result.hpp>

#include <kiosk/sealing/age.hpp>

#include <filesystem>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kiosk {

class AnswerKeeper {
  public:
    using Done = std::function<void(core::Result<void>)>;

    virtual ~AnswerKeeper() = default;
    // definition: the XForm the responses answer; kept first, for an answer is of no use without its questions.
    // Done when all of them are kept; repeating after a failure keeps each once.
    virtual void record(std::vector<core::Response> responses, std::string definition, Done done) = 0;
    virtual void withdraw(const core::Sha256& tag, Done done) = 0;
    virtual void undo(const core::ResponseId& id, Done done) = 0;
    // A form's votes by choice, as released: in steps of ten, so that nobody's vote shows. Asked for first, they are known
    // a moment later.
    virtual void count_vote(const std::string& form, const std::string& choice) = 0;
    virtual const std::map<std::string, std::int64_t>& votes(const std::string& form) = 0;
    virtual void drain() = 0;
    virtual bool is_busy() const = 0;   // a `done` is still to come
};

// The kiosk's own store in its data directory, which it locks, on a storage thread. The office's public keys are read
// from KEYS/recipients.txt; without them it opens and takes nothing. wake: from the storage thread, drain() has work.
// Fails when the directory cannot be written or another kiosk has it.
core::Result<std::unique_ptr<AnswerKeeper>> open_answer_keeper(const std::filesystem::path& data, const std::string& kiosk_id,
                                                               const core::Clock& clock, core::Random& random,
                                                               std::function<void()> wake);

// The office's public keys; nothing if the file is not there.
core::Result<std::optional<sealing::AgeSealer>> read_sealer(const std::filesystem::path& recipients);

// For pictures of pages: says yes and keeps nothing.
std::unique_ptr<AnswerKeeper> make_forgetful_keeper();

}  // namespace kiosk

// Which of a page's utterances is being read, told from the engine's notices. Thread-safe: the main thread starts and
// stops readings, the client library's thread reports begin and end.
#pragma once

#include <kiosk/core/speaker.hpp>

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace kiosk::speech {

class ReadingQueue {
  public:
    // Forgets what was read before, so that late notices of it mean nothing.
    void clear() {
        const std::lock_guard lock(mutex_);
        items_.clear();
        reading_.clear();
    }

    void queued(std::size_t message, std::string item) {
        const std::lock_guard lock(mutex_);
        items_[message] = std::move(item);
        if (begun_early_ == message) reading_ = items_[message];
    }

    // The engine may report a message before the call that queued it has returned its number.
    void begun(std::size_t message) {
        const std::lock_guard lock(mutex_);
        begun_early_ = message;
        if (const auto found = items_.find(message); found != items_.end()) reading_ = found->second;
    }

    void ended(std::size_t message) {
        const std::lock_guard lock(mutex_);
        const auto found = items_.find(message);
        if (found == items_.end()) return;
        if (reading_ == found->second) reading_.clear();
        items_.erase(found);
    }

    std::string reading() const {
        const std::lock_guard lock(mutex_);
        return reading_;
    }

  private:
    mutable std::mutex mutex_;
    std::map<std::size_t, std::string> items_;
    std::string reading_;
    std::size_t begun_early_ = 0;
};

}  // namespace kiosk::speech

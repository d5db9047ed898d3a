#include <kiosk/speech/speech_dispatcher.hpp>

#include "reading_queue.hpp"

#include <libspeechd.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <utility>

namespace kiosk::speech {

namespace {

struct Reader {
    ReadingQueue queue;
    std::function<void()> changed;
};

// The client library's callbacks carry no pointer of ours, so the one reader of the process is found through here.
std::mutex reader_mutex;
Reader* current_reader = nullptr;

void notice(std::size_t message, std::size_t /*client*/, SPDNotificationType type) {
    const std::lock_guard lock(reader_mutex);
    if (current_reader == nullptr) return;
    if (type == SPD_EVENT_BEGIN) current_reader->queue.begun(message);
    if (type == SPD_EVENT_END || type == SPD_EVENT_CANCEL) current_reader->queue.ended(message);
    if (current_reader->changed) current_reader->changed();
}

class SpeechDispatcher final : public core::Speaker {
  public:
    SpeechDispatcher(SPDConnection* connection, std::function<void()> changed) : connection_(connection) {
        reader_.changed = std::move(changed);
        {
            const std::lock_guard lock(reader_mutex);
            current_reader = &reader_;
        }
        connection_->callback_begin = connection_->callback_end = connection_->callback_cancel = notice;
        for (const SPDNotification kind : {SPD_BEGIN, SPD_END, SPD_CANCEL}) spd_set_notification_on(connection_, kind);
    }

    SpeechDispatcher(const SpeechDispatcher&) = delete;
    SpeechDispatcher& operator=(const SpeechDispatcher&) = delete;

    ~SpeechDispatcher() override {
        spd_cancel(connection_);
        {
            const std::lock_guard lock(reader_mutex);
            current_reader = nullptr;
        }
        spd_close(connection_);
    }

    void speak(const std::vector<core::Utterance>& utterances, std::string_view language) override {
        stop();
        spd_set_language(connection_, std::string(language).c_str());
        for (const core::Utterance& utterance : utterances) {
            if (utterance.text.empty()) continue;
            const int message = spd_say(connection_, SPD_MESSAGE, utterance.text.c_str());
            if (message > 0) reader_.queue.queued(static_cast<std::size_t>(message), utterance.item);
        }
    }

    void stop() override {
        reader_.queue.clear();
        spd_cancel(connection_);
    }

    void set_rate(int rate) override { spd_set_voice_rate(connection_, std::clamp(rate, -100, 100)); }
    void set_volume(int volume) override { spd_set_volume(connection_, std::clamp(volume, -100, 100)); }
    std::string reading() const override { return reader_.queue.reading(); }

  private:
    SPDConnection* connection_;
    Reader reader_;
};

}  // namespace

core::Result<std::unique_ptr<core::Speaker>> connect(std::function<void()> changed) {
    char* reason = nullptr;
    SPDConnection* connection = spd_open2("feedback-kiosk", "pages", nullptr, SPD_MODE_THREADED, nullptr, 1, &reason);
    if (connection == nullptr) {
        const std::string detail = reason != nullptr ? reason : "";
        std::free(reason);
        return core::Error{
            "speech.not_available",
            {"Không có tiếng nói; kiosk vẫn chạy không lời. Cài gói speech-dispatcher và espeak-ng để có đọc thành tiếng. " + detail,
             "No speech; the kiosk goes on silently. Install speech-dispatcher and espeak-ng to have pages read aloud. " + detail}};
    }
    return std::unique_ptr<core::Speaker>(std::make_unique<SpeechDispatcher>(connection, std::move(changed)));
}

}  // namespace kiosk::speech

// Reads pages aloud through speech-dispatcher (with espeak-ng for Vietnamese).
//
// connect() fails where no speech is installed or running; the kiosk then works silently. The connection owns a thread
// of the client library; `changed` is called on that thread whenever reading() changes, and should only wake the main
// loop. Everything else: main thread.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/core/speaker.hpp>

#include <functional>
#include <memory>

namespace kiosk::speech {

core::Result<std::unique_ptr<core::Speaker>> connect(std::function<void()> changed);

}  // namespace kiosk::speech

// ActivityGateway: the port through which the host reaches plugins. Implemented by plugin_host over the C ABI and by
// a fake in tests. Main thread only. A fault in a plugin comes back as an Error, never as an exception.
#pragma once

#include <kiosk/core/activity.hpp>
#include <kiosk/core/outcome.hpp>
#include <kiosk/core/screen.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace kiosk::core {

enum class VisitToken : std::uint64_t {};

class ActivityGateway {
  public:
    virtual ~ActivityGateway() = default;

    // Every plugin found, in the order of its tiles, refused and quarantined ones too.
    virtual const std::vector<PluginStatus>& plugins() const = 0;

    virtual Result<VisitToken> begin(std::string_view activity_id) = 0;
    virtual Result<Screen> describe(VisitToken visit) = 0;
    virtual Result<Outcome> submit(VisitToken visit, const Answers& answers) = 0;
    virtual void end(VisitToken visit) = 0;  // idempotent
};

}  // namespace kiosk::core

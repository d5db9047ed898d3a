// `feedback-kiosk type`: keys in, the Vietnamese they make out, by the engine that the screens use.
#pragma once

#include <kiosk/text/typing.hpp>

#include <iosfwd>
#include <span>
#include <string>

namespace kiosk::commands {

// The keys given as arguments are one line; without any, each line of `input` is typed into an empty field and what
// stands there written as a line. Returns the exit status: 0, or 1 when the output could not be written.
int run_type_command(const text::TypingOptions& options, std::span<const std::string> keys, std::istream& input,
                     std::ostream& output);

}  // namespace kiosk::commands

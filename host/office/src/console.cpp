#include "console.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace kiosk::office {
namespace {

void print(std::FILE* to, std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), to);
    std::fputc('\n', to);
}

}  // namespace

void Console::say(std::string_view line) const { print(json_ ? stderr : stdout, line); }
void Console::say(const core::Words& words) const { say(words.in(language_)); }
void Console::warn(const core::Words& words) const { print(stderr, words.in(language_)); }
void Console::print_json(std::string_view document) const { print(stdout, document); }

int Console::refuse(const core::Error& error) const {
    print(stderr, "feedback-office: " + error.message.in(language_) + " [" + error.code + "]");
    return kRefused;
}

void Console::show_progress(std::string_view line) const {
    if (::isatty(STDERR_FILENO) == 0) return;
    std::fprintf(stderr, "\r%.*s\x1b[K", static_cast<int>(line.size()), line.data());
    std::fflush(stderr);
}

void Console::end_progress() const {
    if (::isatty(STDERR_FILENO) != 0) std::fputs("\r\x1b[K", stderr);
}

std::string progress_bar(double share) {
    constexpr std::size_t kWidth = 30;
    const auto filled = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * kWidth);
    return "[" + std::string(filled, '#') + std::string(kWidth - filled, '-') + "]";
}

std::string today() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char text[16];
    std::strftime(text, sizeof text, "%d/%m/%Y", &local);
    return text;
}

std::string environment_language() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        return std::string_view(value).starts_with("en") ? "en" : "vi";
    }
    return "vi";
}

}  // namespace kiosk::office

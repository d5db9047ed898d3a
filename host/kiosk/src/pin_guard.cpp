#include "pin_guard.hpp"

#include <algorithm>
#include <charconv>

namespace kiosk {
namespace {

constexpr std::string_view kNote = "pin";
constexpr std::string_view kCodeLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";   // none that look alike
constexpr std::size_t kCodeLength = 10;

}  // namespace

// The note: failures, unlock code and hash, with spaces between. The hash comes last and has none.
struct PinGuard::Record {
    int failures = 0;
    std::string code;
    std::string hash;

    std::string to_text() const { return std::to_string(failures) + " " + code + " " + hash; }

    static core::Result<std::optional<Record>> read(Notes& notes) {
        auto text = notes.read(kNote);
        if (!text) return text.error();
        if (!*text) return std::optional<Record>{};
        const std::string& all = **text;
        const std::size_t first = all.find(' '), second = all.find(' ', first + 1);
        Record record;
        const auto [end, fault] = std::from_chars(all.data(), all.data() + std::min(first, all.size()), record.failures);
        if (fault != std::errc{} || first == std::string::npos || second == std::string::npos || record.failures < 0)
            return core::Error{"pin.unreadable", {"Mã PIN đã lưu không đọc được. Người cài đặt đặt lại bằng lệnh feedback-kiosk pin.",
                                                  "The stored PIN cannot be read. The installer sets a new one with feedback-kiosk pin."}};
        record.code = all.substr(first + 1, second - first - 1);
        record.hash = all.substr(second + 1);
        return std::optional(std::move(record));
    }
};

PinGuard::PinGuard(Compare compare, const core::Clock& clock)
    : compare_(std::move(compare)), clock_(clock), last_failure_(clock.steady_now()) {}

core::SteadyTime PinGuard::wait_after(int failures) {
    using namespace std::chrono;
    if (failures < kFreeTries) return {};
    return std::min<core::SteadyTime>(seconds(60) * (1LL << std::min(failures - kFreeTries, 10)), minutes(15));
}

core::SteadyTime PinGuard::wait_left(int failures) const {
    return std::max(core::SteadyTime{}, last_failure_ + wait_after(failures) - clock_.steady_now());
}

app::PinAnswer PinGuard::look(Notes& notes) {
    using Verdict = app::PinAnswer::Verdict;
    const auto record = Record::read(notes);
    if (!record) return {Verdict::failed, 0, {}, {}, record.error()};
    if (!*record) return {Verdict::not_set, 0, {}, {}, {}};
    const int failures = (*record)->failures;
    if (failures >= kTries) return {Verdict::locked, 0, {}, (*record)->code, {}};
    const core::SteadyTime wait = wait_left(failures);
    return {wait > core::SteadyTime{} ? Verdict::waiting : Verdict::right, kTries - failures, wait, {}, {}};
}

app::PinAnswer PinGuard::judge(Notes& notes, std::string_view pin) {
    using Verdict = app::PinAnswer::Verdict;
    if (app::PinAnswer now = look(notes); now.verdict != Verdict::right) return now;
    auto read = Record::read(notes);
    if (!read || !*read) return {Verdict::failed, 0, {}, {}, read ? std::nullopt : std::optional(read.error())};
    Record record = std::move(**read);
    ++record.failures;   // before comparing: whoever cuts the power now has used this guess
    if (auto counted = notes.write(kNote, record.to_text()); !counted) return {Verdict::failed, 0, {}, {}, counted.error()};
    if (compare_(pin, record.hash)) {
        record.failures = 0;
        if (auto cleared = notes.write(kNote, record.to_text()); !cleared) return {Verdict::failed, 0, {}, {}, cleared.error()};
        return {Verdict::right, kTries, {}, {}, {}};
    }
    last_failure_ = clock_.steady_now();
    if (record.failures >= kTries) return {Verdict::locked, 0, {}, record.code, {}};
    return {Verdict::wrong, kTries - record.failures, wait_after(record.failures), {}, {}};
}

core::Result<void> PinGuard::set(Notes& notes, std::string_view hash, core::Random& random) {
    Record record;
    for (std::size_t letter = 0; letter < kCodeLength; ++letter) record.code += kCodeLetters[random.below(kCodeLetters.size())];
    record.hash = hash;
    return notes.write(kNote, record.to_text());
}

core::Result<bool> PinGuard::is_set(Notes& notes) {
    const auto record = Record::read(notes);
    if (!record) return record.error();
    return record->has_value();
}

std::string PinGuard::random_pin(core::Random& random) {
    for (;;) {
        std::string pin;
        for (std::size_t digit = 0; digit < app::kPinDigits; ++digit) pin += static_cast<char>('0' + random.below(10));
        bool is_even_run = true;   // 111111, 123456, 987654
        for (std::size_t digit = 2; digit < pin.size(); ++digit)
            is_even_run = is_even_run && pin[digit] - pin[digit - 1] == pin[1] - pin[0];
        if (!is_even_run) return pin;
    }
}

}  // namespace kiosk

// How answers are kept, by purpose.
#pragma once

#include <kiosk/core/answer_store.hpp>
#include <kiosk/core/random.hpp>

#include <filesystem>
#include <memory>

namespace kiosk {

// The kiosk's own, in its data directory, which it locks. Fails when that cannot be written or another kiosk has it.
core::Result<std::unique_ptr<core::AnswerStore>> open_answer_store(const std::filesystem::path& data, core::Random& random);

// For pictures of pages: says yes and keeps nothing.
std::unique_ptr<core::AnswerStore> make_forgetful_store();

}  // namespace kiosk

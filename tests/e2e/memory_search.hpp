// What a scripted visitor types and signs, and the search for it in the memory of a running program: whole and in pieces
// of eight letters, in every page the process may write.
#pragma once

#include "kiosk_program.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace kiosk::e2e {

// No vowels, so that no key changes a letter; in the script they stand one by one, so that it holds no piece of them.
inline constexpr std::string_view kLong = "bckhgmlnqpvtbgkcmhtqnlpv";
inline constexpr std::string_view kShort = "mqkhvtcbn";   // short strings live elsewhere than long ones
inline constexpr int kEntered = 18;   // more pieces than one copy of the long text has

// The form that asks for them: two texts and a signature.
void ask_for_words_and_a_signature(const DataFolder& data);
// From the attract page to the page of the signature, signed; as steps of `play`.
std::string typed_and_signed();

// How many pieces lie in the memory of the process, or of it and of all its children.
int found_in(pid_t pid);
int found_in_family(pid_t pid);
std::vector<pid_t> family_of(pid_t pid);
// How many files below the folder hold a piece.
int found_in_files(const std::filesystem::path& folder);

}  // namespace kiosk::e2e

// What went wrong, in words: the one place where SQLite's and the system's codes become Errors that staff can act on.
#pragma once

#include "connection.hpp"

#include <kiosk/core/result.hpp>

#include <exception>
#include <string>
#include <utility>

namespace kiosk::storage {

// Thrown inside storage for a refusal that is not SQLite's; becomes the Error of the public call.
class Refusal : public std::exception {
  public:
    explicit Refusal(core::Error error) : error_(std::move(error)) {}
    const core::Error& error() const { return error_; }
    const char* what() const noexcept override { return error_.code.c_str(); }

  private:
    core::Error error_;
};

core::Error error_of(const SqliteError& failure, const std::string& directory);
core::Error error_of_errno(int error_number, const std::string& path);

core::Error in_use_error(const std::string& directory);
core::Error foreign_error(const std::string& file);
core::Error newer_error(const std::string& file);
core::Error damaged_error();
core::Error settings_error(const std::string& setting);
core::Error no_keys_error();
core::Error too_many_keys_error();
core::Error too_fast_error();
core::Error poll_full_error();
core::Error withdrawn_error();
core::Error not_stored_error();
core::Error nothing_to_export_error();
core::Error no_such_bundle_error(std::uint64_t sequence);
core::Error other_bundle_error(std::uint64_t sequence);
core::Error no_such_definition_error(const std::string& form);
core::Error out_of_memory_error() noexcept;

}  // namespace kiosk::storage

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>
#include <tl/expected.hpp>

namespace rest {

enum class ErrorCode {
    invalid_argument,  // a setting or call that makes no sense
    not_found,         // a file, folder, video or project that is not there
    io,                // reading or writing failed
    damaged,           // a file that is cut short or not what it says
    unsupported,       // a valid file of a kind we cannot use
    no_space,          // the disk is full
    busy,              // another program holds it
    newer_version,     // written by a later REST Studio
    device,            // the GPU is missing or out of memory
    diverged,          // training reached NaN or infinity
    lost_worker,       // another process of a distributed job failed or is gone
};

/// The name of a code as it stands in logs and JSON ("not_found").
const char* to_string(ErrorCode code);

/// A broken contract or a failure that stops the work at hand.
///
/// The message names the file and the value at fault; `remedy` tells the user what to do (may be empty).
class Error : public std::runtime_error {
  public:
    Error(ErrorCode code, const std::string& message, std::string remedy = {});

    ErrorCode code() const { return code_; }
    const std::string& remedy() const { return remedy_; }
    /// Message and remedy in one text, for a terminal or a dialog.
    std::string full_text() const;

  private:
    ErrorCode code_;
    std::string remedy_;
};

/// Thrown by Task::check() when the user cancelled. Not an Error: nothing went wrong.
class Cancelled : public std::exception {
  public:
    const char* what() const noexcept override { return "cancelled"; }
};

/// Something a user can expect to meet, such as a damaged video: a value, counted and shown, that stops nothing.
struct Problem {
    ErrorCode code = ErrorCode::damaged;
    std::string file;     // path as the user knows it
    std::string message;  // what is wrong with it
    std::string remedy;   // what to do, may be empty
};

template <class T>
using Expected = tl::expected<T, Problem>;

}  // namespace rest

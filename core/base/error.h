// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>
#include <tl/expected.hpp>

namespace rest {

enum class ErrorCode {
    invalid_argument,  // an invalid setting or call
    not_found,         // a file, folder, video or project that does not exist
    io,                // reading or writing failed
    damaged,           // a truncated or malformed file
    unsupported,       // a valid file of a kind we cannot use
    no_space,          // the disk is full
    busy,              // another program holds it
    newer_version,     // written by a later REST Studio
    device,            // the GPU is missing or out of memory
    diverged,          // training reached NaN or infinity
    lost_worker,       // another process of a distributed job failed or is gone
};

/// The name of a code as used in logs and JSON ("not_found").
const char* to_string(ErrorCode code);

/// A violated precondition or a failure that stops the current operation.
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

/// Thrown by Task::check() after the user cancelled. Not an Error: nothing went wrong.
class Cancelled : public std::exception {
  public:
    const char* what() const noexcept override { return "cancelled"; }
};

/// An expected defect of the input, such as a damaged video: a value, counted and shown, that stops nothing.
struct Problem {
    ErrorCode code = ErrorCode::damaged;
    std::string file;     // path as the user knows it
    std::string message;  // what is wrong with it
    std::string remedy;   // what to do, may be empty
};

template <class T>
using Expected = tl::expected<T, Problem>;

}  // namespace rest

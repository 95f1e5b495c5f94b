// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

namespace rest {

const char* to_string(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_argument:
            return "invalid_argument";
        case ErrorCode::not_found:
            return "not_found";
        case ErrorCode::io:
            return "io";
        case ErrorCode::damaged:
            return "damaged";
        case ErrorCode::unsupported:
            return "unsupported";
        case ErrorCode::no_space:
            return "no_space";
        case ErrorCode::busy:
            return "busy";
        case ErrorCode::newer_version:
            return "newer_version";
        case ErrorCode::device:
            return "device";
        case ErrorCode::diverged:
            return "diverged";
        case ErrorCode::lost_worker:
            return "lost_worker";
    }
    return "unknown";
}

Error::Error(ErrorCode code, const std::string& message, std::string remedy)
    : std::runtime_error(message), code_(code), remedy_(std::move(remedy)) {}

std::string Error::full_text() const {
    return remedy_.empty() ? std::string(what()) : std::string(what()) + "\n" + remedy_;
}

}  // namespace rest

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/base/error.h"

namespace rest::checkpoint {

/// Throws Error (damaged) that names the checkpoint's file and what is wrong with it.
[[noreturn]] inline void damaged(const std::filesystem::path& path, const std::string& what) {
    throw Error(ErrorCode::damaged, path.string() + " is damaged: " + what, "Copy or download the file again.");
}

}  // namespace rest::checkpoint

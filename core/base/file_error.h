// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/base/error.h"

namespace rest {

/// The disk, or this user's part of it, is full; `error` is an errno.
bool means_no_space(int error);

/// What a user can do about a call that failed with this errno on a file or folder.
std::string file_remedy(int error);

/// The Error (no_space, io) for such a call. `cannot` begins the message: "Cannot write".
Error file_error(const std::string& cannot, const std::filesystem::path& path, int error);
/// The same for what std::filesystem throws, which names the call and not what to do.
Error file_error(const std::filesystem::filesystem_error& e);

/// Makes a folder and those above it. Throws Error (no_space, io) naming it.
void make_folder(const std::filesystem::path& folder);
/// Removes a folder with all that is in it; fine when there is none. Throws Error (no_space, io) naming it.
void remove_folder(const std::filesystem::path& folder);

}  // namespace rest

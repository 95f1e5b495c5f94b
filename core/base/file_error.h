// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/base/error.h"

namespace rest {

/// Whether `error`, an errno, says that the disk or this user's quota is full.
bool means_no_space(int error);

/// What a user can do about a call that failed with this errno on a file or folder.
std::string file_remedy(int error);

/// The Error (no_space, io) for such a failed call. `cannot` begins the message: "Cannot write".
Error file_error(const std::string& cannot, const std::filesystem::path& path, int error);
/// The same for an exception of std::filesystem, which names the call but gives no remedy.
Error file_error(const std::filesystem::filesystem_error& e);

/// Creates a folder and its parents. Throws Error (no_space, io) naming it.
void make_folder(const std::filesystem::path& folder);
/// Removes a folder and its contents; no error if absent. Throws Error (no_space, io) naming it.
void remove_folder(const std::filesystem::path& folder);

}  // namespace rest

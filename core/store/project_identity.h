// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace rest::store {

/// The same for every way to a project's folder, links followed: tells this project from others. A folder whose path
/// cannot be resolved (it is gone, or a parent may not be read) is known by the path it was given by.
std::filesystem::path project_identity(const std::filesystem::path& folder);

}  // namespace rest::store

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/matrix.h"

namespace rest::store {

/// Features beside the project: can be made again, so a missing, damaged or outdated file reads as nothing.
/// `key` says what the rows are of (model, videos, settings); another key reads as nothing.
void write_features(const std::filesystem::path& path, const Matrix& features, std::string_view key);
std::optional<Matrix> read_features(const std::filesystem::path& path, std::string_view key);

}  // namespace rest::store

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/matrix.h"

namespace rest::store {

/// A cache of features beside the project: recomputable, so a missing, damaged or outdated file reads as empty. `key`
/// identifies what the rows were computed from (model, videos, settings); another key reads as empty.
void write_features(const std::filesystem::path& path, const Matrix& features, std::string_view key);
std::optional<Matrix> read_features(const std::filesystem::path& path, std::string_view key);

}  // namespace rest::store

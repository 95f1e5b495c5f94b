// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "core/checkpoint/files/safetensors_header.h"

namespace rest::checkpoint {

/// The entries of a header's JSON as written, sizes not checked. Builds no tree, so that a hundred million brackets
/// cost nothing. Throws Error (damaged, unsupported) naming `path` and the tensor.
std::vector<SafetensorsEntry> parse_safetensors_json(std::string_view text, const std::filesystem::path& path);

}  // namespace rest::checkpoint

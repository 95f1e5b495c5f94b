// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace rest::bundle {

/// What `rest doctor` reports about a model, its lists shortened, if it is no larger than `most_bytes`, since examining
/// a model means loading it. Of a larger one only file names and sizes. Never throws for a bad model.
nlohmann::json model_facts(const std::filesystem::path& folder_or_file, uint64_t most_bytes);

}  // namespace rest::bundle

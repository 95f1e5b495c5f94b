// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace rest::bundle {

/// What `rest doctor` says of a model, its lists shortened, where it is no larger than `most_bytes`: to examine a model
/// is to load it. Of a larger one the names and sizes of its files. Never throws for a bad model.
nlohmann::json model_facts(const std::filesystem::path& folder_or_file, uint64_t most_bytes);

}  // namespace rest::bundle

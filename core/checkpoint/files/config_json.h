// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/checkpoint/files/model_sizes.h"

namespace rest::checkpoint {

/// Null if there is no such file. Throws Error (damaged) if it is not a JSON object.
nlohmann::json read_json_object(const std::filesystem::path& file);
/// config.json beside the weights; null if absent. Throws Error (damaged) if it is not a JSON object.
nlohmann::json read_config(const std::filesystem::path& folder);

/// The value of `section`.`key` ("" for the top level); empty if absent or null. Throws Error (damaged) if it is not an
/// integer in [low, high].
std::optional<int64_t> config_integer(const nlohmann::json& config, const std::string& section, const std::string& key,
                                      int64_t low, int64_t high);
std::optional<double> config_number(const nlohmann::json& config, const std::string& section, const std::string& key);
std::optional<std::string> config_text(const nlohmann::json& config, const std::string& section,
                                       const std::string& key);

/// A Hugging Face config.json of these sizes: the keys of `base` are kept, sizes overwritten.
nlohmann::json make_config(CheckpointKind kind, const ModelSizes& sizes, const nlohmann::json& base);

/// preprocessor_config.json: BlipImageProcessor or CLIPImageProcessor at that size, with the model's own pixel scale.
nlohmann::json make_preprocessor_config(CheckpointKind kind, const ModelSizes& sizes);

}  // namespace rest::checkpoint

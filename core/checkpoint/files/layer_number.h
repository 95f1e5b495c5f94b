// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace rest::checkpoint {

/// The layer of a tensor. Both strings are views of its name.
struct LayerNumber {
    std::string_view stack;  // before the number: "vision_model.encoder.layers."
    int64_t layer = 0;       // from 0
    std::string_view rest;   // after it: ".mlp.fc1.bias"
};

/// Knows Hugging Face's names and our temporal adapters; empty for a tensor outside the layers.
std::optional<LayerNumber> layer_number(std::string_view name);

}  // namespace rest::checkpoint

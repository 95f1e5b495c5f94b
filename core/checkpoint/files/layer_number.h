// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace rest::checkpoint {

/// Which layer a tensor belongs to. Both texts are parts of its name.
struct LayerNumber {
    std::string_view stack;  // before the number: "vision_model.encoder.layers."
    int64_t layer = 0;       // from 0
    std::string_view rest;   // behind it: ".mlp.fc1.bias"
};

/// By Hugging Face's names and ours for temporal adapters; nothing for tensors of no layer.
std::optional<LayerNumber> layer_number(std::string_view name);

}  // namespace rest::checkpoint

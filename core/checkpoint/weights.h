// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <map>
#include <optional>
#include <string>

#include "core/checkpoint/files/number_type.h"

namespace rest::checkpoint {

/// Tensors by their names in a checkpoint. Copies share storage.
using Weights = std::map<std::string, torch::Tensor>;

/// The tensor of that name. Throws Error (damaged) naming the tensor if absent.
const torch::Tensor& require(const Weights& weights, const std::string& name);

/// LibTorch's name of a dtype, and back; empty for dtypes that checkpoints do not contain.
torch::ScalarType scalar_type(NumberType type);
std::optional<NumberType> number_type(torch::ScalarType type);

}  // namespace rest::checkpoint

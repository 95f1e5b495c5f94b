// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <map>
#include <string>

namespace rest {

/// Tensors by name, as they stand in a checkpoint. Values share storage when copied.
using Weights = std::map<std::string, torch::Tensor>;

/// The tensor of that name. Throws Error (damaged) naming the tensor when it is missing.
const torch::Tensor& require(const Weights& weights, const std::string& name);

}  // namespace rest

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <string>
#include <vector>

#include "core/checkpoint/checkpoint.h"
#include "tests/support/pickle_writer.h"

namespace rest::test {

/// Sizes of models that are created in no time.
checkpoint::ModelSizes tiny_blip();
checkpoint::ModelSizes tiny_clip();

/// A complete checkpoint of random weights, always the same.
checkpoint::Checkpoint made(checkpoint::CheckpointKind kind, const checkpoint::ModelSizes& sizes);

/// With the names that BLIP's authors use.
std::string authors_name(const std::string& name);

/// In the format of torch.save.
SavedTensor saved(const std::string& name, const torch::Tensor& tensor);

/// The tensors of a CLIP with the names and layouts of OpenAI's archive.
std::vector<SavedTensor> openai_tensors(const checkpoint::Weights& weights, torch::ScalarType type);

/// Fails the running test unless `got` has every tensor of `wanted`, equal and in float32.
void compare(const checkpoint::Weights& got, const checkpoint::Weights& wanted);

}  // namespace rest::test

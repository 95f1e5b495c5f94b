// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <string>
#include <vector>

#include "core/model/checkpoint.h"
#include "tests/support/pickle_writer.h"

namespace rest::test {

/// Sizes of models that are made in no time.
model::ModelSizes tiny_blip();
model::ModelSizes tiny_clip();

/// A whole checkpoint of random weights, always the same.
model::Checkpoint made(model::CheckpointKind kind, const model::ModelSizes& sizes);

/// As the BLIP authors name them.
std::string authors_name(const std::string& name);

/// As torch.save keeps it.
SavedTensor saved(const std::string& name, const torch::Tensor& tensor);

/// The tensors of a CLIP as OpenAI's archive names and lays them out.
std::vector<SavedTensor> openai_tensors(const model::Weights& weights, torch::ScalarType type);

/// Fails the running test unless `got` has every tensor of `wanted`, equal and in float32.
void compare(const model::Weights& got, const model::Weights& wanted);

}  // namespace rest::test

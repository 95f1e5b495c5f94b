// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/task.h"
#include "core/retrieval/caption_update.h"
#include "core/retrieval/neighbours.h"

namespace rest::retrieval {

// Our CUDA kernels for Eqs. 3 to 6; results are bit-identical to the CPU's. Both return nothing if they do not apply:
// built without CUDA, another device, sizes that do not fit into a block's memory, REST_KERNELS=off in the environment.

/// nearest_neighbours() of `features` from checked_features(); `error` is guess_error() on settings.device. Memory on
/// the card: the features, a tile of guesses (at most 4 GB and half of what is free) and its lists. Throws Cancelled.
std::optional<torch::Tensor> neighbours_by_kernels(const torch::Tensor& features, const NeighbourSettings& settings,
                                                   float error, Task& task);

/// The arguments of update_captions(), checked and on the CPU.
struct UpdateInput {
    const CaptionLists& lists;
    const torch::Tensor& neighbours;  // (n, H) int32, from video settings.first on
    const torch::Tensor& videos;      // (N, d) float32
    const torch::Tensor& captions;    // (C, d) float32
    std::span<const std::string> texts;
};

/// update_captions(). `settle` computes one video's list on the host, called by several threads: for the few whose K-th
/// score is shared by more captions than the device keeps. Memory on the card: the features, the lists, 130 MB of
/// neighbours. Throws Cancelled.
std::optional<std::vector<std::vector<ScoredCaption>>> captions_by_kernels(
    const UpdateInput& in, const CaptionUpdateSettings& settings,
    const std::function<std::vector<ScoredCaption>(int64_t video)>& settle, Task& task);

}  // namespace rest::retrieval
